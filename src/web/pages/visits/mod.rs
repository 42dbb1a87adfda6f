//! The urgent-visit desk: the board of requests, a request with its answer, and asking for a visit.

mod ask;
mod board;
mod lines;
mod request;

use actix_web::web;

use crate::web::api::only;

pub use lines::VisitLines;

/// The routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/visits").get(board::page).default_service(only("GET, HEAD")))
        .service(web::resource("/visits/new").get(ask::page).post(ask::ask).default_service(only("GET, HEAD, POST")))
        .service(
            web::resource("/visits/{request}")
                .get(request::page)
                .post(request::answer)
                .default_service(only("GET, HEAD, POST")),
        );
}
