//! /statistics/indicators: by article of the Convention.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::cells::{self, Cell};
use super::groups::{self, Groups, Row};
use super::head::{Head, Tab};
use super::visits::Listed;
use super::{Book, asked, shown};
use crate::domain::code::ListName;
use crate::i18n::{indicators as words, text};
use crate::measures::code_counts::CodeShare;
use crate::measures::indicator::Article;
use crate::measures::indicator_tally::{IndicatorShare, ReparationShare};
use crate::measures::statistics::Figures;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;

#[derive(Template)]
#[template(path = "statistics/indicators.html")]
struct IndicatorsPage {
    frame: Frame,
    head: Head,
    told: Option<Told>,
}

struct Told {
    articles: Vec<ArticleTold>,
    listed: [Listed; 2],
    groups: Option<Groups>,
}

struct ArticleTold {
    anchor: String,
    label: String,
    demand: String,
    rows: Vec<Line>,
}

struct Line {
    label: String,
    definition: String,
    share: Cell,
    unknown: String,
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = asked(&desk, &request, Tab::Indicators).await?;
    let page = IndicatorsPage { told: asked.book.as_ref().map(Told::of), frame: asked.frame, head: asked.head };
    shown(&page, &page.head, desk.language)
}

impl Told {
    fn of(book: &Book) -> Self {
        Self {
            articles: Article::ALL.iter().map(|article| told(book, *article)).collect(),
            listed: [reprisals(book), reparation(book)],
            groups: groups(book),
        }
    }
}

fn told(book: &Book, article: Article) -> ArticleTold {
    let text = words::article(book.language, article);
    let shares = book.answer.statistics.all.indicators.indicators.iter().filter(|share| share.article == article);
    let line = |share: &IndicatorShare| {
        let text = words::indicator(book.language, share.indicator);
        let (cell, unknown) = cells::known_share(book.language, &share.figures);
        Line { label: text.label, definition: text.definition, share: cell, unknown }
    };
    ArticleTold {
        anchor: format!("article-{}", article.as_str()),
        label: text.label,
        demand: text.definition,
        rows: shares.map(line).collect(),
    }
}

fn reprisals(book: &Book) -> Listed {
    let row = |share: &CodeShare| Row {
        name: book.names.code(ListName::ReprisalKind, &share.code),
        cells: vec![cells::share(book.language, &share.share)],
    };
    let rows = book.answer.statistics.all.indicators.reprisals_by_kind.iter().map(row).collect();
    Listed::of(book, "reprisals_by_kind", "annex-column-reprisal", rows)
}

/// Which forms of reparation were asked for, and granted.
fn reparation(book: &Book) -> Listed {
    let language = book.language;
    let row = |share: &ReparationShare| Row {
        name: book.names.code(ListName::ReparationForm, &share.form),
        cells: vec![cells::share(language, &share.asked), cells::share(language, &share.granted)],
    };
    let rows = book.answer.statistics.all.indicators.reparation_by_form.iter().map(row).collect();
    let [asked, granted] =
        ["reparation_asked_by_form", "reparation_granted_by_form"].map(|table| words::table(language, table));
    let form = text(language, "annex-column-reparation-form", &[]);
    Listed {
        id: "reparation",
        title: text(language, "annex-table-reparation-by-form", &[]),
        definition: format!("{} {}", asked.definition, granted.definition),
        columns: vec![form, asked.label, granted.label],
        rows,
    }
}

/// The indicator that was chosen, group by group.
fn groups(book: &Book) -> Option<Groups> {
    let language = book.language;
    let chosen = book.question.indicator;
    let columns = ["complaints", "share", "unknown"];
    let columns = columns.map(|name| text(language, &format!("annex-column-{name}"), &[])).into();
    let cells = |figures: &Figures| {
        let share = figures.indicators.indicators.iter().find(|share| share.indicator == chosen);
        let known = share.map(|share| cells::known_share(language, &share.figures));
        let shown = known.map(|(cell, unknown)| [cell, groups::plain(unknown)]);
        [groups::cases(book, figures)].into_iter().chain(shown.into_iter().flatten()).collect()
    };
    let title = words::indicator(language, chosen).label;
    Groups::of(book, &title, columns, cells)
}
