//! What can go wrong in the database, as far as callers tell it apart.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such row.
    #[error("not found")]
    NotFound,
    /// Another write came between reading and writing.
    #[error("the case has changed in the meantime; it is at version {current}")]
    Stale {
        /// The version that the case has now.
        current: i32,
    },
    /// A row with this key is there already.
    #[error("a row with this key is there already")]
    Duplicate,
    /// The database is busy or out of reach; trying again may help.
    #[error("the database is out of reach or busy")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row holds what this program did not write.
    #[error("the database holds what this version cannot read: {0}")]
    Unreadable(String),
    /// The address of the database is none.
    #[error("a database address is `postgres://…` or the path of a SQLite file")]
    NotADatabase,
    /// The schema is older than this program.
    #[error("the database needs `aiqyn migrate`")]
    NotMigrated,
    /// The schema is newer than this program.
    #[error("the database was made by a newer version of Aiqyn; use that one")]
    TooNew,
    /// The document store cannot be read or written.
    #[error("the document store: {0}")]
    Files(#[source] std::io::Error),
    /// The document store lacks the file of a document.
    #[error("the file of a document is missing from the document store")]
    FileMissing,
    /// Anything else.
    #[error("the database refused: {0}")]
    Database(#[source] DieselError),
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(String),
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Duplicate,
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::UnableToSendCommand,
                _,
            ) => Self::Unavailable(Box::new(error)),
            DieselError::DatabaseError(_, ref info) if info.message().contains("database is locked") => {
                Self::Unavailable(Box::new(error))
            }
            other => Self::Database(other),
        }
    }
}
