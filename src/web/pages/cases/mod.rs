//! The list of cases, and the lines in which cases are listed.

mod lines;
mod list;

use actix_web::web;

use crate::web::api::only;

pub use lines::CaseLines;

/// The routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(web::resource("/cases").get(list::page).default_service(only("GET, HEAD")));
}
