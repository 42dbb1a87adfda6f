//! What was written between a complainant with a receipt and the organisation, and the next question.

use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::super::api::only;
use super::form::{Entry, Field, Form, Sent};
use super::frame::{Asked, Frame};
use super::resume::keep;
use super::{go_to, html, refuse, show};
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{self, Language, text};
use crate::services::{Caller, CaseName, MessageView, ServiceError, Services};
use crate::web::api::case::case_name;
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
    /// The identifier of the next question, so that one that is sent twice is kept once.
    message: String,
    form: Form,
}

struct Line {
    what: String,
    text: String,
}

/// The pages.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/cases/{case}/messages").get(page).post(ask).default_service(only("GET, HEAD, POST")));
}

impl MessagesPage {
    fn of(services: &Services, caller: &Caller, case: CaseName, frame: Frame) -> Result<Self, ServiceError> {
        let read = services.read_messages(caller, case)?;
        Ok(Self {
            case: read.case.id.to_string(),
            reference: read.case.reference.to_string(),
            can_ask: read.can_ask,
            lines: read.messages.iter().map(|message| Line::of(frame.language, message)).collect(),
            message: Uuid::now_v7().to_string(),
            form: question(frame.language, ""),
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

fn question(language: Language, typed: &str) -> Form {
    let say = |key: &str| text(language, key, &[]);
    let field = Field::new("text", say("messages-ask"), Entry::Lines { value: typed.to_owned() });
    Form::new(vec![field.with_hint(say("messages-ask-hint"))])
}

async fn read(desk: &Desk, case: CaseName) -> Result<MessagesPage, Problem> {
    let asked = Asked::of(desk);
    let desk = desk.clone().writing();
    desk.run(move |services, caller| MessagesPage::of(services, caller, case, asked.frame(services, caller)?)).await
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
pub async fn ask(sent: Sent, case: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let name = case_name(&case, desk.language)?;
    let message = Uuid::parse_str(posted.first("message")).unwrap_or_else(|_| Uuid::now_v7());
    let text = posted.first("text").to_owned();
    let asked = text.clone();
    match desk.run(move |services, caller| services.ask_complainant(caller, name, message, &asked)).await {
        Ok(()) => Ok(go_to(format!("/cases/{case}/messages?done=recorded"))),
        Err(problem) if problem.word() == "invalid_input" => {
            let form = question(desk.language, &text).blamed(&problem, desk.language);
            let page = MessagesPage { form, ..read(&desk, name).await? };
            Ok(refuse(&problem, html(&page, desk.language)?))
        }
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}
