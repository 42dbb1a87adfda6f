//! What lies beside the sealed texts must not confirm a guess of them: a thief who thinks of a name can
//! hash it as we do.

use aiqyn::access::role::Role;
use serde_json::json;

use crate::support::{App, for_each_backend};

#[test]
fn the_memory_of_a_request_does_not_confirm_what_was_asked() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let body = json!({"kind": "note", "occurred_at": "2026-06-02", "text": "Мысалов"});
        for key in ["a3f5c0de-first", "a3f5c0de-second"] {
            let case = app.caseworker().files_complaint();
            let sent = || app.client.post(&case.path("/events"), &body).if_match(1).with_key(key).send();
            assert_eq!(sent().must_be(201).json(), sent().must_be(201).json(), "it happens once");
        }
        // The key of the client keys the fingerprint, so it must not lie beside it.
        let rows = backend.rows("idempotency_keys");
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| !row.contains("a3f5c0de")), "{rows:?}");
    });
}

#[test]
fn the_same_request_under_two_keys_leaves_two_fingerprints() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        let (_, other) = app.hires("intake", Role::IntakeOfficer);
        let body = json!({"channel": "hotline", "occurred_at": "2026-06-01", "allegation": "Мысалов"});
        for (client, key) in [(&app.client, "one"), (&app.client, "two"), (&other, "three")] {
            client.post("/api/v1/cases", &body).with_key(key).send().must_be(201);
        }
        let hex = if backend.is_postgres() { "encode(fingerprint, 'hex')" } else { "hex(fingerprint)" };
        let mut fingerprints = backend.texts(&format!("select {hex} as line from idempotency_keys"));
        fingerprints.sort();
        fingerprints.dedup();
        assert_eq!(fingerprints.len(), 3);
    });
}
