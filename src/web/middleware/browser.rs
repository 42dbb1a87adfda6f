//! What goes wrong on a page is told to a browser as a page, and whoever must sign in is taken there. The
//! choice of a language is remembered. Programs, and everybody under `/api/`, get problem+json.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use crate::web::api::problem::ProblemTold;
use crate::web::front::Front;
use crate::web::{cookie, language, pages};

/// Puts problems into pages.
///
/// # Errors
/// Those of the handler.
pub async fn in_plain_words(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.path().starts_with("/api/") {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let by_tls = request.app_data::<web::Data<Front>>().is_some_and(|front| front.is_secure());
    let is_browser = accepts_pages(request.headers());
    let remember = language::just_chosen(request.query_string()).map(|chosen| language::remembering(chosen, by_tls));
    let mut answer = next.call(request).await?.map_into_boxed_body();
    let told = answer.response().extensions().get::<ProblemTold>().cloned();
    if let Some(told) = told.filter(|_| is_browser) {
        answer = in_words(answer, &told, by_tls);
    }
    if let Some(remember) = remember {
        add(&mut answer, &remember);
    }
    Ok(answer)
}

/// Whether whoever asks wants a page.
#[must_use]
pub fn accepts_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn in_words(answer: ServiceResponse, told: &ProblemTold, by_tls: bool) -> ServiceResponse {
    if told.status == 401 {
        let is_ended = told.word == "session_ended";
        let target = if is_ended { pages::SIGN_IN_ENDED } else { pages::SIGN_IN };
        let mut answer = answer.into_response(HttpResponse::SeeOther().insert_header((LOCATION, target)).finish());
        if is_ended {
            add(&mut answer, &cookie::removal(by_tls));
        }
        return answer;
    }
    let Some(page) = pages::problem_page(told) else { return answer };
    let mut answer = answer.map_body(|_, _| BoxBody::new(page));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer
}

fn add(answer: &mut ServiceResponse, cookie: &Cookie<'_>) {
    if let Err(error) = answer.response_mut().add_cookie(cookie) {
        tracing::error!(%error, "a cookie cannot be written");
    }
}
