//! Guessing logins, passwords and codes, and using a code again.

use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::support::http::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{App, for_each_backend, on_sqlite};

const WRONG: &str = "қате құпия сөз бес 5";

fn guesses(app: &App, login: &str) -> Reply {
    Browser::at(app).signs_in(login, WRONG, "000000")
}

#[test]
fn a_guesser_waits_and_a_browser_that_is_known_does_not() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let person = &app.caseworker;
        let mut known = Browser::of(&app, person);
        let refused = (0..50).map(|_| guesses(&app, &person.login)).find(|reply| reply.status != 401).unwrap();
        let seconds: u32 = refused.header("retry-after").parse().unwrap();
        refused.must_be_problem(429, "too_many_attempts");
        assert!((1..=30).contains(&seconds), "{seconds}");
        let right = Browser::at(&app).signs_in(&person.login, PASSWORD, &person.recovery_code());
        right.must_be_problem(429, "too_many_attempts");
        known.signs_in(&person.login, PASSWORD, &person.recovery_code()).must_be(201);
        app.clock.set("2026-06-15T12:00:31+05:00");
        Browser::at(&app).signs_in(&person.login, PASSWORD, &person.recovery_code()).must_be(201);
    });
}

#[test]
fn a_login_that_nobody_has_is_answered_like_one_that_somebody_has() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let told = |login: &str| -> Vec<(u16, String, String)> {
            let tell = |reply: Reply| (reply.status, reply.header("retry-after").to_owned(), reply.body);
            (0..14).map(|_| tell(guesses(&app, login))).collect()
        };
        let of_somebody = told(&app.caseworker.login);
        assert!(of_somebody.iter().any(|(status, ..)| *status == 429));
        assert_eq!(told("nobody-has-this"), of_somebody);
        // Nor is the password's being right told to whoever has no code.
        let (person, _) = app.hires("dana", aiqyn::access::role::Role::Caseworker);
        let half = Browser::at(&app).signs_in(&person.login, PASSWORD, "000000");
        assert_eq!((half.status, half.body), (of_somebody[0].0, of_somebody[0].2.clone()));
    });
}

/// The shortest of some tries: what it costs, without what else the machine was doing.
fn cost(mut attempt: impl FnMut() -> Reply) -> Duration {
    let time = |_| {
        let start = Instant::now();
        attempt().must_be(401);
        start.elapsed()
    };
    (0..6).map(time).min().unwrap()
}

#[test]
fn a_login_that_nobody_has_costs_an_argon2id_too() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let known = cost(|| guesses(&app, &app.caseworker.login));
        let unknown = cost(|| guesses(&app, "nobody-has-this"));
        assert!(unknown * 3 > known && known * 3 > unknown, "known {known:?}, unknown {unknown:?}");
    });
}

#[test]
fn a_one_time_code_is_good_once() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let person = &app.caseworker;
        let code = person.one_time_codes.code_at(app.services.now());
        Browser::at(&app).signs_in(&person.login, PASSWORD, &code).must_be(201);
        let again = Browser::at(&app).signs_in(&person.login, PASSWORD, &code);
        again.must_be_problem(401, "wrong_credentials");
        app.clock.set("2026-06-15T12:00:30+05:00");
        let late = Browser::at(&app).signs_in(&person.login, PASSWORD, &code);
        late.must_be_problem(401, "wrong_credentials");
    });
}

fn at_once(app: &App, code: &str) -> usize {
    let login = &app.caseworker.login;
    std::thread::scope(|scope| {
        let sign_in = || Browser::at(app).signs_in(login, PASSWORD, code).status;
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(sign_in)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|status| *status == 201).count()
    })
}

#[test]
fn of_some_who_use_one_code_at_once_one_comes_in() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        assert_eq!(at_once(&app, &app.caseworker.one_time_codes.code_at(app.services.now())), 1);
        assert_eq!(at_once(&app, &app.caseworker.recovery_code()), 1);
    });
}

#[test]
fn a_recovery_code_is_good_once_and_for_its_member() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (colleague, _) = app.hires("dana", aiqyn::access::role::Role::Caseworker);
        let code = app.caseworker.recovery_code();
        let theirs = Browser::at(&app).signs_in(&colleague.login, PASSWORD, &code);
        theirs.must_be_problem(401, "wrong_credentials");
        Browser::at(&app).signs_in(&app.caseworker.login, PASSWORD, &code).must_be(201);
        let again = Browser::at(&app).signs_in(&app.caseworker.login, PASSWORD, &code);
        again.must_be_problem(401, "wrong_credentials");
    });
}

#[test]
fn whoever_finds_a_session_open_cannot_guess_the_password_in_it_at_will() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let browser = Browser::of(&app, &app.caseworker);
        let proof = serde_json::json!({"password": WRONG, "code": "000000"});
        let statuses: Vec<u16> = (0..8).map(|_| browser.posts("/api/v1/session/proof", &proof).status).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
    });
}
