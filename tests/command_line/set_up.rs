//! Setting up, looking, serving.

use std::sync::Barrier;
use std::time::Duration;

use aiqyn::store::{Store, StoreError};
use serde_json::json;
use uuid::Uuid;

use crate::support::program::{Served, aiqyn};
use crate::support::{Backend, a_complaint, for_each_backend};

#[test]
fn a_new_database_is_set_up_once() {
    for_each_backend(|backend| {
        let first = backend.aiqyn(&["init", "--organisation", "Қадір-қасиет", "--json"]).well().json();
        assert_eq!(first["organisation"], "Қадір-қасиет");
        assert!(!first["migrations"].as_array().unwrap().is_empty());
        let second = backend.aiqyn(&["init", "--organisation", "Another"]).badly();
        assert!(second.err.contains("set up already"), "{}", second.err);
        assert_eq!(backend.rows("organisations").len(), 1);
    });
}

#[test]
fn an_organisation_has_a_name() {
    for_each_backend(|backend| {
        backend.aiqyn(&["init", "--organisation", "  "]).badly();
        let nameless = backend.aiqyn(&["init"]).badly();
        assert!(nameless.err.contains("--organisation"), "{}", nameless.err);
    });
}

#[test]
fn a_database_is_brought_up_to_date() {
    for_each_backend(|backend| {
        let migrations = backend.aiqyn(&["migrate", "--json"]).well().json();
        assert!(!migrations["migrations"].as_array().unwrap().is_empty());
        assert_eq!(backend.aiqyn(&["migrate", "--json"]).well().json(), json!({"migrations": []}));
        assert!(backend.aiqyn(&["migrate"]).well().out.contains("Nothing to do"));
        backend.set_up();
    });
}

#[test]
fn a_console_that_comes_while_its_like_is_being_noted_takes_the_same_member() {
    for_each_backend(|backend| {
        backend.set_up();
        let store = Store::open(&backend.url).unwrap();
        let noted = Barrier::new(2);
        let member = |id: u128, before_the_end: &(dyn Fn() + Sync)| {
            store.write::<_, StoreError>(|tx| {
                let organisation = tx.first_organisation()?.unwrap();
                let author = tx.member(organisation, "import", Uuid::from_u128(id))?;
                before_the_end();
                Ok(author)
            })
        };
        let [first, second] = std::thread::scope(|scope| {
            let first = scope.spawn(|| {
                member(1, &|| {
                    noted.wait();
                    // Long enough for the other one to look and to find nobody.
                    std::thread::sleep(Duration::from_millis(300));
                })
            });
            noted.wait();
            let second = scope.spawn(|| member(2, &|| {}));
            [first.join().unwrap(), second.join().unwrap()]
        });
        assert_eq!(first.unwrap(), second.unwrap());
    });
}

#[test]
fn nothing_works_before_it_is_set_up_and_the_message_says_what_to_do() {
    for_each_backend(|backend| {
        for words in [
            &["serve", "--listen", "127.0.0.1:0"][..],
            &["rebuild"],
            &["export", "cases"],
            &["stats", "delays"],
            &["stats", "rates", "--json"],
        ] {
            let told = backend.aiqyn(words).badly().err;
            assert!(told.contains("aiqyn init") || told.contains("aiqyn migrate"), "{words:?}: {told}");
        }
        assert!(backend.is_postgres() || !std::path::Path::new(&backend.url).exists(), "a look made a file");
    });
}

#[test]
fn a_database_that_cannot_be_reached_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    for url in
        ["mysql://localhost/aiqyn", "postgres://nobody@127.0.0.1:1/nothing", "/nowhere/at/all.sqlite3", ":memory:"]
    {
        let told = aiqyn(folder.path(), &["init", "--organisation", "O", "--database", url]).badly().err;
        assert!(!told.contains("nobody@"), "an address may hold a password: {told}");
    }
}

#[test]
fn the_demo_makes_a_database_to_look_at() {
    for_each_backend(|backend| {
        let told = backend.aiqyn(&["demo", "--no-serve", "--cases", "40"]).well();
        assert!(told.out.contains("40 invented cases"), "{}", told.out);
        assert_eq!(backend.rows("cases").len(), 40);
        let again = backend.aiqyn(&["demo", "--no-serve", "--cases", "40"]).badly();
        assert!(again.err.contains("already") || again.err.contains("in use"), "{}", again.err);
        assert_eq!(backend.rows("cases").len(), 40);
        assert_eq!(backend.aiqyn(&["rebuild", "--json"]).well().json(), json!({"cases": 40}));
    });
}

#[test]
fn the_demo_of_the_current_folder_is_made_anew_each_time() {
    let folder = tempfile::tempdir().unwrap();
    for cases in ["12", "7"] {
        let told = aiqyn(folder.path(), &["demo", "--no-serve", "--cases", cases]).well().out;
        assert!(told.contains(&format!("Made {cases} invented cases")), "{told}");
    }
}

#[test]
fn the_demo_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path(), &["demo", "--cases", "10", "--listen", "127.0.0.1:0"]);
    let page = served.client.get("/api/v1/cases").must_be(200).json();
    assert_eq!(page["cases"].as_array().unwrap().len(), 10);
}

#[test]
fn the_server_refuses_an_address_that_others_can_reach() {
    for_each_backend(|backend| {
        backend.set_up();
        for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
            let told = backend.aiqyn(&["serve", "--listen", address]).badly();
            assert!(told.err.contains("can be reached from other machines"), "{}", told.err);
            assert!(told.err.contains("127.0.0.1"), "it says what to do: {}", told.err);
            assert_eq!(told.out, "", "it says nothing of where it would be");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    aiqyn(folder.path(), &["demo", "--cases", "1", "--listen", "0.0.0.0:0"]).badly();
}

#[test]
fn the_server_says_when_its_port_is_taken() {
    let backend = Backend::sqlite();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = backend.set_up().aiqyn(&["serve", "--listen", &address]).badly();
    assert!(told.err.contains("cannot listen"), "{}", told.err);
}

#[test]
fn what_one_server_writes_another_one_reads() {
    for_each_backend(|backend| {
        let (one, other) = (backend.set_up().serve(), backend.serve());
        let complaint = a_complaint().on("2024-06-01").body();
        let filed = one.client.post("/api/v1/cases", &complaint).send().must_be(201);
        let seen = other.client.get(filed.header("location")).must_be(200).json();
        assert_eq!(seen["reference"], "2024-000001");
        let filed = other.client.post("/api/v1/cases", &complaint).send().must_be(201).json();
        assert_eq!(filed["reference"], "2024-000002");
    });
}

#[test]
#[cfg(unix)]
fn a_new_database_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    aiqyn(folder.path(), &["init", "--organisation", "Ours", "--database", "ours.sqlite3"]).well();
    let mode = folder.path().join("ours.sqlite3").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_program_is_told_where_the_demo_is() {
    let folder = tempfile::tempdir().unwrap();
    let made = aiqyn(folder.path(), &["demo", "--no-serve", "--json", "--cases", "60"]).well().json();
    assert_eq!(made["cases"], 60);
}
