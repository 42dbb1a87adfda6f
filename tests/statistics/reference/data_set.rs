//! One reference data set: where it lies, its rows, its expected figures.

use std::path::{Path, PathBuf};

use aiqyn::statistics::{Ending, EventTable, Observation};
use serde_json::Value;

/// A folder of what lies beside the checkout; with CI=true it must be there.
pub fn shared_folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("AIQYN_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{} is missing", folder.display());
    println!("SKIPPED: {} is not there; set AIQYN_SHARED", folder.display());
    None
}

#[derive(Clone)]
pub struct Row {
    pub entry: f64,
    pub exit: f64,
    pub outcome: u32,
    pub group: String,
}

impl Row {
    fn observation(&self, delayed: bool) -> Observation {
        let ending = Ending::from_outcome(self.outcome);
        if delayed {
            Observation::entering_late(self.entry, self.exit, ending).unwrap()
        } else {
            Observation::from_origin(self.exit, ending).unwrap()
        }
    }
}

pub fn rows(set: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(set.join("input.csv")).unwrap();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        Row {
            entry: record[1].parse().unwrap(),
            exit: record[2].parse().unwrap(),
            outcome: record[3].parse().unwrap(),
            group: record[4].to_owned(),
        }
    });
    rows.collect()
}

pub fn table(rows: &[Row], delayed: bool, group: &str) -> EventTable {
    let chosen = rows.iter().filter(|row| group == "all" || row.group == group);
    EventTable::new(&chosen.map(|row| row.observation(delayed)).collect::<Vec<_>>())
}

/// "keep rows with exit>from and entry<to; entry'=max(entry,from); exit'=min(exit,to); outcome'=0 if exit>to"
pub fn window(rows: &[Row], from: f64, to: f64) -> Vec<Row> {
    let kept = rows.iter().filter(|row| row.exit > from && row.entry < to);
    kept.map(|row| Row {
        entry: row.entry.max(from),
        exit: row.exit.min(to),
        outcome: if row.exit > to { 0 } else { row.outcome },
        group: row.group.clone(),
    })
    .collect()
}

pub fn json(set: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(set.join("expected.json")).unwrap()).unwrap()
}

pub fn array(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub fn object(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}
