//! HTML: one file a page. Pages work without a script, and change something by POST alone.

mod account;
mod enrolment;
mod figures;
mod form;
mod frame;
mod home;
mod messages;
mod problem;
mod public;
mod qr_code;
mod sign_in;

use actix_web::error::UrlencodedError;
use actix_web::http::header::{CONTENT_LANGUAGE, ContentType, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::api::only;
use super::api::problem::Problem;
use super::desk::{Desk, language_of};
use crate::i18n::Language;

pub use problem::problem_page;

/// Where to sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where to sign in again.
pub const SIGN_IN_ENDED: &str = "/sign-in?ended=1";
/// The largest form, in bytes.
const LARGEST_FORM: usize = 16 * 1024;

/// Every page.
pub fn configure(config: &mut web::ServiceConfig) {
    let unreadable = |_, request: &HttpRequest| Problem::new("malformed", 400, language_of(request)).into();
    config
        .app_data(web::QueryConfig::default().error_handler(unreadable))
        .app_data(web::FormConfig::default().limit(LARGEST_FORM).error_handler(unreadable_form))
        .service(web::resource("/").get(home::page).default_service(only("GET, HEAD")))
        .service(
            web::resource("/sign-in")
                .get(sign_in::page)
                .post(sign_in::sign_in)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/sign-out").post(sign_in::sign_out).default_service(only("POST")))
        .service(
            web::resource("/enrolment")
                .get(enrolment::page)
                .post(enrolment::enrol)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/account").get(account::page).default_service(only("GET, HEAD")))
        .service(web::resource("/account/session-end").post(account::end_session).default_service(only("POST")))
        .service(web::resource("/account/other-sessions-end").post(account::end_others).default_service(only("POST")))
        .configure(public::configure)
        .configure(messages::configure)
        .service(web::resource("/static/aiqyn.css").get(stylesheet).default_service(only("GET, HEAD")))
        .default_service(web::to(|desk: Desk| async move { Problem::new("not_found", 404, desk.language) }));
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
fn go_to(path: &'static str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}
