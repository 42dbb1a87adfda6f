//! The figures: how long it takes and how often, at a glance, and where to look further.

use actix_web::HttpResponse;
use askama::Template;

use super::frame::Frame;
use crate::i18n::{self, measures, text};
use crate::measures::count::Count;
use crate::measures::delay_figures::DelayFigures;
use crate::measures::figures::Share;
use crate::measures::statistics::{DelayRow, RateRow};
use crate::services::{Caller, MeasureQuery, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "figures.html")]
pub(super) struct Figures {
    frame: Frame,
    cases: Count,
    known_on: String,
    /// What an asterisk means; none where nothing is withheld.
    withheld: Option<String>,
    open_visits: Option<i64>,
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
    n: Count,
    open: Count,
    median: String,
    within: String,
}

/// Shows the figures.
///
/// # Errors
/// 401 and 403 as everywhere.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    super::page(&desk, Figures::of).await
}

impl Figures {
    pub(super) fn of(services: &Services, caller: &Caller, frame: Frame) -> Result<Self, ServiceError> {
        let language = frame.language;
        let answer = services.statistics(caller, &MeasureQuery::default())?;
        let figures = &answer.statistics.all;
        let day = i18n::day(language, answer.day);
        let rate = |row: &RateRow| {
            let text = measures::rate(language, row.measure.as_str());
            RateLine {
                label: text.label,
                definition: text.definition,
                of_all: share(&row.figures.of_all),
                of_ended: share(&row.figures.of_ended),
            }
        };
        let delay = |row: &DelayRow| {
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
            frame,
            cases: figures.cases,
            known_on: text(language, "home-known-on", &[("day", day.into())]),
            withheld: answer
                .withheld_below
                .map(|threshold| text(language, "home-withheld", &[("threshold", threshold.into())])),
            open_visits: services.count_open_visits(caller)?,
            rates: figures.rates.iter().map(rate).collect(),
            delays: figures.delays.iter().map(delay).collect(),
        })
    }
}

fn share(share: &Share) -> String {
    if is_withheld(&[share.numerator, share.denominator]) {
        return Count::WITHHELD.to_string();
    }
    let percent = |value: f64| format!("{:.1}", value * 100.0);
    match (share.share, share.lo, share.hi) {
        (Some(p), Some(lo), Some(hi)) => {
            format!("{} % ({}–{}); {}/{}", percent(p), percent(lo), percent(hi), share.numerator, share.denominator)
        }
        _ => "–".to_owned(),
    }
}

fn is_withheld(counts: &[Count]) -> bool {
    counts.contains(&Count::WITHHELD)
}

fn median(figures: &DelayFigures) -> String {
    if is_withheld(&[figures.n, figures.ended]) {
        return Count::WITHHELD.to_string();
    }
    let days = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"));
    let median = &figures.median;
    match median.estimate {
        Some(_) => format!("{} ({}–{})", days(median.estimate), days(median.lo), days(median.hi)),
        None => "–".to_owned(),
    }
}
