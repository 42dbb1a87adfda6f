//! Signing in and out.

use aiqyn::access::role::Role;

use super::browser::{Browser, field_of, must_be_sound};
use crate::support::staff::PASSWORD;
use crate::support::{App, on_sqlite};

#[test]
fn whoever_signs_in_sees_the_first_page_and_carries_cookies_for_the_server_alone() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        let reply = browser.signs_in("aigul", PASSWORD, &app.caseworker.recovery_code()).must_lead_to("/");
        assert_eq!(reply.set_cookies.len(), 2);
        for cookie in &reply.set_cookies {
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
            assert!(cookie.contains("Path=/"), "{cookie}");
            let is_device = cookie.starts_with("aiqyn-device=");
            assert_eq!(cookie.contains("Max-Age"), is_device, "a session lasts no longer than the browser: {cookie}");
        }
        let page = browser.opens("/").must_say(200, "aigul").body;
        must_be_sound(&page, "en");
        browser.opens("/sign-in").must_lead_to("/");
    });
}

#[test]
fn a_code_of_the_app_signs_in_too() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let (auditor, _) = app.hires("dana", Role::Auditor);
        let code = auditor.one_time_codes.code_at(app.services.now());
        let mut browser = Browser::of(&app);
        browser.signs_in(" Dana ", PASSWORD, &code).must_lead_to("/");
        Browser::of(&app).signs_in("dana", PASSWORD, &code).must_say(401, "Each code can be used once only");
    });
}

#[test]
fn what_is_wrong_is_told_above_the_form_and_only_the_login_stays() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        for (login, password, code) in
            [("aigul", "a wrong password 7", "123456"), ("aigul", PASSWORD, "123456"), ("<nobody>", PASSWORD, "123456")]
        {
            let page = browser.signs_in(login, password, code).must_say(401, "role=\"alert\"").body;
            assert!(page.contains("Login, password or code are wrong"), "{page}");
            assert!(!page.contains(password) && !page.contains("123456") && !page.contains("<nobody>"), "{page}");
            assert_eq!(field_of(&page, "login"), login.replace('<', "&#60;").replace('>', "&#62;"));
            must_be_sound(&page, "en");
        }
        assert!(!browser.cookies.contains_key("aiqyn"));
    });
}

#[test]
fn every_field_that_is_missing_is_named_and_linked() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let page = Browser::of(&app).sends("/sign-in", &[("login", "aigul")]).must_say(422, "aria-invalid").body;
        for field in ["password", "code"] {
            assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}-error\"")));
        }
        assert!(!page.contains("id=\"login-error\""));
        must_be_sound(&page, "en");
    });
}

#[test]
fn a_guesser_is_told_how_long_to_wait() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        let guesses = (0..30).map(|_| browser.signs_in("aigul", "a wrong password 7", "123456"));
        let stopped = guesses.into_iter().find(|reply| reply.status == 429).expect("guessing is stopped");
        let stopped = stopped.must_say(429, "There were too many attempts. Please wait");
        assert!(stopped.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
        must_be_sound(&stopped.body, "en");
    });
}

#[test]
fn a_form_from_another_site_does_not_sign_in() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let foreign = app.client.of_nobody();
        let form = foreign.request("POST", "/sign-in").header("accept", "text/html");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let reply = form.header("origin", "https://example.org").text("login=aigul").send();
        assert!(reply.set_cookies.is_empty());
        must_be_sound(&reply.must_say(403, "<h1>").body, "en");
    });
}

#[test]
fn a_session_is_new_with_each_signing_in_and_the_one_before_has_ended() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::of(&app);
        browser.cookies.insert("aiqyn".to_owned(), "planted".to_owned());
        browser.signs_in("aigul", PASSWORD, &app.caseworker.recovery_code()).must_lead_to("/");
        let first = browser.cookies["aiqyn"].clone();
        assert_ne!(first, "planted");
        browser.signs_in("aigul", PASSWORD, &app.caseworker.recovery_code()).must_lead_to("/");
        assert_ne!(browser.cookies["aiqyn"], first);
        let mut thief = Browser::of(&app);
        thief.cookies.insert("aiqyn".to_owned(), first);
        thief.opens("/").must_lead_to("/sign-in?ended=1");
        assert!(thief.cookies.is_empty());
    });
}

#[test]
fn whoever_signs_out_is_out() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let secret = browser.cookies["aiqyn"].clone();
        browser.sends("/sign-out", &[]).must_say(403, "This form is out of date");
        browser.sends("/sign-out", &[("csrf", "x")]).must_say(403, "This form is out of date");
        browser.sends_from("/", "/sign-out", &[]).must_lead_to("/sign-in?out=1");
        assert!(!browser.cookies.contains_key("aiqyn"));
        browser.opens("/sign-in?out=1").must_say(200, "You have signed out");
        browser.cookies.insert("aiqyn".to_owned(), secret);
        browser.opens("/").must_lead_to("/sign-in?ended=1");
    });
}

#[test]
fn a_session_that_was_not_used_has_ended_and_the_page_says_so() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let mut browser = Browser::signed_in(&app, &app.caseworker);
        let token = field_of(&browser.opens("/").body, "csrf");
        app.clock.set("2026-06-15T12:31:00+05:00");
        browser.sends("/account/other-sessions-end", &[("csrf", &token)]).must_lead_to("/sign-in?ended=1");
        browser.opens("/sign-in?ended=1").must_say(200, "Your session has ended");
    });
}

#[test]
fn the_language_is_chosen_once_and_kept() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        for (language, title, fault) in
            [("kk", "Жүйеге кіру", "Кіру аты, құпиясөз"), ("ru", "Вход", "Неверны имя"), ("en", "Sign in", "are wrong")]
        {
            let mut browser = Browser::of(&app);
            let chosen = browser.opens(&format!("/sign-in?language={language}")).must_say(200, title);
            assert!(chosen.set_cookies[0].contains("SameSite=Strict"), "{:?}", chosen.set_cookies);
            must_be_sound(&browser.opens("/sign-in").must_say(200, title).body, language);
            must_be_sound(&browser.signs_in("x", "y", "z").must_say(401, fault).body, language);
            must_be_sound(&browser.opens("/enrolment").must_be(200).body, language);
            must_be_sound(&browser.opens("/nowhere").must_be(404).body, language);
            browser.signs_in("aigul", PASSWORD, &app.caseworker.recovery_code()).must_lead_to("/");
            must_be_sound(&browser.opens("/").must_be(200).body, language);
            must_be_sound(&browser.opens("/account").must_be(200).body, language);
        }
    });
}
