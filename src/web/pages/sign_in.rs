//! Signing in with password and one-time code, and signing out.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form::{Field, Form, FormToken};
use super::frame::Frame;
use super::{go_to, html, refuse, show};
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::{Language, labels, text};
use crate::services::{Proof, Services, SignedIn};
use crate::web::api::problem::Problem;
use crate::web::cookie;
use crate::web::desk::Desk;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    /// Why somebody has come here, where they did not mean to.
    notice: Option<String>,
}

/// Why somebody comes to sign in.
#[derive(Deserialize)]
pub struct Arrival {
    ended: Option<String>,
    out: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

pub(super) fn form(language: Language, login: &str) -> Form {
    let label = |name| labels::field(language, name);
    Form::new(vec![
        Field::text("login", label("login"), "username").with_value(login),
        Field::password("password", label("password"), "current-password"),
        Field::text("code", label("code"), "one-time-code").with_hint(text(language, "sign-in-code-hint", &[])),
    ])
}

/// Shows the form; whoever has signed in is taken to the first page.
///
/// # Errors
/// Those of the database.
pub async fn page(desk: Desk, arrival: web::Query<Arrival>) -> Result<HttpResponse, Problem> {
    match desk.run(|_, caller| Ok(caller.roles().is_some())).await {
        Ok(true) => return Ok(go_to("/")),
        Ok(false) => {}
        // A session that has ended is why they are here.
        Err(problem) if problem.status() == 401 => {}
        Err(problem) => return Err(problem),
    }
    let say = |key: &str| text(desk.language, key, &[]);
    let notice = match (&arrival.ended, &arrival.out) {
        (Some(_), _) => Some(say("sign-in-ended")),
        (None, Some(_)) => Some(say("sign-in-out")),
        (None, None) => None,
    };
    let page = SignInPage { frame: Frame::for_anybody(desk.language), form: form(desk.language, ""), notice };
    show(&page, desk.language)
}

/// Signs in, and leaves the session before, if there was one.
///
/// # Errors
/// Those of the database; what is wrong with the form is shown in it.
pub async fn sign_in(desk: Desk, given: web::Form<Given>) -> Result<HttpResponse, Problem> {
    let Given { login, password, code } = given.into_inner();
    let typed = login.clone();
    match try_to_sign_in(&desk, login, password, code).await {
        Ok(signed_in) => {
            let mut answer = go_to("/");
            carry(&desk, &signed_in, &mut answer).await?;
            Ok(answer)
        }
        Err(problem) => {
            let form = blamed(form(desk.language, &typed), &problem, desk.language)?;
            let page = SignInPage { frame: Frame::for_anybody(desk.language), form, notice: None };
            Ok(refuse(&problem, html(&page, desk.language)?))
        }
    }
}

/// Tries what somebody signs in with.
pub(super) async fn try_to_sign_in(
    desk: &Desk,
    login: String,
    password: String,
    code: String,
) -> Result<SignedIn, Problem> {
    let missing: Vec<FieldError> = [("login", &login), ("password", &password), ("code", &code)]
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(field, _)| FieldError { field: field.to_owned(), problem: FieldProblem::Missing })
        .collect();
    if !missing.is_empty() {
        return Err(Problem::invalid(&missing, desk.language));
    }
    let origin = desk.origin();
    desk.try_password(&login.clone(), move |services| services.sign_in(&login, &Proof { password, code }, &origin))
        .await
}

/// Has the browser carry the new session, and leaves the one before, if there was one.
pub(super) async fn carry(desk: &Desk, signed_in: &SignedIn, answer: &mut HttpResponse) -> Result<(), Problem> {
    desk.leave_session().await;
    let cookies =
        [cookie::carrying(&signed_in.secret, desk.by_tls()), cookie::marking_device(&signed_in.device, desk.by_tls())];
    for cookie in &cookies {
        answer.add_cookie(cookie).map_err(|_| Problem::internal(desk.language))?;
    }
    Ok(())
}

/// What is wrong, put into the form; a problem that is not of the form's making stays one.
pub(super) fn blamed(form: Form, problem: &Problem, language: Language) -> Result<Form, Problem> {
    match problem.word() {
        "invalid_input" => Ok(form.blamed(problem, language)),
        "wrong_credentials" => Ok(form.at_fault(text(language, "sign-in-wrong", &[]))),
        "too_many_attempts" => Ok(form.at_fault(wait(language, problem.retry_after().unwrap_or(1)))),
        word => Err(Problem::new(word, problem.status(), language)),
    }
}

/// How long to wait, as people count: never less than it is.
fn wait(language: Language, seconds: u16) -> String {
    let (key, count) = match seconds {
        0..=90 => ("sign-in-wait-seconds", seconds.max(1)),
        91..=5400 => ("sign-in-wait-minutes", seconds.div_ceil(60)),
        _ => ("sign-in-wait-hours", seconds.div_ceil(3600)),
    };
    text(language, key, &[("count", count.into())])
}

/// Signs out.
///
/// # Errors
/// 401 where the session has ended, 403 where the form is not of this session.
pub async fn sign_out(desk: Desk, form: web::Form<FormToken>) -> Result<HttpResponse, Problem> {
    let desk = desk.with_form_token(form.into_inner().csrf);
    desk.run(Services::sign_out).await?;
    let mut answer = go_to("/sign-in?out=1");
    answer.add_cookie(&cookie::removal(desk.by_tls())).map_err(|_| Problem::internal(desk.language))?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_as_people_count_and_never_too_short() {
        for (seconds, told) in [
            (0, "1 second"),
            (21, "21 seconds"),
            (91, "2 minutes"),
            (3600, "60 minutes"),
            (5401, "2 hours"),
            (u16::MAX, "19 hours"),
        ] {
            let said = wait(Language::En, seconds);
            assert!(said.contains(&format!(" {told} ")) || said.contains(&format!(" {told}.")), "{seconds}: {said}");
        }
    }
}
