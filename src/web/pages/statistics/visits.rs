//! /statistics/visits: what becomes of requests for urgent visits.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::cells::{self, Cell};
use super::groups::{self, Groups, Row};
use super::head::{Head, Tab};
use super::{Book, asked, shown};
use crate::domain::code::ListName;
use crate::i18n::measures::MeasureText;
use crate::i18n::{indicators, labels, text};
use crate::measures::delay::DelayMeasure;
use crate::measures::statistics::Figures;
use crate::measures::visit_measure::VisitMeasure;
use crate::measures::visit_tally::{VisitFigures, VisitShare};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;

#[derive(Template)]
#[template(path = "statistics/visits.html")]
struct VisitsPage {
    frame: Frame,
    head: Head,
    told: Option<Told>,
}

struct Told {
    counts: Vec<Count>,
    shares: Vec<ShareLine>,
    listed: [Listed; 2],
    groups: Option<Groups>,
}

struct Count {
    label: String,
    definition: String,
    number: String,
}

struct ShareLine {
    label: String,
    definition: String,
    share: Cell,
    unknown: String,
}

/// A table of shares by code.
pub(super) struct Listed {
    pub id: &'static str,
    pub title: String,
    pub definition: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = asked(&desk, &request, Tab::Visits).await?;
    let page = VisitsPage { told: asked.book.as_ref().map(Told::of), frame: asked.frame, head: asked.head };
    shown(&page, &page.head, desk.language)
}

impl Told {
    fn of(book: &Book) -> Self {
        let language = book.language;
        let visits = &book.answer.statistics.all.visits;
        let share = |share: &VisitShare| {
            let text = indicators::visit_share(language, share.measure);
            let (cell, unknown) = cells::known_share(language, &share.figures);
            ShareLine { label: text.label, definition: text.definition, share: cell, unknown }
        };
        Self {
            counts: counts(book, visits),
            shares: visits.shares.iter().map(share).collect(),
            listed: [grounds(book, visits), evidence(book, visits)],
            groups: groups(book),
        }
    }
}

fn counts(book: &Book, visits: &VisitFigures) -> Vec<Count> {
    let numbers = [visits.requests, visits.needing_approval, visits.answered, visits.waiting];
    let count = |(word, number): (&&str, _)| {
        let MeasureText { label, definition } = indicators::visit_count(book.language, word);
        Count { label, definition, number: cells::count(book.language, number) }
    };
    indicators::VISIT_COUNTS.iter().zip(numbers).map(count).collect()
}

impl Listed {
    /// A table of one share for each row.
    pub(super) fn of(book: &Book, id: &'static str, heading: &str, rows: Vec<Row>) -> Self {
        let MeasureText { label, definition } = indicators::table(book.language, id);
        let columns = [heading, "annex-column-share"].map(|key| text(book.language, key, &[])).into();
        Self { id, title: label, definition, columns, rows }
    }
}

fn grounds(book: &Book, visits: &VisitFigures) -> Listed {
    let row = |share: &crate::measures::code_counts::CodeShare| Row {
        name: book.names.code(ListName::VisitRefusalGround, &share.code),
        cells: vec![cells::share(book.language, &share.share)],
    };
    let rows = visits.refusals_by_ground.iter().map(row).collect();
    Listed::of(book, "refusals_by_ground", "annex-column-ground", rows)
}

fn evidence(book: &Book, visits: &VisitFigures) -> Listed {
    let row = |share: &crate::measures::visit_tally::EvidenceShare| Row {
        name: labels::of(book.language, share.evidence),
        cells: vec![cells::share(book.language, &share.share)],
    };
    let rows = visits.refused_by_evidence.iter().map(row).collect();
    Listed::of(book, "refused_by_evidence", "annex-column-evidence", rows)
}

fn groups(book: &Book) -> Option<Groups> {
    let language = book.language;
    let shares = [VisitMeasure::RefusedOfAnswered, VisitMeasure::CarriedOut];
    let count = |word| indicators::visit_count(language, word).label;
    let mut columns = vec![count("requests"), count("waiting")];
    columns.extend(shares.map(|share| indicators::visit_share(language, share).label));
    columns.push(text(language, "annex-column-visit-answer", &[]));
    let cells = |figures: &Figures| {
        let visits = &figures.visits;
        let count = |number| groups::plain(cells::count(language, number));
        let share = |measure| visits.shares.iter().find(|share| share.measure == measure);
        let mut row = vec![count(visits.requests), count(visits.waiting)];
        row.extend(
            shares.iter().filter_map(|wanted| share(*wanted)).map(|of| cells::share(language, &of.figures.share)),
        );
        row.extend(figures.delay(DelayMeasure::VisitRequestToAnswer).map(|delay| cells::median(language, delay)));
        row
    };
    Groups::of(book, &text(language, "figures-tab-visits", &[]), columns, cells)
}
