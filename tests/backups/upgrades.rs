//! A database of every earlier schema, with an office's data in it, is brought up to date and has lost nothing.

use std::path::Path;

use aiqyn::store::{Store, StoreError, TableShape};
use serde_json::Value;

use crate::restored::busy_office;
use crate::support::{Backend, for_each_backend};

/// What the program makes anew when it migrates: the same as if it had been kept all along.
const DERIVED: [&str; 3] = ["case_measures", "case_summaries", "visit_summaries"];

/// What counts how often something was changed: each schema begins with counters of its own.
const COUNTERS: &str = "revisions";

/// The versions of all schemas but the present one, the first in front.
fn earlier_schemas() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut versions: Vec<String> = names.map(|name| name.split('_').next().unwrap().replace('-', "")).collect();
    versions.sort();
    versions.pop();
    versions
}

fn shapes(store: &Store) -> Vec<TableShape> {
    store.read::<_, StoreError>(|tx| tx.table_shapes()).unwrap()
}

fn rows(store: &Store, table: &TableShape) -> Vec<String> {
    let mut rows = Vec::new();
    let take = |row: &str| {
        rows.push(row.to_owned());
        Ok::<_, StoreError>(())
    };
    store.read(|tx| tx.rows_of(table, take)).unwrap();
    rows
}

/// Its chain is verified.
const LOG: &str = "audit_records";

const NONE: [String; 0] = [];

/// Of some tables with the columns that they had then: those with other rows here than there.
fn differing(here: &Store, there: &Store, tables: &[TableShape]) -> Vec<String> {
    let contents = |store: &Store, table: &TableShape| {
        let mut rows: Vec<Value> = rows(store, table).iter().map(|row| serde_json::from_str(row).unwrap()).collect();
        rows.sort_by_key(Value::to_string);
        rows
    };
    let differ = |table: &&TableShape| contents(here, table) != contents(there, table);
    tables.iter().filter(differ).map(|table| table.name.clone()).collect()
}

/// Puts into a database of an earlier schema what an office had then.
fn fill(old: &Store, tables: &[TableShape], source: &Store) {
    old.write::<_, StoreError>(|tx| {
        tx.empty(tables)?;
        for table in tables {
            tx.put_rows(table, &rows(source, table))?;
        }
        Ok(())
    })
    .unwrap();
}

fn another(backend: &Backend) -> Backend {
    if backend.is_postgres() { Backend::postgres().unwrap() } else { Backend::sqlite() }
}

#[test]
fn every_earlier_schema_is_brought_up_to_date_with_all_that_is_in_it() {
    assert!(earlier_schemas().len() >= 7);
    for_each_backend(|backend| {
        drop(busy_office(backend));
        let source = Store::open(&backend.url).unwrap();
        let derived: Vec<TableShape> =
            shapes(&source).into_iter().filter(|table| DERIVED.contains(&table.name.as_str())).collect();
        assert_eq!(derived.len(), DERIVED.len());
        for version in earlier_schemas() {
            println!("from {version}");
            let old = another(backend);
            let store = Store::open(&old.url).unwrap();
            store.migrate_up_to(&version).unwrap();
            let mut then = shapes(&store);
            then.retain(|table| table.name != COUNTERS);
            fill(&store, &then, &source);
            old.aiqyn(&["migrate"]).well();

            // One record more tells of the migration.
            let (log, then): (Vec<_>, Vec<_>) = then.into_iter().partition(|table| table.name == LOG);
            assert_eq!(differing(&store, &source, &then), NONE, "lost or altered");
            assert!(log.iter().all(|log| rows(&store, log).len() == rows(&source, log).len() + 1));
            assert_eq!(differing(&store, &source, &derived), NONE, "derived otherwise");
            old.aiqyn(&["audit", "verify"]).well();
        }
    });
}
