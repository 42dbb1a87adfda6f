//! Versions and keys of requests, between members and between organisations.

use aiqyn::access::role::{OrganisationKind, Role};

use crate::support::complaint::step;
use crate::support::staff::Organisation;
use crate::support::{App, a_complaint, for_each_backend};

#[test]
fn two_members_may_choose_the_same_key() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, colleague) = app.hires("dana", Role::Caseworker);
        let files = |client: &crate::support::http::Client, channel: &str| {
            let body = a_complaint().with("channel", channel).body();
            client.post("/api/v1/cases", &body).with_key("1").send().must_be(201).json()
        };
        let (own, theirs) = (files(&app.client, "hotline"), files(&colleague, "hotline"));
        assert_ne!(own["case_id"], theirs["case_id"], "what one filed is not the other's receipt");
        assert_eq!(files(&app.client, "hotline"), own);
    });
}

#[test]
fn two_organisations_may_choose_the_same_key_and_learn_nothing_of_each_other() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let stranger = app.client_of(&other.hires(&app.services, "stranger", &[Role::Caseworker]));
        let files = |client: &crate::support::http::Client| {
            client.post("/api/v1/cases", &a_complaint().body()).with_key("1").send().must_be(201).json()
        };
        assert_ne!(files(&app.client)["case_id"], files(&stranger)["case_id"]);
        let case = app.caseworker().files_complaint();
        let body = step("route").on("2026-06-02").body();
        app.client.post(&case.path("/events"), &body).if_match(1).with_key("2").send().must_be(201);
        let replayed = stranger.post(&case.path("/events"), &body).if_match(1).with_key("2").send();
        replayed.must_be_problem(404, "not_found");
    });
}

#[test]
fn whoever_lost_the_right_gets_no_receipt_again() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let other = Organisation::added(&app.services, "Другая", OrganisationKind::Ngo);
        let client = app.client_of(&other.hires(&app.services, "stranger", &[Role::Caseworker]));
        let case = app.caseworker().files_complaint();
        let share = serde_json::json!({"organisation": other.id.to_string()});
        app.client.post(&case.path("/shares"), &share).send().must_be(201);
        let notes = || {
            let body = step("note").on("2026-06-02").body();
            client.post(&case.path("/events"), &body).if_match(1).with_key("note").send()
        };
        notes().must_be(201);
        app.client.request("DELETE", &case.path(&format!("/shares/{}", other.id))).send().must_be(204);
        notes().must_be_problem(404, "not_found");
    });
}

/// A hash of the request would let whoever has the database try names until one fits.
#[test]
fn the_database_keeps_neither_a_key_nor_a_hash_of_the_request() {
    use sha2::{Digest, Sha256};
    for_each_backend(|backend| {
        let app = App::on(backend);
        let body = a_complaint().body();
        app.client.post("/api/v1/cases", &body).with_key("a-key-that-can-be-guessed").send().must_be(201);
        let mut hash = Sha256::new();
        for part in [&b"POST"[..], b"/api/v1/cases", b"", body.to_string().as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash = data_encoding::HEXLOWER.encode(&hash.finalize());
        let rows = backend.rows("idempotency_keys").join("\n");
        assert!(!rows.contains("a-key-that-can-be-guessed"), "{rows}");
        assert!(!rows.to_lowercase().contains(&hash), "{rows}");
    });
}
