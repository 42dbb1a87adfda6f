//! Adding a document to a case by the form of its page.

use actix_web::{HttpRequest, HttpResponse, web};

use super::name;
use crate::web::api::document_form::receive_from_page;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::go_to;

/// Adds it. The form token comes first, so that a file is taken from a page of this session alone.
///
/// # Errors
/// Those of an upload; 401 and 403 as for every form.
pub async fn add(
    desk: Desk,
    request: HttpRequest,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let case = name(&path, desk.language)?;
    let (desk, upload) = receive_from_page(desk, &request, payload, case).await?;
    desk.taking_long().run(move |services, caller| services.finish_document(caller, upload)).await?;
    Ok(go_to(format!("/cases/{path}?done=attached#documents")))
}
