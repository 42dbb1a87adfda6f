//! /statistics/delays: how long it takes, with a picture for each delay.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::cells::{self, Cell};
use super::chart::Chart;
use super::groups::{self, Groups};
use super::head::{Head, Tab};
use super::{Book, asked, shown};
use crate::i18n::{measures, text};
use crate::measures::curve::Curve;
use crate::measures::delay_figures::DelayFigures;
use crate::measures::statistics::{DelayRow, Figures, MOST_DRAWN_GROUPS};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;

#[derive(Template)]
#[template(path = "statistics/delays.html")]
struct DelaysPage {
    frame: Frame,
    head: Head,
    told: Option<Told>,
}

struct Told {
    columns: Vec<Column>,
    rows: Vec<DelayLine>,
    pictures: Vec<Picture>,
    groups: Option<Groups>,
}

/// The heading of a column, and where it is explained.
struct Column {
    label: String,
    anchor: Option<&'static str>,
}

struct DelayLine {
    label: String,
    /// Where it is defined: so many definitions beside so many curves would make the page heavy.
    anchor: String,
    cells: Vec<Cell>,
}

struct Picture {
    anchor: &'static str,
    label: String,
    chart: Option<Chart>,
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = asked(&desk, &request, Tab::Delays).await?;
    let page = DelaysPage { told: asked.book.as_ref().map(Told::of), frame: asked.frame, head: asked.head };
    shown(&page, &page.head, desk.language)
}

impl Told {
    fn of(book: &Book) -> Self {
        let rows = &book.answer.statistics.all.delays;
        let line = |row: &DelayRow| {
            let word = row.measure.as_str();
            let (label, anchor) = (measures::delay(book.language, word).label, word.replace('_', "-"));
            DelayLine { label, anchor, cells: cells_of(book, &row.figures) }
        };
        let is_by_group = book.question.query.by.is_some();
        // Beside groups, only the delay that is shown by group has a picture: else the page would grow too heavy.
        let pictured = rows.iter().filter(|row| !is_by_group || row.measure == book.question.delay);
        Self {
            columns: columns(book),
            rows: rows.iter().map(line).collect(),
            pictures: pictured.map(|row| picture(book, row)).collect(),
            groups: groups(book),
        }
    }
}

fn columns(book: &Book) -> Vec<Column> {
    let columns = [
        ("n", None),
        ("ended", None),
        ("open", None),
        ("median", Some("delay-figure-median")),
        ("quartiles", Some("delay-figure-quartiles")),
        ("restricted-mean", Some("delay-figure-restricted-mean")),
        ("mean-ended", Some("delay-figure-mean-of-ended")),
        ("within", Some("delay-figure-within-deadline")),
        ("longest-open", Some("delay-figure-longest-open")),
        ("lost", Some("delay-figure-lost")),
        ("left-out", Some("delay-figure-left-out")),
    ];
    let label = |name: &str| match name {
        "quartiles" => text(book.language, "figures-quartiles", &[]),
        "lost" => text(book.language, "figures-otherwise-or-lost", &[]),
        _ => text(book.language, &format!("annex-column-{name}"), &[]),
    };
    columns.map(|(name, anchor)| Column { label: label(name), anchor }).into()
}

fn cells_of(book: &Book, figures: &DelayFigures) -> Vec<Cell> {
    let language = book.language;
    let rests_on = [figures.n, figures.ended];
    let count = |number| groups::plain(cells::count(language, number));
    let days = |days, rests_on: &[_]| groups::plain(cells::days(language, days, rests_on));
    vec![
        count(figures.n),
        count(figures.ended),
        count(figures.open),
        cells::median(language, figures),
        groups::plain(cells::quartiles(language, figures)),
        cells::horizon_mean(language, &figures.restricted_mean, &rests_on),
        days(figures.mean_of_ended, &rests_on),
        cells::share(language, &figures.within_deadline),
        days(figures.longest_open, &[figures.open]),
        count(cells::added(figures.ended_otherwise, figures.lost)),
        count(cells::added(figures.left_out, figures.missing_start)),
    ]
}

fn picture(book: &Book, row: &DelayRow) -> Picture {
    let label = measures::delay(book.language, row.measure.as_str()).label;
    let all = text(book.language, "annex-group-all", &[]);
    let of_all = || vec![(all, &row.figures.curve)];
    let by_group = largest_groups(book, row);
    let curves = if by_group.is_empty() { of_all() } else { by_group };
    let shown = text(book.language, "figures-chart-waiting", &[("delay", label.as_str().into())]);
    Picture { anchor: row.measure.as_str(), label, chart: Chart::of(book, shown, &curves) }
}

/// The curves of the groups with the most waits, as many as can be told apart.
fn largest_groups<'a>(book: &'a Book, row: &DelayRow) -> Vec<(String, &'a Curve)> {
    let statistics = &book.answer.statistics;
    let Some(by) = statistics.by else { return Vec::new() };
    let of_group = |(name, figures): &'a (String, Figures)| Some((name, figures.delay(row.measure)?));
    let mut groups: Vec<_> = statistics.groups.iter().filter_map(of_group).collect();
    groups.retain(|(_, delay)| !delay.curve.points.is_empty());
    groups.sort_by_key(|(_, delay)| std::cmp::Reverse(delay.n.shown()));
    groups.truncate(MOST_DRAWN_GROUPS);
    groups.into_iter().map(|(name, delay)| (book.names.group(by, name), &delay.curve)).collect()
}

/// The delay that was chosen, group by group.
fn groups(book: &Book) -> Option<Groups> {
    let language = book.language;
    let chosen = measures::delay(language, book.question.delay.as_str()).label;
    let headings = ["n", "ended", "open", "median", "restricted-mean", "within", "longest-open"];
    let columns = headings.map(|heading| text(language, &format!("annex-column-{heading}"), &[])).into();
    let cells = |figures: &Figures| {
        let Some(delay) = figures.delay(book.question.delay) else { return Vec::new() };
        let count = |number| groups::plain(cells::count(language, number));
        vec![
            count(delay.n),
            count(delay.ended),
            count(delay.open),
            cells::median(language, delay),
            cells::horizon_mean(language, &delay.restricted_mean, &[delay.n, delay.ended]),
            cells::share(language, &delay.within_deadline),
            groups::plain(cells::days(language, delay.longest_open, &[delay.open])),
        ]
    };
    Groups::of(book, &chosen, columns, cells)
}
