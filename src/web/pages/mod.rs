//! HTML: one file a page.

mod home;

use actix_web::{HttpRequest, web};

use super::api::problem::Problem;
use super::desk::{Desk, language_of};

/// Every page.
pub fn configure(config: &mut web::ServiceConfig) {
    let unreadable = |_, request: &HttpRequest| Problem::new("malformed", 400, language_of(request)).into();
    config
        .app_data(web::QueryConfig::default().error_handler(unreadable))
        .service(web::resource("/").get(home::page))
        .service(web::resource("/static/aiqyn.css").get(stylesheet))
        .default_service(web::to(|desk: Desk| async move { Problem::new("not_found", 404, desk.language) }));
}

async fn stylesheet() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("../static/aiqyn.css"))
}
