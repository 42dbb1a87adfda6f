//! Proving anew who one is, where what is to be done needs it: the page asks for password and code, keeps what
//! was typed, and does it all at once.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use askama::Template;

use super::typed::Typed;
use super::{form_token, frame_of};
use crate::i18n::{labels, text};
use crate::services::{Caller, Proof, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::middleware::browser::accepts_pages;
use crate::web::pages::form::{Field, Form};
use crate::web::pages::frame::Frame;
use crate::web::pages::{html, refuse};

#[derive(Template)]
#[template(path = "administration/proof.html")]
struct ProofPage {
    frame: Frame,
    form: Form,
    form_token: String,
    action: String,
    kept: Vec<(String, String)>,
}

/// What came of something that needs proof.
pub enum Proven<T> {
    Done(T),
    /// The page that asks for it.
    Asked(HttpResponse),
}

/// Does something that may need fresh proof, after having taken the proof that came with it.
///
/// # Errors
/// Those of the use case.
pub async fn with_proof<T: Send + 'static>(
    desk: &Desk,
    request: &HttpRequest,
    typed: &Typed,
    work: impl FnOnce(&Services, &Caller) -> Result<T, ServiceError> + Send + 'static,
) -> Result<Proven<T>, Problem> {
    let mut kept = typed.clone();
    if let (Some(password), Some(code)) = (kept.remove("password"), kept.remove("code")) {
        let proof = Proof { password, code: code.trim().to_owned() };
        let proved = desk.run_with_password(move |services, caller| services.prove_again(caller, &proof)).await;
        match proved {
            Ok(_) => {}
            Err(problem) if ["wrong_credentials", "too_many_attempts"].contains(&problem.word()) => {
                return ask(desk, request, kept, &problem, true).await.map(Proven::Asked);
            }
            Err(problem) => return Err(problem),
        }
    }
    match desk.run(work).await {
        Err(problem) if problem.word() == "proof_needed" && accepts_pages(request.headers()) => {
            ask(desk, request, kept, &problem, false).await.map(Proven::Asked)
        }
        other => other.map(Proven::Done),
    }
}

async fn ask(
    desk: &Desk,
    request: &HttpRequest,
    kept: Typed,
    problem: &Problem,
    is_wrong: bool,
) -> Result<HttpResponse, Problem> {
    let language = desk.language;
    let label = |name| labels::field(language, name);
    let form = Form::new(vec![
        Field::password("password", label("password"), "current-password"),
        Field::text("code", label("code"), "one-time-code").with_hint(text(language, "sign-in-code-hint", &[])),
    ]);
    let form = match problem.word() {
        "too_many_attempts" => form.at_fault(problem.title().to_owned()),
        _ if is_wrong => form.at_fault(text(language, "proof-wrong", &[])),
        _ => form,
    };
    let frame = frame_of(desk).await?;
    let kept = kept.fields().to_vec();
    let page = ProofPage { form_token: form_token(&frame), frame, form, action: request.path().to_owned(), kept };
    Ok(refuse(problem, html(&page, language)?))
}
