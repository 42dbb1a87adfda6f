//! A session or a token that was copied: when it stops working, and that it works in its own way alone.

use aiqyn::access::permission::Scope;
use aiqyn::access::role::{Role, Roles};
use aiqyn::services::NewToken;
use serde_json::json;

use crate::browser::{Browser, cookie};
use crate::support::http::Client;
use crate::support::staff::PASSWORD;
use crate::support::{App, for_each_backend, on_sqlite};

const ANOTHER_PASSWORD: &str = "жаңа құпия сөз алты 9";

fn token_holds(client: &Client) -> bool {
    let reply = client.get("/api/v1/cases");
    if reply.status == 200 {
        return true;
    }
    reply.must_be_problem(401, "session_ended");
    false
}

#[test]
fn after_signing_out_the_cookie_opens_nothing() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let reply = browser.asks("DELETE", "/api/v1/session").send().must_be(204);
        assert_eq!(cookie(&reply, "aiqyn").as_deref(), Some(""));
        assert_eq!(reply.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(!browser.is_in());
        assert!(token_holds(&app.client), "a token is no session of the browser");
    });
}

#[test]
fn a_session_ends_after_thirty_minutes_without_use() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        app.clock.set("2026-06-15T12:29:59+05:00");
        assert!(browser.is_in());
        app.clock.set("2026-06-15T12:59:50+05:00");
        assert!(browser.is_in(), "it was used meanwhile");
        app.clock.set("2026-06-15T13:30:00+05:00");
        assert!(!browser.is_in());
        assert!(token_holds(&app.client));
    });
}

#[test]
fn where_its_use_cannot_be_noted_it_is_good_and_ends_the_earlier() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let full =
            "create trigger full before update on sessions begin select raise(abort, 'database or disk is full'); end";
        backend.execute(full).unwrap();
        app.clock.set("2026-06-15T12:29:59+05:00");
        assert!(browser.is_in());
        app.clock.set("2026-06-15T12:30:01+05:00");
        assert!(!browser.is_in());
    });
}

#[test]
fn a_session_ends_after_twelve_hours_however_busy_it_is() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let signed_in = app.services.now();
        for minutes in (29..12 * 60).step_by(29) {
            app.clock.set(&(signed_in + chrono::TimeDelta::minutes(minutes)).to_rfc3339());
            assert!(browser.is_in(), "after {minutes} minutes");
        }
        app.clock.set("2026-06-15T23:59:59+05:00");
        assert!(browser.is_in());
        app.clock.set("2026-06-16T00:00:00+05:00");
        assert!(!browser.is_in());
    });
}

#[test]
fn a_changed_password_ends_every_other_session_and_every_token() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (own, stolen) = (Browser::of(&app, &app.caseworker), Browser::of(&app, &app.caseworker));
        let body = json!({"password": PASSWORD, "new_password": ANOTHER_PASSWORD});
        own.asks("PUT", "/api/v1/session/password").json(&body).send().must_be(204);
        assert!(own.is_in());
        assert!(!stolen.is_in());
        assert!(!token_holds(&app.client));
        let login = &app.caseworker.login;
        let old = Browser::at(&app).signs_in(login, PASSWORD, &app.caseworker.recovery_code());
        old.must_be_problem(401, "wrong_credentials");
        Browser::at(&app).signs_in(login, ANOTHER_PASSWORD, &app.caseworker.recovery_code()).must_be(201);
    });
}

#[test]
fn other_roles_end_every_session_and_token() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stolen = Browser::of(&app, &app.caseworker);
        let roles = Roles::new([Role::Analyst]).unwrap();
        app.services.change_roles(&app.console(), app.caseworker.member, &roles).unwrap();
        assert!(!stolen.is_in());
        assert!(!token_holds(&app.client));
    });
}

#[test]
fn who_is_shut_out_is_out_at_once_and_cannot_sign_in() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stolen = Browser::of(&app, &app.caseworker);
        app.services.disable_member(&app.console(), app.caseworker.member).unwrap();
        assert!(!stolen.is_in());
        assert!(!token_holds(&app.client));
        let again = Browser::at(&app).signs_in(&app.caseworker.login, PASSWORD, &app.caseworker.recovery_code());
        again.must_be_problem(401, "wrong_credentials");
    });
}

#[test]
fn a_new_invitation_ends_everything_that_was_before_it() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let stolen = Browser::of(&app, &app.caseworker);
        app.services.invite_again(&app.console(), app.caseworker.member).unwrap();
        assert!(!stolen.is_in());
        assert!(!token_holds(&app.client));
        let again = Browser::at(&app).signs_in(&app.caseworker.login, PASSWORD, &app.caseworker.recovery_code());
        again.must_be_problem(401, "wrong_credentials");
    });
}

#[test]
fn a_token_ends_on_its_day() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let caller = app.caseworker.asks(&app.services);
        let token = NewToken { name: "day".to_owned(), scopes: Scope::ALL.to_vec(), days: 1 };
        let token = app.services.make_token(&caller, &token).unwrap();
        let client = app.nobody().clone().with_token(&token.print());
        app.clock.set("2026-06-16T11:59:59+05:00");
        assert!(token_holds(&client));
        app.clock.set("2026-06-16T12:00:00+05:00");
        assert!(!token_holds(&client));
    });
}

/// The secret of a cookie in the header would go past what cookies are checked for; a token in a cookie would be
/// sent along by a browser wherever it goes.
#[test]
fn a_cookie_is_no_token_and_a_token_no_cookie() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app, &app.caseworker);
        assert!(!token_holds(&app.nobody().clone().with_token(browser.session.as_ref().unwrap())));
        assert!(browser.is_in());
        browser.session = Some(app.caseworker.token.clone());
        assert!(!browser.is_in());
        assert!(token_holds(&app.client));
    });
}

#[test]
fn a_token_beside_a_cookie_counts_alone() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (auditor, _) = app.hires("auditor", Role::Auditor);
        let browser = Browser::of(&app, &app.caseworker);
        let bearer = format!("Bearer {}", auditor.token);
        let reply = browser.asks("GET", "/api/v1/session").header("authorization", &bearer).send().must_be(200);
        assert_eq!(reply.json()["member_id"], auditor.member.to_string());
    });
}

#[test]
fn a_cookie_from_before_signing_in_is_not_taken_over() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let chosen = aiqyn::vault::SessionSecret::generate().print().to_string();
        let mut browser = Browser::at(&app);
        browser.session = Some(chosen.clone());
        browser.signs_in(&app.caseworker.login, PASSWORD, &app.caseworker.recovery_code()).must_be(201);
        assert_ne!(browser.session.as_ref(), Some(&chosen));
        browser.session = Some(chosen);
        assert!(!browser.is_in());
    });
}

#[test]
fn signing_in_again_ends_the_session_that_the_browser_had() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app, &app.caseworker);
        let before = browser.session.clone();
        browser.signs_in(&app.caseworker.login, PASSWORD, &app.caseworker.recovery_code()).must_be(201);
        assert!(browser.is_in());
        browser.session = before;
        assert!(!browser.is_in());
    });
}

#[test]
fn one_sees_and_ends_ones_own_sessions_and_nobody_elses() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (colleague, _) = app.hires("dana", Role::Caseworker);
        let (own, lost) = (Browser::of(&app, &app.caseworker), Browser::of(&app, &app.caseworker));
        let theirs = Browser::of(&app, &colleague);
        let ids = |browser: &Browser| -> Vec<String> {
            let list = browser.gets("/api/v1/sessions").must_be(200).json();
            let id = |item: &serde_json::Value| item["id"].as_str().unwrap().to_owned();
            list["sessions"].as_array().unwrap().iter().map(id).collect()
        };
        let of_colleague = ids(&theirs);
        assert!(ids(&own).iter().all(|id| !of_colleague.contains(id)));
        for id in &of_colleague {
            let reply = own.asks("DELETE", &format!("/api/v1/sessions/{id}")).send();
            reply.must_be_problem(404, "not_found");
        }
        assert!(theirs.is_in());
        own.asks("DELETE", "/api/v1/sessions").send().must_be(204);
        assert!(own.is_in());
        assert!(!lost.is_in());
        assert!(!token_holds(&app.client));
        assert!(theirs.is_in());
        let last = ids(&own);
        assert_eq!(last.len(), 1);
        own.asks("DELETE", &format!("/api/v1/sessions/{}", last[0])).send().must_be(204);
        assert!(!own.is_in());
    });
}

#[test]
fn the_database_holds_no_secret_of_a_session() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let rows = backend.rows("sessions").join("\n").to_lowercase();
        for text in [browser.session.as_ref().unwrap(), &app.caseworker.token, &browser.form_token] {
            let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
            assert!(!rows.contains(&text.to_lowercase()) && !rows.contains(&data_encoding::HEXLOWER.encode(&bytes)));
        }
    });
}
