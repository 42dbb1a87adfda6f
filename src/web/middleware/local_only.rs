//! Until accounts exist, only programs on this machine may ask. The server listens on loopback, but
//! a page from elsewhere, open in a browser on this machine, could still send requests here: its
//! requests carry a foreign `Host` (DNS rebinding) or a foreign `Origin`, and are refused.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use actix_web::middleware::Next;

use crate::web::api::problem::Problem;
use crate::web::desk::language_of;

/// Refuses what a foreign page sends.
///
/// # Errors
/// Those of the handler.
pub async fn local_only(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_local(request.headers()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let problem = Problem::new("not_local", 403, language_of(request.request()));
    Ok(request.into_response(actix_web::ResponseError::error_response(&problem)))
}

fn is_local(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let cross_site = text(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site == "cross-site");
    let origin_is_local = !headers.contains_key(ORIGIN) || text(ORIGIN).is_some_and(is_local_origin);
    !cross_site && text(HOST).is_some_and(is_local_host) && origin_is_local
}

fn is_local_origin(origin: &str) -> bool {
    origin.parse::<Uri>().ok().and_then(|uri| uri.host().map(is_loopback_name)).unwrap_or(false)
}

fn is_local_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    is_loopback_name(name)
}

fn is_loopback_name(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in ["127.0.0.1:8080", "localhost", "LOCALHOST:80", "[::1]:8080", "127.9.9.9"] {
            assert!(is_local_host(host), "{host}");
        }
        for host in ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "", "10.0.0.1", "[::2]"] {
            assert!(!is_local_host(host), "{host}");
        }
        assert!(is_local_origin("http://127.0.0.1:8080"));
        assert!(!is_local_origin("https://example.org"));
        assert!(!is_local_origin("null"));
    }
}
