//! Somebody at a browser without a script and without a cookie, whom nobody here knows.

use aiqyn::i18n::{Language, text};

use crate::browser::between;
use crate::support::App;
use crate::support::http::{Client, Reply};

/// What every complaint of these tests says.
pub const STORY: &str = "Бөлімде үш адам таң атқанша ұрды";

/// The fields of the shortest complaint.
pub const SHORTEST: &[(&str, &str)] = &[("allegation", STORY)];

/// Their browser.
pub struct Stranger {
    client: Client,
    pub language: Language,
}

impl Stranger {
    pub fn at(app: &App) -> Self {
        Self { client: Client::of(app.client.address), language: Language::En }
    }

    pub fn speaking(self, language: Language) -> Self {
        Self { language, ..self }
    }

    fn asks(&self, method: &str, path: &str, body: Option<(&str, String)>) -> Reply {
        let request = self
            .client
            .request(method, path)
            .header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .header("user-agent", AGENT)
            .header("sec-fetch-site", "same-origin")
            .in_language(self.language.as_str());
        let request = match body {
            None => request,
            Some((kind, body)) => {
                let origin = format!("http://{}", self.client.address);
                request.header("content-type", kind).header("origin", &origin).text(&body)
            }
        };
        let reply = request.send();
        assert!(reply.set_cookies.is_empty(), "{path}: {:?}", reply.set_cookies);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        reply
    }

    pub fn opens(&self, path: &str) -> Reply {
        self.asks("GET", path, None)
    }

    pub fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.asks("POST", path, Some(("application/x-www-form-urlencoded", body.join("&"))))
    }

    /// Files, and reads the receipt from the page.
    #[track_caller]
    pub fn files(&self, fields: &[(&str, &str)]) -> String {
        receipt_on(&self.sends("/complaint", fields).must_be(200).body)
    }

    pub fn returns(&self, receipt: &str) -> Reply {
        self.sends("/receipt", &[("receipt", receipt)])
    }

    /// Brings a file with a receipt.
    pub fn brings(&self, receipt: &str, name: &str, file: &str) -> Reply {
        let part =
            |head: &str, body: &str| format!("--mark\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
        let parts = [
            part("name=\"receipt\"", receipt),
            part(&format!("name=\"file\"; filename=\"{name}\""), file),
            "--mark--\r\n".to_owned(),
        ];
        self.asks("POST", "/receipt/document", Some(("multipart/form-data; boundary=mark", parts.concat())))
    }

    /// A text of the pages in their language.
    pub fn hears(&self, key: &str) -> String {
        text(self.language, key, &[])
    }
}

/// The kind of browser that they have, which nothing here is to keep.
pub const AGENT: &str = "Zholaushy/7.31 (sirek kezdesetin brauzer)";

/// The receipt that a page shows.
#[track_caller]
pub fn receipt_on(page: &str) -> String {
    let shown = between(page, "<p class=\"receipt\"><code>", "</code>");
    assert_eq!(shown.len(), 1, "{page}");
    let receipt = shown[0].to_owned();
    assert_eq!(receipt.split(' ').map(str::len).collect::<Vec<_>>(), [4; 4], "{receipt}");
    receipt
}

/// What every page must be: one heading, its language, no script, nothing of other hosts, no key in place of a text,
/// a way out.
#[track_caller]
pub fn must_be_sound(page: &str, language: Language) {
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(page.contains(&format!("<html lang=\"{}\">", language.as_str())), "{page}");
    for forbidden in ["<script", " style=", "<style", " onclick", "http://", "https://", ">public-", ">messages-"] {
        assert!(!page.contains(forbidden), "{forbidden} in {page}");
    }
    assert!(page.contains("<a class=\"leave\" href=\"/leave\" rel=\"noreferrer\">"), "{page}");
}
