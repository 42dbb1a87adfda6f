//! What goes wrong on a page, in plain words.

use super::browser::{Browser, must_be_sound};
use crate::support::{App, on_sqlite};

#[test]
fn a_page_that_is_not_there_is_told_to_a_browser_as_a_page_and_to_a_program_as_a_problem() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        must_be_sound(&browser.opens("/nowhere").must_say(404, "href=\"/\"").body, "en");
        app.asks("/nowhere").must_be_problem(404, "not_found");
        browser.opens("/api/v1/nowhere").must_be_problem(404, "not_found");
        browser.opens("/api/v1/cases").must_be_problem(401, "not_signed_in");
    });
}

#[test]
fn an_address_says_which_methods_it_has() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        assert_eq!(browser.opens("/sign-out").must_say(405, "<h1>").header("allow"), "POST");
        assert_eq!(browser.sends("/", &[]).must_say(405, "<h1>").header("allow"), "GET, HEAD");
    });
}

#[test]
fn a_form_that_cannot_be_read_is_told_as_such() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        let long = "x".repeat(20_000);
        browser.sends("/sign-in", &[("login", &long)]).must_say(413, "<h1>");
        browser.sends("/sign-in", &[("login", "a"), ("login", "b")]).must_say(400, "<h1>");
        let program = app.client.of_nobody();
        let json = program.request("POST", "/sign-in").json(&serde_json::json!({"login": "aigul"}));
        json.send().must_be_problem(415, "unsupported_media_type");
        browser.opens("/?language=kk&language=ru").must_say(400, "<h1>");
    });
}
