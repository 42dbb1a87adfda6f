//! Sharing a case with another organisation, and ending a share.

use actix_web::{HttpResponse, web};

use super::name;
use crate::domain::id::OrganisationId;
use crate::web::api::problem::Problem;
use crate::web::pages::form::{Posted, Sent};
use crate::web::pages::go_to;
use crate::web::pages::resume::keep;

/// Shares it.
///
/// # Errors
/// 404 where there is no such case, 422 where the organisation is none to share with.
pub async fn share(sent: Sent, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (case, with) = (name(&path, desk.language)?, organisation(&posted));
    match desk.run(move |services, caller| services.share_case(caller, case, with)).await {
        Ok(_) => Ok(go_to(format!("/cases/{path}?done=shared"))),
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// Ends a share.
///
/// # Errors
/// 404 where it is not shared with them.
pub async fn end(sent: Sent, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (case, with) = (name(&path, desk.language)?, organisation(&posted));
    match desk.run(move |services, caller| services.end_share(caller, case, with)).await {
        Ok(()) => Ok(go_to(format!("/cases/{path}?done=unshared"))),
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// The organisation that was chosen; one that nobody has where none was.
fn organisation(posted: &Posted) -> OrganisationId {
    posted.first("organisation").parse().unwrap_or(OrganisationId(uuid::Uuid::nil()))
}
