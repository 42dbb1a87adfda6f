//! /statistics/rates: how often.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, measures};
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::rate::{RateFigures, RateMeasure};
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

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
    #[serde(flatten)]
    heading: Heading,
    /// First all together, then by group.
    rates: Vec<RateItem>,
}

impl InWords for Rates {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::NONE;

    fn of(answer: &Answer, language: Language) -> Self {
        let rows = each(&answer.statistics);
        let rows = rows.flat_map(|(group, figures)| figures.rates.iter().map(move |row| (group, row)));
        let item = |(group, row): (Option<&String>, &crate::measures::statistics::RateRow)| {
            let text = measures::rate(language, row.measure.as_str());
            RateItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: group.cloned(),
                figures: row.figures,
            }
        };
        Self { heading: Heading::of(answer), rates: rows.map(item).collect() }
    }
}

/// How often: every rate with its Wilson interval, of all and of those that have ended.
#[utoipa::path(
    get, path = "/api/v1/statistics/rates", tag = "statistics",
    params(
        ("by" = Option<Dimension>, Query, description = "Break down by this"),
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As known at the end of this day; today unless told"),
        ("clock" = Option<ComplaintClock>, Query, description = "When the clock of a complaint starts; `learnt` unless told"),
        ("codes" = Option<CodesAs>, Query, description = "`current`: count an old code under the one that followed it"),
        ("stage" = Option<Stage>, Query, description = "The headline"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("organisation" = Option<uuid::Uuid>, Query, description = "The organisation that owns the case"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
    ),
    responses((status = 200, description = "The rates", body = Rates), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn rates(desk: Desk, request: HttpRequest) -> Result<web::Json<Rates>, Problem> {
    told(desk, request).await
}
