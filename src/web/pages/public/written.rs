//! What a complainant writes with their receipt: an answer to a question, or anything else.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::receipt::{Given, Said, follow_with, unknown, unread};
use crate::vault::Receipt;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// Takes what was written, and shows the complaint. No redirect can lead back there: the receipt must not stand in
/// an address. What is sent again is known by its identifier.
///
/// # Errors
/// Those of the database; what is wrong is shown in the form.
pub async fn write(desk: Desk, given: web::Form<Given>) -> Result<HttpResponse, Problem> {
    let Given { receipt: typed, message, text } = given.into_inner();
    let Ok(receipt) = Receipt::parse(&typed) else { return unread(desk.language, &typed) };
    let message = Uuid::parse_str(&message).unwrap_or_else(|_| Uuid::now_v7());
    let (origin, written) = (desk.origin(), text.clone());
    let sent = desk.try_receipt(move |services| services.write_by_receipt(&receipt, message, &written, &origin)).await;
    match sent {
        Ok(()) => follow_with(&desk, &typed, Said { notice: Some("public-answer-done"), ..Said::default() }).await,
        Err(problem) if problem.word() == "invalid_input" => {
            let fault = problem.fields().map(|(_, _, message)| message.to_owned()).next();
            follow_with(&desk, &typed, Said { answer: text, answer_fault: fault, ..Said::default() }).await
        }
        Err(problem) => unknown(&problem, desk.language, &typed),
    }
}
