//! What can go wrong in the database, as far as callers tell it apart.

use std::io;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Whatever has caused a failure.
type Cause = Box<dyn std::error::Error + Send + Sync>;

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
    Unavailable(#[source] Cause),
    /// There is no room for what was to be written.
    #[error("the storage is full: {0}")]
    Full(#[source] Cause),
    /// The storage can be read and not written.
    #[error("the storage can only be read: {0}")]
    ReadOnly(#[source] Cause),
    /// The database was lost while it committed: the write is there once, or not at all.
    #[error("whether it was written is not known: {0}")]
    Unsettled(#[source] Cause),
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
    /// The place for documents is no bucket that can be used.
    #[error("the bucket for documents: {0}")]
    NotABucket(String),
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

/// What SQLite and PostgreSQL say where there is no room. Neither diesel nor SQLite's messages tell more.
const FULL: &[&str] = &["database or disk is full", "No space left on device", "Disk quota exceeded"];

/// What they say where nothing can be written.
const READ_ONLY: &[&str] = &["attempt to write a readonly database", "Read-only file system"];

/// What they say where trying again may help: somebody else is in the way, or the disk or the way is broken.
const MOMENTARY: &[&str] = &[
    "database is locked",
    "database table is locked",
    "disk I/O error",
    "unable to open database file",
    "canceling statement due to",
    "deadlock detected",
    "terminating connection",
    "the database system is",
    "Input/output error",
];

impl StoreError {
    /// What a failure of the document store means.
    #[must_use]
    pub fn of_files(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full(Box::new(error))
            }
            // A store on another machine that is out of reach.
            io::ErrorKind::NotConnected => Self::Unavailable(Box::new(error)),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly(Box::new(error)),
            _ => Self::Files(error),
        }
    }

    /// What an error of a commit means: whoever was lost meanwhile may have done it.
    pub(super) fn of_commit(error: DieselError) -> Self {
        match Self::from(error) {
            Self::Unavailable(cause) => Self::Unsettled(cause),
            other => other,
        }
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Duplicate,
            DieselError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => Self::ReadOnly(Box::new(error)),
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::UnableToSendCommand,
                _,
            )
            | DieselError::BrokenTransactionManager => Self::Unavailable(Box::new(error)),
            DieselError::DatabaseError(_, ref info) => {
                let says = |words: &[&str]| words.iter().any(|word| info.message().contains(word));
                if says(FULL) {
                    Self::Full(Box::new(error))
                } else if says(READ_ONLY) {
                    Self::ReadOnly(Box::new(error))
                } else if says(MOMENTARY) {
                    Self::Unavailable(Box::new(error))
                } else {
                    Self::Database(error)
                }
            }
            DieselError::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
            other => Self::Database(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str) -> StoreError {
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())).into()
    }

    #[test]
    fn what_the_databases_say_is_told_apart() {
        assert!(matches!(said("database or disk is full"), StoreError::Full(_)));
        let postgres = "could not extend file \"base/16384/16400\": No space left on device";
        assert!(matches!(said(postgres), StoreError::Full(_)));
        assert!(matches!(said("attempt to write a readonly database"), StoreError::ReadOnly(_)));
        assert!(matches!(said("canceling statement due to lock timeout"), StoreError::Unavailable(_)));
        assert!(matches!(said("disk I/O error"), StoreError::Unavailable(_)));
        assert!(matches!(said("no such table: cases"), StoreError::Database(_)));
    }

    #[test]
    fn a_commit_that_was_lost_may_have_been_done_and_one_that_was_refused_was_not() {
        let lost = || DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, Box::new(String::new()));
        assert!(matches!(StoreError::of_commit(lost()), StoreError::Unsettled(_)));
        let both =
            DieselError::RollbackErrorOnCommit { rollback_error: Box::new(lost()), commit_error: Box::new(lost()) };
        assert!(matches!(StoreError::of_commit(both), StoreError::Unsettled(_)));
        let full =
            || DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new("database or disk is full".to_owned()));
        assert!(matches!(StoreError::of_commit(full()), StoreError::Full(_)));
    }
}
