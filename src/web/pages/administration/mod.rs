//! The pages of administrators and auditors: members, organisations, code lists, deadlines, the audit log.

mod audit;
mod deadlines;
mod entry;
mod lists;
mod members;
mod one_member;
mod organisations;
mod proof;
mod typed;

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};

use super::frame::Frame;
use super::resume;
use crate::web::api::only;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use typed::Typed;

/// The routes of these pages.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/audit").get(audit::page).default_service(only("GET, HEAD")))
        .service(web::resource("/audit/verification").post(audit::verify).default_service(only("POST")))
        .service(
            web::resource("/members").get(members::page).post(members::invite).default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/members/{member}").get(one_member::page).default_service(only("GET, HEAD")))
        .service(web::resource("/members/{member}/roles").post(one_member::change_roles).default_service(only("POST")))
        .service(web::resource("/members/{member}/exclusion").post(one_member::disable).default_service(only("POST")))
        .service(
            web::resource("/members/{member}/invitation").post(one_member::invite_again).default_service(only("POST")),
        )
        .service(web::resource("/members/{member}/admission").post(one_member::admit).default_service(only("POST")))
        .service(web::resource("/organisations").get(organisations::page).default_service(only("GET, HEAD")))
        .service(
            web::resource("/deadlines")
                .get(deadlines::page)
                .post(deadlines::add)
                .default_service(only("GET, HEAD, POST")),
        )
        .service(web::resource("/escalations").post(deadlines::set_escalation).default_service(only("POST")))
        .service(web::resource("/lists").get(lists::page).default_service(only("GET, HEAD")))
        .service(
            web::resource("/lists/{list}").get(lists::list).post(lists::add).default_service(only("GET, HEAD, POST")),
        )
        .service(
            web::resource("/lists/{list}/{code}")
                .get(lists::entry)
                .post(lists::change)
                .default_service(only("GET, HEAD, POST")),
        );
}

/// To another page whose address is made of identifiers, by GET.
fn go_on_to(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

/// The frame of whoever asks.
async fn frame_of(desk: &Desk) -> Result<Frame, Problem> {
    let (language, form_token) = (desk.language, desk.form_token());
    desk.run(move |services, caller| Frame::of(services, caller, language, form_token)).await
}

/// The answer to a form that failed for another reason than its fields: nothing typed is lost when its session has
/// ended.
fn kept(desk: &Desk, request: &HttpRequest, typed: &Typed, problem: Problem) -> Result<HttpResponse, Problem> {
    resume::keep(desk, request, &typed.fields().to_vec().into(), problem)
}

/// The token that the forms of a page carry.
fn form_token(frame: &Frame) -> String {
    frame.token().to_owned()
}
