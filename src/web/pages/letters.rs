//! The letters about an urgent visit, to be printed, signed and sent.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::domain::id::EventId;
use crate::i18n::Language;
use crate::report::letter::{Letter, pdf};
use crate::report::visit_letters::{VisitFacts, delay, request};
use crate::services::{Caller, ServiceError, Services};
use crate::web::api::only;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// The letters of a visit request.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/visits/{request}/letter").get(request_letter).default_service(only("GET, HEAD")))
        .service(web::resource("/visits/{request}/delay-letter").get(delay_letter).default_service(only("GET, HEAD")));
}

/// What a letter is written in; the language of the pages unless told.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(rename = "in")]
    language: Option<String>,
}

/// The letter that asks for the visit.
///
/// # Errors
/// 404 where there is no such request for whoever asks; 401 and 403 of the guard.
pub async fn request_letter(
    desk: Desk,
    id: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    written(desk, &id, &wanted, "visit-request", Services::request_letter, request).await
}

/// The letter that complains about the delay.
///
/// # Errors
/// As for the other.
pub async fn delay_letter(
    desk: Desk,
    id: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    written(desk, &id, &wanted, "visit-delay", Services::delay_letter, delay).await
}

async fn written(
    desk: Desk,
    id: &str,
    wanted: &Wanted,
    name: &'static str,
    facts: fn(&Services, &Caller, EventId) -> Result<VisitFacts, ServiceError>,
    say: fn(&VisitFacts, Language) -> Letter,
) -> Result<HttpResponse, Problem> {
    let not_found = || Problem::new("not_found", 404, desk.language);
    let id: EventId = id.parse().map_err(|_| not_found())?;
    let language = match &wanted.language {
        Some(word) => Language::named(word).ok_or_else(not_found)?,
        None => desk.language,
    };
    let made = move |services: &Services, caller: &Caller| {
        let facts = facts(services, caller, id)?;
        let bytes = pdf(&say(&facts, language)).map_err(|error| ServiceError::Unsound(error.to_string()))?;
        Ok((facts.reference, bytes))
    };
    let (reference, bytes) = desk.run_report(made).await?;
    let name = format!("{name}-{reference}-{}.pdf", language.as_str());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}
