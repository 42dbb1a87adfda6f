//! /statistics/delays: how long it takes.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, measures};
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay::DelayMeasure;
use crate::measures::delay_figures::DelayFigures;
use crate::measures::delay_set::DelaySet;
use crate::measures::group_test::GroupTest;
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
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
    #[serde(flatten)]
    heading: Heading,
    /// First all together, then by group.
    delays: Vec<DelayItem>,
    /// Where they are broken down: whether the groups wait equally long.
    tests: Vec<GroupTest>,
}

impl InWords for Delays {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::ALL;

    fn of(answer: &Answer, language: Language) -> Self {
        let rows = each(&answer.statistics);
        let rows = rows.flat_map(|(group, figures)| figures.delays.iter().map(move |row| (group, row)));
        let item = |(group, row): (Option<&String>, &crate::measures::statistics::DelayRow)| {
            let text = measures::delay(language, row.measure.as_str());
            DelayItem {
                measure: row.measure,
                label: text.label,
                definition: text.definition,
                group: group.cloned(),
                figures: row.figures.clone(),
            }
        };
        Self { heading: Heading::of(answer), delays: rows.map(item).collect(), tests: answer.statistics.tests.clone() }
    }
}

/// How long it takes: every delay with its Kaplan–Meier quartiles, restricted mean and the share within the deadline.
#[utoipa::path(
    get, path = "/api/v1/statistics/delays", tag = "statistics",
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
    responses((status = 200, description = "The delays, in days", body = Delays), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn delays(desk: Desk, request: HttpRequest) -> Result<web::Json<Delays>, Problem> {
    told(desk, request).await
}
