//! /statistics: delays and rates, each with its definition.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::cases::filter;
use super::params::Params;
use super::problem::Problem;
use crate::domain::stage::Stage;
use crate::i18n::{Language, measures};
use crate::measures::breakdown::Dimension;
use crate::measures::delay::{ComplaintClock, DelayMeasure};
use crate::measures::rate::{RateFigures, RateMeasure};
use crate::measures::tally::DelayFigures;
use crate::services::{CodesAs, DelayReport, MeasureQuery, RateReport};
use crate::web::desk::Desk;

/// One delay, of all cases or of a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DelayItem {
    measure: DelayMeasure,
    label: String,
    definition: String,
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    #[serde(flatten)]
    figures: DelayFigures,
}

/// All delays, in days.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Delays {
    /// Open waits were observed until then.
    observed_until: String,
    /// How many cases the filter let through.
    cases: usize,
    /// First all together, then by group.
    delays: Vec<DelayItem>,
}

/// One rate, of all cases or of a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RateItem {
    measure: RateMeasure,
    label: String,
    definition: String,
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    #[serde(flatten)]
    figures: RateFigures,
}

/// All rates.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Rates {
    /// The instant for which they hold.
    observed_until: String,
    /// How many cases the filter let through.
    cases: usize,
    /// First all together, then by group.
    rates: Vec<RateItem>,
}

impl Delays {
    /// The report in words of a language.
    pub fn new(report: DelayReport, language: Language) -> Self {
        let item = |row: crate::services::DelayRow| {
            let text = measures::delay(language, row.measure.as_str());
            DelayItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: row.group,
                figures: row.figures,
            }
        };
        Self {
            observed_until: report.observed_until.to_rfc3339(),
            cases: report.cases,
            delays: report.rows.into_iter().map(item).collect(),
        }
    }
}

impl Rates {
    /// The report in words of a language.
    pub fn new(report: RateReport, language: Language) -> Self {
        let item = |row: crate::services::RateRow| {
            let text = measures::rate(language, row.measure.as_str());
            RateItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: row.group,
                figures: row.figures,
            }
        };
        Self {
            observed_until: report.observed_until.to_rfc3339(),
            cases: report.cases,
            rates: report.rows.into_iter().map(item).collect(),
        }
    }
}

fn query(request: &HttpRequest, language: Language) -> Result<MeasureQuery, Problem> {
    let mut params = Params::of(request, language)?;
    let query = MeasureQuery {
        filter: filter(&mut params),
        by: params.word("by", Dimension::WORDS, Dimension::named),
        clock: params.word("clock", ComplaintClock::WORDS, ComplaintClock::named).unwrap_or_default(),
        codes: params.word("codes", CodesAs::WORDS, CodesAs::named).unwrap_or_default(),
    };
    params.finish()?;
    Ok(query)
}

/// How long it takes: every delay with its Kaplan–Meier quartiles and the share within the deadline.
#[utoipa::path(
    get, path = "/api/v1/statistics/delays", tag = "statistics",
    params(
        ("by" = Option<Dimension>, Query, description = "Break down by this"),
        ("clock" = Option<ComplaintClock>, Query, description = "When the clock of a complaint starts; `learnt` unless told"),
        ("codes" = Option<CodesAs>, Query, description = "`current`: count an old code under the one that followed it"),
        ("stage" = Option<Stage>, Query, description = "The headline"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
    ),
    responses((status = 200, description = "The delays, in days", body = Delays), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn delays(desk: Desk, request: HttpRequest) -> Result<web::Json<Delays>, Problem> {
    let query = query(&request, desk.language)?;
    let report = desk.run(move |services, caller| services.delays(caller, &query)).await?;
    Ok(web::Json(Delays::new(report, desk.language)))
}

/// How often: every rate with its Wilson interval, of all and of those that have ended.
#[utoipa::path(
    get, path = "/api/v1/statistics/rates", tag = "statistics",
    params(
        ("by" = Option<Dimension>, Query, description = "Break down by this"),
        ("codes" = Option<CodesAs>, Query, description = "`current`: count an old code under the one that followed it"),
        ("clock" = Option<ComplaintClock>, Query, description = "Has no bearing on rates"),
        ("stage" = Option<Stage>, Query, description = "The headline"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
    ),
    responses((status = 200, description = "The rates", body = Rates), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn rates(desk: Desk, request: HttpRequest) -> Result<web::Json<Rates>, Problem> {
    let query = query(&request, desk.language)?;
    let report = desk.run(move |services, caller| services.rates(caller, &query)).await?;
    Ok(web::Json(Rates::new(report, desk.language)))
}
