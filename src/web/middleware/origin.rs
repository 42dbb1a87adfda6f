//! Only this site's own pages, and programs, may ask. A page from elsewhere, open in the same browser,
//! could send requests too: they carry a foreign `Host` (DNS rebinding), a foreign `Origin` or
//! `Sec-Fetch-Site`, and are refused. A link from elsewhere may be followed, and no more.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};

use crate::web::api::problem::Problem;
use crate::web::desk::language_of;
use crate::web::front::Front;

/// Refuses what a foreign page sends.
///
/// # Errors
/// Those of the handler.
pub async fn own_only(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_own = request.app_data::<web::Data<Front>>().is_some_and(|front| {
        let host = own_host(front, &request);
        host.is_some_and(|host| comes_from(front, host, request.headers(), request.method().is_safe()))
    });
    if is_own {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let problem = Problem::new("foreign_request", 403, language_of(request.request()));
    Ok(request.into_response(problem.error_response()))
}

/// The `Host` header, if there is exactly one and it names this server, and the request line no other.
fn own_host<'a>(front: &Front, request: &'a ServiceRequest) -> Option<&'a str> {
    let host = only(request.headers(), &HOST)?.ok().filter(|host| front.is_named_by(host))?;
    let target = request.uri().authority();
    target.is_none_or(|target| target.as_str().eq_ignore_ascii_case(host)).then_some(host)
}

/// Whether a browser, if it is one, says that the request comes from a page of this site.
fn comes_from(front: &Front, host: &str, headers: &HeaderMap, is_safe: bool) -> bool {
    let is_own_origin = match only(headers, &ORIGIN) {
        // Programs send none, nor do browsers where a link is followed.
        None => !headers.contains_key(ORIGIN),
        Some(origin) => origin.is_ok_and(|origin| is_origin_of(front, host, origin)),
    };
    let says =
        |name: &'static str| headers.get(HeaderName::from_static(name)).map(|value| value.to_str().unwrap_or_default());
    // https://www.w3.org/TR/fetch-metadata/: `none` is the address bar; a frame would be another destination.
    let is_own_site = match says("sec-fetch-site") {
        None | Some("same-origin" | "none") => true,
        Some(_) => is_safe && says("sec-fetch-mode") == Some("navigate") && says("sec-fetch-dest") == Some("document"),
    };
    is_own_origin && is_own_site
}

/// A header that must not come twice: none where it does not come or comes again.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Result<&'a str, ()>> {
    let mut values = headers.get_all(name);
    let first = values.next()?;
    if values.next().is_some() { None } else { Some(first.to_str().map_err(|_| ())) }
}

/// Whether an `Origin` is scheme, host and port of this server, as the browser itself has them in `Host`.
fn is_origin_of(front: &Front, host: &str, origin: &str) -> bool {
    let (scheme, port) = if front.is_secure() { ("https", ":443") } else { ("http", ":80") };
    let Ok(uri) = origin.parse::<Uri>() else { return false };
    let Some(authority) = uri.authority() else { return false };
    let bare = |authority: &str| authority.strip_suffix(port).unwrap_or(authority).to_ascii_lowercase();
    uri.scheme_str() == Some(scheme)
        && uri.path() == "/"
        && uri.query().is_none()
        && bare(authority.as_str()) == bare(host)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    #[test]
    fn an_origin_is_ours_with_its_scheme_and_port() {
        let plain = Front::from(SocketAddr::from(([127, 0, 0, 1], 0)));
        let secure = Front { proxies: vec!["127.0.0.1".parse().unwrap()], ..plain.clone() };
        assert!(is_origin_of(&plain, "127.0.0.1:8080", "http://127.0.0.1:8080"));
        assert!(is_origin_of(&plain, "localhost", "http://localhost:80"));
        assert!(is_origin_of(&secure, "aiqyn.example.org", "https://AIQYN.example.org"));
        assert!(is_origin_of(&secure, "aiqyn.example.org:443", "https://aiqyn.example.org"));
        for foreign in [
            "https://127.0.0.1:8080",
            "http://127.0.0.1:8081",
            "http://127.0.0.1",
            "http://localhost:8080",
            "http://127.0.0.1:8080@example.org",
            "http://x@127.0.0.1:8080",
            "null",
            "",
            "127.0.0.1:8080",
            "file://",
        ] {
            assert!(!is_origin_of(&plain, "127.0.0.1:8080", foreign), "{foreign}");
        }
    }
}
