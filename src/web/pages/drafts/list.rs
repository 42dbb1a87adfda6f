//! The drafts of whoever logs complaints: to begin one, to go on with one, to throw one away.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::sections::FIRST;
use super::{DraftLines, draft_id};
use crate::services::Typed;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::Sent;
use crate::web::pages::frame::Frame;
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::{go_to, page as show_page};

#[derive(Template)]
#[template(path = "drafts/list.html")]
struct DraftsPage {
    frame: Frame,
    drafts: DraftLines,
}

/// Shows the drafts.
///
/// # Errors
/// 401 and 403 as everywhere.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    show_page(&desk, |services, caller, frame| {
        let naming = Naming::of(services, frame.language)?;
        Ok(DraftsPage { drafts: DraftLines::of(&naming, &services.own_drafts(caller)?), frame })
    })
    .await
}

/// Begins one.
///
/// # Errors
/// 401 and 403 as for every form.
pub async fn begin(sent: Sent) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    match desk.run(|services, caller| services.begin_draft(caller, &Typed::default())).await {
        Ok(id) => Ok(go_to(format!("/drafts/{id}/{}", FIRST.as_str()))),
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// Throws one away.
///
/// # Errors
/// 404 where it is none of theirs.
pub async fn delete(sent: Sent, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let id = draft_id(&path, desk.language)?;
    match desk.run(move |services, caller| services.delete_draft(caller, id)).await {
        Ok(()) => Ok(go_to("/drafts?done=draft-deleted")),
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}
