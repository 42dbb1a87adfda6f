//! HTML: one file a page.

mod home;

use actix_web::web;

use super::desk::Desk;

/// Every page.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/").get(home::page))
        .service(web::resource("/static/aiqyn.css").get(stylesheet))
        .default_service(web::to(|desk: Desk| async move {
            super::api::problem::Problem::new("not_found", 404, desk.language)
        }));
}

async fn stylesheet() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("../static/aiqyn.css"))
}
