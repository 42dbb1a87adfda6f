//! /statistics: the main figures at a glance, with the ways to all others.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::cells::{self, Cell};
use super::groups::{self, Groups};
use super::head::{Head, Tab};
use super::{Asked, Book, asked, shown};
use crate::i18n::{measures, text};
use crate::measures::delay::DelayMeasure;
use crate::measures::rate::RateMeasure;
use crate::measures::statistics::{DelayRow, Figures, RateRow};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;

/// The delays that matter most: those that are told of each group.
pub(super) const DELAYS_OF_GROUPS: [DelayMeasure; 3] =
    [DelayMeasure::FilingToFirstResponse, DelayMeasure::RoutingToDecision, DelayMeasure::VisitRequestToAnswer];

/// The main figures.
#[derive(Template)]
#[template(path = "statistics/overview.html")]
struct Overview {
    frame: Frame,
    head: Head,
    told: Option<Told>,
}

struct Told {
    open_visits: Option<i64>,
    rates: Vec<RateLine>,
    delays: Vec<DelayLine>,
    groups: Option<Groups>,
}

struct RateLine {
    label: String,
    definition: String,
    /// Of all, and of those that have ended.
    cells: [Cell; 2],
}

struct DelayLine {
    label: String,
    definition: String,
    n: String,
    open: String,
    /// The median, and the share within the deadline.
    cells: [Cell; 2],
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let page = Overview::told(asked(&desk, &request, Tab::Overview).await?);
    shown(&page, &page.head, desk.language)
}

impl Overview {
    fn told(asked: Asked) -> Self {
        Self { told: asked.book.as_ref().map(Told::of), frame: asked.frame, head: asked.head }
    }
}

impl Told {
    fn of(book: &Book) -> Self {
        let language = book.language;
        let figures = &book.answer.statistics.all;
        let rate = |row: &RateRow| {
            let text = measures::rate(language, row.measure.as_str());
            RateLine {
                label: text.label,
                definition: text.definition,
                cells: [&row.figures.of_all, &row.figures.of_ended].map(|share| cells::share(language, share)),
            }
        };
        let delay = |row: &DelayRow| {
            let text = measures::delay(language, row.measure.as_str());
            DelayLine {
                label: text.label,
                definition: text.definition,
                n: cells::count(language, row.figures.n),
                open: cells::count(language, row.figures.open),
                cells: [cells::median(language, &row.figures), cells::share(language, &row.figures.within_deadline)],
            }
        };
        Self {
            open_visits: book.open_visits,
            rates: figures.rates.iter().map(rate).collect(),
            delays: figures.delays.iter().map(delay).collect(),
            groups: groups(book),
        }
    }
}

/// How often and how long in each group, by the figures that matter most.
fn groups(book: &Book) -> Option<Groups> {
    let language = book.language;
    let rates = [RateMeasure::Dismissed, RateMeasure::Prosecuted];
    let headings = ["complaints", "dismissed", "prosecuted", "response", "decision", "visit-answer"];
    let columns = headings.map(|heading| text(language, &format!("annex-column-{heading}"), &[])).into();
    let cells = |figures: &Figures| {
        let rate = |measure| figures.rate(measure).map(|rate| cells::share(language, &rate.of_all));
        let median = |measure| figures.delay(measure).map(|delay| cells::median(language, delay));
        let rates = rates.into_iter().filter_map(rate);
        [groups::cases(book, figures)]
            .into_iter()
            .chain(rates)
            .chain(DELAYS_OF_GROUPS.into_iter().filter_map(median))
            .collect()
    };
    Groups::of(book, &text(language, "figures-tab-overview", &[]), columns, cells)
}
