//! The documents of a case: adding one, listing them, opening one.
//!
//! A document's file has reached the disk before its row is written. What a crash leaves between the
//! two is a file that no row names; it is cleared away later (`orphans.rs`).

mod by_receipt;
mod orphans;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use by_receipt::{LARGEST_PUBLIC_DOCUMENT, ReceiptUpload};
pub use orphans::{DocumentFaults, ORPHANED_AFTER};
pub use upload::{DocumentUpload, Metadata};

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::sealing::CaseKeys;
use super::view_case::CaseName;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::documents::active::has_active_ending;
use crate::documents::media_type::MediaType;
use crate::documents::name::FileName;
use crate::domain::id::{ActorId, CaseId, DocumentId};
use crate::store::{CaseRecord, Content, DocumentRecord, FileStore, SealedFile, StoreError, Transaction};
use crate::vault::{Binding, FileKey, OpeningReader};
use upload::PictureSlots;

/// The largest document that is taken unless the operator says otherwise, in bytes.
pub const LARGEST_DOCUMENT: u64 = 2 * 1024 * 1024 * 1024;

/// Where documents lie, and how large they may be.
#[derive(Clone, Debug)]
pub(super) struct DocumentSettings {
    files: Option<FileStore>,
    largest: u64,
    slots: Arc<PictureSlots>,
}

impl DocumentSettings {
    /// Where the files lie, if anywhere.
    pub(super) fn files(&self) -> Option<&FileStore> {
        self.files.as_ref()
    }

    /// Documents in the folder beside a SQLite file; nowhere where the database is a server.
    pub(super) fn beside(database_file: Option<PathBuf>) -> Self {
        let files = database_file.map(folder_beside).map(FileStore::in_folder);
        Self { files, largest: LARGEST_DOCUMENT, slots: Arc::default() }
    }
}

fn folder_beside(mut file: PathBuf) -> PathBuf {
    file.as_mut_os_string().push(".documents");
    file
}

/// A document as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentView {
    /// Its identifier.
    pub id: DocumentId,
    /// The case that it belongs to.
    pub case: CaseId,
    /// Its name; none where its key is not in hand.
    pub name: Option<FileName>,
    /// What it is, by its bytes.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: u64,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: ActorId,
}

impl DocumentView {
    /// Whether it can run something when it is opened, by its type or by the ending of its name.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.media_type.is_active() || self.name.as_ref().is_some_and(|name| has_active_ending(name.as_str()))
    }

    /// The `Content-Type` to hand it out under.
    #[must_use]
    pub fn served_as(&self) -> &'static str {
        if self.is_active() { MediaType::Unknown.served_as() } else { self.media_type.served_as() }
    }
}

/// Gives the bytes of a document, or of a range of it.
pub type DocumentReader = OpeningReader<SealedFile>;

/// A document that has been opened.
pub struct OpenDocument {
    /// What is known of it.
    pub view: DocumentView,
    /// What is in it.
    pub reader: DocumentReader,
}

fn name_binding(document: DocumentId) -> Binding {
    Binding { table: "documents", column: "name", row: document.0 }
}

fn view(record: &DocumentRecord, name: Option<FileName>) -> DocumentView {
    DocumentView {
        id: record.id,
        case: record.case,
        name,
        media_type: MediaType::named(&record.media_type),
        size: record.size,
        added_at: record.added_at,
        added_by: record.added_by,
    }
}

fn open_view(record: &DocumentRecord, keys: &CaseKeys) -> Result<DocumentView, ServiceError> {
    let name = keys.open(&record.name, name_binding(record.id))?;
    Ok(view(record, name.map(|name| FileName::of(name.expose()))))
}

/// The documents of a case, for whoever may read them; their names by the keys of the case.
pub(super) fn documents_of(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    (case, keys): (CaseId, &CaseKeys),
) -> Result<Vec<DocumentView>, ServiceError> {
    let records = tx.documents_of(case)?;
    let views = records.iter().map(|record| open_view(record, keys)).collect::<Result<Vec<_>, _>>()?;
    if views.iter().any(|view| view.name.is_some()) {
        permit.note(tx, AuditAction::SealedRead, |entry| {
            entry.about(SubjectKind::Case, case).with("documents", views.len()).purpose(caller.purpose())
        })?;
    }
    Ok(views)
}

impl Services {
    /// The folder of documents beside the file that a database's address names; none where it names a server.
    ///
    /// # Errors
    /// Where the address is none.
    pub fn documents_beside(database: &str) -> Result<Option<PathBuf>, ServiceError> {
        Ok(Self::database_file(database)?.map(folder_beside))
    }

    /// The same services with documents in a folder.
    #[must_use]
    pub fn with_documents_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.documents.files = Some(FileStore::in_folder(folder));
        self
    }

    /// The same services with documents in a bucket of an S3-compatible store, `s3://bucket/prefix`; how it is reached
    /// stands in the environment, under the names that begin with `AWS_`.
    ///
    /// # Errors
    /// Where the address or what stands in the environment is wrong.
    pub fn with_documents_in_bucket(mut self, address: &str) -> Result<Self, ServiceError> {
        self.documents.files = Some(FileStore::in_bucket(address)?);
        Ok(self)
    }

    /// The same services with another limit for the size of a document, in bytes.
    #[must_use]
    pub fn with_largest_document(mut self, bytes: u64) -> Self {
        self.documents.largest = bytes;
        self
    }

    /// Whether there is a place for documents.
    #[must_use]
    pub fn keeps_documents(&self) -> bool {
        self.documents.files.is_some()
    }

    /// How many bytes all documents have; for whoever watches over the server.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn documents_size(&self) -> Result<u64, ServiceError> {
        self.store.read(|tx| Ok(tx.documents_size()?))
    }

    fn files(&self) -> Result<&FileStore, ServiceError> {
        self.documents.files.as_ref().ok_or(ServiceError::NoDocumentStore)
    }

    /// The documents of a case, in the order in which they were added. That their names were read, and
    /// why, is written to the audit log.
    ///
    /// # Errors
    /// Those of the guard; [`ServiceError::Vault`] where a name was moved or altered.
    pub fn list_documents(
        &self,
        caller: &Caller,
        case: CaseName,
    ) -> Result<(CaseRecord, Vec<DocumentView>), ServiceError> {
        self.viewing(caller, Action::ReadDocuments, Subject::Case(case), |tx, permit| {
            let case = tx.case_record(permit.case()?)?;
            let keys = CaseKeys::of(tx, caller, case.id)?;
            let views = documents_of(tx, permit, caller, (case.id, &keys))?;
            Ok((case, views))
        })
    }

    /// Opens a document. Its end has been proved genuine by then; each other part is when it is read. Who
    /// opened it, and why, is written to the audit log.
    ///
    /// # Errors
    /// Those of the guard; [`ServiceError::NoKey`] where the caller holds no key of it,
    /// [`ServiceError::Erased`] where nobody does any more; [`ServiceError::Vault`] where the name, the key or
    /// the file was moved or altered; [`StoreError::FileMissing`].
    pub fn open_document(&self, caller: &Caller, id: DocumentId) -> Result<OpenDocument, ServiceError> {
        self.opening(caller, Action::ReadDocuments, Subject::Document(id), |tx, permit| {
            let record = tx.document(id)?;
            let keys = CaseKeys::of(tx, caller, record.case)?;
            let view = open_view(&record, &keys)?;
            if view.name.is_none() {
                return Err(if tx.erased_at(record.case)?.is_some() {
                    ServiceError::Erased
                } else {
                    ServiceError::NoKey
                });
            }
            let key = FileKey::open(id, &record.key, keys.ring())?;
            let reader = OpeningReader::open(&key, id, self.files()?.open(record.content)?)?;
            if reader.length() != record.size {
                return Err(StoreError::Unreadable("the size of a document".to_owned()).into());
            }
            permit.note(tx, AuditAction::DocumentRead, |entry| {
                let entry = entry.about(SubjectKind::Document, id.0).with("case", record.case);
                entry.purpose(caller.purpose())
            })?;
            Ok(OpenDocument { view, reader })
        })
    }

    /// Deletes the files of documents whose rows have been deleted, once that is committed. One that cannot
    /// be deleted now is an orphan, and goes with the others.
    pub(super) fn delete_files(&self, contents: &[Content]) {
        for content in contents {
            if let Err(error) = self.files().and_then(|files| Ok(files.delete(*content)?)) {
                tracing::error!(%error, "the file of an erased document could not be deleted");
            }
        }
    }

    /// Adds a document from a reader, as [`Services::begin_document`] and [`Services::finish_document`] do
    /// piece by piece.
    ///
    /// # Errors
    /// As those two; what the reader fails with comes as [`ServiceError::Interrupted`].
    pub fn add_document(
        &self,
        caller: &Caller,
        case: CaseName,
        (name, metadata): (&str, Metadata),
        mut from: impl std::io::Read,
    ) -> Result<DocumentView, ServiceError> {
        let mut upload = self.begin_document(caller, case)?;
        upload.describe(name, metadata);
        let mut piece = vec![0; 64 * 1024];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return self.finish_document(caller, upload),
                Ok(count) => upload.write(&piece[..count])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ServiceError::Interrupted(error)),
            }
        }
    }
}
