//! The documents of a case: adding one, listing them, opening one. The keys are handed in; whether the
//! caller may have them is decided before.
//!
//! A document's file has reached the disk before its row is written. What a crash leaves between the
//! two is a file that no row names; it is cleared away later (`orphans.rs`).

mod orphans;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use orphans::{DocumentFaults, ORPHANED_AFTER};
pub use upload::{DocumentUpload, Metadata, NewDocument};

use super::Services;
use super::error::ServiceError;
use super::view_case::{CaseName, resolve};
use crate::documents::active::has_active_ending;
use crate::documents::media_type::MediaType;
use crate::documents::name::FileName;
use crate::domain::id::{ActorId, Author, CaseId, DocumentId};
use crate::store::{CaseRecord, DocumentRecord, FileStore, SealedFile, StoreError};
use crate::vault::{Binding, FileKey, KeyRing, OpeningReader};
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
    /// Documents in the folder beside a SQLite file; nowhere where the database is a server.
    pub(super) fn beside(database_file: Option<PathBuf>) -> Self {
        let folder = database_file.map(|mut file| {
            file.as_mut_os_string().push(".documents");
            file
        });
        let files = folder.map(FileStore::in_folder);
        Self { files, largest: LARGEST_DOCUMENT, slots: Arc::default() }
    }
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

fn view(record: &DocumentRecord, keys: &KeyRing) -> Result<DocumentView, ServiceError> {
    let name = if keys.has_key_of(&record.name) {
        Some(FileName::of(keys.open(&record.name, name_binding(record.id))?.expose()))
    } else {
        None
    };
    Ok(DocumentView {
        id: record.id,
        case: record.case,
        name,
        media_type: MediaType::named(&record.media_type),
        size: record.size,
        added_at: record.added_at,
        added_by: record.added_by,
    })
}

impl Services {
    /// The same services with documents in a folder.
    #[must_use]
    pub fn with_documents_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.documents.files = Some(FileStore::in_folder(folder));
        self
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

    /// The most bytes that a document may have.
    #[must_use]
    pub fn largest_document(&self) -> u64 {
        self.documents.largest
    }

    pub(super) fn files(&self) -> Result<&FileStore, ServiceError> {
        self.documents.files.as_ref().ok_or(ServiceError::NoDocumentStore)
    }

    /// The documents of a case, in the order in which they were added.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; [`ServiceError::Vault`] where a name is not genuine.
    pub fn list_documents(
        &self,
        case: CaseName,
        keys: &KeyRing,
    ) -> Result<(CaseRecord, Vec<DocumentView>), ServiceError> {
        let (case, records) = self.store.read(|tx| {
            let case = resolve(tx, case)?;
            Ok::<_, ServiceError>((tx.case_record(case)?, tx.documents_of(case)?))
        })?;
        let views = records.iter().map(|record| view(record, keys)).collect::<Result<_, _>>()?;
        Ok((case, views))
    }

    /// What is known of a document without any key: which case it belongs to, above all.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn document_record(&self, id: DocumentId) -> Result<DocumentRecord, ServiceError> {
        self.store.read(|tx| Ok(tx.document(id)?))
    }

    /// Opens a document. Its end has been proved genuine by then; each other part is when it is read.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; [`ServiceError::Vault`] where its key is not in hand, or where the name,
    /// the key or the file is not genuine; [`StoreError::FileMissing`].
    pub fn open_document(&self, id: DocumentId, keys: &KeyRing) -> Result<OpenDocument, ServiceError> {
        let record = self.document_record(id)?;
        let key = FileKey::open(id, &record.key, keys)?;
        let view = view(&record, keys)?;
        let file = self.files()?.open(record.content)?;
        let reader = OpeningReader::open(&key, id, file)?;
        if reader.length() != record.size {
            return Err(StoreError::Unreadable("the size of a document".to_owned()).into());
        }
        Ok(OpenDocument { view, reader })
    }

    /// Deletes the files that [`Transaction::delete_documents_of`](crate::store::Transaction::delete_documents_of)
    /// has left without a row, once that is committed.
    ///
    /// # Errors
    /// Those of the document store.
    pub fn delete_files(&self, contents: &[crate::store::Content]) -> Result<(), ServiceError> {
        for content in contents {
            self.files()?.delete(*content)?;
        }
        Ok(())
    }

    /// Adds a document from a reader, as [`Services::begin_document`] and [`Services::finish_document`] do
    /// piece by piece.
    ///
    /// # Errors
    /// As those two; what the reader fails with comes as [`ServiceError::Interrupted`].
    pub fn add_document(
        &self,
        author: Author,
        new: NewDocument,
        mut from: impl std::io::Read,
    ) -> Result<DocumentView, ServiceError> {
        let mut upload = self.begin_document(new)?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return self.finish_document(author, upload),
                Ok(count) => upload.write(&piece[..count])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ServiceError::Interrupted(error)),
            }
        }
    }
}
