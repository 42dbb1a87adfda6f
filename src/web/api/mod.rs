//! The JSON API under /api/v1: one file a resource.

pub mod audit;
pub mod body;
mod byte_range;
pub mod case;
pub mod cases;
pub mod code_lists;
pub mod document_form;
pub mod documents;
pub mod events;
pub mod exports;
pub mod filing;
pub mod health;
pub mod members;
pub mod names;
pub mod openapi;
pub mod params;
pub mod problem;
pub mod receipt;
pub mod reports;
pub mod requests;
pub mod session;
pub mod sharing;
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
            .service(web::resource("/health/live").get(health::live).default_service(only("GET, HEAD")))
            .service(web::resource("/health/ready").get(health::ready).default_service(only("GET, HEAD")))
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
            .service(web::resource("/cases/{case}/shares").post(sharing::share).default_service(only("POST")))
            .service(
                web::resource("/cases/{case}/shares/{organisation}")
                    .delete(sharing::end)
                    .default_service(only("DELETE")),
            )
            .service(
                web::resource("/cases/{case}/documents")
                    .get(documents::list)
                    .post(documents::add)
                    .default_service(only("GET, HEAD, POST")),
            )
            .service(web::resource("/documents/{document}").get(documents::show).default_service(only("GET, HEAD")))
            .service(web::resource("/cases/{case}/erasure").post(sharing::erase).default_service(only("POST")))
            .service(web::resource("/name-searches").post(names::search).default_service(only("POST")))
            .service(web::resource("/visits").get(visits::queue).default_service(only("GET, HEAD")))
            .service(web::resource("/visits/{request}").get(requests::show).default_service(only("GET, HEAD")))
            .service(web::resource("/visits/{request}/answers").post(requests::answer).default_service(only("POST")))
            .service(web::resource("/exports/cases").post(exports::cases).default_service(only("POST")))
            .service(web::resource("/exports/events").post(exports::events).default_service(only("POST")))
            .service(web::resource("/audit").get(audit::search).default_service(only("GET, HEAD")))
            .service(web::resource("/audit/verifications").post(audit::verify).default_service(only("POST")))
            .service(web::resource("/audit/checkpoints").get(audit::checkpoints).default_service(only("GET, HEAD")))
            .configure(accounts)
            .configure(figures)
            .service(web::resource("/code-lists").get(code_lists::list).default_service(only("GET, HEAD")))
            .default_service(web::to(|desk: Desk| async move { Problem::new("not_found", 404, desk.language) })),
    );
}

/// The routes of statistics and reports.
fn figures(config: &mut web::ServiceConfig) {
    use statistics::{delays, endings, indicators, plots, quality, rates, visits};
    let reads = || only("GET, HEAD");
    config
        .service(web::resource("/statistics/delays").get(delays::delays).default_service(reads()))
        .service(web::resource("/statistics/rates").get(rates::rates).default_service(reads()))
        .service(web::resource("/statistics/endings").get(endings::endings).default_service(reads()))
        .service(web::resource("/statistics/visits").get(visits::visits).default_service(reads()))
        .service(web::resource("/statistics/indicators").get(indicators::indicators).default_service(reads()))
        .service(web::resource("/statistics/quality").get(quality::quality).default_service(reads()))
        .service(web::resource("/statistics/plots/{plot}").get(plots::plot).default_service(reads()))
        .service(web::resource("/reports/annex").get(reports::annex).default_service(reads()));
}

/// The routes of accounts, sessions and organisations.
fn accounts(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/session")
                .get(session::show)
                .post(session::sign_in)
                .delete(session::sign_out)
                .default_service(only("GET, HEAD, POST, DELETE")),
        )
        .service(web::resource("/session/proof").post(session::prove).default_service(only("POST")))
        .service(web::resource("/session/password").put(session::change_password).default_service(only("PUT")))
        .service(
            web::resource("/sessions")
                .get(session::list)
                .delete(session::end_others)
                .default_service(only("GET, HEAD, DELETE")),
        )
        .service(web::resource("/sessions/{session}").delete(session::end).default_service(only("DELETE")))
        .service(web::resource("/tokens").post(session::make_token).default_service(only("POST")))
        .service(web::resource("/enrolment").post(members::enrol).default_service(only("POST")))
        .service(web::resource("/organisations").get(members::organisations).default_service(only("GET, HEAD")))
        .service(web::resource("/key-rotations").post(members::rotate_keys).default_service(only("POST")))
        .service(
            web::resource("/members").get(members::list).post(members::invite).default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/members/{member}").delete(members::disable).default_service(only("DELETE")))
        .service(web::resource("/members/{member}/roles").put(members::change_roles).default_service(only("PUT")))
        .service(
            web::resource("/members/{member}/invitation").post(members::invite_again).default_service(only("POST")),
        )
        .service(web::resource("/members/{member}/admission").post(members::admit).default_service(only("POST")));
}

/// Refuses every other method and names those that there are (RFC 9110, 15.5.6).
pub(super) fn only(methods: &'static str) -> Route {
    web::to(move |desk: Desk| async move {
        let mut answer = Problem::new("method_not_allowed", 405, desk.language).error_response();
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
        answer
    })
}
