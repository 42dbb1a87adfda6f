//! Where a request really comes from, and whether it came by TLS. A proxy's word is believed only if it
//! is one of the trusted ones; what a client writes into the same headers never is.

use std::net::{IpAddr, SocketAddr};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError, web};

use crate::web::api::problem::Problem;
use crate::web::desk::language_of;
use crate::web::front::Front;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Where the client is, as far as the server and its proxies can tell. Lies in the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Whether the client's browser is spoken to by TLS, and cookies can be `Secure`. Lies in the request's
/// extensions. An onion service counts as not, though Tor encrypts it: the server cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secure(pub bool);

/// Notes who asks, and refuses who came round the proxy or without TLS.
///
/// # Errors
/// Those of the handler.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let front = request.app_data::<web::Data<Front>>().cloned();
    let peer = request.peer_addr().map(|peer| peer.ip());
    let refused = match (&front, peer) {
        (Some(front), Some(peer)) if front.serves(peer) => {
            let address = client_behind(front, peer, request.headers());
            request.extensions_mut().insert(ClientAddress(address));
            request.extensions_mut().insert(Secure(front.is_secure()));
            let is_plain = !front.proxies.is_empty() && !came_by_tls(request.headers());
            is_plain.then_some("insecure_connection")
        }
        _ => Some("foreign_request"),
    };
    match refused {
        None => Ok(next.call(request).await?.map_into_boxed_body()),
        Some(word) => {
            let problem = Problem::new(word, 403, language_of(request.request()));
            Ok(request.into_response(problem.error_response()))
        }
    }
}

/// The last hop that is no trusted proxy. Whatever stands before it was written by who knows whom.
fn client_behind(front: &Front, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !front.is_proxy(peer) {
        return peer;
    }
    let values: Vec<&str> = headers.get_all(FORWARDED_FOR).map(|value| value.to_str().unwrap_or_default()).collect();
    let mut nearest = peer;
    for hop in values.iter().rev().flat_map(|value| value.rsplit(',')) {
        let Some(hop) = address_of(hop.trim()) else { break };
        nearest = hop;
        if !front.is_proxy(hop) {
            break;
        }
    }
    nearest
}

/// A hop as proxies write it: an address, some with a port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

fn came_by_tls(headers: &HeaderMap) -> bool {
    let mut told = headers.get_all(FORWARDED_PROTO);
    // A proxy that adds to what the client has sent, in place of overwriting it, cannot be believed.
    told.next().is_some_and(|scheme| scheme.as_bytes() == b"https") && told.next().is_none()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let front = Front { proxies, ..Front::from(SocketAddr::from(([127, 0, 0, 1], 0))) };
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(value).unwrap());
        }
        client_behind(&front, peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn the_last_hop_that_is_no_proxy_is_the_client() {
        assert_eq!(client("10.0.0.1", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["192.0.2.7, 10.0.0.2"]), "192.0.2.7");
        assert_eq!(client("::ffff:10.0.0.1", &["[2001:db8::7]:4711"]), "2001:db8::7");
    }

    #[test]
    fn what_the_client_wrote_before_it_is_not_believed() {
        assert_eq!(client("10.0.0.1", &["203.0.113.9, 192.0.2.7"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["203.0.113.9", "192.0.2.7"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["10.0.0.2, 192.0.2.7, 10.0.0.2"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["192.0.2.7, unknown"]), "10.0.0.1");
        assert_eq!(client("192.0.2.7", &["203.0.113.9"]), "192.0.2.7", "who is no proxy is not asked");
    }

    #[test]
    fn without_the_header_the_proxy_is_the_client() {
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    /// What a handler is told, and the status, for a request from a peer with headers.
    fn answer(peer: &str, headers: &[(&'static str, &'static str)]) -> (u16, String) {
        use actix_web::{App, HttpRequest, middleware::from_fn, test};
        async fn who(request: HttpRequest) -> String {
            let extensions = request.extensions();
            format!("{:?} {:?}", extensions.get::<ClientAddress>().unwrap().0, extensions.get::<Secure>().unwrap().0)
        }
        let proxies = vec!["10.0.0.1".parse().unwrap()];
        let front = Front { proxies, ..Front::from(SocketAddr::from(([127, 0, 0, 1], 0))) };
        actix_web::rt::System::new().block_on(async {
            let app = App::new().app_data(web::Data::new(front)).wrap(from_fn(identify)).route("/", web::get().to(who));
            let app = test::init_service(app).await;
            let mut request = test::TestRequest::get().uri("/").peer_addr(SocketAddr::new(peer.parse().unwrap(), 4711));
            for header in headers {
                request = request.append_header(*header);
            }
            let response = test::call_service(&app, request.to_request()).await;
            let status = response.status().as_u16();
            (status, String::from_utf8(test::read_body(response).await.to_vec()).unwrap())
        })
    }

    #[test]
    fn a_handler_learns_who_asks_from_the_proxy() {
        let told = answer("10.0.0.1", &[("x-forwarded-for", "203.0.113.9, 192.0.2.7"), ("x-forwarded-proto", "https")]);
        assert_eq!(told, (200, "192.0.2.7 true".to_owned()));
    }

    #[test]
    fn who_is_no_proxy_or_came_without_tls_is_refused() {
        let (status, body) = answer("10.0.0.9", &[("x-forwarded-for", "192.0.2.7"), ("x-forwarded-proto", "https")]);
        assert_eq!((status, body.contains("foreign_request")), (403, true), "{body}");
        let http = ("x-forwarded-proto", "http");
        let https = ("x-forwarded-proto", "https");
        for headers in [&[][..], &[http], &[http, https], &[https, http], &[("x-forwarded-proto", "https, http")]] {
            let (status, body) = answer("10.0.0.1", headers);
            assert_eq!((status, body.contains("insecure_connection")), (403, true), "{headers:?}: {body}");
        }
    }
}
