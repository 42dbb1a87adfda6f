//! Logging a complaint: a page for each subject, saved in a draft of the writer's own, and filed at the end.

mod filing;
mod lines;
mod list;
mod people;
mod review;
mod section;
mod sections;

use actix_web::web;

use crate::domain::id::DraftId;
use crate::i18n::Language;
use crate::web::api::only;
use crate::web::api::problem::Problem;

pub use lines::DraftLines;

/// The routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/drafts").get(list::page).post(list::begin).default_service(only("GET, HEAD, POST")))
        .service(
            web::resource("/drafts/{draft}")
                .get(review::page)
                .post(filing::file)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/drafts/{draft}/delete").post(list::delete).default_service(only("POST")))
        .service(
            web::resource("/drafts/{draft}/{section}")
                .get(section::page)
                .post(section::save)
                .default_service(only("GET, HEAD, POST")),
        );
}

/// The draft that a path names.
fn draft_id(text: &str, language: Language) -> Result<DraftId, Problem> {
    text.parse().map_err(|_| Problem::new("not_found", 404, language))
}
