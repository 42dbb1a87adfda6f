//! What can go wrong in a use case, as far as its faces tell it apart.

use crate::access::permission::Denial;
use crate::documents::metadata::Unstrippable;
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::refusal::Refusal;
use crate::domain::time::Zone;
use crate::statistics::suppression::LedgerError;
use crate::store::StoreError;
use crate::vault::{CannotOpen, FileError};

/// A use case that did not come about. Nothing has been written.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Fields that cannot be read.
    #[error("{} of the fields cannot be read", .0.len())]
    Invalid(Vec<FieldError>),
    /// The state machine refuses.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// The zone in which its times are to be shown.
        zone: Zone,
    },
    /// There is no such case or event.
    #[error("not found")]
    NotFound,
    /// Somebody else has changed the case since.
    #[error("the case has changed in the meantime; it is at version {current}")]
    Stale {
        /// The version that it has now.
        current: i32,
    },
    /// The idempotency key was used for something else.
    #[error("this idempotency key was used for another request")]
    IdempotencyReused,
    /// The guard does not let through.
    #[error("this is not permitted")]
    Denied(Denial),
    /// A token that may not be used for this.
    #[error("this token is not meant for that")]
    OutOfScope,
    /// Password and one-time code must be given again.
    #[error("please prove again who you are")]
    ProofNeeded,
    /// A session that has ended.
    #[error("the session has ended")]
    SessionEnded,
    /// Login, password, code or invitation do not fit together.
    #[error("login, password or code are wrong")]
    WrongCredentials,
    /// Too many attempts; trying again helps after so many seconds.
    #[error("too many attempts: wait {0} s")]
    TooManyAttempts(u32),
    /// The caller does not hold the organisation's key.
    #[error("you have not been given your organisation's key yet")]
    NoKey,
    /// An organisation whose keys have not been made.
    #[error("the organisation has no keys yet: run `aiqyn init`")]
    NoKeysYet,
    /// The case was erased: nothing can be sealed or opened in it.
    #[error("this case was erased")]
    Erased,
    /// The database is set up already.
    #[error("this database is set up already; `aiqyn migrate` brings it up to date")]
    SetUpAlready,
    /// The database is not set up.
    #[error("the database is not set up: run `aiqyn init` first")]
    NotSetUp,
    /// There is no place for documents.
    #[error("there is no place for documents: pass --documents DIR")]
    NoDocumentStore,
    /// The metadata of a file cannot be stripped, so it was not taken.
    #[error(transparent)]
    CannotStrip(#[from] Unstrippable),
    /// A document that is too large.
    #[error("a document may have at most {limit} bytes")]
    TooLarge {
        /// The most bytes that it may have.
        limit: u64,
    },
    /// Too much of this is going on; trying again will help.
    #[error("too much is going on at once")]
    Busy,
    /// What was to be read ended before its end.
    #[error("what was to be read broke off: {0}")]
    Interrupted(#[source] std::io::Error),
    /// The store.
    #[error(transparent)]
    Store(StoreError),
    /// Figures that contradict each other, which they never should.
    #[error("the figures do not fit together: {0}")]
    Unsound(String),
    /// A sealed text that does not open.
    #[error(transparent)]
    Vault(#[from] CannotOpen),
}

impl From<FileError> for ServiceError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Io(error) => Self::Store(StoreError::of_files(error)),
            FileError::CannotOpen(error) => Self::Vault(error),
        }
    }
}

impl From<LedgerError> for ServiceError {
    fn from(error: LedgerError) -> Self {
        Self::Unsound(error.to_string())
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale { current } => Self::Stale { current },
            other => Self::Store(other),
        }
    }
}

impl ServiceError {
    /// One field that is wrong.
    pub(super) fn invalid(field: &str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError { field: field.to_owned(), problem }])
    }

    /// What a refusal means to whoever asked: where one field is to blame, it is a problem of that field.
    pub(super) fn refused(refusal: Refusal, zone: Zone) -> Self {
        let (field, problem) = match &refusal {
            Refusal::InTheFuture => ("occurred_at", FieldProblem::InTheFuture),
            Refusal::UnknownEvent { field, .. } => (*field, FieldProblem::NotAnEvent),
            Refusal::NotARefusedRequest => ("renews", FieldProblem::NotAnEvent),
            _ => return Self::Refused { refusal, zone },
        };
        Self::Invalid(vec![FieldError { field: field.to_owned(), problem }])
    }
}
