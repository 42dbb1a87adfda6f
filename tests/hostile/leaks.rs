//! What was sent in confidence comes back in no problem and stands in no log.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::browser::Browser;
use crate::support::complaint::step;
use crate::support::staff::PASSWORD;
use crate::support::{App, a_complaint, on_sqlite};

/// The log of this whole program.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_ansi(false);
        tracing::subscriber::set_global_default(subscriber.with_writer(log.clone()).finish()).unwrap();
        log
    })
}

const SECRETS: [&str; 4] = ["менің құпия сөзім 77", "482913", "Құпиябаев", "Жертөледегі оқиға"];

#[test]
fn neither_a_problem_nor_the_log_repeats_what_was_sent() {
    on_sqlite(|backend| {
        let log = log();
        let app = App::on(backend);
        let [password, code, name, story] = SECRETS;
        let browser = Browser::of(&app, &app.caseworker);
        let mut answers = vec![
            Browser::at(&app).signs_in(&app.caseworker.login, password, code),
            Browser::at(&app).signs_in(password, password, code),
            browser.posts("/api/v1/session/proof", &json!({"password": password, "code": code})),
            browser.posts("/api/v1/session", &json!({"login": "x", "password": password, "code": code, "more": story})),
        ];
        let complaint = a_complaint().with("allegation", story).with("people", json!([{"name": name}]));
        answers.push(app.caseworker().tries_to_file(&complaint.clone().with("channel", "pigeon")));
        let named = complaint.with("people", json!([{"part": "alleged_victim", "name": name}]));
        let case = app.caseworker().files(&named);
        answers.push(case.tries(&step("uphold_dismissal").with("remarks", story)));
        answers
            .push(app.client.post(&case.path("/events"), &step("note").with("text", story).body()).if_match(7).send());
        answers.push(app.client.post("/api/v1/cases", &json!([name, story])).send());
        app.client.post("/api/v1/name-searches", &json!({"name": name})).send().must_be(200);
        app.client.get(&case.path("")).must_be(200);
        for answer in &answers {
            assert!(answer.status >= 400, "{}", answer.body);
            for secret in SECRETS {
                assert!(!answer.body.contains(secret), "{}", answer.body);
            }
        }
        let written = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
        let token = app.caseworker.token.clone();
        let cookie = browser.session.clone().unwrap();
        for secret in SECRETS.iter().copied().chain([PASSWORD, &token, &cookie]) {
            assert!(!written.contains(secret), "{secret} stands in the log");
        }
    });
}

#[test]
fn the_log_is_there_at_all() {
    let log = log();
    tracing::warn!("a line of the test");
    assert!(String::from_utf8_lossy(&log.0.lock().unwrap()).contains("a line of the test"));
}

#[test]
fn what_cannot_be_done_tells_nothing_of_the_inside() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        backend.execute("drop table case_shares").unwrap();
        let answer = app.client.get(&case.path("")).must_be_problem(500, "internal").to_string();
        for inside in ["case_shares", "sqlite", "select", "diesel", "src/", "no such table"] {
            assert!(!answer.to_lowercase().contains(inside), "{answer}");
        }
    });
}
