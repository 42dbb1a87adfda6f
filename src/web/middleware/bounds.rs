//! How long an address may be, and how much may stand in the headers. The library underneath has bounds of its own
//! (96 headers, 128 KiB for the head), and answers without a word; these come before, and say what is wrong.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use crate::web::api::problem::Problem;
use crate::web::desk::language_of;

/// The longest address, in bytes: path and query.
pub const LONGEST_ADDRESS: usize = 8 * 1024;

/// The most headers, and the most bytes that they may have together.
pub const MOST_HEADERS: usize = 64;
/// See [`MOST_HEADERS`].
pub const LONGEST_HEADERS: usize = 32 * 1024;

/// Refuses heads that are too long.
///
/// # Errors
/// Those of the handler.
pub async fn of_heads(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let wrong = match () {
        () if address > LONGEST_ADDRESS => ("address_too_long", 414),
        () if is_too_much(request.headers()) => ("headers_too_large", 431),
        () => return Ok(next.call(request).await?.map_into_boxed_body()),
    };
    let problem = Problem::new(wrong.0, wrong.1, language_of(request.request()));
    Ok(request.into_response(problem.error_response()))
}

fn is_too_much(headers: &HeaderMap) -> bool {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    headers.len() > MOST_HEADERS || bytes > LONGEST_HEADERS
}
