//! The audit log: what a record says, how records hang together, and how their end is signed.
//!
//! Pure: no database, no HTTP, no clock, no files, no chance. It must never hold a text that somebody
//! typed; the types of [`detail`] see to that.

pub mod action;
pub mod chain;
pub mod checkpoint;
pub mod detail;
pub mod record;
pub mod signing;

pub use action::{AuditAction, Outcome, Purpose, SubjectKind};
pub use chain::{Broken, ChainHash, Fault, StoredRecord, Unreadable, Verified, Verifier};
pub use checkpoint::{Checkpoint, CheckpointFault, ErasureNote, SignedCheckpoint};
pub use detail::{Detail, Details};
pub use record::{AuditEntry, AuditRecord, AuditSubject};
pub use signing::{NotAKey, PublicKey, SigningKey};
