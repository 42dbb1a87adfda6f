//! HTML: one file a page. Pages work without a script, and change something by POST alone.

mod account;
mod administration;
mod case;
mod cases;
mod done;
mod drafts;
mod enrolment;
mod form;
mod frame;
mod home;
mod letters;
mod messages;
mod naming;
mod problem;
mod public;
mod qr_code;
mod resume;
mod search;
mod sign_in;
mod spans;
mod statistics;
mod telling;
mod visits;

use actix_web::body::BoxBody;
use actix_web::error::UrlencodedError;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, ContentType, HeaderValue, LOCATION};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::api::problem::{Problem, ProblemTold};
use super::api::{LARGEST_BODY, only};
use super::desk::{Desk, language_of};
use crate::i18n::Language;
use crate::services::{Caller, ServiceError, Services};
use frame::{Asked, Frame};

pub use problem::problem_page;

/// Where to sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where to sign in again.
pub const SIGN_IN_ENDED: &str = "/sign-in?ended=1";
/// The largest form of whoever has signed in, in bytes: a long text takes six bytes for each Cyrillic letter.
const LARGEST_FORM: usize = LARGEST_BODY;
/// The largest form of a stranger, in bytes.
const LARGEST_FORM_OF_STRANGERS: usize = 16 * 1024;

/// Every page.
pub fn configure(config: &mut web::ServiceConfig) {
    let unreadable = |_, request: &HttpRequest| Problem::new("malformed", 400, language_of(request)).into();
    config
        .app_data(web::QueryConfig::default().error_handler(unreadable))
        .app_data(form_config(LARGEST_FORM))
        .service(web::resource("/").get(home::page).default_service(only("GET, HEAD")))
        .service(
            web::resource("/sign-in")
                .app_data(form_config(LARGEST_FORM_OF_STRANGERS))
                .get(sign_in::page)
                .post(sign_in::sign_in)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/sign-out").post(sign_in::sign_out).default_service(only("POST")))
        .service(
            web::resource("/enrolment")
                .app_data(form_config(LARGEST_FORM_OF_STRANGERS))
                .get(enrolment::page)
                .post(enrolment::enrol)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/account").get(account::page).default_service(only("GET, HEAD")))
        .service(web::resource("/account/session-end").post(account::end_session).default_service(only("POST")))
        .service(web::resource("/account/other-sessions-end").post(account::end_others).default_service(only("POST")))
        .configure(public::configure)
        .configure(messages::configure)
        .configure(administration::configure)
        .service(web::resource("/sign-in/again").post(resume::sign_in_again).default_service(only("POST")))
        .service(web::resource("/search").post(search::search).default_service(only("POST")))
        .configure(drafts::configure)
        .configure(cases::configure)
        .configure(case::configure)
        .configure(visits::configure)
        .configure(statistics::configure)
        .configure(letters::configure)
        .service(web::resource("/static/aiqyn.css").get(stylesheet).default_service(only("GET, HEAD")))
        .default_service(web::to(|desk: Desk| async move { Problem::new("not_found", 404, desk.language) }));
}

fn form_config(limit: usize) -> web::FormConfig {
    web::FormConfig::default().limit(limit).error_handler(unreadable_form)
}

fn unreadable_form(error: UrlencodedError, request: &HttpRequest) -> actix_web::Error {
    let (word, status) = match error {
        UrlencodedError::Overflow { .. } => ("too_large", 413),
        UrlencodedError::ContentType => ("unsupported_media_type", 415),
        _ => ("malformed", 400),
    };
    Problem::new(word, status, language_of(request)).into()
}

async fn stylesheet() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("../static/aiqyn.css"))
}

fn html(template: &impl Template, language: Language) -> Result<String, Problem> {
    template.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be written");
        Problem::internal(language)
    })
}

fn show(template: &impl Template, language: Language) -> Result<HttpResponse, Problem> {
    let html = html(template, language)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_LANGUAGE, language.as_str())).content_type(ContentType::html());
    Ok(answer.body(html))
}

/// To another page, by GET (RFC 9110, 15.4.4).
fn go_to(path: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path.as_ref())).finish()
}

/// The page that a use case makes for whoever has signed in.
async fn page<P: Template + Send + 'static>(
    desk: &Desk,
    make: impl FnOnce(&Services, &Caller, Frame) -> Result<P, ServiceError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(desk);
    let page = desk.run(move |services, caller| make(services, caller, asked.frame(services, caller)?)).await?;
    show(&page, desk.language)
}

/// The answer to a form that was not taken: the status and the headers of the problem, and the form again.
fn refuse(problem: &Problem, html: String) -> HttpResponse {
    let mut answer = problem.error_response();
    // It is in words already.
    answer.extensions_mut().remove::<ProblemTold>();
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer.set_body(BoxBody::new(html))
}

/// Whether what was sent did not fit, so that its form is shown again with what is wrong.
fn is_of_the_form(problem: &Problem) -> bool {
    matches!(problem.status(), 409 | 412 | 422)
}
