//! /statistics/definitions: what each figure means, with a place of its own to be led to.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::filter::Given;
use super::head::{Link, Tab};
use crate::i18n::measures::MeasureText;
use crate::i18n::{Language, indicators, measures, text};
use crate::measures::indicator::{Article, Indicator};
use crate::measures::visit_measure::VisitMeasure;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::frame::Frame;
use crate::web::pages::show;

#[derive(Template)]
#[template(path = "statistics/definitions.html")]
struct DefinitionsPage {
    frame: Frame,
    head: TabsAlone,
    sections: Vec<Section>,
}

/// The ways to the other pages; there is nothing to filter.
struct TabsAlone {
    title: String,
    tabs: Vec<Link>,
}

struct Section {
    anchor: String,
    title: String,
    entries: Vec<Entry>,
}

struct Entry {
    anchor: String,
    label: String,
    definition: String,
}

/// Shows the page.
///
/// # Errors
/// 401 and 403 of the guard; those of the database.
pub(super) async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    let given = Given::of(&request, language)?;
    let frame = desk
        .run(move |services, caller| {
            // It asks the guard.
            services.count_open_visits(caller)?;
            Frame::of(services, caller, language, form_token)
        })
        .await?;
    let head = TabsAlone { title: Tab::Definitions.title(language), tabs: Tab::Definitions.links(&given, language) };
    show(&DefinitionsPage { frame, head, sections: sections(language) }, language)
}

fn entry(anchor: &str, word: &str, told: MeasureText) -> Entry {
    let anchor = format!("{anchor}-{}", word.replace('_', "-"));
    Entry { anchor, label: told.label, definition: told.definition }
}

fn sections(language: Language) -> Vec<Section> {
    let say = |key: &str| text(language, key, &[]);
    let section = |anchor: &str, title: String, entries| Section { anchor: anchor.to_owned(), title, entries };
    let own = |word: &str| MeasureText {
        label: say(&format!("figures-{word}")),
        definition: say(&format!("figures-{word}.definition")),
    };
    let of_words = |anchor: &str, words: &[&str], told: fn(Language, &str) -> MeasureText| {
        words.iter().map(|word| entry(anchor, word, told(language, word))).collect::<Vec<_>>()
    };
    let mut delay_figures = of_words("delay-figure", measures::FIGURES, measures::figure);
    delay_figures.insert(1, entry("delay-figure", "quartiles", own("quartiles")));
    delay_figures.push(entry("delay-figure", "lost", own("otherwise-or-lost")));
    let visit_share =
        |share: &VisitMeasure| entry("visit-share", share.as_str(), indicators::visit_share(language, *share));
    let mut visits = of_words("visit-count", indicators::VISIT_COUNTS, indicators::visit_count);
    visits.extend(VisitMeasure::ALL.iter().map(visit_share));
    visits.extend(of_words("table", indicators::TABLES, indicators::table));
    visits.push(entry("figure", "unknown", indicators::unknown(language)));
    let mut sections = vec![
        section("rates", say("figures-how-often"), of_words("rate", measures::RATES, measures::rate)),
        section("delays", say("figures-how-long"), of_words("delay", measures::DELAYS, measures::delay)),
        section("delay-figures", say("figures-of-a-delay"), delay_figures),
        section(
            "incidences",
            say("figures-tab-endings"),
            of_words("incidence", measures::INCIDENCES, measures::incidence),
        ),
        section("visits", say("figures-tab-visits"), visits),
    ];
    sections.extend(Article::ALL.iter().map(|article| {
        let of_article = Indicator::ALL.iter().filter(|indicator| indicator.article() == *article);
        let entries = of_article
            .map(|indicator| entry("indicator", indicator.as_str(), indicators::indicator(language, *indicator)));
        let anchor = format!("article-{}", article.as_str());
        section(&anchor, indicators::article(language, *article).label, entries.collect())
    }));
    sections
}
