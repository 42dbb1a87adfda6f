//! /name-searches: finding a person's cases by name. The name comes in the body: addresses end up in logs.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::body::Body;
use super::params::Params;
use super::problem::Problem;
use crate::services::{NameHit, NameHits};
use crate::web::desk::Desk;

/// A case in which a name like the one that was looked for stands.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NameHitItem {
    case_id: String,
    reference: String,
    /// How well the name fits, above 0 and at most 1.
    score: f64,
}

/// What a search found.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NameHitList {
    /// The best hits, the best first.
    hits: Vec<NameHitItem>,
    /// Whether there were more than are told.
    more: bool,
    /// Whether cases still wait to be indexed; searching again goes on with it.
    index_is_behind: bool,
}

/// The name to look for.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes a body in the OpenAPI document")]
pub struct NameSearchBody {
    /// A whole name or a part, in any of the usual spellings.
    name: String,
}

impl NameHitItem {
    /// A hit, in the words of the API.
    pub fn new(hit: &NameHit) -> Self {
        Self { case_id: hit.case.to_string(), reference: hit.reference.to_string(), score: hit.score }
    }
}

impl NameHitList {
    fn new(found: &NameHits) -> Self {
        Self {
            hits: found.hits.iter().map(NameHitItem::new).collect(),
            more: found.more,
            index_is_behind: found.index_is_behind,
        }
    }
}

/// Finds cases by a person's name.
#[utoipa::path(
    post, path = "/api/v1/name-searches", tag = "cases",
    request_body(content = NameSearchBody, content_type = "application/json"),
    responses((status = 200, description = "The best hits", body = NameHitList), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 409, description = "Who asks holds no key", body = Problem, content_type = "application/problem+json"), (status = 422, description = "There is no word to look for", body = Problem, content_type = "application/problem+json")),
)]
pub async fn search(desk: Desk, request: HttpRequest, body: Body) -> Result<web::Json<NameHitList>, Problem> {
    let mut params = Params::of_body(&request, &body, desk.language)?;
    let name = params.text("name");
    params.finish()?;
    let found = desk.run(move |services, caller| services.search_names(caller, &name)).await?;
    Ok(web::Json(NameHitList::new(&found)))
}
