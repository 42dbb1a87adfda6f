//! What is told of a request. Who reads a monitoring server's memory learns what was asked for in each minute; they must
//! not learn in which somebody filed a complaint, or came back with a receipt. So all that complainants can ask for
//! counts as one: neither page nor method nor success tells a complaint from a look at the first page, nor does how long
//! it took.

use actix_web::HttpRequest;
use actix_web::http::{Method, StatusCode};

/// What is open to people without an account, and what their browsers fetch with it.
const PUBLIC: &[&str] = &["/complaint", "/receipt", "/leave", "/static"];

/// A request, as much as is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Asked(&'static str);

impl From<&Method> for Asked {
    fn from(method: &Method) -> Self {
        // There may be as many methods as somebody invents.
        const KNOWN: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
        Self(KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other"))
    }
}

/// What is told of a request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `GET`; `any` where it is not told.
    pub method: &'static str,
    /// The pattern that its path fits.
    pub route: String,
    /// The class of the status, `2xx`.
    pub status: &'static str,
    /// Whether it is told how long it took.
    pub is_timed: bool,
}

impl Told {
    /// What is told of an answer.
    #[must_use]
    pub fn of(asked: Asked, request: &HttpRequest, status: StatusCode) -> Self {
        Self::of_pattern(asked, request.match_pattern(), status)
    }

    fn of_pattern(Asked(method): Asked, pattern: Option<String>, status: StatusCode) -> Self {
        let class = match status.as_u16() / 100 {
            1 => "1xx",
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        match pattern {
            Some(route) if is_public(&route) => {
                let status = if class == "5xx" { class } else { "other" };
                Self { method: "any", route: "public".to_owned(), status, is_timed: false }
            }
            Some(route) => Self { method, route, status: class, is_timed: true },
            None => Self { method, route: "none".to_owned(), status: class, is_timed: true },
        }
    }

    /// Whether it is written to the log, where requests are: each line has its time.
    #[must_use]
    pub fn is_logged(&self) -> bool {
        self.is_timed || self.status == "5xx"
    }
}

fn is_public(route: &str) -> bool {
    let is_below = |page: &str| route.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    route == "/" || PUBLIC.iter().any(|page| is_below(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(method: &str, pattern: &str, status: u16) -> Told {
        let method: Method = method.parse().unwrap();
        Told::of_pattern(Asked::from(&method), Some(pattern.to_owned()), StatusCode::from_u16(status).unwrap())
    }

    #[test]
    fn a_complaint_is_told_as_a_look_at_the_first_page_is() {
        let look = told("GET", "/", 200);
        for (method, page, status) in [
            ("GET", "/complaint", 200),
            ("POST", "/complaint", 200),
            ("POST", "/complaint", 422),
            ("POST", "/receipt", 200),
            ("POST", "/receipt/answer", 303),
            ("POST", "/receipt/document", 413),
            ("GET", "/leave", 303),
            ("GET", "/static/aiqyn.css", 200),
        ] {
            assert_eq!(told(method, page, status), look, "{method} {page}");
        }
        assert!(!look.is_timed && !look.is_logged());
        let failed = told("POST", "/complaint", 503);
        assert!(failed.is_logged() && failed.method == "any");
    }

    #[test]
    fn what_members_ask_for_is_told_by_its_pattern() {
        let asked = told("PUT", "/cases/{case}", 404);
        assert_eq!((asked.method, asked.route.as_str(), asked.status), ("PUT", "/cases/{case}", "4xx"));
        assert_eq!(told("BREW", "/complaints", 200).method, "other");
    }
}
