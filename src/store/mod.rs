//! The database, for both backends; the only place that knows a table.
//!
//! Every write runs in one transaction. The truth is the event table; summaries are kept beside it
//! in the same transaction and can be made anew from it; so is what statistics know of each case on each day.

mod accounts;
mod audit_log;
mod audit_rows;
mod case_keys;
mod case_query;
mod case_rows;
mod cases;
mod code_list;
mod connection;
mod documents;
mod drafts;
mod dump;
mod earlier;
mod erasures;
mod error;
mod escalation;
mod file_store;
mod idempotency;
mod key;
mod keys;
mod known_devices;
mod list_changes;
mod login_failures;
mod measure_code;
mod measure_history;
mod measure_read;
mod migration;
mod name_index;
mod people;
mod rebuild;
mod receipts;
mod revisions;
mod schema;
mod seed;
mod sessions;
mod stamp;
mod summary;
mod visit_query;

pub use accounts::{Account, AccountState};
pub use audit_log::{AuditFilter, AuditHead};
pub use case_keys::{DataKeyRecord, NewDataKey, SealedKey, Standing};
pub use case_query::{CaseCursor, CaseFilter, CaseListing, CaseOrder, CasePage, Reader};
pub use cases::{CaseRecord, NewCase, StoredCase};
pub use code_list::CodeListRow;
pub use connection::{Store, Transaction};
pub use documents::DocumentRecord;
pub use drafts::DraftRecord;
pub use dump::TableShape;
pub use erasures::ErasedKeys;
pub use error::StoreError;
pub use file_store::{Content, FileStore, ListedFile, NewFile, SealedFile};
pub use idempotency::{Idempotency, RememberedWrite};
pub use keys::OrganisationKey;
pub use list_changes::DeadlineRecord;
pub use login_failures::StoredFailures;
pub use measure_read::{MeasureFilter, MeasuredRow};
pub use name_index::{FoundToken, NameToken};
pub use people::OrganisationRecord;
pub use receipts::StoredMessage;
pub use seed::seeded_code_lists;
pub use sessions::{SessionKind, SessionRecord};
pub use visit_query::VisitListing;
