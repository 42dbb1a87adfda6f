//! Taking a document in, piece by piece as it comes. No thread and no transaction is held between two
//! pieces, and no more than a chunk of it lies in memory; but for a picture that is to be
//! stripped, which must be there whole.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::{DocumentView, name_binding, view};
use crate::documents::active::MacroSearch;
use crate::documents::media_type::{HEAD, MediaType};
use crate::documents::metadata::{self, LARGEST_PICTURE, Stripping, Unstrippable};
use crate::documents::name::FileName;
use crate::domain::id::{ActorId, Author, CaseId, DocumentId};
use crate::domain::sealed::PlainText;
use crate::services::error::ServiceError;
use crate::services::view_case::{CaseName, resolve};
use crate::services::{Services, sealing};
use crate::store::{DocumentRecord, FileStore, NewFile, StoreError};
use crate::vault::{CannotOpen, DataKey, FileKey, KeyRing, SealingWriter};

/// How many pictures may lie in memory at once to be stripped.
const MOST_PICTURES: usize = 4;

/// What is to be done about the metadata of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metadata {
    /// The file is kept bit for bit, as evidence may have to be.
    Keep,
    /// They are stripped, or the file is refused.
    Strip,
}

/// A document that is to be added.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// The case.
    pub case: CaseName,
    /// What the client calls the file.
    pub name: String,
    /// What is to be done about its metadata.
    pub metadata: Metadata,
    /// The data key of the case.
    pub key: DataKey,
}

/// A document that is being taken in. Let go before it is finished, it leaves nothing behind.
pub struct DocumentUpload {
    id: DocumentId,
    case: CaseId,
    name: FileName,
    metadata: Metadata,
    data_key: DataKey,
    key: FileKey,
    files: FileStore,
    slots: Arc<PictureSlots>,
    left: u64,
    limit: u64,
    state: State,
}

enum State {
    /// So few bytes have come that its type is not known yet.
    Beginning(Zeroizing<Vec<u8>>),
    Sealing(Sealing),
    /// A picture that is to be stripped, once it is whole.
    Picture {
        media_type: MediaType,
        bytes: Zeroizing<Vec<u8>>,
        slot: PictureSlot,
    },
    /// An error was told; nothing more is taken.
    Failed,
}

struct Sealing {
    media_type: MediaType,
    macros: MacroSearch,
    writer: SealingWriter<NewFile>,
}

impl Sealing {
    fn begin(upload: (&FileStore, &FileKey, DocumentId), media_type: MediaType) -> Result<Self, ServiceError> {
        let (files, key, id) = upload;
        let writer = SealingWriter::new(key, id, files.create()?).map_err(StoreError::Files)?;
        Ok(Self { media_type, macros: MacroSearch::in_type(media_type), writer })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ServiceError> {
        self.macros.pass(bytes);
        Ok(self.writer.write_all(bytes).map_err(StoreError::Files)?)
    }
}

impl DocumentUpload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`ServiceError::TooLarge`]; [`ServiceError::CannotStrip`] as soon as the type is known;
    /// [`ServiceError::Busy`] where too many pictures are in memory; those of the document store.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ServiceError> {
        let state = std::mem::replace(&mut self.state, State::Failed);
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ServiceError::TooLarge { limit: self.limit })?;
        self.state = match state {
            State::Beginning(mut head) => {
                head.extend_from_slice(bytes);
                if head.len() < HEAD { State::Beginning(head) } else { self.begin(&head)? }
            }
            State::Sealing(mut sealing) => {
                sealing.write(bytes)?;
                State::Sealing(sealing)
            }
            State::Picture { media_type, bytes: mut picture, slot } => {
                if picture.len() + bytes.len() > LARGEST_PICTURE {
                    return Err(Unstrippable::TooLarge.into());
                }
                picture.extend_from_slice(bytes);
                State::Picture { media_type, bytes: picture, slot }
            }
            State::Failed => return Err(already_failed()),
        };
        Ok(())
    }

    /// Decides by the first bytes how it goes on.
    fn begin(&self, head: &[u8]) -> Result<State, ServiceError> {
        let media_type = MediaType::sniff(head.get(..HEAD).unwrap_or(head));
        match (self.metadata, media_type.stripping()) {
            (Metadata::Strip, Stripping::Refused(reason)) => Err(reason.into()),
            (Metadata::Strip, Stripping::Picture) => {
                let slot = PictureSlot::take(&self.slots).ok_or(ServiceError::Busy)?;
                Ok(State::Picture { media_type, bytes: Zeroizing::new(head.to_vec()), slot })
            }
            (Metadata::Keep, _) | (Metadata::Strip, Stripping::NothingToStrip) => {
                let mut sealing = Sealing::begin((&self.files, &self.key, self.id), media_type)?;
                sealing.write(head)?;
                Ok(State::Sealing(sealing))
            }
        }
    }

    /// Seals what is left and brings the file to the disk.
    fn keep(mut self, added_at: DateTime<Utc>, added_by: ActorId) -> Result<DocumentRecord, ServiceError> {
        if let State::Beginning(head) = &self.state {
            self.state = self.begin(head)?;
        }
        let sealing = match std::mem::replace(&mut self.state, State::Failed) {
            State::Sealing(sealing) => sealing,
            State::Picture { media_type, mut bytes, slot } => {
                let stripped = metadata::strip(media_type, std::mem::take(&mut *bytes))?;
                let mut sealing = Sealing::begin((&self.files, &self.key, self.id), media_type)?;
                sealing.write(&stripped)?;
                drop(slot);
                sealing
            }
            State::Beginning(_) | State::Failed => return Err(already_failed()),
        };
        let Sealing { media_type, macros, writer } = sealing;
        let media_type = if macros.has_found() { media_type.with_macros() } else { media_type };
        let size = writer.length();
        let content = writer.finish().map_err(StoreError::Files)?.keep()?;
        let name = PlainText::new(self.name.as_str()).map_err(|_| CannotOpen)?;
        Ok(DocumentRecord {
            id: self.id,
            case: self.case,
            data_key: self.data_key.id(),
            name: self.data_key.seal(&name, name_binding(self.id)),
            key: self.key.seal_for(self.id, &self.data_key),
            media_type: media_type.as_str().to_owned(),
            size,
            content,
            added_at,
            added_by,
        })
    }
}

fn already_failed() -> ServiceError {
    ServiceError::Interrupted(std::io::Error::other("this document has been refused before"))
}

impl Services {
    /// Begins to take a document in.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], [`ServiceError::NoDocumentStore`].
    pub fn begin_document(&self, new: NewDocument) -> Result<DocumentUpload, ServiceError> {
        let files = self.files()?.clone();
        let case = self.store.read(|tx| {
            let id = resolve(tx, new.case)?;
            Ok::<_, ServiceError>(tx.case_record(id)?.id)
        })?;
        Ok(DocumentUpload {
            id: DocumentId(sealing::new_id()),
            case,
            name: FileName::of(&new.name),
            metadata: new.metadata,
            data_key: new.key,
            key: FileKey::generate(),
            files,
            slots: self.documents.slots.clone(),
            left: self.documents.largest,
            limit: self.documents.largest,
            state: State::Beginning(Zeroizing::default()),
        })
    }

    /// Finishes a document: first the file, then the row.
    ///
    /// # Errors
    /// [`ServiceError::CannotStrip`] where the picture is damaged; [`ServiceError::NotFound`] where the case was
    /// erased meanwhile; those of the document store and of the database.
    pub fn finish_document(&self, author: Author, upload: DocumentUpload) -> Result<DocumentView, ServiceError> {
        let name = upload.name.clone();
        let record = upload.keep(self.now(), author.actor)?;
        // Where the answer to the commit is lost, the row may be there: the file stays, and is cleared away
        // later if no row names it.
        self.store.write(|tx| Ok::<_, ServiceError>(tx.add_document(&record)?))?;
        Ok(DocumentView { name: Some(name), ..view(&record, &KeyRing::default())? })
    }
}

/// How many pictures are in memory.
#[derive(Debug, Default)]
pub(super) struct PictureSlots(AtomicUsize);

/// The right to hold one.
struct PictureSlot(Arc<PictureSlots>);

impl PictureSlot {
    fn take(slots: &Arc<PictureSlots>) -> Option<Self> {
        let one_more = |taken| (taken < MOST_PICTURES).then_some(taken + 1);
        slots.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Self(slots.clone()))
    }
}

impl Drop for PictureSlot {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}
