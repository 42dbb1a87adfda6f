//! /statistics/endings: how complaints end, and when.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, text};
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::ending_figures::EndingFigures;
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// How the complaints of all together or of a group ended.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EndingsItem {
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    #[serde(flatten)]
    figures: EndingFigures,
}

/// How complaints end: dismissed, prosecuted or withdrawn, whichever comes first.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Endings {
    #[serde(flatten)]
    heading: Heading,
    /// What the figures mean.
    definition: String,
    /// First all together, then by group.
    endings: Vec<EndingsItem>,
}

impl InWords for Endings {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::NONE;

    fn of(answer: &Answer, language: Language) -> Self {
        let item = |(group, figures): (Option<&String>, &crate::measures::statistics::Figures)| EndingsItem {
            group: group.cloned(),
            figures: figures.endings.clone(),
        };
        Self {
            heading: Heading::of(answer),
            definition: text(language, "annex-reading-endings", &[]),
            endings: each(&answer.statistics).map(item).collect(),
        }
    }
}

/// How complaints end: the Aalen–Johansen cumulative incidence of dismissal, prosecution and withdrawal.
#[utoipa::path(
    get, path = "/api/v1/statistics/endings", tag = "statistics",
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
    responses((status = 200, description = "The endings", body = Endings), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn endings(desk: Desk, request: HttpRequest) -> Result<web::Json<Endings>, Problem> {
    told(desk, request).await
}
