//! Whatever stands in an address, a header or a form: nobody is led to another site by it, at once or by a link.

use crate::routes::routes;
use crate::support::http::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{App, on_sqlite};

const EVIL: &str = "evil.example";

/// Ways to write another site where a path is expected.
const ELSEWHERE: &[&str] = &[
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/%09/evil.example/",
    "/\n/evil.example/",
    "/ /evil.example/",
    "http:evil.example",
    "javascript:alert(1)//evil.example",
    "/.evil.example//evil.example",
    "/cases/../../evil.example",
    "/@evil.example",
    "",
];

/// Names under which other programs keep where to lead somebody.
const NAMES: &[&str] = &["next", "return", "returnto", "path", "url", "redirect", "continue", "done", "language", "go"];

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Holds an answer to leading nowhere else, and to not naming the other site at all.
#[track_caller]
fn stays_here(reply: &Reply, what: &str) {
    let location = reply.header("location");
    let is_path = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
    assert!(location.is_empty() || is_path, "{what}: {location}");
    assert!(!location.contains(EVIL) && !reply.body.contains(EVIL), "{what}: {}", reply.body);
    assert!(reply.status < 500, "{what}: {}", reply.status);
}

fn pages(case: &str) -> Vec<String> {
    let all = routes();
    let pages = all.iter().filter(|route| route.method == "GET" && !route.path.starts_with("/leave"));
    let names =
        [("{case}", case), ("{kind}", "note"), ("{list}", "channel"), ("{code}", "hotline"), ("{plot}", "endings")];
    let named = |path: &str| names.iter().fold(path.to_owned(), |path, (name, word)| path.replace(name, word));
    let mut pages: Vec<String> = pages.map(|route| named(route.path).replace(['{', '}'], "x")).collect();
    pages.push("/api/docs".to_owned());
    pages
}

#[test]
fn no_parameter_and_no_header_leads_anywhere_else() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let session = app.caseworker.signs_in(&app.services);
        let cookie = format!("aiqyn={}", session.print().as_str());
        let evil = encoded("//evil.example/");
        let query: String = NAMES.iter().map(|name| format!("&{name}={evil}")).collect();
        let case = app.caseworker().files_complaint();
        for page in pages(&case.id) {
            let joint = if page.contains('?') { "" } else { "?" };
            for cookie in [cookie.as_str(), "", "aiqyn=gone", "aiqyn-language=//evil.example/"] {
                let request = app.nobody().request("GET", &format!("{page}{joint}{query}"));
                let request = request.header("accept", "text/html").header("cookie", cookie);
                let request = request.header("referer", "http://evil.example/").header("x-forwarded-host", EVIL);
                let request =
                    request.header("x-original-url", "//evil.example/").header("x-rewrite-url", "//evil.example");
                stays_here(&request.send(), &page);
            }
        }
    });
}

#[test]
fn an_address_that_begins_with_two_slashes_leads_nowhere_else() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for path in ["//evil.example", "//evil.example/..", "//evil.example/api/docs", "/\\evil.example", "/api//docs"]
        {
            let wire = crate::wire::request(app.client.address, &format!("GET {path}"), b"Accept: text/html\r\n", b"");
            if let Some(reply) = crate::wire::asks(app.client.address, &wire) {
                stays_here(&reply, path);
            }
        }
    });
}

fn signs_in_again(app: &App, path: &str, password: &str, code: &str) -> Reply {
    let fields = [("path", path), ("login", &app.caseworker.login), ("password", password), ("code", code)];
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let request = app.nobody().request("POST", "/sign-in/again").header("accept", "text/html");
    request.header("content-type", "application/x-www-form-urlencoded").text(&body.join("&")).send()
}

#[test]
fn a_form_that_is_kept_is_sent_on_to_a_page_of_ours_alone() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for path in ELSEWHERE {
            let reply = signs_in_again(&app, path, PASSWORD, "000000");
            assert_eq!(reply.status, 400, "{path:?}: {}", reply.body);
            stays_here(&reply, path);
        }
        let reply = signs_in_again(&app, "/cases/2026-000001/record/note", PASSWORD, &app.caseworker.recovery_code());
        assert!(reply.must_be(200).body.contains("action=\"/cases/2026-000001/record/note\""));
    });
}

#[test]
fn the_quick_exit_leads_to_one_place_whatever_is_asked() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let exit = app.nobody().get("/leave").must_be(303).header("location").to_owned();
        let other = app.nobody().get("/leave?url=http://evil.example/&next=//evil.example");
        assert_eq!(other.must_be(303).header("location"), exit);
    });
}
