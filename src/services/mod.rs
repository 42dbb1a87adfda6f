//! Use cases: one file a thing that people do. Transactions live here.

mod add_event;
pub mod clock;
mod correct_event;
mod documents;
pub mod error;
mod export;
mod file_batch;
mod file_complaint;
mod idempotent;
mod import_list;
mod measure;
mod record_event;
mod sealing;
mod set_up;
mod view_case;

use std::sync::{Arc, PoisonError, RwLock};

pub use add_event::AddEvent;
pub use documents::{
    DocumentFaults, DocumentReader, DocumentUpload, DocumentView, LARGEST_DOCUMENT, Metadata, NewDocument,
    ORPHANED_AFTER, OpenDocument,
};
pub use error::ServiceError;
pub use export::{ExportedCase, ExportedEvent};
pub use file_batch::{BatchCase, BatchEvent};
pub use file_complaint::FileComplaint;
pub use idempotent::Written;
pub use import_list::{ImportError, ImportMode, Imported};
pub use measure::{CodesAs, DelayReport, DelayRow, MeasureQuery, RateReport, RateRow};
pub use view_case::{CaseName, CaseView, EventView};

pub use crate::store::{
    CaseCursor, CaseFilter, CaseListing, CaseOrder, CasePage, Idempotency, StoreError, VisitListing,
};

use crate::domain::code::CodeLists;
use crate::domain::id::Author;
use crate::store::Store;
use crate::vault::Vault;
use clock::Clock;
use documents::DocumentSettings;

/// The code lists, with the revision that they are of.
type KnownLists = (i32, Arc<CodeLists>);

/// Everything that a use case needs: the database, the vault, the clock and the code lists.
#[derive(Clone)]
pub struct Services {
    store: Store,
    vault: Vault,
    clock: Arc<dyn Clock>,
    code_lists: Arc<RwLock<Option<KnownLists>>>,
    documents: DocumentSettings,
}

/// Who asks for something.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The person and the organisation.
    pub author: Author,
}

impl Services {
    /// Opens a database: the path of a SQLite file, or `postgres://…`. Documents lie beside a SQLite file, in
    /// a folder of its name with `.documents` behind it; for PostgreSQL the folder must be told.
    ///
    /// # Errors
    /// Where the address is none, or the database is out of reach.
    pub fn open(database: &str, clock: Arc<dyn Clock>) -> Result<Self, ServiceError> {
        let documents = DocumentSettings::beside(Store::file_of(database)?);
        Ok(Self { documents, ..Self::new(Store::open(database)?, clock) })
    }

    /// The file that a database's address names; none where it names a server.
    ///
    /// # Errors
    /// Where the address is none.
    pub fn database_file(database: &str) -> Result<Option<std::path::PathBuf>, ServiceError> {
        Ok(Store::file_of(database)?)
    }

    /// Services over a database, without a place for documents.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let documents = DocumentSettings::beside(None);
        Self { store, vault: Vault::without_keys(), clock, code_lists: Arc::default(), documents }
    }

    /// The server's time now, cut to microseconds, which is what both databases keep.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        clock::to_microseconds(self.clock.now())
    }

    /// The code lists as they are now. A copy is kept for as long as nobody changes them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn code_lists(&self) -> Result<Arc<CodeLists>, ServiceError> {
        self.store.read(|tx| {
            let revision = tx.code_lists_revision()?;
            if let Some((known, lists)) = &*self.code_lists.read().unwrap_or_else(PoisonError::into_inner)
                && *known == revision
            {
                return Ok(lists.clone());
            }
            let lists = Arc::new(tx.code_lists()?);
            *self.code_lists.write().unwrap_or_else(PoisonError::into_inner) = Some((revision, lists.clone()));
            Ok(lists)
        })
    }

    /// Whether the database answers and has this program's schema.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_health(&self) -> Result<(), ServiceError> {
        Ok(self.store.check_migrated()?)
    }

    /// A page of the list of cases.
    ///
    /// # Errors
    /// Those of the database.
    pub fn list_cases(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        cursor: Option<CaseCursor>,
        limit: u16,
    ) -> Result<CasePage, ServiceError> {
        self.store.read(|tx| Ok(tx.list_cases(filter, order, cursor, limit)?))
    }

    /// How many visits are open.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_open_visits(&self) -> Result<i64, ServiceError> {
        self.store.read(|tx| Ok(tx.count_open_visits()?))
    }

    /// The open visits, most urgent first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn visit_queue(&self, limit: u16) -> Result<Vec<VisitListing>, ServiceError> {
        self.store.read(|tx| Ok(tx.open_visits(limit)?))
    }
}
