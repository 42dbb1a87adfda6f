//! A database of version 0.1, whose texts lie in clear, gets its keys and is sealed.

use serde_json::Value;

use crate::support::caseworker::Caseworker;
use crate::support::complaint::step;
use crate::support::staff::Organisation;
use crate::support::{Backend, a_complaint, for_each_backend};

/// What was told in clear, as version 0.1 kept it.
const TOLD: &str = "Жаңбырда ұсталған";

/// Turns a database into what version 0.1 would have left: clear texts, no keys, no accounts.
fn make_it_old(backend: &Backend) {
    let id = if backend.is_postgres() { "encode(id, 'hex')" } else { "hex(id)" };
    let rows = format!("select {id} || ' ' || payload as line from events where payload <> ''");
    let mut updates = String::new();
    for row in backend.texts(&rows) {
        let (id, payload) = row.split_once(' ').unwrap();
        let mut payload: Value = serde_json::from_str(payload).unwrap();
        for value in payload.as_object_mut().unwrap().values_mut() {
            if value.as_str().is_some_and(|text| text.starts_with("x1:")) {
                *value = format!("clear1:{TOLD}").into();
            }
        }
        let id = if backend.is_postgres() { format!("'\\x{id}'::bytea") } else { format!("x'{id}'") };
        updates.push_str(&format!("update events set payload = '{payload}' where id = {id}; "));
    }
    let reasons =
        format!("update events set correction_reason = 'clear1:{TOLD}' where correction_reason is not null; ");
    let (lift, set) = if backend.is_postgres() {
        ("alter table events disable trigger user".to_owned(), "alter table events enable trigger user".to_owned())
    } else {
        let guard = "select sql as line from sqlite_master where name = 'events_are_never_changed'";
        ("drop trigger events_are_never_changed".to_owned(), backend.texts(guard).remove(0))
    };
    backend.execute(&format!("{lift}; {updates}{reasons}{set}")).unwrap();
    for table in [
        "name_tokens",
        "names_to_index",
        "sealed_keys",
        "data_keys",
        "key_grants",
        "index_keys",
        "organisation_keys",
        "sessions",
        "recovery_codes",
        "known_devices",
        "accounts",
    ] {
        backend.execute(&format!("delete from {table}")).unwrap();
    }
    backend.execute("update organisations set recovery_public_key = null").unwrap();
}

fn holds_clear_text(backend: &Backend) -> bool {
    if backend.is_postgres() {
        return !backend.texts("select payload as line from events where payload like '%clear1:%'").is_empty();
    }
    let files = std::fs::read_dir(backend.folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()));
    files.into_iter().any(|bytes| bytes.unwrap().windows(TOLD.len()).any(|window| window == TOLD.as_bytes()))
}

#[test]
fn the_texts_of_version_0_1_are_sealed_when_it_is_set_up_with_keys() {
    for_each_backend(|backend| {
        let served = backend.set_up().serve();
        let case = Caseworker::of(&served.client).files(&a_complaint().on("2024-06-01")).on("2024-06-05");
        let case = case.has_a_visit_requested().records(&step("note"));
        let note = case.last_event.clone();
        let case = case.retracts(&note);
        make_it_old(backend);
        assert!(holds_clear_text(backend));

        let made = backend.aiqyn(&["init", "--organisation", "Any", "--administrator", "head", "--json"]).well().json();
        assert_eq!(made["cases_sealed"], 1);
        assert!(!holds_clear_text(backend), "no page of the file keeps what was written over");
        let organisation = Organisation {
            id: made["organisation_id"].as_str().unwrap().parse().unwrap(),
            recovery_key: made["recovery_key"].as_str().unwrap().to_owned(),
        };
        let caseworker = organisation.hires(&backend.services(), "beket", &[aiqyn::access::role::Role::Caseworker]);
        let reader = served.client.clone().with_token(&caseworker.token);
        let seen = reader.get(&format!("/api/v1/cases/{}", case.id)).must_be(200).json();
        assert_eq!(seen["texts"], "opened");
        assert_eq!(seen["complaint"]["details"]["allegation"], TOLD);
        let events = reader.get(&format!("/api/v1/cases/{}/events", case.id)).must_be(200).json();
        assert_eq!(events["events"][3]["why"], TOLD);
        assert!(backend.execute("update events set kind = 'note'").is_err(), "the guard stands again");
        backend.aiqyn(&["init", "--organisation", "Any"]).badly();
    });
}

/// Turns a database into one in which nothing is measured day by day yet.
fn forget_what_was_known_when(backend: &Backend) {
    backend
        .execute(
            "drop table case_measures; \
             delete from revisions where name in ('statistics', 'case_measures_format'); \
             delete from __diesel_schema_migrations where version = '20261125000001'",
        )
        .unwrap();
}

#[test]
fn what_was_known_on_each_day_is_made_from_the_events_when_an_older_database_is_migrated() {
    for_each_backend(|backend| {
        backend.demo(60);
        let kept = backend.rows("case_measures");
        assert!(kept.len() > 120, "several days a case");
        let figures = |day: &str| {
            let told = backend.aiqyn(&["stats", "delays", "--by", "region", "--as-known-on", day, "--json"]);
            told.well().json()
        };
        let given = figures("2024-12-31");
        forget_what_was_known_when(backend);
        assert!(backend.aiqyn(&["stats", "delays"]).badly().err.contains("aiqyn migrate"));
        backend.aiqyn(&["migrate"]).well();
        assert_eq!(backend.rows("case_measures"), kept);
        assert_eq!(figures("2024-12-31"), given);
        backend.aiqyn(&["rebuild"]).well();
        assert_eq!(backend.rows("case_measures"), kept);
    });
}
