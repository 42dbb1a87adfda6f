//! Single requests that no decent client sends: too many values, too deep, too long, of another method.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use aiqyn::access::role::Role;
use aiqyn::services::Services;
use aiqyn::services::clock::FixedClock;
use aiqyn::web::desk::Office;
use aiqyn::web::server::{listen, server};
use serde_json::{Value, json};

use crate::support::staff::Organisation;

struct Attacked {
    address: SocketAddr,
    token: String,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Attacked {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = "2024-06-01T12:00:00Z".parse().unwrap();
        let file = folder.path().join("attacked.sqlite3");
        let services = Services::open(file.to_str().unwrap(), Arc::new(FixedClock(now))).unwrap();
        services.migrate().unwrap();
        let made = services.set_up("Attacked", "administrator").unwrap();
        let token = Organisation::of(&made.organisation).hires(&services, "aigul", &[Role::Caseworker]).token;
        let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let (started, is_started) = mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server(listener, Office::new(services, false)).unwrap();
                started.send(()).unwrap();
                server.await.unwrap();
            });
        });
        is_started.recv().unwrap();
        Self { address, token, _folder: folder }
    }

    fn send(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {}\r\n",
            self.address, self.token
        );
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        stream.write_all(head.as_bytes()).unwrap();
        // The server may refuse a long body before it has read it all.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn post(&self, path: &str, headers: &[&str], body: &Value) -> Answer {
        let headers = [headers, &["Content-Type: application/json"]].concat();
        self.send("POST", path, &headers, body.to_string().as_bytes())
    }

    fn files(&self) -> String {
        let body = json!({"occurred_at": "2024-01-10", "channel": "hotline", "allegation": "invented"});
        let answer = self.post("/api/v1/cases", &[], &body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["case_id"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn is_problem(&self, status: u16) -> bool {
        self.status == status && self.head.contains("content-type: application/problem+json")
    }
}

#[test]
fn a_body_full_of_wrong_values_gets_a_short_answer_soon() {
    let server = Attacked::new();
    let lists = json!({"a": vec![json!([]); 300_000]});
    let names: serde_json::Map<String, Value> = (0..80_000).map(|n| (format!("{n:x}"), json!(1))).collect();
    for body in [lists, Value::Object(names)] {
        let start = Instant::now();
        let answer = server.post("/api/v1/cases", &[], &body);
        assert!(answer.is_problem(422));
        assert!(answer.body.len() < 100_000, "{} bytes", answer.body.len());
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}

#[test]
fn a_body_that_is_too_long_or_too_deep_is_a_problem() {
    let server = Attacked::new();
    let long = json!({"allegation": "x".repeat(1_100_000)});
    assert!(server.post("/api/v1/cases", &[], &long).is_problem(413));
    let deep = r#"{"a":"#.repeat(100_000);
    assert!(server.send("POST", "/api/v1/cases", &["Content-Type: application/json"], deep.as_bytes()).is_problem(400));
}

#[test]
fn another_method_is_told_which_there_are_and_head_is_one() {
    let server = Attacked::new();
    let refused = server.send("DELETE", "/api/v1/cases", &[], b"");
    assert!(refused.is_problem(405));
    assert!(refused.head.contains("allow: get, head, post"), "{}", refused.head);
    let head = server.send("HEAD", "/api/v1/health", &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn what_cannot_be_read_outside_the_api_is_a_problem_too() {
    let server = Attacked::new();
    assert!(server.send("GET", "/?language=kk&language=ru", &[], b"").is_problem(400));
    assert!(server.send("GET", "/api/v1/cases/%ff%00", &[], b"").is_problem(404));
}

#[test]
fn a_visit_that_was_called_off_can_be_corrected() {
    let server = Attacked::new();
    let case = server.files();
    let events = format!("/api/v1/cases/{case}/events");
    let request = json!({"kind": "request_visit", "occurred_at": "2024-01-11", "kind_of_place": "temporary_detention",
        "evidence": "oral", "urgency": "invented"});
    assert_eq!(server.post(&events, &["If-Match: \"1\""], &request).status, 201);
    let called_off = json!({"kind": "cancel_visit", "occurred_at": "2024-01-12", "reason": "released"});
    let event = server.post(&events, &["If-Match: \"2\""], &called_off);
    assert_eq!(event.status, 201, "{}", event.body);
    let corrected = json!({"kind": "cancel_visit", "occurred_at": "2024-01-13", "reason": "moved",
        "corrects": event.json()["event_id"], "why": "wrong day"});
    let answer = server.post(&format!("/api/v1/cases/{case}/corrections"), &["If-Match: \"3\""], &corrected);
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[test]
fn the_future_is_refused_at_the_field_that_names_it() {
    let server = Attacked::new();
    for field in ["learnt_at", "incident_at", "occurred_at"] {
        let mut body = json!({"occurred_at": "2024-01-10", "channel": "hotline", "allegation": "invented"});
        body[field] = json!("2024-07");
        let answer = server.post("/api/v1/cases", &[], &body);
        assert_eq!((answer.status, answer.json()["errors"][0]["field"].as_str().unwrap()), (422, field));
    }
}
