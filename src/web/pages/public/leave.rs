//! The quick exit: away from here at once, to a page that says nothing of whoever opens it.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, LOCATION};

/// Where to: a page that many people open, and that is not blocked. Nothing of it is loaded before.
const NEUTRAL: &str = "https://www.google.com/search?q=weather";

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Leads away. What the browser has kept of this site in its cache goes; the entries of its history only
/// whoever uses it can delete. Cookies stay: a member would be signed out, and the page would say so.
pub async fn leave() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, NEUTRAL)).insert_header((CLEAR_SITE_DATA, "\"cache\"")).finish()
}
