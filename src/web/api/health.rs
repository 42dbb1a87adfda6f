//! Whether the server is there (/health/live), and whether it can do its work (/health/ready, /health).

use actix_web::web;
use serde::Serialize;

use super::problem::Problem;
use crate::services::ReplicaState;
use crate::web::desk::Desk;

/// The server is well.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// Always `ok`; anything else is a problem.
    status: &'static str,
    /// The version of this program.
    version: &'static str,
    /// The replica that figures are read from; none where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    replica: Option<ReplicaHealth>,
}

/// How the replica stands. Where it is no help, figures are read from the database itself.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReplicaHealth {
    /// `current`, `behind` or `away`.
    state: &'static str,
    /// What was written for so many seconds may be missing from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind_seconds: Option<i64>,
}

impl From<ReplicaState> for ReplicaHealth {
    fn from(state: ReplicaState) -> Self {
        match state {
            ReplicaState::Current => Self { state: "current", behind_seconds: None },
            ReplicaState::Behind(behind) => Self { state: "behind", behind_seconds: Some(behind.num_seconds()) },
            ReplicaState::Away => Self { state: "away", behind_seconds: None },
        }
    }
}

impl Health {
    const OK: Self = Self { status: "ok", version: env!("CARGO_PKG_VERSION"), replica: None };
}

/// Whether the server is there. It asks nobody: whoever gets no answer may start it anew.
#[utoipa::path(
    get, path = "/api/v1/health/live", tag = "health",
    responses((status = 200, description = "There", body = Health)),
)]
pub async fn live() -> web::Json<Health> {
    web::Json(Health::OK)
}

/// Whether the server can do its work: the database answers and has this program's schema, and nobody has told the
/// server to stop. Whoever is told no sends requests elsewhere.
#[utoipa::path(
    get, path = "/api/v1/health/ready", tag = "health",
    responses((status = 200, description = "Ready", body = Health), (status = 503, description = "The database is out of reach or not migrated, or the server is stopping", body = Problem, content_type = "application/problem+json")),
)]
pub async fn ready(desk: Desk) -> Result<web::Json<Health>, Problem> {
    desk.check_not_stopping()?;
    health(desk).await
}

/// Whether the server and its database can do their work.
#[utoipa::path(
    get, path = "/api/v1/health", tag = "health",
    responses((status = 200, description = "Well", body = Health), (status = 503, description = "The database is out of reach or not migrated", body = Problem, content_type = "application/problem+json")),
)]
pub async fn health(desk: Desk) -> Result<web::Json<Health>, Problem> {
    let replica = desk.run_health(|services| services.check_health().and_then(|()| services.replica_state())).await?;
    let replica = replica.map(ReplicaHealth::from);
    Ok(web::Json(Health { replica, ..Health::OK }))
}
