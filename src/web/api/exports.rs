//! /exports: codes and times of cases, taken out a batch at a time. Each batch needs a fresh proof and is
//! written to the audit log.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::body::Body;
use super::params::Params;
use super::problem::Problem;
use crate::domain::field::FieldProblem;
use crate::domain::id::CaseId;
use crate::services::{ExportedCase, ExportedEvent};
use crate::web::desk::Desk;

/// A batch of cases.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CaseExport {
    cases: Vec<ExportedCase>,
    /// The `after` of the next batch; none after the last.
    next: Option<String>,
}

/// The events of a batch of cases.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EventExport {
    events: Vec<ExportedEvent>,
    /// The `after` of the next batch; none after the last.
    next: Option<String>,
}

/// Where a batch begins.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct ExportBody {
    /// The `next` of the batch before; left out for the first.
    after: Option<String>,
}

fn after(request: &HttpRequest, body: &[u8], desk: &Desk) -> Result<Option<CaseId>, Problem> {
    let mut params = Params::of_body(request, body, desk.language)?;
    let after = params.read("after", FieldProblem::Unreadable, |text| text.parse().ok());
    params.finish()?;
    Ok(after)
}

/// Cases with their codes and milestones, up to 500 at a time.
#[utoipa::path(
    post, path = "/api/v1/exports/cases", tag = "exports",
    request_body(content = ExportBody, content_type = "application/json"),
    responses((status = 200, description = "A batch", body = CaseExport), (status = 403, description = "Not one's role, or password and code must be given again", body = Problem, content_type = "application/problem+json")),
)]
pub async fn cases(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let after = after(&request, &body, &desk)?;
    let (cases, next) = desk.run(move |services, caller| services.export_some_cases(caller, after)).await?;
    Ok(HttpResponse::Ok().json(CaseExport { cases, next: next.map(|case| case.to_string()) }))
}

/// The events of cases with their codes and times, of up to 500 cases at a time.
#[utoipa::path(
    post, path = "/api/v1/exports/events", tag = "exports",
    request_body(content = ExportBody, content_type = "application/json"),
    responses((status = 200, description = "A batch", body = EventExport), (status = 403, description = "Not one's role, or password and code must be given again", body = Problem, content_type = "application/problem+json")),
)]
pub async fn events(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let after = after(&request, &body, &desk)?;
    let (events, next) = desk.run(move |services, caller| services.export_some_events(caller, after)).await?;
    Ok(HttpResponse::Ok().json(EventExport { events, next: next.map(|case| case.to_string()) }))
}
