//! /statistics: delays and rates, each with its definition.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::params::Params;
use super::problem::Problem;
use crate::domain::stage::Stage;
use crate::i18n::{Language, measures};
use crate::measures::breakdown::Dimension;
use crate::measures::count::Count;
use crate::measures::delay::{ComplaintClock, DelayMeasure};
use crate::measures::delay_figures::DelayFigures;
use crate::measures::rate::{RateFigures, RateMeasure};
use crate::measures::selection::Selection;
use crate::measures::statistics::{DelayRow, Figures, RateRow, Statistics};
use crate::services::{AsKnown, CodesAs, MeasureQuery};
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
    /// The day as of which this was known, in the reporting zone.
    known_on: NaiveDate,
    /// Whether that day is over, so that its figures will never change.
    day_is_over: bool,
    /// Open waits were observed until then, the end of that day.
    observed_until: String,
    /// How many cases the filter let through.
    cases: Count,
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
    /// The day as of which this was known, in the reporting zone.
    known_on: NaiveDate,
    /// Whether that day is over, so that its figures will never change.
    day_is_over: bool,
    /// The end of that day.
    observed_until: String,
    /// How many cases the filter let through.
    cases: Count,
    /// First all together, then by group.
    rates: Vec<RateItem>,
}

impl Delays {
    /// The figures with words of a language.
    pub fn new(answer: &AsKnown<Arc<Statistics>>, language: Language) -> Self {
        let statistics = &answer.known;
        let item = |group: Option<&str>, row: &DelayRow| {
            let text = measures::delay(language, row.measure.as_str());
            DelayItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: group.map(str::to_owned),
                figures: row.figures.clone(),
            }
        };
        let of_group = |(group, figures): (_, &Figures)| figures.delays.iter().map(|row| item(group, row)).collect();
        Self {
            known_on: answer.day,
            day_is_over: answer.day_is_over,
            observed_until: answer.observed_until.to_rfc3339(),
            cases: statistics.all.cases,
            delays: statistics.each().flat_map::<Vec<_>, _>(of_group).collect(),
        }
    }
}

impl Rates {
    /// The figures with words of a language.
    pub fn new(answer: &AsKnown<Arc<Statistics>>, language: Language) -> Self {
        let statistics = &answer.known;
        let item = |group: Option<&str>, row: &RateRow| {
            let text = measures::rate(language, row.measure.as_str());
            RateItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: group.map(str::to_owned),
                figures: row.figures,
            }
        };
        let of_group = |(group, figures): (_, &Figures)| figures.rates.iter().map(|row| item(group, row)).collect();
        Self {
            known_on: answer.day,
            day_is_over: answer.day_is_over,
            observed_until: answer.observed_until.to_rfc3339(),
            cases: statistics.all.cases,
            rates: statistics.each().flat_map::<Vec<_>, _>(of_group).collect(),
        }
    }
}

fn query(request: &HttpRequest, language: Language) -> Result<MeasureQuery, Problem> {
    let mut params = Params::of(request, language)?;
    let query = MeasureQuery {
        selection: Selection {
            stage: params.word("stage", Stage::WORDS, Stage::named),
            region: params.code("region"),
            agency: params.code("agency"),
            kind_of_place: params.code("kind_of_place"),
            place: params.code("place"),
        },
        filed_from: params.day("filed_from"),
        filed_to: params.day("filed_to"),
        by: params.word("by", Dimension::WORDS, Dimension::named),
        clock: params.word("clock", ComplaintClock::WORDS, ComplaintClock::named).unwrap_or_default(),
        codes: params.word("codes", CodesAs::WORDS, CodesAs::named).unwrap_or_default(),
        as_known_on: params.day("as_known_on"),
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
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As it was known at the end of this day; today unless told"),
    ),
    responses((status = 200, description = "The delays, in days", body = Delays), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn delays(desk: Desk, request: HttpRequest) -> Result<web::Json<Delays>, Problem> {
    let query = query(&request, desk.language)?;
    let answer = desk.run(move |services, caller| services.statistics(caller, &query)).await?;
    Ok(web::Json(Delays::new(&answer, desk.language)))
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
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As it was known at the end of this day; today unless told"),
    ),
    responses((status = 200, description = "The rates", body = Rates), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn rates(desk: Desk, request: HttpRequest) -> Result<web::Json<Rates>, Problem> {
    let query = query(&request, desk.language)?;
    let answer = desk.run(move |services, caller| services.statistics(caller, &query)).await?;
    Ok(web::Json(Rates::new(&answer, desk.language)))
}
