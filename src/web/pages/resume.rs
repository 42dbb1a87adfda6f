//! A form that came after its session had ended: whoever sent it signs in again, and sends it on. What was typed
//! stays in the page in the meantime, and nowhere on the server.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::form::{Form, Posted};
use super::frame::Frame;
use super::sign_in::{self, carry, try_to_sign_in};
use super::{html, refuse, show};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::middleware::browser::accepts_pages;

/// What the names of kept fields begin with.
const KEPT: &str = "kept.";

#[derive(Template)]
#[template(path = "sign_in_again.html")]
struct SignInAgainPage {
    frame: Frame,
    form: Form,
    path: String,
    kept: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "send_on.html")]
struct SendOnPage {
    frame: Frame,
    path: String,
    kept: Vec<(String, String)>,
    form_token: String,
}

/// Whether a problem is that the session of a form is not the one of now.
fn is_of_the_session(problem: &Problem) -> bool {
    problem.status() == 401 || problem.word() == "form_token"
}

/// Whether a path can lead nowhere but to a page of ours: browsers take `\\` for `/`, and leave tabs and line breaks out.
fn is_path_of_ours(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte);
    path.starts_with('/') && !path.contains("//") && path.bytes().all(is_plain)
}

/// The answer to a form whose session has ended; the problem itself where that is not what is wrong.
///
/// # Errors
/// The problem.
pub fn keep(desk: &Desk, request: &HttpRequest, posted: &Posted, problem: Problem) -> Result<HttpResponse, Problem> {
    if !is_of_the_session(&problem) || !accepts_pages(request.headers()) {
        return Err(problem);
    }
    let kept = posted.pairs().iter().filter(|(name, _)| name != "csrf").cloned().collect();
    let (frame, path) = (Frame { here: "/", ..Frame::for_anybody(desk.language) }, request.path().to_owned());
    let html = if problem.status() == 401 {
        html(&SignInAgainPage { frame, form: sign_in::form(desk.language, ""), path, kept }, desk.language)?
    } else {
        // They have signed in again in another window.
        let form_token = desk.form_token().unwrap_or_default();
        html(&SendOnPage { frame, path, kept, form_token }, desk.language)?
    };
    Ok(refuse(&problem, html))
}

/// Signs in again, and offers to send on what was kept.
///
/// # Errors
/// Those of the database; what is wrong with the form is shown in it.
pub async fn sign_in_again(desk: Desk, form: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let posted = Posted::from(form.into_inner());
    let path = posted.first("path").to_owned();
    if !is_path_of_ours(&path) {
        return Err(Problem::new("malformed", 400, desk.language));
    }
    let kept =
        posted.pairs().iter().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?.to_owned(), value.clone())));
    let kept: Vec<(String, String)> = kept.collect();
    let frame = Frame { here: "/", ..Frame::for_anybody(desk.language) };
    let given = |name: &str| posted.first(name).to_owned();
    match try_to_sign_in(&desk, given("login"), given("password"), given("code")).await {
        Ok(signed_in) => {
            let form_token = signed_in.secret.form_token();
            let mut answer = show(&SendOnPage { frame, path, kept, form_token }, desk.language)?;
            carry(&desk, &signed_in, &mut answer).await?;
            Ok(answer)
        }
        Err(problem) => {
            let form = sign_in::blamed(sign_in::form(desk.language, posted.first("login")), &problem, desk.language)?;
            Ok(refuse(&problem, html(&SignInAgainPage { frame, form, path, kept }, desk.language)?))
        }
    }
}
