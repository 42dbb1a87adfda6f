//! Use cases: one file a thing that people do. Transactions live here.

mod add_event;
mod annex;
mod answer_request;
mod asked;
mod audit_log;
mod back_up;
mod behind;
mod caller;
mod case_memory;
mod change_lists;
pub mod clock;
mod correct_event;
mod data_fingerprint;
mod documents;
mod drafts;
mod erase_case;
pub mod error;
mod examine;
mod export;
mod figure_cache;
mod file_batch;
mod file_complaint;
mod guard;
mod idempotent;
mod import_list;
mod lag;
mod letters;
mod list_cases;
pub mod login_throttle;
mod measure;
mod members;
mod organisation_keys;
mod own_account;
mod public_intake;
mod record_event;
mod release;
mod renew_figures;
mod seal_earlier;
mod sealing;
mod search_names;
mod sessions;
mod set_up;
mod share_case;
mod sign_in;
mod usual_figures;
mod view_case;
mod visit_queue;
mod written_fields;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::TimeDelta;

pub use add_event::AddEvent;
pub use annex::AnnexQuery;
pub use answer_request::{ANSWERS, RequestView};
pub use audit_log::AppliedErasures;
pub use back_up::{BackupFailure, BackupHead};
pub use caller::{Caller, CallerSession, FRESH};
pub use documents::{
    DocumentFaults, DocumentReader, DocumentUpload, DocumentView, LARGEST_DOCUMENT, LARGEST_PUBLIC_DOCUMENT, Metadata,
    ORPHANED_AFTER, OpenDocument, ReceiptUpload,
};
pub use drafts::{Draft, Typed};
pub use error::ServiceError;
pub use examine::{Examined, ExaminedContent, SchemaState};
pub use export::{ExportedCase, ExportedEvent};
pub use file_batch::{BatchCase, BatchEvent};
pub use file_complaint::FileComplaint;
pub use idempotent::Written;
pub use import_list::{ImportError, ImportMode, Imported};
pub use lag::Lag;
pub use list_cases::{NamedPerson, PeopleOfCases};
pub use measure::{Answer, CodesAs, MeasureQuery};
pub use members::{Enrolled, Invitation, MemberView};
pub use organisation_keys::NewOrganisation;
pub use own_account::OwnAccount;
pub use public_intake::{ComplaintView, MessageView, Messages, PublicComplaint, PubliclyFiled, WrittenByReceipt};
pub use sealing::Shown;
pub use search_names::{NameHit, NameHits};
pub use sessions::{IDLE, LONGEST, LONGEST_TOKEN_DAYS, NewToken};
pub use set_up::SetUp;
pub use sign_in::{Origin, Proof, SignedIn};
pub use view_case::{CaseHistory, CaseName, CaseView, EventView, Texts};
pub use written_fields::WrittenFields;

pub use crate::store::{
    AccountState, AuditFilter, BoardCursor, BoardPart, CONNECTIONS, CaseCursor, CaseFilter, CaseListing, CaseOrder,
    CasePage, Connections, DeadlineRecord, Idempotency, OrganisationRecord, Patience, ReplicaState, SessionKind,
    SessionRecord, StoreError, StoredCase, Turn, VisitBoard, VisitListing,
};

use crate::access::permission::Action;
use crate::access::throttle::AddressKey;
use crate::domain::code::CodeLists;
use crate::store::{Store, Transaction};
use behind::Behind;
use case_memory::CaseMemory;
use clock::Clock;
use documents::DocumentSettings;
use figure_cache::FigureCache;
use guard::Subject;
use release::{Releases, is_given_releases};
use sign_in::UnknownLogins;

/// How far behind a replica may be for figures to be read from it: somebody who has recorded something does not look for
/// it in vain for longer. What leaves, and what is known of a day that is over, is read from one that is behind not at all.
pub const REPLICA_BEHIND: TimeDelta = TimeDelta::seconds(30);

/// The code lists, with the revision that they are of.
type KnownLists = (i32, Arc<CodeLists>);

/// Everything that a use case needs: the database, the clock and the code lists.
#[derive(Clone)]
pub struct Services {
    store: Store,
    clock: Arc<dyn Clock>,
    code_lists: Arc<RwLock<Option<KnownLists>>>,
    address_key: Arc<AddressKey>,
    unknown_logins: Arc<UnknownLogins>,
    documents: DocumentSettings,
    cases: Arc<CaseMemory>,
    figures: Arc<FigureCache>,
    releases: Arc<Releases>,
    /// Held while figures are gathered.
    gathering: Arc<Mutex<()>>,
    lag: Lag,
    /// Where figures that lag are counted anew.
    recounting: Behind,
    /// Where names that wait to be indexed are.
    indexing: Behind,
    /// Held while it is noted that a session was used.
    noting_use: Arc<parking_lot::Mutex<()>>,
}

impl Services {
    /// Opens a database: the path of a SQLite file, or `postgres://…`. Documents lie beside a SQLite file, in
    /// a folder of its name with `.documents` behind it; for PostgreSQL the folder must be told.
    ///
    /// # Errors
    /// Where the address is none, or the database is out of reach.
    pub fn open(database: &str, clock: Arc<dyn Clock>) -> Result<Self, ServiceError> {
        Self::open_with(database, clock, Patience::CONSOLE)
    }

    /// The same, waiting for the database with so much patience.
    ///
    /// # Errors
    /// As [`Services::open`].
    pub fn open_with(database: &str, clock: Arc<dyn Clock>, patience: Patience) -> Result<Self, ServiceError> {
        let documents = DocumentSettings::beside(Store::file_of(database)?);
        Ok(Self { documents, ..Self::new(Store::open_with(database, patience)?, clock) })
    }

    /// The same services with a replica of the database, from which figures are read while it is at most so far behind.
    ///
    /// # Errors
    /// Where one of the two is not on PostgreSQL.
    pub fn with_replica(mut self, url: &str, patience: Patience, at_most: TimeDelta) -> Result<Self, ServiceError> {
        self.store = self.store.with_replica(url, patience, at_most)?;
        Ok(self)
    }

    /// How the replica stands; none where there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replica_state(&self) -> Result<Option<ReplicaState>, ServiceError> {
        Ok(self.store.replica_state()?)
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
        let address_key = Arc::new(AddressKey::generate());
        Self {
            store,
            clock,
            code_lists: Arc::default(),
            address_key,
            unknown_logins: Arc::default(),
            documents,
            cases: Arc::default(),
            figures: Arc::default(),
            releases: Arc::default(),
            gathering: Arc::default(),
            lag: Lag::default(),
            recounting: Behind::default(),
            indexing: Behind::default(),
            noting_use: Arc::default(),
        }
    }

    /// The same services, counting addresses under a key that others have too.
    #[must_use]
    pub fn with_address_key(mut self, key: AddressKey) -> Self {
        self.address_key = Arc::new(key);
        self
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
        self.store.read(|tx| Ok(self.known_code_lists(tx)?.1))
    }

    /// The code lists as a transaction sees them, with their revision.
    fn known_code_lists(&self, tx: &mut Transaction<'_>) -> Result<KnownLists, ServiceError> {
        let revision = tx.code_lists_revision()?;
        if let Some(known) = &*self.code_lists.read().unwrap_or_else(PoisonError::into_inner)
            && known.0 == revision
        {
            return Ok(known.clone());
        }
        let lists = (revision, Arc::new(tx.code_lists()?));
        *self.code_lists.write().unwrap_or_else(PoisonError::into_inner) = Some(lists.clone());
        Ok(lists)
    }

    /// The code lists, for whoever has signed in: places that an office has added tell where it works.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn read_code_lists(&self, caller: &Caller) -> Result<Arc<CodeLists>, ServiceError> {
        self.reading(caller, Action::ReadCodeLists, Subject::General, |_, _| Ok::<_, ServiceError>(()))?;
        self.code_lists()
    }

    /// Whether the database answers and has this program's schema.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_health(&self) -> Result<(), ServiceError> {
        Ok(self.store.check_migrated()?)
    }

    /// How many connections to the database are in use.
    #[must_use]
    pub fn connections(&self) -> Connections {
        self.store.connections()
    }

    /// How many visits are open; not told to whom the figures of all organisations are released quarter by quarter.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn count_open_visits(&self, caller: &Caller) -> Result<Option<i64>, ServiceError> {
        if is_given_releases(caller, Action::ReadStatistics) {
            return Ok(None);
        }
        self.reading(caller, Action::ReadStatistics, Subject::General, |tx, permit| {
            Ok(Some(tx.count_open_visits(permit.reader(Action::ReadStatistics)?)?))
        })
    }
}
