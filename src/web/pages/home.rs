//! The first page: how long it takes and how often, at a glance, and where to look further.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::i18n::{Language, measures, text};
use crate::measures::figures::Share;
use crate::measures::tally::DelayFigures;
use crate::services::{Caller, MeasureQuery, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    language: Language,
    cases: usize,
    open_visits: i64,
    rates: Vec<RateLine>,
    delays: Vec<DelayLine>,
}

struct RateLine {
    label: String,
    definition: String,
    of_all: String,
    of_ended: String,
}

struct DelayLine {
    label: String,
    definition: String,
    n: u64,
    open: u64,
    median: String,
    within: String,
}

/// The language that was chosen on the page.
#[derive(Deserialize)]
pub struct Choice {
    language: Option<String>,
}

impl Home {
    fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn is_chosen(&self, language: &Language) -> bool {
        self.language == *language
    }

    fn of(services: &Services, caller: &Caller, language: Language) -> Result<Self, crate::services::ServiceError> {
        let query = MeasureQuery::default();
        let (delays, rates) = services.delays_and_rates(caller, &query)?;
        let rate = |row: crate::services::RateRow| {
            let text = measures::rate(language, row.measure.as_str());
            RateLine {
                label: text.label,
                definition: text.definition,
                of_all: share(&row.figures.of_all),
                of_ended: share(&row.figures.of_ended),
            }
        };
        let delay = |row: crate::services::DelayRow| {
            let text = measures::delay(language, row.measure.as_str());
            DelayLine {
                label: text.label,
                definition: text.definition,
                n: row.figures.n,
                open: row.figures.open,
                median: median(&row.figures),
                within: share(&row.figures.within_deadline),
            }
        };
        Ok(Self {
            language,
            cases: rates.cases,
            open_visits: services.count_open_visits(caller)?,
            rates: rates.rows.into_iter().map(rate).collect(),
            delays: delays.rows.into_iter().map(delay).collect(),
        })
    }
}

/// Shows the page.
///
/// # Errors
/// Those of the database.
pub async fn page(desk: Desk, choice: web::Query<Choice>) -> Result<HttpResponse, Problem> {
    let language = choice.language.as_deref().and_then(Language::named).unwrap_or(desk.language);
    let home = desk.run(move |services, caller| Home::of(services, caller, language)).await?;
    let html = home.render().map_err(|_| Problem::internal(language))?;
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(html))
}

fn share(share: &Share) -> String {
    let percent = |value: f64| format!("{:.1}", value * 100.0);
    match (share.share, share.lo, share.hi) {
        (Some(p), Some(lo), Some(hi)) => {
            format!("{} % ({}–{}); {}/{}", percent(p), percent(lo), percent(hi), share.numerator, share.denominator)
        }
        _ => "–".to_owned(),
    }
}

fn median(figures: &DelayFigures) -> String {
    let days = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"));
    let median = &figures.median;
    match median.estimate {
        Some(_) => format!("{} ({}–{})", days(median.estimate), days(median.lo), days(median.hi)),
        None => "–".to_owned(),
    }
}
