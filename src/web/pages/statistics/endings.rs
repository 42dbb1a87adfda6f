//! /statistics/endings: how complaints end, when, and what was reported of it.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::cells::{self, Cell};
use super::chart::Chart;
use super::groups::{self, Groups};
use super::head::{Head, Tab};
use super::{Book, asked, shown};
use crate::i18n::{labels, measures, text};
use crate::measures::count::Count;
use crate::measures::curve::Curve;
use crate::measures::ending_figures::{EndingFigures, EndingsByHorizon};
use crate::measures::statistics::Figures;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;

/// The horizon that groups are held beside each other at, in days.
const OF_GROUPS: u32 = 365;

#[derive(Template)]
#[template(path = "statistics/endings.html")]
struct EndingsPage {
    frame: Frame,
    head: Head,
    told: Option<Told>,
}

struct Told {
    /// What was reported, and how the figure stands to it.
    reported: String,
    prosecuted: Cell,
    verdict: Option<String>,
    /// What has become of them, with the definition of each count.
    counts: Vec<(String, String)>,
    columns: Vec<(String, String)>,
    horizons: Vec<Horizon>,
    chart: Option<Chart>,
    groups: Option<Groups>,
}

struct Horizon {
    days: String,
    cells: Vec<Cell>,
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = asked(&desk, &request, Tab::Endings).await?;
    let page = EndingsPage { told: asked.book.as_ref().map(Told::of), frame: asked.frame, head: asked.head };
    shown(&page, &page.head, desk.language)
}

impl Told {
    fn of(book: &Book) -> Self {
        let language = book.language;
        let endings = &book.answer.statistics.all.endings;
        let bound = language.share(endings.reported.reported_below, 0);
        let args = [("share", bound.into())];
        let verdict =
            endings.reported.interval.map(|place| text(language, &format!("figures-beside-{}", place.as_str()), &args));
        let column = |word: &str| {
            let anchor = format!("incidence-{}", word.replace('_', "-"));
            (measures::incidence(language, word).label, anchor)
        };
        Self {
            reported: text(language, "figures-reported", &args),
            prosecuted: cells::share(language, &endings.reported.prosecuted),
            // Which side it lies on would tell a withheld number.
            verdict: verdict.filter(|_| endings.reported.prosecuted.numerator.shown().is_some()),
            counts: counts(book, endings),
            columns: measures::INCIDENCES.iter().map(|word| column(word)).collect(),
            horizons: endings.by_horizon.iter().map(|horizon| at(book, horizon)).collect(),
            chart: chart(book, endings),
            groups: groups(book),
        }
    }
}

fn counts(book: &Book, endings: &EndingFigures) -> Vec<(String, String)> {
    let language = book.language;
    let counted = |key: &str, number: Count| (text(language, key, &[]), cells::count(language, number));
    let ended =
        endings.ended.iter().map(|ended| (labels::of(language, ended.ending), cells::count(language, ended.count)));
    let mut counts = vec![counted("annex-column-complaints", endings.n)];
    counts.extend(ended);
    counts.extend([
        counted("annex-still-open", endings.open),
        counted("annex-column-lost", endings.lost),
        counted("annex-column-left-out", endings.left_out),
    ]);
    counts
}

/// What had become of the complaints by a horizon, in the order of the columns.
fn at(book: &Book, horizon: &EndingsByHorizon) -> Horizon {
    let language = book.language;
    let events: Vec<Count> = horizon.endings.iter().map(|share| share.events).collect();
    let ended = horizon.endings.iter().map(|share| cells::estimated_share(language, &share.share, &[share.events]));
    let open = cells::estimated_share(language, &horizon.still_open, &events);
    Horizon { days: language.count(horizon.days.into()), cells: ended.chain([open]).collect() }
}

fn chart(book: &Book, endings: &EndingFigures) -> Option<Chart> {
    let language = book.language;
    let curves: Vec<(String, &Curve)> =
        endings.curves.endings.iter().map(|(ending, curve)| (labels::of(language, *ending), curve)).collect();
    Chart::of(book, text(language, "figures-chart-endings", &[]), &curves)
}

fn groups(book: &Book) -> Option<Groups> {
    let language = book.language;
    let ended = measures::INCIDENCES.iter().map(|word| measures::incidence(language, word).label);
    let columns = std::iter::once(text(language, "annex-column-complaints", &[])).chain(ended).collect();
    let cells = |figures: &Figures| {
        let at_horizon = figures.endings.by_horizon.iter().find(|horizon| horizon.days == OF_GROUPS);
        let shares = at_horizon.map(|horizon| at(book, horizon).cells).unwrap_or_default();
        [groups::cases(book, figures)].into_iter().chain(shares).collect()
    };
    let title = text(language, "figures-endings-by-groups", &[("days", OF_GROUPS.into())]);
    Groups::of(book, &title, columns, cells)
}
