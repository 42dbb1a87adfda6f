//! `aiqyn audit`: a whole log is told whole, a broken one is a failure that names its first broken record.

use serde_json::json;

use crate::support::backend::{Backend, for_each_backend};

/// A set-up office whose log has some records: each verification adds one.
fn office(backend: &Backend) -> &Backend {
    backend.set_up();
    // What setting it up wrote is taken away, so that the numbers are those of the test.
    backend.behind_the_program("delete from audit_records");
    (0..3).for_each(|_| drop(backend.aiqyn(&["audit", "verify"]).well()));
    backend
}

fn drop_the_triggers(backend: &Backend) {
    let names = if backend.is_postgres() {
        "select tgname || ' on audit_records' as line from pg_trigger where tgrelid = 'audit_records'::regclass"
    } else {
        "select name as line from sqlite_master where type = 'trigger' and tbl_name = 'audit_records'"
    };
    for name in backend.texts(names) {
        backend.execute(&format!("drop trigger {name}")).unwrap();
    }
}

/// Makes a checkpoint into a file, and gives the public key that was printed.
fn checkpoint(backend: &Backend, name: &str) -> (String, String) {
    let (file, key_file) = (backend.file(name), backend.file("key"));
    let made = backend.aiqyn(&["audit", "checkpoint", "--out", &file, "--signing-key", &key_file]).well();
    let key = made.err.lines().find_map(|line| line.strip_prefix("Signed with the key ")).unwrap().to_owned();
    (file, key)
}

#[test]
fn a_whole_log_is_told_whole() {
    for_each_backend(|backend| {
        let told = office(backend).aiqyn(&["audit", "verify"]).well();
        assert!(told.out.contains("is whole: 3 records"), "{}", told.out);
        assert!(told.out.contains("No checkpoint vouches for it"), "{}", told.out);
        let json = backend.aiqyn(&["audit", "verify", "--json"]).well().json();
        assert_eq!((&json["whole"], &json["records"], &json["vouched_until"]), (&json!(true), &json!(4), &json!(0)));
    });
}

#[test]
fn a_broken_log_is_a_failure_that_names_the_record() {
    for_each_backend(|backend| {
        drop_the_triggers(office(backend));
        backend.execute("update audit_records set outcome = 'refused' where sequence = 2").unwrap();
        let told = backend.aiqyn(&["audit", "verify"]).badly();
        assert!(told.err.contains("record 2: its content does not fit its hash"), "{}", told.err);
        let json = backend.aiqyn(&["audit", "verify", "--json"]).badly().json();
        let parts = (&json["whole"], &json["first_broken"], &json["fault"]);
        assert_eq!(parts, (&json!(false), &json!(2), &json!("content")));
    });
}

#[test]
fn a_checkpoint_vouches_for_the_log_and_finds_it_cut_off() {
    for_each_backend(|backend| {
        let (file, key) = checkpoint(office(backend), "checkpoint.json");
        let against = ["audit", "verify", "--checkpoint", &file, "--public-key", &key];
        let told = backend.aiqyn(&against).well();
        assert!(told.out.contains("vouch for it up to record 4"), "{}", told.out);
        let told = backend.aiqyn(&against[..4]).well();
        assert!(
            told.out.contains(&format!("Compare the key of the checkpoint with the one that you wrote down: {key}"))
        );

        drop_the_triggers(backend);
        backend.execute("delete from audit_records where sequence > 2; delete from audit_checkpoints").unwrap();
        let told = backend.aiqyn(&against).badly();
        assert!(told.err.contains("record 3: it and what follows, up to record 4, are missing"), "{}", told.err);
    });
}

#[test]
fn a_checkpoint_of_another_key_or_with_a_change_is_refused() {
    for_each_backend(|backend| {
        let (file, key) = checkpoint(office(backend), "checkpoint.json");
        let other = aiqyn::audit::SigningKey::from_bytes(&[9; 32]).public().to_string();
        let told = backend.aiqyn(&["audit", "verify", "--checkpoint", &file, "--public-key", &other]).badly();
        assert!(told.err.contains("another key"), "{}", told.err);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("\"sequence\": 4", "\"sequence\": 3")).unwrap();
        let told = backend.aiqyn(&["audit", "verify", "--checkpoint", &file, "--public-key", &key]).badly();
        assert!(told.err.contains("signature"), "{}", told.err);
        let told = backend.aiqyn(&["audit", "apply-erasures", &file, "--public-key", &key]).badly();
        assert!(told.err.contains("signature"), "{}", told.err);
    });
}

#[test]
fn checkpoints_are_signed_with_one_key_and_overwrite_nothing() {
    for_each_backend(|backend| {
        let (file, key) = checkpoint(office(backend), "checkpoint.json");
        assert_eq!(checkpoint(backend, "another.json").1, key);
        let key_file = backend.file("key");
        let records = backend.rows("audit_records").len();
        backend.aiqyn(&["audit", "checkpoint", "--out", &file, "--signing-key", &key_file]).badly();
        assert_eq!(backend.rows("audit_records").len(), records, "nothing is recorded that was not done");
        let printed = backend.aiqyn(&["audit", "checkpoint", "--signing-key", &key_file]).well().json();
        assert_eq!((&printed["format"], &printed["public_key"]), (&json!(1), &json!(key)));
        std::fs::write(&key_file, "no key").unwrap();
        let told = backend.aiqyn(&["audit", "checkpoint", "--signing-key", &key_file]).badly();
        assert!(told.err.contains("64 hexadecimal digits"), "{}", told.err);
    });
}

#[test]
fn the_key_lies_beside_a_file_and_must_be_named_for_a_server() {
    for_each_backend(|backend| {
        let words = ["audit", "checkpoint"];
        if backend.is_postgres() {
            let told = office(backend).aiqyn(&words).badly();
            assert!(told.err.contains("--signing-key FILE"), "{}", told.err);
            return;
        }
        office(backend).aiqyn(&words).well();
        let file = backend.file("aiqyn.sqlite3.audit-key");
        assert_eq!(std::fs::read_to_string(&file).unwrap().len(), 65);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    });
}

#[test]
fn erasures_are_believed_of_a_known_key_only() {
    for_each_backend(|backend| {
        let (file, key) = checkpoint(office(backend), "checkpoint.json");
        let told = backend.aiqyn(&["audit", "apply-erasures", &file]).badly();
        assert!(told.err.contains("--public-key"), "{}", told.err);
        let other = aiqyn::audit::SigningKey::from_bytes(&[9; 32]).public().to_string();
        backend.aiqyn(&["audit", "apply-erasures", &file, "--public-key", &other]).badly();
        let applied = backend.aiqyn(&["audit", "apply-erasures", &file, "--public-key", &key, "--json"]).well().json();
        assert_eq!(applied, json!({"erased": 0, "known": 0, "not_here": 0}));
        backend.aiqyn(&["audit", "apply-erasures", &file, "--signing-key", &backend.file("key")]).well();
    });
}

#[test]
fn records_are_searched() {
    for_each_backend(|backend| {
        checkpoint(office(backend), "checkpoint.json");
        let search = |words: &[&str]| backend.aiqyn(&[&["audit", "search"], words].concat());
        let found = search(&["--action", "audit_verified", "--limit", "2", "--json"]).well().json_lines();
        let told: Vec<_> = found.iter().map(|record| (&record["sequence"], &record["action"])).collect();
        let verified = json!("audit_verified");
        assert_eq!(told, [(&json!(3), &verified), (&json!(2), &verified)]);
        let line = search(&["--action", "checkpoint_made"]).well().out;
        assert!(line.contains("checkpoint_made done  by "), "{line}");
        let wrong = search(&["--action", "made_up"]).badly();
        assert!(wrong.err.contains("sealed_read"), "it says which there are: {}", wrong.err);
        search(&["--subject", "2026-000123"]).badly();
        assert_eq!(search(&["--subject", "anything"]).well().out, "");
    });
}
