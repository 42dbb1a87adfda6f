//! A browser without a script: it keeps cookies, sends forms and says where it comes from.

use std::collections::BTreeMap;

use crate::support::App;
use crate::support::http::{Client, Reply};
use crate::support::staff::{PASSWORD, Person};

/// Somebody's browser.
pub struct Browser {
    client: Client,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A new one, with no cookies.
    pub fn of(app: &App) -> Self {
        Self { client: Client::of(app.client.address), cookies: BTreeMap::new() }
    }

    /// One in which somebody has signed in.
    pub fn signed_in(app: &App, person: &Person) -> Self {
        let mut browser = Self::of(app);
        browser.signs_in(&person.login, PASSWORD, &person.recovery_code()).must_lead_to("/");
        browser
    }

    /// Follows a link, or types an address.
    pub fn opens(&mut self, path: &str) -> Reply {
        self.asks("GET", path, None)
    }

    /// Sends a form of a page of ours.
    pub fn sends(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.asks("POST", path, Some(body.join("&")))
    }

    /// Sends the form of the sign-in page.
    pub fn signs_in(&mut self, login: &str, password: &str, code: &str) -> Reply {
        self.sends("/sign-in", &[("login", login), ("password", password), ("code", code)])
    }

    /// Sends a form with the form token of a page that shows one.
    pub fn sends_from(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = field_of(&self.opens(page).must_be(200).body, "csrf");
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.sends(path, &fields)
    }

    /// Attaches a file to a case by the form of its page.
    pub fn attaches(&mut self, case: &str, name: &str, bytes: &[u8]) -> Reply {
        let token = field_of(&self.opens(case).must_be(200).body, "csrf");
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.sends_files(&format!("{case}/documents"), &[("csrf", &token)], &[(name, &text)])
    }

    /// Sends a form of a page of ours with files, each its name and its text.
    pub fn sends_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Reply {
        let part =
            |head: String, text: &str| format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
        let fields = fields.iter().map(|(name, value)| part(format!("name=\"{name}\""), value));
        let files = files.iter().map(|(name, text)| {
            part(format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream"), text)
        });
        let body: String = fields.chain(files).chain(["--B--\r\n".to_owned()]).collect();
        self.asks_with("POST", path, Some(("multipart/form-data; boundary=B", body)))
    }

    fn asks(&mut self, method: &str, path: &str, body: Option<String>) -> Reply {
        self.asks_with(method, path, body.map(|body| ("application/x-www-form-urlencoded", body)))
    }

    fn asks_with(&mut self, method: &str, path: &str, body: Option<(&str, String)>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self
            .client
            .request(method, path)
            .header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header("cookie", &cookies.join("; "));
        }
        if let Some((media_type, body)) = body {
            request = request
                .header("content-type", media_type)
                .header("origin", &format!("http://{}", self.client.address))
                .text(&body);
        }
        let reply = request.send();
        for cookie in &reply.set_cookies {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        reply
    }
}

impl Reply {
    /// Holds it to a redirect.
    #[track_caller]
    pub fn must_lead_to(self, path: &str) -> Self {
        assert_eq!((self.status, self.header("location")), (303, path), "{}", self.body);
        self
    }

    /// Holds it to a page that says something.
    #[track_caller]
    pub fn must_say(self, status: u16, text: &str) -> Self {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        let reply = self.must_be(status);
        assert!(reply.body.contains(text), "no {text:?} in\n{}", reply.body);
        reply
    }
}

/// The value of the first field of a name, as a page has it.
#[track_caller]
pub fn field_of(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// What stands between two marks, each time.
pub fn between<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    page.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What every page must be: one heading, a label for each field, one language, no script, no style of its own.
#[track_caller]
pub fn must_be_sound(page: &str, language: &str) {
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(page.contains(&format!("<html lang=\"{language}\">")), "{page}");
    for forbidden in ["<script", " style=", "<style", " onclick", "http://", "https://"] {
        assert!(!page.contains(forbidden), "{forbidden} in {page}");
    }
    for input in between(page, "<input ", ">").into_iter().filter(|input| !input.contains("type=\"hidden\"")) {
        let is_within = page.contains(&format!("<label class=\"choice\"><input {input}>"))
            || page
                .split(input)
                .next()
                .unwrap()
                .rsplit("<label")
                .next()
                .is_some_and(|label| !label.contains("</label>"));
        let id = between(input, "id=\"", "\"").first().copied().unwrap_or_default();
        assert!(is_within || page.contains(&format!("for=\"{id}\">")), "{input} has no label");
        for described in between(input, "aria-describedby=\"", "\"").into_iter().flat_map(|ids| ids.split(' ')) {
            assert!(page.contains(&format!("id=\"{described}\"")), "{described} is not there");
        }
    }
    for key in [
        "sign-in-",
        "enrolment-",
        "enrolled-",
        "account-",
        "page-",
        "home-",
        "role-",
        "waiting-",
        "case-",
        "cases-",
        "draft-",
        "drafts-",
        "visits-",
        "way-",
    ] {
        let shown = between(page, &format!(">{key}"), "<");
        assert!(shown.is_empty(), "a key in place of its text: {key}{shown:?}");
    }
    for link in between(page, "href=\"#", "\"") {
        assert!(page.contains(&format!("id=\"{link}\"")), "#{link} leads nowhere");
    }
}
