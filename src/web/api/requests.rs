//! /visits/{request}: a visit request as the Ombudsman's office sees it, and its answer.

use actix_web::http::header::ETAG;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::body::{self, Body, fields};
use super::case::waited_days;
use super::events::EventItem;
use super::problem::Problem;
use super::receipt::WriteReceipt;
use super::version::{etag, idempotency, seen_version};
use crate::domain::id::{CaseVersion, EventId};
use crate::domain::time::Zone;
use crate::domain::visit::{Approval, VisitState};
use crate::domain::visits::Visit;
use crate::i18n::Language;
use crate::services::{AddEvent, CaseName, EventView, RequestView};
use crate::web::desk::Desk;

/// A visit request: what was asked for, how it was answered, and nothing else of the case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RequestDetail {
    /// The reference of the case.
    reference: String,
    visit: RequestedVisit,
    /// Whole days since it was made.
    waited_days: i64,
    /// The request and its answer, with their texts.
    events: Vec<EventItem>,
    /// The kinds of answer.
    answers: &'static [&'static str],
}

/// What was asked for and how it was answered; what became of the visit is the case's.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RequestedVisit {
    /// The request's event.
    request: String,
    /// `requested`, `approved` or `refused`.
    state: &'static str,
    kind_of_place: String,
    place: Option<String>,
    evidence: &'static str,
    needs_approval: bool,
    renews: Option<String>,
    requested_at: String,
    answered_at: Option<String>,
    refusal_ground: Option<String>,
}

impl RequestedVisit {
    fn new(visit: &Visit, zone: Zone) -> Self {
        let state = match (visit.approved_at, visit.refused_at) {
            (Some(_), _) => VisitState::Approved,
            (None, Some(_)) => VisitState::Refused,
            (None, None) => VisitState::Requested,
        };
        Self {
            request: visit.request.to_string(),
            state: state.as_str(),
            kind_of_place: visit.requested.kind_of_place.to_string(),
            place: visit.requested.place.as_ref().map(ToString::to_string),
            evidence: visit.requested.evidence.as_str(),
            needs_approval: visit.requested.approval != Some(Approval::NotRequired),
            renews: visit.requested.renews.map(|event| event.to_string()),
            requested_at: visit.requested_at.show(zone),
            answered_at: visit.answered_at().map(|time| time.show(zone)),
            refusal_ground: visit.refusal_ground.as_ref().map(ToString::to_string),
        }
    }
}

impl RequestDetail {
    fn new(view: RequestView, language: Language) -> Self {
        Self {
            reference: view.reference.to_string(),
            waited_days: waited_days(view.visit.requested_at, view.zone, view.now),
            visit: RequestedVisit::new(&view.visit, view.zone),
            // Numbered among themselves: their places in the case would tell how much else there is.
            events: (1..)
                .zip(view.events)
                .map(|(sequence, event)| EventItem::new(EventView { sequence, ..event }, view.zone, language))
                .collect(),
            answers: crate::services::ANSWERS,
        }
    }
}

fn request_id(text: &str, language: Language) -> Result<EventId, Problem> {
    text.parse().map_err(|_| Problem::new("not_found", 404, language))
}

/// A visit request.
#[utoipa::path(
    get, path = "/api/v1/visits/{request}", tag = "visits",
    params(("request" = String, Path, description = "The request, as the queue names it")),
    responses((status = 200, description = "The request; the ETag is what an answer must name", body = RequestDetail), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such request", body = Problem, content_type = "application/problem+json")),
)]
pub async fn show(desk: Desk, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let desk = desk.writing();
    let id = request_id(&id, desk.language)?;
    let view = desk.run(move |services, caller| services.view_request(caller, id)).await?;
    let version = CaseVersion(view.version);
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(version))).json(RequestDetail::new(view, desk.language)))
}

/// Approves or refuses a visit request.
#[utoipa::path(
    post, path = "/api/v1/visits/{request}/answers", tag = "visits",
    params(
        ("request" = String, Path, description = "The request, as the queue names it"),
        ("If-Match" = String, Header, description = "The ETag of the request as it was seen"),
        ("Idempotency-Key" = Option<String>, Header, description = "A key of the client's choice; the same request with the same key is done once"),
    ),
    request_body(content = super::openapi::EventBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Recorded", body = WriteReceipt),
        (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such request, or another has taken its place", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has been answered", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn answer(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let id = request_id(&id, desk.language)?;
    let event = AddEvent {
        // The guard finds the case by the request.
        case: CaseName::Id(crate::domain::id::CaseId(id.0)),
        fields: fields(body::object(&request, &body, desk.language)?, desk.language)?,
        seen: seen_version(&request, desk.language)?,
        idempotency: idempotency(&request, &body, desk.language)?,
    };
    let receipt =
        desk.run(move |services, caller| Ok(WriteReceipt::new(&services.answer_request(caller, id, &event)?))).await?;
    Ok(receipt.created(&format!("/api/v1/visits/{id}")))
}
