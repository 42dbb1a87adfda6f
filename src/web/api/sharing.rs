//! /cases/{case}/shares and /cases/{case}/erasure: who else may read a case, and that nobody may any more.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::body::Body;
use super::case::case_name;
use super::params::Params;
use super::problem::Problem;
use crate::domain::id::OrganisationId;
use crate::web::desk::Desk;

/// With whom a case is shared.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Shares {
    /// The organisations' identifiers.
    shared_with: Vec<String>,
}

/// The organisation to share with.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct ShareBody {
    organisation: String,
}

/// Shares a case with another organisation.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/shares", tag = "cases",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    request_body(content = ShareBody, content_type = "application/json"),
    responses((status = 201, description = "Shared", body = Shares), (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json"), (status = 409, description = "Who asks holds no key, or the case was erased", body = Problem, content_type = "application/problem+json"), (status = 422, description = "No organisation to share with", body = Problem, content_type = "application/problem+json")),
)]
pub async fn share(
    desk: Desk,
    request: HttpRequest,
    name: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let name = case_name(&name, desk.language)?;
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let text = params.text("organisation");
    let with: Option<OrganisationId> = text.parse().ok();
    if with.is_none() && !text.is_empty() {
        params.refuse("organisation", crate::domain::field::FieldProblem::NotAnOrganisation);
    }
    params.finish()?;
    let Some(with) = with else { return Err(Problem::internal(desk.language)) };
    let shares = desk.run(move |services, caller| services.share_case(caller, name, with)).await?;
    Ok(HttpResponse::Created().json(Shares { shared_with: shares.iter().map(ToString::to_string).collect() }))
}

/// Ends a share.
#[utoipa::path(
    delete, path = "/api/v1/cases/{case}/shares/{organisation}", tag = "cases",
    params(("case" = String, Path, description = "The case's identifier or its reference"), ("organisation" = String, Path, description = "The organisation's identifier")),
    responses((status = 204, description = "Ended"), (status = 404, description = "No such case or share", body = Problem, content_type = "application/problem+json")),
)]
pub async fn end(desk: Desk, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (name, organisation) = path.into_inner();
    let name = case_name(&name, desk.language)?;
    let with: OrganisationId = organisation.parse().map_err(|_| Problem::new("not_found", 404, desk.language))?;
    desk.run(move |services, caller| services.end_share(caller, name, with)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Erases a case: its keys are destroyed, and with them every text in it. It cannot be undone.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/erasure", tag = "cases",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    responses((status = 204, description = "Erased"), (status = 403, description = "Not one's role, or password and code must be given again", body = Problem, content_type = "application/problem+json"), (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json"), (status = 409, description = "It was erased before", body = Problem, content_type = "application/problem+json")),
)]
pub async fn erase(desk: Desk, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let name = case_name(&name, desk.language)?;
    desk.run(move |services, caller| services.erase_case(caller, name)).await?;
    Ok(HttpResponse::NoContent().finish())
}
