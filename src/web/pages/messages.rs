//! What was written between a complainant with a receipt and the organisation, and the next question.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::super::api::only;
use super::frame::Frame;
use super::sign_in::refuse;
use super::{html, show};
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{self, Language, text};
use crate::services::{Caller, CaseName, MessageView, ServiceError, Services};
use crate::web::api::params::case_name;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "messages.html")]
struct MessagesPage {
    frame: Frame,
    case: String,
    reference: String,
    can_ask: bool,
    lines: Vec<Line>,
    form_token: String,
    /// The identifier of the next question, so that one that is sent twice is kept once.
    message: String,
    /// What was typed and not taken, and why.
    typed: String,
    fault: Option<String>,
}

struct Line {
    what: String,
    text: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Given {
    csrf: Option<String>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    text: String,
}

/// The pages.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/cases/{case}/messages").get(page).post(ask).default_service(only("GET, HEAD, POST")),
    );
}

impl MessagesPage {
    fn of(services: &Services, caller: &Caller, case: CaseName, frame: Frame) -> Result<Self, ServiceError> {
        let read = services.read_messages(caller, case)?;
        Ok(Self {
            case: read.case.id.to_string(),
            reference: read.case.reference.to_string(),
            can_ask: read.can_ask,
            lines: read.messages.iter().map(|message| Line::of(frame.language, message)).collect(),
            form_token: frame.who.as_ref().map(|who| who.form_token.clone()).unwrap_or_default(),
            message: Uuid::now_v7().to_string(),
            typed: String::new(),
            fault: None,
            frame,
        })
    }
}

impl Line {
    fn of(language: Language, message: &MessageView) -> Self {
        let key = if message.from_complainant { "messages-answer" } else { "messages-question" };
        let time = i18n::time(language, PartialTime::minute(message.written_at), Zone::default());
        let closed = || text(language, "messages-closed", &[]);
        Self {
            what: text(language, key, &[("time", time.into())]),
            text: message.text.as_ref().map_or_else(closed, |text| text.expose().to_owned()),
        }
    }
}

async fn read(desk: &Desk, case: CaseName) -> Result<MessagesPage, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    desk.run(move |services, caller| {
        MessagesPage::of(services, caller, case, Frame::of(services, caller, language, form_token)?)
    })
    .await
}

/// Shows the messages.
///
/// # Errors
/// Those of the guard and of the database.
pub async fn page(desk: Desk, case: web::Path<String>) -> Result<HttpResponse, Problem> {
    let case = case_name(&case, desk.language)?;
    show(&read(&desk, case).await?, desk.language)
}

/// Asks the complainant.
///
/// # Errors
/// Those of the guard and of the database; what is wrong with the question is shown in the form.
pub async fn ask(desk: Desk, case: web::Path<String>, given: web::Form<Given>) -> Result<HttpResponse, Problem> {
    let Given { csrf, message, text } = given.into_inner();
    let name = case_name(&case, desk.language)?;
    let desk = desk.with_form_token(csrf);
    let message = Uuid::parse_str(&message).unwrap_or_else(|_| Uuid::now_v7());
    let asked = text.clone();
    match desk.run(move |services, caller| services.ask_complainant(caller, name, message, &asked)).await {
        Ok(()) => {
            let back = format!("/cases/{}/messages", case.as_str());
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, back)).finish())
        }
        Err(problem) if problem.word() == "invalid_input" => {
            let fault = problem.fields().map(|(_, message)| message.to_owned()).next();
            let page = MessagesPage { typed: text, fault, ..read(&desk, name).await? };
            refuse(&problem, html(&page, desk.language)?)
        }
        Err(problem) => Err(problem),
    }
}
