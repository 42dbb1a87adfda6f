//! /statistics/visits: what becomes of requests for urgent visits.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::{Heading, InWords, each, told};
use crate::domain::stage::Stage;
use crate::i18n::{Language, indicators};
use crate::measures::breakdown::Dimension;
use crate::measures::code_counts::CodeShare;
use crate::measures::count::Count;
use crate::measures::delay::ComplaintClock;
use crate::measures::delay_set::DelaySet;
use crate::measures::proportion::KnownShare;
use crate::measures::statistics::Figures;
use crate::measures::visit_measure::VisitMeasure;
use crate::measures::visit_tally::EvidenceShare;
use crate::services::{Answer, CodesAs};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// One share of visits.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitShareItem {
    measure: VisitMeasure,
    label: String,
    definition: String,
    #[serde(flatten)]
    figures: KnownShare,
}

/// The visits of all together or of a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitsItem {
    /// The group of the breakdown; none for all together.
    group: Option<String>,
    /// Requests.
    requests: Count,
    /// Of these: those that needed approval.
    needing_approval: Count,
    /// Of those: approved or refused.
    answered: Count,
    /// Of those: neither answered nor ended otherwise.
    waiting: Count,
    /// The shares.
    shares: Vec<VisitShareItem>,
    /// Of the refusals: the share with each ground.
    refusals_by_ground: Vec<CodeShare>,
    /// Of the answered requests with each kind of evidence: the share refused.
    refused_by_evidence: Vec<EvidenceShare>,
}

/// Urgent visits.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitStatistics {
    #[serde(flatten)]
    heading: Heading,
    /// First all together, then by group.
    visits: Vec<VisitsItem>,
}

impl InWords for VisitStatistics {
    const DELAYS_OF_GROUPS: DelaySet = DelaySet::NONE;

    fn of(answer: &Answer, language: Language) -> Self {
        let visits = each(&answer.statistics).map(|(group, figures)| item(group, figures, language)).collect();
        Self { heading: Heading::of(answer), visits }
    }
}

fn item(group: Option<&String>, figures: &Figures, language: Language) -> VisitsItem {
    let visits = &figures.visits;
    let share = |share: &crate::measures::visit_tally::VisitShare| {
        let text = indicators::visit_share(language, share.measure);
        VisitShareItem {
            measure: share.measure,
            label: text.label,
            definition: text.definition,
            figures: share.figures,
        }
    };
    VisitsItem {
        group: group.cloned(),
        requests: visits.requests,
        needing_approval: visits.needing_approval,
        answered: visits.answered,
        waiting: visits.waiting,
        shares: visits.shares.iter().map(share).collect(),
        refusals_by_ground: visits.refusals_by_ground.clone(),
        refused_by_evidence: visits.refused_by_evidence.clone(),
    }
}

/// Urgent visits: how many are answered, refused, on which ground and by which evidence, outside the mandate, announced.
#[utoipa::path(
    get, path = "/api/v1/statistics/visits", tag = "statistics",
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
    responses((status = 200, description = "The visits", body = VisitStatistics), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn visits(desk: Desk, request: HttpRequest) -> Result<web::Json<VisitStatistics>, Problem> {
    told(desk, request).await
}
