//! The language that somebody chose on a page. The API knows nothing of it: there `Accept-Language` counts.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use crate::i18n::Language;

/// For how many days the choice is remembered.
const REMEMBERED: i64 = 365;

/// The choice in the query of a page's address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Choice {
    language: Option<String>,
}

/// As for sessions, the name itself says that the cookie came by TLS.
fn name(by_tls: bool) -> &'static str {
    if by_tls { "__Host-aiqyn-language" } else { "aiqyn-language" }
}

/// What was chosen: just now in the address, or once before.
#[must_use]
pub fn chosen(request: &HttpRequest) -> Option<Language> {
    if request.path().starts_with("/api/") {
        return None;
    }
    let remembered = || {
        let cookie = request.cookie(name(true)).or_else(|| request.cookie(name(false)))?;
        Language::named(cookie.value())
    };
    just_chosen(request.query_string()).or_else(remembered)
}

/// What a query chooses; none where it cannot be read.
#[must_use]
pub fn just_chosen(query: &str) -> Option<Language> {
    let choice = web::Query::<Choice>::from_query(query).ok()?.into_inner();
    choice.language.as_deref().and_then(Language::named)
}

/// The cookie that remembers a choice. It names no person.
#[must_use]
pub fn remembering(language: Language, by_tls: bool) -> Cookie<'static> {
    Cookie::build(name(by_tls), language.as_str())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(by_tls)
        .max_age(Duration::days(REMEMBERED))
        .finish()
}
