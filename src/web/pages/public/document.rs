//! A document that a complainant adds with their receipt: a form of several parts, the receipt before the file.

use actix_web::{HttpRequest, HttpResponse, web};

use super::receipt::{Said, follow_with, unknown, unread};
use crate::i18n::text;
use crate::services::ReceiptUpload;
use crate::vault::Receipt;
use crate::web::api::document_form::receive_with_receipt;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// Takes the document, and shows the complaint.
///
/// # Errors
/// Those of the database and of a form that cannot be read; what is wrong with the document is shown beside it.
pub async fn bring(desk: Desk, request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Problem> {
    let (typed, received) = receive_with_receipt(&desk, &request, payload).await;
    if Receipt::parse(&typed).is_err() {
        return match received {
            Err(problem) if problem.status() != 404 => Err(problem),
            _ => unread(desk.language, &typed),
        };
    }
    let missing = || text(desk.language, "public-document-missing", &[]);
    let fault = match received {
        Ok(ReceiptUpload(upload)) if upload.is_empty() => Some(missing()),
        Ok(upload) => {
            let kept = desk
                .clone()
                .taking_long()
                .run_as_nobody(move |services| services.finish_document_by_receipt(upload))
                .await;
            kept.err().map(|problem| problem.detail().to_owned())
        }
        Err(problem) if matches!(problem.status(), 404 | 429) => return unknown(&problem, desk.language, &typed),
        Err(problem) => Some(problem.detail().to_owned()),
    };
    let notice = fault.is_none().then_some("public-document-done");
    follow_with(&desk, &typed, Said { notice, document_fault: fault, ..Said::default() }).await
}
