//! What was backed up is there again, in the same database or in the other one.

use std::collections::BTreeMap;
use std::path::Path;

use aiqyn::domain::id::CaseId;
use aiqyn::services::CaseName;
use aiqyn::store::{Store, StoreError};
use serde_json::Value;

use crate::support::complaint::step;
use crate::support::program::{Outcome, aiqyn};
use crate::support::{App, Backend, a_complaint, for_each_backend};

/// A key file in the folder of a backend, and what to seal to.
pub fn a_key(backend: &Backend) -> (String, String) {
    let file = backend.file("backup.key");
    let told = aiqyn(backend.folder.path(), &["backup", "key", &file]).well().out;
    let recipient = told.lines().find(|line| line.starts_with("age1")).unwrap().to_owned();
    (file, recipient)
}

/// An office at work, with sixty cases and one more, which has two documents.
pub fn busy_office(backend: &Backend) -> App {
    let app = App::on(backend).with_invented_cases(60);
    let case = app.caseworker().files(&a_complaint().on("2026-06-02"));
    let case = case.on("2026-06-03").records(&step("note").with("text", "Звонила мать: «приезжайте»\n\"сегодня\""));
    let caseworker = app.caseworker.asks(&app.services);
    for bytes in ["Жаңбырда ұсталған", ""] {
        let id = case.id.parse().unwrap();
        let mut upload = app.services.begin_document(&caseworker, CaseName::Id(CaseId(id))).unwrap();
        upload.write(bytes.as_bytes()).unwrap();
        app.services.finish_document(&caseworker, upload).unwrap();
    }
    app
}

/// All rows of all tables, each table's in one order, but for those that a restore changes on purpose.
pub fn rows(backend: &Backend) -> BTreeMap<String, Vec<Value>> {
    let store = Store::open(&backend.url).unwrap();
    let read = |tx: &mut aiqyn::store::Transaction<'_>| {
        let mut tables = BTreeMap::new();
        for table in tx.table_shapes()? {
            let mut rows: Vec<Value> = Vec::new();
            tx.rows_of::<StoreError>(&table, |row| {
                rows.push(serde_json::from_str(row).unwrap());
                Ok(())
            })?;
            rows.sort_by_key(Value::to_string);
            tables.insert(table.name, rows);
        }
        Ok::<_, StoreError>(tables)
    };
    let mut tables = store.read(read).unwrap();
    // Sessions end, the log tells of the restore, and the address key of a server is its own.
    assert!(tables.remove("sessions").is_some());
    assert!(tables.remove("audit_records").is_some());
    tables
}

fn documents(backend: &Backend) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let folder = Path::new(&backend.file("documents")).to_owned();
    for inner in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(inner.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            found.insert(path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap());
        }
    }
    found
}

fn told(backend: &Backend, words: &[&str]) -> String {
    backend.aiqyn(words).well().out
}

fn restore(from: &Backend, file: &str, key: &str, into: &Backend) -> Outcome {
    let documents = into.file("documents");
    aiqyn(
        from.folder.path(),
        &["restore", file, "--key", key, "--json", "--database", &into.url, "--documents", &documents],
    )
}

#[test]
fn a_backup_brings_every_case_document_and_figure_into_either_database() {
    for_each_backend(|source| {
        // The server goes on serving.
        let app = busy_office(source);
        let (key, recipient) = a_key(source);
        let file = source.file("all.age");
        let documents_of_source = source.file("documents");
        let made = source
            .aiqyn(&["backup", &file, "--seal-to", &recipient, "--json", "--documents", &documents_of_source])
            .well()
            .json();
        assert_eq!((made["cases"].as_u64(), made["documents"].as_u64()), (Some(61), Some(2)), "{made}");
        assert_eq!(
            aiqyn(source.folder.path(), &["backup", "verify", &file, "--key", &key, "--json"]).well().json(),
            made
        );
        drop(app);

        let targets = std::iter::once(Backend::sqlite()).chain(Backend::postgres());
        for target in targets {
            println!("into {}", target.name);
            let restored = restore(source, &file, &key, &target).well().json();
            assert_eq!(restored, made);
            assert_eq!(rows(&target), rows(source));
            assert_eq!(documents(&target), documents(source));
            for words in [
                &["export", "cases", "--json"][..],
                &["export", "events", "--json"],
                &["stats", "delays", "--json"],
                &["stats", "rates", "--json", "--by", "region"],
                &["stats", "visits", "--json"],
            ] {
                assert_eq!(told(&target, words), told(source, words), "{words:?}");
            }
            target.aiqyn(&["audit", "verify"]).well();
            assert_eq!(target.rows("sessions").len(), 0, "no session of then is good now");
            // It was brought up to date as any other, and can be backed up in its turn.
            target.aiqyn(&["rebuild"]).well();
            let (again, documents) = (target.file("again.age"), target.file("documents"));
            target.aiqyn(&["backup", &again, "--seal-to", &recipient, "--documents", &documents]).well();
        }
    });
}

#[test]
fn nothing_is_restored_over_an_office() {
    for_each_backend(|backend| {
        backend.demo(5);
        let (key, recipient) = a_key(backend);
        let file = backend.file("all.age");
        backend.aiqyn(&["backup", &file, "--seal-to", &recipient]).well();
        let before = rows(backend);
        let refused = restore(backend, &file, &key, backend).badly();
        assert!(refused.err.contains("name a new one"), "{}", refused.err);
        assert_eq!(rows(backend), before);
        // Nor a backup over another.
        let refused = backend.aiqyn(&["backup", &file, "--seal-to", &recipient]).badly();
        assert!(refused.err.contains("all.age"), "{}", refused.err);
    });
}

#[test]
fn both_databases_have_the_same_tables() {
    let shapes = |backend: &Backend| {
        backend.aiqyn(&["migrate"]).well();
        Store::open(&backend.url).unwrap().read::<_, StoreError>(|tx| tx.table_shapes()).unwrap()
    };
    let sqlite = shapes(&Backend::sqlite());
    assert!(sqlite.len() > 30);
    if let Some(postgres) = Backend::postgres() {
        assert_eq!(sqlite, shapes(&postgres));
    }
}
