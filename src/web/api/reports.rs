//! /reports: the statistical annex, which leaves the system with small numbers withheld.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use super::params::Params;
use super::problem::Problem;
use crate::i18n::Language;
use crate::report::{Format, annex};
use crate::services::{AnnexQuery, Caller, ServiceError, Services};
use crate::web::desk::Desk;
use crate::web::middleware::head::HeadAlone;

const LANGUAGES: &[&str] = &["kk", "ru", "en"];

/// The statistical annex for the Committee against Torture. The same question on the same data gives the same bytes.
#[utoipa::path(
    get, path = "/api/v1/reports/annex", tag = "statistics",
    params(
        ("from" = Option<chrono::NaiveDate>, Query, description = "Complaints filed on this day or later; all unless told"),
        ("to" = Option<chrono::NaiveDate>, Query, description = "Complaints filed on this day or earlier; all unless told"),
        ("as_known_on" = Option<chrono::NaiveDate>, Query, description = "As known at the end of this day; today unless told, for analysts the last day of a quarter that is over"),
        ("language" = Option<String>, Query, description = "`en`, `ru` or `kk`; that of the request unless told"),
        ("format" = Option<Format>, Query, description = "`pdf` unless told; `csv` is a zip of CSV files with a data dictionary"),
    ),
    responses(
        (status = 200, description = "The annex; `Aiqyn-Fingerprint` tells what it rests on", content((Vec<u8> = "application/pdf"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/zip"))),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn annex(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let language = params.word("language", LANGUAGES, Language::named).unwrap_or(desk.language);
    let format = params.word("format", Format::WORDS, Format::named).unwrap_or(Format::Pdf);
    let query = AnnexQuery {
        from: params.day("from"),
        to: params.day("to"),
        as_known_on: params.day("as_known_on"),
        language: language.as_str(),
        format,
    };
    params.finish()?;
    if request.extensions().get::<HeadAlone>().is_some() {
        desk.run(move |services, caller| services.check_annex(caller, &query)).await?;
        return Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, format.media_type())).finish());
    }
    let render = move |services: &Services, caller: &Caller| {
        let annex = services.annex(caller, &query)?;
        let bytes = format.render(&annex::document(&annex, language));
        let bytes = bytes.map_err(|error| ServiceError::Unsound(error.to_string()))?;
        Ok((annex.file_name(language, format), annex.fingerprint, bytes))
    };
    let (name, fingerprint, bytes) = desk.run_report(render).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("aiqyn-fingerprint", fingerprint))
        .body(bytes))
}
