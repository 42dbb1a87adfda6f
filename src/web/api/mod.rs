//! The JSON API under /api/v1: one file a resource.

pub mod body;
mod byte_range;
pub mod case;
pub mod cases;
pub mod code_lists;
pub mod document_form;
pub mod documents;
pub mod events;
pub mod filing;
pub mod health;
pub mod openapi;
pub mod params;
pub mod problem;
pub mod receipt;
pub mod statistics;
pub mod version;
pub mod visits;

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{ResponseError, Route, web};

use super::desk::Desk;
use problem::Problem;

/// The largest body that a request may have, in bytes.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// Every route of the API.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/api/v1")
            .app_data(web::PayloadConfig::new(LARGEST_BODY))
            .service(web::resource("/health").get(health::health).default_service(only("GET, HEAD")))
            .service(web::resource("/openapi.json").get(openapi::document).default_service(only("GET, HEAD")))
            .service(
                web::resource("/cases").get(cases::list).post(filing::file).default_service(only("GET, HEAD, POST")),
            )
            .service(web::resource("/cases/{case}").get(case::show).default_service(only("GET, HEAD")))
            .service(
                web::resource("/cases/{case}/events")
                    .get(events::list)
                    .post(events::record)
                    .default_service(only("GET, HEAD, POST")),
            )
            .service(web::resource("/cases/{case}/corrections").post(events::correct).default_service(only("POST")))
            .service(web::resource("/visits").get(visits::queue).default_service(only("GET, HEAD")))
            .service(web::resource("/statistics/delays").get(statistics::delays).default_service(only("GET, HEAD")))
            .service(web::resource("/statistics/rates").get(statistics::rates).default_service(only("GET, HEAD")))
            .service(web::resource("/code-lists").get(code_lists::list).default_service(only("GET, HEAD")))
            .default_service(web::to(|desk: Desk| async move { Problem::new("not_found", 404, desk.language) })),
    );
}

/// Refuses every other method and names those that there are (RFC 9110, 15.5.6).
fn only(methods: &'static str) -> Route {
    web::to(move |desk: Desk| async move {
        let mut answer = Problem::new("method_not_allowed", 405, desk.language).error_response();
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
        answer
    })
}
