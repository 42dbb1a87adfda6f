//! How long an answer takes must not tell whether a login is somebody's. Not by the clock: what is counted is the work.
//!
//! How long it takes all the same is printed by `AIQYN_FUZZ=200 cargo test --test attacks measured -- --nocapture`.

use std::time::{Duration, Instant};

use aiqyn::access::role::Role;
use aiqyn::services::{Origin, Proof, ServiceError};
use aiqyn::vault::derived_on_this_thread;

use crate::support::staff::PASSWORD;
use crate::support::{App, Backend, for_each_backend};

/// Somebody in every state in which an account can be, and nobody.
fn logins(app: &App) -> [String; 4] {
    let disabled = app.organisation.hires(&app.services, "disabled", &[Role::Caseworker]);
    app.services.disable_member(&app.console(), disabled.member).unwrap();
    let roles = aiqyn::access::role::Roles::new([Role::Caseworker]).unwrap();
    app.services.invite_member(&app.console(), app.organisation.id, "invited", &roles).unwrap();
    [app.caseworker.login.clone(), "disabled".to_owned(), "invited".to_owned(), "nobody-has-this".to_owned()]
}

fn tries(app: &App, login: &str, password: &str) -> Result<(), ServiceError> {
    let proof = Proof { password: password.to_owned(), code: "000000".to_owned() };
    app.services.sign_in(login, &proof, &Origin::console()).map(drop)
}

/// How many keys are derived from passwords meanwhile, and how often something is committed.
fn work(backend: &Backend, mut attempt: impl FnMut()) -> (u64, i64) {
    let (derived, committed) = (derived_on_this_thread(), commits(backend));
    attempt();
    (derived_on_this_thread() - derived, commits(backend) - committed)
}

/// What grows with every commit that changes something: frames of the write-ahead log on SQLite; on PostgreSQL the
/// number of the next transaction.
fn commits(backend: &Backend) -> i64 {
    if backend.is_postgres() {
        return backend.number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as number");
    }
    let wal = std::fs::read(format!("{}-wal", backend.url)).unwrap();
    // The commit frames: those that name the size of the database (https://www.sqlite.org/walformat.html).
    let page = u32::from_be_bytes(wal[8..12].try_into().unwrap()) as usize;
    let frames = wal[32..].chunks_exact(page + 24);
    frames.filter(|frame| frame[8..16] == wal[16..24] && frame[4..8] != [0; 4]).count().try_into().unwrap()
}

#[test]
fn a_wrong_password_costs_the_same_whoever_it_is_for() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let logins = logins(&app);
        // The first for a login that nobody has is recorded; those after it in the same minute are only counted.
        for attempt in 0..2 {
            for login in &logins {
                let cost = work(backend, || {
                    let tried = tries(&app, login, "қате құпия сөз бес 5");
                    assert!(matches!(tried, Err(ServiceError::WrongCredentials)), "{login}");
                });
                assert_eq!(cost.0, 1, "{login}: Argon2id");
                if !backend.is_postgres() {
                    assert_eq!(cost.1, 2, "{login}, attempt {attempt}: commits");
                }
            }
        }
    });
}

#[test]
fn who_must_wait_costs_nothing_whoever_it_is() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for login in logins(&app) {
            while tries(&app, &login, "қате құпия сөз бес 5")
                .is_err_and(|error| matches!(error, ServiceError::WrongCredentials))
            {}
            let cost = work(backend, || {
                let tried = tries(&app, &login, PASSWORD);
                assert!(matches!(tried, Err(ServiceError::TooManyAttempts(_))), "{login}");
            });
            assert_eq!(cost.0, 0, "{login}: Argon2id");
            app.clock.set("2026-06-16T12:00:00+05:00");
        }
    });
}

#[test]
fn a_password_that_is_too_long_to_be_one_costs_nothing_whoever_it_is_for() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for login in logins(&app) {
            assert_eq!(work(backend, || assert!(tries(&app, &login, &"x".repeat(5000)).is_err())).0, 0, "{login}");
        }
    });
}

/// The middle of some times, and the middle half.
fn quartiles(mut times: Vec<Duration>) -> [Duration; 3] {
    times.sort();
    [times.len() / 4, times.len() / 2, times.len() * 3 / 4].map(|place| times[place])
}

#[test]
fn what_a_wrong_password_takes_is_measured() {
    let Ok(tries_each) = std::env::var("AIQYN_FUZZ").map(|text| text.parse::<usize>().unwrap()) else { return };
    for_each_backend(|backend| {
        let app = App::on(backend);
        let logins = logins(&app);
        let mut times = [(); 4].map(|()| Vec::new());
        for attempt in 0..tries_each {
            // A day later nobody need wait any more.
            let day = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap() + chrono::Days::new(attempt as u64 * 2);
            app.clock.set(&format!("{day}T12:00:00+05:00"));
            // One before them is recorded.
            let _ = tries(&app, "somebody-else", "қате құпия сөз бес 5");
            for (login, times) in logins.iter().zip(&mut times) {
                let began = Instant::now();
                let _ = tries(&app, login, "қате құпия сөз бес 5");
                times.push(began.elapsed());
            }
        }
        for (login, times) in logins.iter().zip(times) {
            println!("{}: {login}: {:?}", backend.name, quartiles(times));
        }
    });
}
