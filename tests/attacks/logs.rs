//! What comes from outside, in the log and on the console: it makes no line of its own, and commands no terminal.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::program::aiqyn;
use crate::support::{Backend, on_sqlite};
use crate::wire::{asks, request};

/// A line break, what would pass for an event, and what clears a screen.
const FORGED: &str = "\n2026-01-01T00:00:00.000000Z ERROR aiqyn: forged\r\u{1b}[2J\u{9b}2J\u{7}";

fn is_one_of_ours(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let time = words.next().is_some_and(|word| word.ends_with('Z') && word.contains('T'));
    time && words.next().is_some_and(|level| ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].contains(&level))
}

#[test]
fn whatever_is_asked_the_log_has_lines_of_ours_alone() {
    on_sqlite(|backend| {
        backend.set_up();
        let mut program = Command::new(env!("CARGO_BIN_EXE_aiqyn"))
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--database", &backend.url])
            .env("AIQYN_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(program.stdout.take().unwrap()), &mut told).unwrap();
        let pages = serde_json::from_str::<serde_json::Value>(&told).unwrap()["pages"].as_str().unwrap().to_owned();
        let address = pages.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        let mut log = program.stderr.take().unwrap();
        let reading = std::thread::spawn(move || {
            let mut all = Vec::new();
            log.read_to_end(&mut all).unwrap();
            all
        });
        let encoded: String = FORGED.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let json = serde_json::json!({"login": FORGED, "password": FORGED, "code": FORGED}).to_string();
        let part = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\r\nx\r\n--b--\r\n",
            FORGED.replace(['\r', '\n'], "")
        );
        let length = |body: &str| format!("Content-Length: {}\r\n", body.len());
        for (line, headers, body) in [
            (format!("GET /{encoded}?{encoded}={encoded}"), String::new(), ""),
            ("GET /\u{1b}[2J".to_owned(), String::new(), ""),
            ("GET /".to_owned(), format!("User-Agent: \u{1b}[2J\u{9b}2J\r\nReferer: {encoded}\r\n"), ""),
            ("GET /".to_owned(), format!("Cookie: aiqyn={encoded}; \u{1b}[2J\r\nX-Forwarded-For: {encoded}\r\n"), ""),
            ("GET /".to_owned(), FORGED.to_owned(), ""),
            (FORGED.to_owned(), String::new(), ""),
            ("POST /api/v1/session".to_owned(), format!("Content-Type: application/json\r\n{}", length(&json)), &json),
            (
                "POST /receipt/document".to_owned(),
                format!("Content-Type: multipart/form-data; boundary=b\r\n{}", length(&part)),
                &part,
            ),
        ] {
            let _ = asks(address, &request(address, &line, headers.as_bytes(), body.as_bytes()));
        }
        program.kill().unwrap();
        program.wait().unwrap();
        let log = reading.join().unwrap();
        let log = String::from_utf8(log).unwrap();
        assert!(log.lines().count() > 10, "{log}");
        let strange: Vec<&str> = log.lines().filter(|line| !is_one_of_ours(line)).collect();
        assert!(strange.is_empty(), "{strange:#?}");
        assert!(
            !log.contains("Z ERROR aiqyn: forged\n") && !log.contains(['\u{1b}', '\u{9b}', '\u{7}', '\r']),
            "{log}"
        );
    });
}

const MAPPING: &str = r#"
[source]
name = "list"
jurisdiction = "kz"
time_zone = "Asia/Almaty"
key = "no"

[[event]]
kind = "file"
occurred_at = { column = "filed" }
[event.fields]
channel = { column = "канал", map = { "a" = "hotline" } }
allegation = { value = "жоқ" }
"#;

fn commands_nothing(text: &str) {
    let commands = |letter: char| letter.is_control() && letter != '\n';
    assert!(!text.contains(commands), "{text:?}");
}

#[test]
fn a_list_commands_no_terminal_and_forges_no_line_of_the_report() {
    on_sqlite(|backend: &Backend| {
        backend.set_up();
        let forged = "\u{1b}[2J\n      1000  new cases";
        let mapping = backend.file("mapping.toml");
        let list = backend.file("list.csv");
        let quoted = |text: &str| format!("\"{text}\"");
        let channel = quoted(&format!("канал{forged}"));
        std::fs::write(&list, format!("no,filed,{channel}\n1,2024-01-01,{}\n", quoted(forged))).unwrap();
        std::fs::write(
            &mapping,
            MAPPING.replace("\"канал\"", &serde_json::json!(format!("канал{forged}")).to_string()),
        )
        .unwrap();
        let outcome = backend.aiqyn(&["import", &list, "--mapping", &mapping]).badly();
        commands_nothing(&outcome.out);
        commands_nothing(&outcome.err);
        assert!(
            outcome.out.contains("value not mapped") && !outcome.out.contains("\n      1000  new cases"),
            "{}",
            outcome.out
        );
    });
}

#[test]
fn a_table_of_waits_commands_no_terminal_either() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("waits.csv");
    std::fs::write(&table, "exit_days,outcome,group\n1,1,\"\u{1b}[2Jx\"\n2,0,\"y\n z\"\n3,1,y\n").unwrap();
    let words = ["stats", "survival", table.to_str().unwrap(), "--group", "group"];
    let outcome = aiqyn(folder.path(), &words).well();
    commands_nothing(&outcome.out);
    assert!(outcome.out.contains("\\u{1b}[2Jx"), "{}", outcome.out);
}

#[test]
fn the_name_of_an_organisation_is_one_line() {
    on_sqlite(|backend| {
        backend.set_up();
        for name in ["a\nb", "\u{1b}[2J", "a\tb"] {
            backend.aiqyn(&["organisation", "add", name]).badly();
        }
    });
}
