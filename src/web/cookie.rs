//! The cookie of a browser's session: for the server alone, never sent along by other sites' pages.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};

use crate::vault::SessionSecret;

/// Behind TLS the name itself makes browsers refuse a cookie that is not `Secure`, not for `/`, or set for
/// other hosts (RFC 6265bis, 4.1.3.2).
fn name(by_tls: bool) -> &'static str {
    if by_tls { "__Host-aiqyn" } else { "aiqyn" }
}

fn cookie(by_tls: bool, value: String) -> Cookie<'static> {
    Cookie::build(name(by_tls), value).path("/").http_only(true).same_site(SameSite::Strict).secure(by_tls).finish()
}

/// The cookie that carries a session. It has no age: the browser forgets it when it is closed.
#[must_use]
pub fn carrying(secret: &SessionSecret, by_tls: bool) -> Cookie<'static> {
    cookie(by_tls, secret.print().to_string())
}

/// The cookie that takes it away again.
#[must_use]
pub fn removal(by_tls: bool) -> Cookie<'static> {
    let mut gone = cookie(by_tls, String::new());
    gone.make_removal();
    gone
}

/// The secret that a request's cookie carries.
#[must_use]
pub fn read(request: &HttpRequest, by_tls: bool) -> Option<SessionSecret> {
    SessionSecret::parse(request.cookie(name(by_tls))?.value()).ok()
}
