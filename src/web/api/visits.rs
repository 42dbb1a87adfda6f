//! /visits: the queue of urgent visits.

use actix_web::{HttpRequest, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::case::waited_days;
use super::params::Params;
use super::problem::Problem;
use crate::domain::time::PartialTime;
use crate::domain::visit::VisitState;
use crate::i18n::{Language, labels};
use crate::services::VisitListing;
use crate::web::desk::Desk;

/// An open visit.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitItem {
    /// The request's event.
    request: String,
    case_id: String,
    reference: String,
    /// `requested` or `approved`.
    state: String,
    state_label: String,
    needs_approval: bool,
    region: Option<String>,
    kind_of_place: String,
    place: Option<String>,
    evidence: String,
    requested_at: String,
    approved_at: Option<String>,
    /// Since when the answer, or after an approval the visit, is awaited.
    waiting_since: String,
    /// Whole days since then.
    waited_days: i64,
    /// Hours since then; none where only the day is known.
    waited_hours: Option<i64>,
    /// When the answer, or the visit, falls due; none where no deadline holds.
    due_at: Option<String>,
    overdue: bool,
}

/// The queue.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitQueue {
    /// The instant for which the waits hold.
    now: String,
    /// The earliest deadline first, then those without one; of two, the one that was asked for first.
    visits: Vec<VisitItem>,
}

impl VisitItem {
    fn new(visit: VisitListing, now: DateTime<Utc>, language: Language) -> Self {
        let since = visit.approved_at.unwrap_or(visit.requested_at);
        let hours = match since {
            PartialTime::Minute(instant) => Some(TimeDelta::num_hours(&(now - instant)).max(0)),
            PartialTime::Day(_) | PartialTime::Month(_) => None,
        };
        Self {
            request: visit.request.to_string(),
            case_id: visit.case.to_string(),
            reference: visit.reference.to_string(),
            state_label: VisitState::named(&visit.state).map_or_else(String::new, |state| labels::of(language, state)),
            state: visit.state,
            needs_approval: visit.needs_approval,
            region: visit.region,
            kind_of_place: visit.kind_of_place,
            place: visit.place,
            evidence: visit.evidence,
            requested_at: visit.requested_at.show(visit.zone),
            approved_at: visit.approved_at.map(|time| time.show(visit.zone)),
            waiting_since: since.show(visit.zone),
            waited_days: waited_days(since, visit.zone, now),
            waited_hours: hours,
            due_at: visit.due_at.map(|due| visit.zone.show(due)),
            overdue: visit.due_at.is_some_and(|due| due < now),
        }
    }
}

/// The open visits, most urgent first.
#[utoipa::path(
    get, path = "/api/v1/visits", tag = "visits",
    params(("limit" = Option<u16>, Query, description = "At most so many, 1 to 500; 100 unless told")),
    responses((status = 200, description = "The queue", body = VisitQueue), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn queue(desk: Desk, request: HttpRequest) -> Result<web::Json<VisitQueue>, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let limit = params.number("limit", 1, 500).unwrap_or(100);
    params.finish()?;
    let (visits, now) =
        desk.run(move |services, caller| Ok((services.visit_queue(caller, limit)?, services.now()))).await?;
    let visits = visits.into_iter().map(|visit| VisitItem::new(visit, now, desk.language)).collect();
    Ok(web::Json(VisitQueue { now: now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), visits }))
}
