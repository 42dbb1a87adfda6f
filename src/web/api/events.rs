//! /cases/{case}/events and /corrections: the history, a step or a fact, a correction.

use actix_web::http::header::ETAG;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::body::{self, Body, fields};
use super::case::case_name;
use super::problem::Problem;
use super::receipt::WriteReceipt;
use super::version::{etag, idempotency, seen_version};
use crate::domain::event::{HappeningKind, RETRACTION};
use crate::domain::time::{Precision, Zone};
use crate::i18n::{Language, labels};
use crate::services::{AddEvent, Caller, CaseHistory, EventView, ServiceError, Services, Written};
use crate::web::desk::Desk;

/// An event.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EventItem {
    id: String,
    /// Its place in the list, from 1.
    sequence: usize,
    /// What happened; `retraction` where it only takes an earlier event back.
    kind: &'static str,
    label: String,
    /// As precisely as it is known, in the case's zone.
    occurred_at: String,
    #[schema(inline)]
    precision: Precision,
    /// When it was recorded, by the server's clock.
    recorded_at: String,
    recorded_by: String,
    organisation_id: String,
    /// The event whose place it takes.
    corrects: Option<String>,
    /// Why.
    why: Option<String>,
    /// The event that took its place.
    corrected_by: Option<String>,
    /// What it carries.
    #[schema(value_type = Object)]
    details: Value,
}

impl EventItem {
    /// An event with its texts opened.
    pub fn new(view: EventView, zone: Zone, language: Language) -> Self {
        let kind = view.happening.as_ref().map(crate::domain::event::Happening::kind);
        Self {
            id: view.event.id.to_string(),
            sequence: view.sequence,
            kind: kind.map_or(RETRACTION, HappeningKind::as_str),
            label: kind
                .map_or_else(|| labels::label(language, "happening", RETRACTION), |kind| labels::of(language, kind)),
            occurred_at: view.event.occurred_at.show(zone),
            precision: view.event.occurred_at.precision(),
            recorded_at: view.event.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            recorded_by: view.event.recorded_by.actor.to_string(),
            organisation_id: view.event.recorded_by.organisation.to_string(),
            corrects: view.event.entry.corrects().map(|event| event.to_string()),
            why: view.why.map(|why| why.expose().to_owned()),
            corrected_by: view.corrected_by.map(|event| event.to_string()),
            details: view
                .happening
                .map_or(Value::Null, |happening| serde_json::to_value(happening).unwrap_or_default()),
        }
    }
}

/// The history of a case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EventList {
    case_id: String,
    reference: String,
    version: i32,
    /// Every event, in the order of recording, corrected ones too.
    events: Vec<EventItem>,
}

/// The history of a case, with corrections shown.
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/events", tag = "events",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    responses((status = 200, description = "Every event, in the order of recording", body = EventList), (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let desk = desk.writing();
    let name = case_name(&name, desk.language)?;
    let CaseHistory { record, case, events, .. } =
        desk.run(move |services, caller| services.view_events(caller, name)).await?;
    let list = EventList {
        case_id: record.id.to_string(),
        reference: record.reference.to_string(),
        version: record.version.0,
        events: events.into_iter().map(|event| EventItem::new(event, case.zone(), desk.language)).collect(),
    };
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(record.version))).json(list))
}

/// Records a step or a fact.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/events", tag = "events",
    params(
        ("case" = String, Path, description = "The case's identifier or its reference"),
        ("If-Match" = String, Header, description = "The ETag of the case as it was seen"),
        ("Idempotency-Key" = Option<String>, Header, description = "A key of the client's choice; the same request with the same key is done once"),
    ),
    request_body(content = super::openapi::EventBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Recorded", body = WriteReceipt),
        (status = 400, description = "No JSON object", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The step is illegal; `state` and `permitted` say what is legal", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The case has changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Longer than 1 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn record(
    desk: Desk,
    request: HttpRequest,
    name: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add(desk, request, &name, &body, Services::record_event).await
}

/// Corrects an event: a new one takes its place and says why.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/corrections", tag = "events",
    params(
        ("case" = String, Path, description = "The case's identifier or its reference"),
        ("If-Match" = String, Header, description = "The ETag of the case as it was seen"),
        ("Idempotency-Key" = Option<String>, Header, description = "A key of the client's choice; the same request with the same key is done once"),
    ),
    request_body(content = super::openapi::CorrectionBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Recorded", body = WriteReceipt),
        (status = 400, description = "No JSON object", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The history would no longer be legal, or the event has been corrected already", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The case has changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Longer than 1 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn correct(
    desk: Desk,
    request: HttpRequest,
    name: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add(desk, request, &name, &body, Services::correct_event).await
}

/// A use case that adds an event.
type Add = fn(&Services, &Caller, &AddEvent) -> Result<Written, ServiceError>;

async fn add(desk: Desk, request: HttpRequest, name: &str, body: &Body, add: Add) -> Result<HttpResponse, Problem> {
    let event = AddEvent {
        case: case_name(name, desk.language)?,
        fields: fields(body::object(&request, body, desk.language)?, desk.language)?,
        seen: seen_version(&request, desk.language)?,
        idempotency: idempotency(&request, body, desk.language)?,
    };
    let receipt = desk.run(move |services, caller| Ok(WriteReceipt::new(&add(services, caller, &event)?))).await?;
    Ok(receipt.created(&format!("/api/v1/cases/{}/events", receipt.case_id)))
}
