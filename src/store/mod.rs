//! The database, for both backends; the only place that knows a table.
//!
//! Every write runs in one transaction. The truth is the event table; summaries are kept beside it
//! in the same transaction and can be made anew from it.

mod case_query;
mod case_rows;
mod cases;
mod code_list;
mod connection;
mod documents;
mod error;
mod file_store;
mod idempotency;
mod key;
mod measure_rows;
mod migration;
mod people;
mod schema;
mod seed;
mod stamp;
mod summary;
mod visit_query;

pub use case_query::{CaseCursor, CaseFilter, CaseListing, CaseOrder, CasePage};
pub use cases::{CaseRecord, NewCase, StoredCase};
pub use code_list::CodeListRow;
pub use connection::{Store, Transaction};
pub use documents::DocumentRecord;
pub use error::StoreError;
pub use file_store::{Content, FileStore, ListedFile, NewFile, SealedFile};
pub use idempotency::{Idempotency, RememberedWrite};
pub use seed::seeded_code_lists;
pub use visit_query::VisitListing;
