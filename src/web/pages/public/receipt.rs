//! Coming back with a receipt: the form for it, and the complaint as its complainant is shown it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::super::form::{Entry, Field, Form};
use super::super::frame::Frame;
use super::super::{html, refuse, show};
use super::wait;
use crate::domain::public_state::PublicState;
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{self, Language, labels, text};
use crate::services::{ComplaintView, LARGEST_PUBLIC_DOCUMENT, WrittenByReceipt};
use crate::vault::Receipt;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// Where the links of the languages lead from an answer to a form.
const HERE: &str = "/receipt";

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    form: Form,
}

#[derive(Template)]
#[template(path = "public/following.html")]
struct FollowingPage {
    frame: Frame,
    complaint: ComplaintView,
    receipt: Zeroizing<String>,
    /// The identifier of the next message, so that one that is sent twice is kept once.
    message: String,
    notice: Option<String>,
    came: String,
    state: String,
    next: String,
    lines: Vec<Line>,
    brought: Vec<String>,
    form: Form,
    largest: String,
    document_fault: Option<String>,
}

/// A message.
struct Line {
    what: String,
    text: Option<String>,
}

/// What is said above a complaint, and what is wrong with the forms below it.
#[derive(Default)]
pub(super) struct Said {
    pub notice: Option<&'static str>,
    /// What was typed and not taken.
    pub answer: String,
    pub answer_fault: Option<String>,
    pub document_fault: Option<String>,
}

/// What the forms of these pages send.
#[derive(serde::Deserialize)]
pub struct Given {
    #[serde(default)]
    pub receipt: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub text: String,
}

fn receipt_form(language: Language, typed: &str, fault: Option<String>) -> Form {
    let field = Field::text("receipt", text(language, "public-receipt", &[]), "off");
    let field = field.with_hint(text(language, "public-receipt-hint", &[])).with_value(typed);
    Form::new(vec![Field { error: fault, ..field }])
}

/// Shows the form.
///
/// # Errors
/// Only if the page cannot be written.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let frame = Frame::for_anybody(desk.language);
    show(&ReceiptPage { frame, form: receipt_form(desk.language, "", None) }, desk.language)
}

/// Shows the complaint of a receipt.
///
/// # Errors
/// Those of the database; what is wrong with the receipt is shown in the form.
pub async fn follow(desk: Desk, given: web::Form<Given>) -> Result<HttpResponse, Problem> {
    follow_with(&desk, &given.receipt, Said::default()).await
}

/// The same, with what is to be said.
///
/// # Errors
/// As [`follow`].
pub(super) async fn follow_with(desk: &Desk, typed: &str, said: Said) -> Result<HttpResponse, Problem> {
    let Ok(receipt) = Receipt::parse(typed) else { return unread(desk.language, typed) };
    let (tried, origin) = (receipt.clone(), desk.origin());
    match desk.try_receipt(move |services| services.follow_complaint(&tried, &origin)).await {
        Ok(complaint) => {
            let is_wrong = said.answer_fault.is_some() || said.document_fault.is_some();
            let page = FollowingPage::of(desk.language, complaint, &receipt, said);
            let mut answer = show(&page, desk.language)?;
            if is_wrong {
                *answer.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            }
            Ok(answer)
        }
        Err(problem) => unknown(&problem, desk.language, typed),
    }
}

/// The form again, for what is no receipt.
pub(super) fn unread(language: Language, typed: &str) -> Result<HttpResponse, Problem> {
    let fault = text(language, "public-return-unread", &[]);
    refused(&Problem::new("invalid_input", 422, language), language, typed, fault)
}

/// The form again, for a receipt that opens nothing or has to wait; a problem of another kind stays one.
pub(super) fn unknown(problem: &Problem, language: Language, typed: &str) -> Result<HttpResponse, Problem> {
    let fault = match problem.word() {
        "not_found" => text(language, "public-return-unknown", &[]),
        "too_many_attempts" => wait(problem, language, "public-return-wait").unwrap_or_default(),
        word => return Err(Problem::new(word, problem.status(), language)),
    };
    refused(problem, language, typed, fault)
}

fn refused(problem: &Problem, language: Language, typed: &str, fault: String) -> Result<HttpResponse, Problem> {
    let frame = Frame { here: HERE, ..Frame::for_anybody(language) };
    let page = ReceiptPage { frame, form: receipt_form(language, typed, Some(fault)) };
    Ok(refuse(problem, html(&page, language)?))
}

impl FollowingPage {
    fn of(language: Language, complaint: ComplaintView, receipt: &Receipt, said: Said) -> Self {
        let say = |key: &str| text(language, key, &[]);
        let zone = complaint.zone;
        let line = |written: &WrittenByReceipt| {
            let key = if written.question.is_some() { "public-message-question" } else { "public-message-own" };
            Line {
                what: text(language, key, &[("time", told(language, written.at, zone).into())]),
                text: written.question.as_ref().map(|text| text.expose().to_owned()),
            }
        };
        let brought = |at: &DateTime<Utc>| {
            text(language, "public-document-brought", &[("time", told(language, *at, zone).into())])
        };
        let answer = Field::new("text", say("public-answer"), Entry::Lines { value: said.answer });
        let answer = Field { error: said.answer_fault, ..answer.with_hint(say("public-answer-hint")) };
        Self {
            frame: Frame { here: HERE, ..Frame::for_anybody(language) },
            receipt: receipt.print(),
            message: Uuid::now_v7().to_string(),
            notice: said.notice.map(say),
            came: i18n::time(language, complaint.filed_at, zone),
            state: state(language, "public-state", complaint.state),
            next: state(language, "public-next", complaint.state),
            lines: complaint.written.iter().map(line).collect(),
            brought: complaint.documents.iter().map(brought).collect(),
            form: Form::new(vec![answer]),
            largest: text(language, "public-document-hint", &[("max", (LARGEST_PUBLIC_DOCUMENT >> 20).into())]),
            document_fault: said.document_fault,
            complaint,
        }
    }
}

fn told(language: Language, at: DateTime<Utc>, zone: Zone) -> String {
    i18n::time(language, PartialTime::minute(at), zone)
}

fn state(language: Language, family: &str, state: PublicState) -> String {
    labels::label(language, family, state.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_told_in_every_language_with_what_comes_next() {
        for word in PublicState::ALL {
            for language in Language::ALL {
                for family in ["public-state", "public-next"] {
                    assert_ne!(state(*language, family, *word), word.as_str(), "{family} {word:?} in {language:?}");
                }
            }
        }
    }
}
