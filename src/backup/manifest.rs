//! What is in a backup.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The version of what lies in a backup, and where.
pub(super) const FORMAT: u32 = 1;

/// What has to be known before anything else of a backup can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head<Table> {
    /// The version of the format.
    pub format: u32,
    /// The version of Aiqyn that made it.
    pub aiqyn: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The last migration of the schema that its rows are of.
    pub migration: String,
    /// The tables, those that others refer to before these.
    pub tables: Vec<Table>,
}

impl<Table> Head<Table> {
    /// The head of a backup that is made now.
    pub fn new(made_at: DateTime<Utc>, migration: String, tables: Vec<Table>) -> Self {
        Self { format: FORMAT, aiqyn: env!("CARGO_PKG_VERSION").to_owned(), made_at, migration, tables }
    }
}

/// All that lies in a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The parts, in order, but for the manifest itself.
    pub parts: Vec<Part>,
}

/// A file within a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its path.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many rows are in it; none where it is no table.
    pub rows: Option<u64>,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// How many rows a table has.
    #[must_use]
    pub fn rows_of(&self, table: &str) -> u64 {
        let prefix = format!("rows/{table}/");
        self.parts.iter().filter(|part| part.path.starts_with(&prefix)).filter_map(|part| part.rows).sum()
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.parts.iter().filter(|part| part.path.starts_with("documents/")).count()
    }
}
