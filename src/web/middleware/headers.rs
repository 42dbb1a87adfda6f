//! Security headers on every answer (OWASP ASVS 5.0, V3.4).

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::web::front::Front;

/// Pages: a stylesheet and pictures of ours, forms to us, no script at all.
const PAGES: &str = "default-src 'none'; object-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The API browser is a script of a library: it may run from here, draw inlined pictures, and ask this server.
const API_BROWSER: &str = "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Answers of the API and documents are data: opened as a page they may do nothing, and have no origin.
const DATA: &str =
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Nothing to other sites. `no-referrer` would also make browsers send `Origin: null` with our own
    // forms (Fetch, "append a request `Origin` header"), which are refused as foreign then.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
    ("permissions-policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cache-control", "no-store"),
];

/// Two years, for the subdomains too (ASVS 3.4.1). Browsers heed it over TLS alone (RFC 6797, 7.2).
const STRICT_TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=63072000; includeSubDomains");

/// Adds the headers.
///
/// # Errors
/// Those of the handler.
pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let policy = match request.path() {
        path if path.starts_with("/api/docs/") => API_BROWSER,
        path if path.starts_with("/api/") => DATA,
        _ => PAGES,
    };
    let is_secure = request.app_data::<web::Data<Front>>().is_some_and(|front| front.is_secure());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let transport = is_secure.then_some(&STRICT_TRANSPORT);
    for (name, value) in HEADERS.iter().chain([&("content-security-policy", policy)]).chain(transport) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Ok(response)
}
