//! What a page from elsewhere makes a browser send: the cookie comes along, the form token does not.

use aiqyn::access::permission::Action;

use crate::browser::Browser;
use crate::routes::{Route, routes};
use crate::support::http::Request;
use crate::support::{App, a_complaint, on_sqlite};

fn put_together<'a>(request: Request<'a>, route: &Route) -> Request<'a> {
    let request = route.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let nowhere = uuid::Uuid::now_v7().to_string();
    let named = |text: &str| {
        let names = ["{login}", "{organisation}", "{recovery_key}"];
        names.iter().fold(text.to_owned(), |text, name| text.replace(name, &nowhere))
    };
    if let Some(fields) = route.form {
        return request.header("content-type", "application/x-www-form-urlencoded").text(&named(fields));
    }
    match &route.body {
        Some(body) => request.json(&serde_json::from_str(&named(&body.to_string())).unwrap()),
        None => request,
    }
}

fn path(route: &Route) -> String {
    let nowhere = uuid::Uuid::now_v7().to_string();
    let names = ["{case}", "{document}", "{request}", "{organisation}", "{member}", "{session}", "{draft}", "{event}"];
    let words = [
        ("{kind}", "note"),
        ("{section}", "complaint"),
        ("{list}", "channel"),
        ("{code}", "hotline"),
        ("{plot}", "endings"),
    ];
    let path = names.iter().fold(route.path.to_owned(), |path, name| path.replace(name, &nowhere));
    words.iter().fold(path, |path, (name, word)| path.replace(name, word))
}

/// Signing in and enrolling need no session; whoever forges them gains nothing from the cookie.
fn changes_something(route: &Route) -> bool {
    // These ask for no session: what a foreign page could send there, its reader could send without a cookie.
    let free = ["/api/v1/session", "/api/v1/enrolment", "/sign-in", "/sign-in/again", "/enrolment"];
    let is_public_door = matches!(route.action, Action::FilePublicly | Action::FollowByReceipt);
    route.method != "GET" && !free.contains(&route.path) && !is_public_door || route.ends_sessions
}

#[test]
fn a_cookie_changes_nothing_without_the_form_token_of_its_session() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (own, other) = (Browser::of(&app, &app.caseworker), Browser::of(&app, &app.caseworker));
        let all = routes();
        let mut asked = 0;
        for route in all.iter().filter(|route| changes_something(route)) {
            println!("{} {}", route.method, route.path);
            let without = || put_together(own.asks_without_form_token(route.method, &path(route)), route);
            without().send().must_be_problem(403, "form_token");
            let others = [other.form_token.as_str(), "", own.session.as_ref().unwrap()];
            for wrong in others {
                without().header("x-csrf-token", wrong).send().must_be_problem(403, "form_token");
            }
            asked += 1;
        }
        assert!(asked > 20, "{asked}");
        assert!(own.is_in() && other.is_in(), "nobody was signed out");
    });
}

#[test]
fn with_the_form_token_a_cookie_and_without_one_a_token_may_write() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        browser.posts("/api/v1/cases", &a_complaint().body()).must_be(201);
        app.client.post("/api/v1/cases", &a_complaint().body()).send().must_be(201);
    });
}

#[test]
fn with_the_form_token_too_a_page_from_elsewhere_is_refused() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let files = || browser.asks("POST", "/api/v1/cases").json(&a_complaint().body());
        files().header("origin", "https://evil.example").send().must_be_problem(403, "foreign_request");
        files().header("sec-fetch-site", "cross-site").send().must_be_problem(403, "foreign_request");
    });
}
