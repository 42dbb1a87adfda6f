//! What a monitoring server and a log learn: how much, how long, what fails; and never of whom.

use serde_json::Value;

use crate::support::http::Client;
use crate::support::program::{Served, aiqyn};
use crate::support::{Backend, a_complaint, for_each_backend, on_sqlite};

pub fn serves(backend: &Backend, more: &[&str]) -> Served {
    let words = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--database", &backend.url];
    Served::start(backend.folder.path(), &[&words[..], more].concat()).to(backend.token.get().unwrap())
}

pub fn metrics(served: &Served) -> String {
    let told = served.metrics.as_ref().unwrap().get("/metrics").must_be(200);
    assert!(told.header("content-type").starts_with("application/openmetrics-text; version=1.0.0"));
    assert!(told.body.ends_with("# EOF\n"), "{}", told.body);
    told.body
}

#[track_caller]
fn tells(told: &str, line: &str) {
    assert!(told.lines().any(|told| told == line), "no {line} in\n{told}");
}

/// Files a complaint, looks at it, and does what complainants do. Returns what nobody may learn of it.
fn is_visited(client: &Client, token: &str) -> Vec<String> {
    let made = client.post("/api/v1/cases", &a_complaint().on("2024-06-01").body()).with_key("k").send().must_be(201);
    let case = made.json()["case_id"].as_str().unwrap().to_owned();
    client.get(&format!("/api/v1/cases/{case}")).must_be(200);
    client.get("/api/v1/cases/2026-999999?region=KZ-ALA").must_be(404);
    client.request("BREW", "/api/v1/cases").send();
    client.get("/nowhere/at/all").must_be(404);
    let nobody = client.of_nobody();
    // Programs are told to sign in there; browsers are taken to where one does.
    nobody.get("/").must_be(401);
    for path in ["/complaint", "/receipt", "/static/aiqyn.css"] {
        nobody.get(path).must_be(200);
    }
    nobody.request("POST", "/receipt").text("receipt=aaaa").send();
    let secrets = ["aigul", "Қадір", "127.0.0.1", "2026-999999", "KZ-ALA", "nowhere", "complaint", "receipt", "BREW"];
    secrets.into_iter().map(str::to_owned).chain([case, token.to_owned()]).collect()
}

#[test]
fn they_tell_routes_by_their_patterns_and_nothing_of_whom() {
    for_each_backend(|backend| {
        let token = backend.set_up().token.get().unwrap();
        let served = serves(backend, &[]);
        let secrets = is_visited(&served.client, token);
        let told = metrics(&served);
        for line in [
            "aiqyn_requests_total{method=\"POST\",route=\"/api/v1/cases\",status=\"2xx\"} 1",
            "aiqyn_requests_total{method=\"GET\",route=\"/api/v1/cases/{case}\",status=\"2xx\"} 1",
            "aiqyn_requests_total{method=\"GET\",route=\"/api/v1/cases/{case}\",status=\"4xx\"} 1",
            "aiqyn_requests_total{method=\"GET\",route=\"none\",status=\"4xx\"} 1",
            "aiqyn_requests_total{method=\"any\",route=\"public\",status=\"other\"} 5",
            "aiqyn_request_duration_seconds_count{route=\"/api/v1/cases/{case}\"} 2",
            "aiqyn_queue_waiting{queue=\"database\"} 0",
            "aiqyn_queue_refused_total{queue=\"passwords\"} 0",
            "aiqyn_background_jobs{job=\"figures\"} 0",
            "aiqyn_backup_made_at 0",
            "aiqyn_backup_failures_total 0",
            "aiqyn_documents_bytes 0",
            "aiqyn_stopping 0",
            &format!("aiqyn_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")),
        ] {
            tells(&told, line);
        }
        assert!(told.contains("aiqyn_database_connections{state=\"idle\"} "), "{told}");
        assert!(!told.contains("duration_seconds_count{route=\"public\"}"), "{told}");
        for secret in secrets {
            assert!(!told.contains(&secret), "{secret} in\n{told}");
        }
    });
}

#[test]
fn they_tell_when_a_backup_was_made() {
    on_sqlite(|backend| {
        backend.set_up();
        let folder = backend.folder.path().join("backups");
        std::fs::create_dir(&folder).unwrap();
        let key = backend.file("backup.key");
        let made = aiqyn(backend.folder.path(), &["backup", "key", &key]).well().out;
        let recipient = made.lines().last().unwrap().to_owned();
        let schedule = ["--backup-folder", "backups", "--backup-seal-to", &recipient];
        let served = serves(backend, &schedule);
        wait_until(|| !metrics(&served).contains("\naiqyn_backup_made_at 0\n"));
        tells(&metrics(&served), "aiqyn_backup_failures_total 0");
    });
}

fn wait_until(is_so: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("it has not come about");
}

#[test]
fn other_machines_and_other_names_do_not_reach_them() {
    on_sqlite(|backend| {
        backend.set_up();
        let told = backend.aiqyn(&["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "0.0.0.0:0"]).badly().err;
        assert!(told.contains("--metrics-listen 0.0.0.0:0 can be reached from other machines"), "{told}");
        let served = serves(backend, &[]);
        let metrics = served.metrics.as_ref().unwrap();
        let foreign = "GET /metrics HTTP/1.1\nHost: aiqyn.evil.example\nConnection: close\n\n";
        metrics.sends_raw(foreign, b"").must_be(404);
        served.client.get("/metrics").must_be(404);
    });
}

#[test]
fn the_log_tells_requests_as_json_and_nothing_of_whom() {
    on_sqlite(|backend| {
        let token = backend.set_up().token.get().unwrap();
        let log = backend.folder.path().join("log");
        let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url];
        let words = [&words[..], &["--log", "info", "--log-format", "json"]].concat();
        let mut served = Served::start_with_log(backend.folder.path(), &words, &log).to(token);
        let secrets = is_visited(&served.client, token);
        served.is_told_to_stop();
        served.ends();
        let log = std::fs::read_to_string(&log).unwrap();
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let is_told = |method: &str, route: &str, status: u16| {
            lines.iter().any(|line| {
                line["message"] == "answered"
                    && line["method"] == method
                    && line["route"] == route
                    && line["status"] == status
                    && line["level"] == "INFO"
                    && line["milliseconds"].is_number()
            })
        };
        assert!(is_told("GET", "/api/v1/cases/{case}", 200) && is_told("GET", "/api/v1/cases/{case}", 404), "{log}");
        assert!(is_told("other", "/api/v1/cases", 405), "{log}");
        // Where it listens is told when it starts.
        let answered: Vec<&str> = log.lines().filter(|line| !line.contains("\"actix_server::")).collect();
        for secret in secrets.iter().map(String::as_str).chain(["public"]) {
            assert!(answered.iter().all(|line| !line.contains(secret)), "{secret} in\n{log}");
        }
    });
}
