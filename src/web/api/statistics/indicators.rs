//! /statistics/indicators: by article of the Convention.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, indicators as words};
use crate::measures::breakdown::Dimension;
use crate::measures::code_counts::CodeShare;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::indicator::{Article, Indicator};
use crate::measures::indicator_tally::ReparationShare;
use crate::measures::proportion::KnownShare;
use crate::measures::statistics::Figures;
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// One indicator.
#[derive(Serialize, utoipa::ToSchema)]
pub struct IndicatorItem {
    indicator: Indicator,
    article: Article,
    label: String,
    definition: String,
    #[serde(flatten)]
    figures: KnownShare,
}

/// The indicators of all together or of a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct IndicatorsItem {
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    /// Each, in the order of the articles.
    indicators: Vec<IndicatorItem>,
    /// Of the reprisals: the share of each kind.
    reprisals_by_kind: Vec<CodeShare>,
    /// The forms of reparation that were asked for.
    reparation_by_form: Vec<ReparationShare>,
}

/// Indicators by article of the Convention.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Indicators {
    #[serde(flatten)]
    heading: Heading,
    /// First all together, then by group.
    indicators: Vec<IndicatorsItem>,
}

impl InWords for Indicators {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::NONE;

    fn of(answer: &Answer, language: Language) -> Self {
        let indicators = each(&answer.statistics).map(|(group, figures)| item(group, figures, language)).collect();
        Self { heading: Heading::of(answer), indicators }
    }
}

fn item(group: Option<&String>, figures: &Figures, language: Language) -> IndicatorsItem {
    let indicator = |share: &crate::measures::indicator_tally::IndicatorShare| {
        let text = words::indicator(language, share.indicator);
        IndicatorItem {
            indicator: share.indicator,
            article: share.article,
            label: text.label,
            definition: text.definition,
            figures: share.figures,
        }
    };
    IndicatorsItem {
        group: group.cloned(),
        indicators: figures.indicators.indicators.iter().map(indicator).collect(),
        reprisals_by_kind: figures.indicators.reprisals_by_kind.clone(),
        reparation_by_form: figures.indicators.reparation_by_form.clone(),
    }
}

/// Indicators by article of the Convention, each with its definition, numerator, denominator and interval.
#[utoipa::path(
    get, path = "/api/v1/statistics/indicators", tag = "statistics",
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
    responses((status = 200, description = "The indicators", body = Indicators), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn indicators(desk: Desk, request: HttpRequest) -> Result<web::Json<Indicators>, Problem> {
    told(desk, request).await
}
