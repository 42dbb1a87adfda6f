//! /health: whether the server can do its work.

use actix_web::web;
use serde::Serialize;

use super::problem::Problem;
use crate::services::Services;
use crate::web::desk::Desk;

/// The server is well.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// Always `ok`; anything else is a problem.
    status: &'static str,
    /// The version of this program.
    version: &'static str,
}

/// Whether the server and its database can do their work.
#[utoipa::path(
    get, path = "/api/v1/health", tag = "health",
    responses((status = 200, description = "Well", body = Health), (status = 503, description = "The database is out of reach or not migrated", body = Problem, content_type = "application/problem+json")),
)]
pub async fn health(desk: Desk) -> Result<web::Json<Health>, Problem> {
    desk.run_health(Services::check_health).await?;
    Ok(web::Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") }))
}
