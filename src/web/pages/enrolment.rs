//! Enrolment: who was invited chooses a password and is shown, once, what else they need to sign in.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::form::{Field, Form};
use super::frame::Frame;
use super::qr_code::{self, Picture};
use super::{html, refuse, show};
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::{Language, labels, text};
use crate::services::Enrolled;
use crate::vault::SHORTEST_PASSWORD;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "enrolment.html")]
struct EnrolmentPage {
    frame: Frame,
    form: Form,
}

#[derive(Template)]
#[template(path = "enrolled.html")]
struct EnrolledPage {
    frame: Frame,
    login: String,
    secret: Zeroizing<String>,
    /// What an authenticator app opens; none for a login that no app can show.
    address: Option<Zeroizing<String>>,
    picture: Option<Picture>,
    recovery_codes: Vec<Zeroizing<String>>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    login: String,
    #[serde(default)]
    invitation: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repeated: String,
}

fn form(language: Language, login: &str) -> Form {
    let label = |name| labels::field(language, name);
    let say = |key: &str| text(language, key, &[]);
    let rule = text(language, "enrolment-password-hint", &[("min", SHORTEST_PASSWORD.into())]);
    Form::new(vec![
        Field::text("login", label("login"), "username").with_value(login),
        Field::text("invitation", label("invitation"), "off").with_hint(say("enrolment-invitation-hint")),
        Field::password("password", label("new_password"), "new-password").with_hint(rule),
        Field::password("repeated", say("enrolment-repeated"), "new-password"),
    ])
}

fn form_page(language: Language, form: Form) -> EnrolmentPage {
    EnrolmentPage { frame: Frame::for_anybody(language), form }
}

/// Shows the form.
///
/// # Errors
/// Only if the page cannot be written.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    show(&form_page(desk.language, form(desk.language, "")), desk.language)
}

/// Enrols.
///
/// # Errors
/// Those of the database; what is wrong with the form is shown in it.
pub async fn enrol(desk: Desk, given: web::Form<Given>) -> Result<HttpResponse, Problem> {
    let language = desk.language;
    let given = given.into_inner();
    let login = given.login.trim().to_lowercase();
    let mut form = form(language, &given.login);
    let tried = match check(&given, language, &mut form) {
        Err(problem) => Err(problem),
        Ok(()) => {
            let login = login.clone();
            desk.try_password(&login.clone(), move |services| {
                services.enrol(&login, given.invitation.trim(), &given.password)
            })
            .await
        }
    };
    match tried {
        Ok(enrolled) => show(&EnrolledPage::of(language, login, &enrolled), language),
        Err(problem) => {
            let form = match problem.word() {
                "invalid_input" => form.blamed(&problem, language),
                "wrong_credentials" => form.at_fault(text(language, "enrolment-wrong", &[])),
                _ => return Err(problem),
            };
            Ok(refuse(&problem, html(&form_page(language, form), language)?))
        }
    }
}

/// What can be seen to be wrong before anything is tried.
fn check(given: &Given, language: Language, form: &mut Form) -> Result<(), Problem> {
    let missing: Vec<FieldError> =
        [("login", &given.login), ("invitation", &given.invitation), ("password", &given.password)]
            .into_iter()
            .filter(|(_, text)| text.is_empty())
            .map(|(field, _)| FieldError { field: field.to_owned(), problem: FieldProblem::Missing })
            .collect();
    let differ = given.password != given.repeated;
    if let Some(repeated) = form.fields.iter_mut().find(|field| field.name == "repeated").filter(|_| differ) {
        repeated.error = Some(text(language, "enrolment-differ", &[]));
    }
    if missing.is_empty() && !differ { Ok(()) } else { Err(Problem::invalid(&missing, language)) }
}

impl EnrolledPage {
    fn of(language: Language, login: String, enrolled: &Enrolled) -> Self {
        let address = enrolled.one_time_codes.address(&login).ok();
        Self {
            frame: Frame::for_anybody(language),
            secret: enrolled.one_time_codes.print(),
            picture: address.as_ref().and_then(|address| qr_code::picture(address)),
            address,
            recovery_codes: enrolled.print_recovery_codes(),
            login,
        }
    }
}
