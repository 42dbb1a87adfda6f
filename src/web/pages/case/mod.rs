//! One case: what is known of it, what may be done next, its history, its documents, and with whom it is shared.

mod correct;
mod documents;
mod event_form;
mod history;
mod record;
mod share;
mod shown;
mod view;

use actix_web::web;

use crate::i18n::Language;
use crate::services::CaseName;
use crate::web::api::only;
use crate::web::api::problem::Problem;

pub use event_form::once;

/// The routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/cases/{case}").get(view::page).default_service(only("GET, HEAD")))
        .service(web::resource("/cases/{case}/history").get(history::page).default_service(only("GET, HEAD")))
        .service(
            web::resource("/cases/{case}/record/{kind}")
                .get(record::page)
                .post(record::record)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(
            web::resource("/cases/{case}/corrections/{event}")
                .get(correct::page)
                .post(correct::correct)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/cases/{case}/documents").post(documents::add).default_service(only("POST")))
        .service(web::resource("/cases/{case}/shares").post(share::share).default_service(only("POST")))
        .service(web::resource("/cases/{case}/share-end").post(share::end).default_service(only("POST")));
}

/// The case that a path names.
fn name(text: &str, language: Language) -> Result<CaseName, Problem> {
    crate::web::api::case::case_name(text, language)
}
