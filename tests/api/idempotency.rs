//! A request that is sent twice happens once.

use std::collections::BTreeSet;

use crate::support::caseworker::CaseFile;
use crate::support::complaint::step;
use crate::support::{App, a_complaint, for_each_backend};

#[test]
fn the_same_filing_with_the_same_key_is_one_case_with_one_receipt() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files = || app.client.post("/api/v1/cases", &a_complaint().body()).with_key("from-the-form-17").send();
        let (first, second) = (files().must_be(201), files().must_be(201));
        assert_eq!(first.json(), second.json());
        for header in ["etag", "location"] {
            assert_eq!(first.header(header), second.header(header));
        }
        assert_eq!(backend.rows("cases").len(), 1);
    });
}

#[test]
fn a_key_belongs_to_the_request_that_it_first_came_with() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files =
            |complaint: &crate::support::Form| app.client.post("/api/v1/cases", &complaint.body()).with_key("k").send();
        files(&a_complaint()).must_be(201);
        files(&a_complaint().with("channel", "letter")).must_be_problem(422, "idempotency_reused");
        assert_eq!(backend.rows("cases").len(), 1);
    });
}

#[test]
fn a_failed_request_does_not_use_its_key_up() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files =
            |complaint: &crate::support::Form| app.client.post("/api/v1/cases", &complaint.body()).with_key("k").send();
        files(&a_complaint().with("channel", "pigeon")).must_be(422);
        files(&a_complaint()).must_be(201);
    });
}

#[test]
fn the_same_filing_eight_times_at_once_is_one_case() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for round in 0..5 {
            let key = format!("round-{round}");
            let body = a_complaint().body();
            let (client, key, body) = (&app.client, &key, &body);
            let receipts: BTreeSet<String> = std::thread::scope(|scope| {
                let file = || client.post("/api/v1/cases", body).with_key(key).send().must_be(201).body;
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(file)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert_eq!(receipts.len(), 1, "{receipts:?}");
        }
        assert_eq!(backend.rows("cases").len(), 5);
        assert_eq!(backend.number("select last_number as number from (select cast(last_number as bigint) as last_number from reference_counters) c"), 5);
    });
}

#[test]
fn the_same_step_eight_times_at_once_is_one_event() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        for _ in 0..5 {
            let case = app.caseworker().files_complaint();
            let (client, path, body) = (&app.client, case.path("/events"), step("route").on("2026-06-02").body());
            let (path, body, key) = (&path, &body, case.id.as_str());
            let receipts: BTreeSet<String> = std::thread::scope(|scope| {
                let route = || client.post(path, body).if_match(1).with_key(key).send().must_be(201).body;
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(route)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert_eq!(receipts.len(), 1, "{receipts:?}");
            assert_eq!(case.shows()["version"], 2);
        }
    });
}

#[test]
fn a_step_and_a_correction_happen_once_also_where_the_version_has_gone_on() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let case = app.caseworker().files_complaint();
        let routes = |case: &CaseFile<'_>| {
            let body = step("route").on("2026-06-02").body();
            app.client.post(&case.path("/events"), &body).if_match(1).with_key("route").send().must_be(201).json()
        };
        let receipt = routes(&case);
        let corrects = || {
            let event = receipt["event_id"].as_str().unwrap();
            let body = step("route").on("2026-06-03").with("corrects", event).with("why", "wrong day").body();
            app.client.post(&case.path("/corrections"), &body).if_match(2).with_key("mend").send().must_be(201).json()
        };
        let correction = corrects();
        assert_eq!(routes(&case), receipt);
        assert_eq!(corrects(), correction);
        assert_eq!(case.shows()["version"], 3);
    });
}

#[test]
fn a_key_is_some_printable_text_of_at_most_two_hundred_characters() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let files = |key: &str| app.client.post("/api/v1/cases", &a_complaint().body()).with_key(key).send();
        files(&"k".repeat(200)).must_be(201);
        files(&"k".repeat(201)).must_be_problem(400, "malformed");
        files("  ").must_be_problem(400, "malformed");
    });
}
