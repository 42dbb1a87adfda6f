//! A document that a complainant adds with their receipt: a form of several parts, the receipt before the file.

use actix_web::{HttpRequest, HttpResponse, web};

use super::receipt::{Said, follow_with, unknown, unread};
use crate::services::{LARGEST_PUBLIC_DOCUMENT, Metadata, ReceiptUpload};
use crate::vault::Receipt;
use crate::web::api::document_form::{Part, Parts};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// The most bytes of a field that is no file.
const SMALL: usize = 64;

/// Takes the document, and shows the complaint.
///
/// # Errors
/// Those of the database; what is wrong with the form is shown in it.
pub async fn bring(desk: Desk, request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Problem> {
    let mut parts = Parts::of(&request, payload, LARGEST_PUBLIC_DOCUMENT, desk.language)?;
    let mut typed = String::new();
    let mut metadata = Metadata::Keep;
    while let Some(mut part) = parts.next().await? {
        match part.name() {
            "receipt" => typed = part.text(SMALL).await?,
            "strip_metadata" => metadata = Metadata::Strip,
            _ => return take(&desk, &typed, part, metadata).await,
        }
    }
    unread(desk.language, &typed)
}

async fn take(desk: &Desk, typed: &str, part: Part, metadata: Metadata) -> Result<HttpResponse, Problem> {
    let Ok(receipt) = Receipt::parse(typed) else { return unread(desk.language, typed) };
    if part.file_name().is_empty() {
        let missing = crate::i18n::text(desk.language, "public-document-missing", &[]);
        return follow_with(desk, typed, Said { document_fault: Some(missing), ..Said::default() }).await;
    }
    let origin = desk.origin();
    let begun = desk.try_receipt(move |services| services.begin_document_by_receipt(&receipt, &origin)).await;
    let kept = match begun {
        Err(problem) if problem.word() != "invalid_input" => return unknown(&problem, desk.language, typed),
        Err(problem) => Err(problem),
        Ok(ReceiptUpload(mut upload)) => {
            upload.describe(&part.file_name(), metadata);
            match part.take(upload).await {
                Err(problem) => Err(problem),
                Ok(upload) => {
                    let upload = ReceiptUpload(upload);
                    desk.run_as_nobody(move |services| services.finish_document_by_receipt(upload)).await
                }
            }
        }
    };
    let said = match kept {
        Ok(()) => Said { notice: Some("public-document-done"), ..Said::default() },
        Err(problem) => Said { document_fault: Some(problem.detail().to_owned()), ..Said::default() },
    };
    follow_with(desk, typed, said).await
}
