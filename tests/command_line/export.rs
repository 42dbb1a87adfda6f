//! Taking the data out: codes and times, and not a word of what was told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{Backend, a_complaint, for_each_backend};

fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn demo(backend: &Backend) -> &Backend {
    backend.demo(60)
}

#[test]
fn cases_come_out_one_a_row_in_both_formats() {
    for_each_backend(|backend| {
        let csv = csv_rows(&demo(backend).aiqyn(&["export", "cases"]).well().out);
        let json = backend.aiqyn(&["export", "cases", "--json"]).well().json_lines();
        assert_eq!((csv.len(), json.len()), (60, 60));
        for (csv, json) in csv.iter().zip(&json) {
            let fields = json.as_object().unwrap();
            assert_eq!(fields.len(), csv.len());
            for (name, value) in fields {
                assert_eq!(csv[name], value.as_str().unwrap_or_default(), "{name}");
            }
        }
        let references: BTreeSet<_> = json.iter().map(|case| case["reference"].as_str().unwrap()).collect();
        assert_eq!(references.len(), 60);
    });
}

#[test]
fn every_event_comes_out_in_both_formats() {
    for_each_backend(|backend| {
        let csv = csv_rows(&demo(backend).aiqyn(&["export", "events"]).well().out);
        let json = backend.aiqyn(&["export", "events", "--json"]).well().json_lines();
        let stored = backend.rows("events").len();
        assert_eq!((csv.len(), json.len()), (stored, stored));
        for (csv, json) in csv.iter().zip(&json) {
            assert_eq!(csv["id"], json["id"].as_str().unwrap());
            assert_eq!(csv["kind"], json["kind"].as_str().unwrap());
            assert_eq!(csv["counts"], json["counts"].to_string());
            assert_eq!(serde_json::from_str::<Value>(&csv["details"]).unwrap(), json["details"]);
        }
    });
}

#[test]
fn no_word_of_what_was_told_leaves_with_an_export() {
    for_each_backend(|backend| {
        let texts = texts(demo(backend));
        assert!(texts.len() > 100);
        for what in ["cases", "events"] {
            for format in [&[][..], &["--json"]] {
                let words: Vec<&str> = ["export", what].into_iter().chain(format.iter().copied()).collect();
                let out = backend.aiqyn(&words).well().out;
                assert!(!out.contains("x1:"));
                assert!(!out.chars().any(|letter| ('\u{400}'..'\u{530}').contains(&letter)), "Cyrillic letters");
                for text in &texts {
                    assert!(!out.contains(text.as_str()), "{text}");
                }
            }
        }
    });
}

/// The envelope of every text that is stored: narratives, names, contacts, findings, notes.
fn texts(backend: &Backend) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for payload in backend.texts("select payload as line from events where payload <> ''") {
        let payload: Value = serde_json::from_str(&payload).unwrap();
        for value in payload.as_object().unwrap().values() {
            texts.extend(value.as_str().and_then(|text| text.strip_prefix("x1:")).map(str::to_owned));
        }
    }
    texts
}

#[test]
fn an_export_into_a_file_overwrites_none() {
    for_each_backend(|backend| {
        let file = demo(backend).file("cases.csv");
        let quiet = backend.aiqyn(&["export", "cases", "--output", &file]).well();
        assert_eq!(quiet.out, "");
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(written, backend.aiqyn(&["export", "cases"]).well().out);
        let again = backend.aiqyn(&["export", "events", "--output", &file]).badly();
        assert!(again.err.contains("cases.csv"), "{}", again.err);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    });
}

#[test]
fn a_corrected_event_comes_out_as_one_that_no_longer_counts() {
    for_each_backend(|backend| {
        let served = backend.set_up().serve();
        let worker = crate::support::caseworker::Caseworker::of(&served.client);
        let case = worker.files(&a_complaint().on("2024-06-01")).on("2024-06-05").is_dismissed();
        let dismissal = case.last_event.clone();
        case.retracts(&dismissal);
        let events = backend.aiqyn(&["export", "events", "--json"]).well().json_lines();
        let told: Vec<_> = events
            .iter()
            .map(|event| {
                (event["kind"].as_str().unwrap(), event["counts"].as_bool().unwrap(), event["corrects"].as_str())
            })
            .collect();
        assert_eq!(
            told,
            [("file", true, None), ("dismiss", false, None), ("retraction", false, Some(dismissal.as_str()))]
        );
    });
}
