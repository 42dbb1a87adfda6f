//! What can go wrong in a use case, as far as its faces tell it apart.

use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::refusal::Refusal;
use crate::domain::time::Zone;
use crate::store::StoreError;
use crate::vault::CannotOpen;

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
    /// The database is not set up.
    #[error("the database is not set up: run `aiqyn init` first")]
    NotSetUp,
    /// The store.
    #[error(transparent)]
    Store(StoreError),
    /// A sealed text that does not open.
    #[error(transparent)]
    Vault(#[from] CannotOpen),
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
