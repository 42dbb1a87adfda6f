//! Taking a document in, piece by piece as it comes. No thread and no transaction is held between two
//! pieces, and no more than a chunk of it lies in memory; but for a picture that is to be
//! stripped, which must be there whole.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{DocumentView, name_binding, view};
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::documents::active::MacroSearch;
use crate::documents::media_type::{HEAD, MediaType};
use crate::documents::metadata::{self, LARGEST_PICTURE, Stripping, Unstrippable};
use crate::documents::name::FileName;
use crate::domain::id::{ActorId, CaseId, DocumentId};
use crate::domain::sealed::PlainText;
use crate::services::error::ServiceError;
use crate::services::guard::Subject;
use crate::services::sealing::{self, Readers, Sealer};
use crate::services::view_case::CaseName;
use crate::services::{Caller, Services};
use crate::store::{Content, DocumentRecord, FileStore, Idempotency, NewFile, StoreError};
use crate::vault::{CannotOpen, DataKey, FileKey, SealingWriter};

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

/// A document that is being taken in. Let go before it is finished, it leaves nothing behind.
pub struct DocumentUpload {
    id: DocumentId,
    case: CaseId,
    name: FileName,
    metadata: Metadata,
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
    Sealing(Box<Sealing>),
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
    fn begin(
        (files, key, id): (&FileStore, &FileKey, DocumentId),
        media_type: MediaType,
    ) -> Result<Box<Self>, ServiceError> {
        let writer = SealingWriter::new(key, id, files.create()?).map_err(StoreError::of_files)?;
        Ok(Box::new(Self { media_type, macros: MacroSearch::in_type(media_type), writer }))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ServiceError> {
        self.macros.pass(bytes);
        Ok(self.writer.write_all(bytes).map_err(StoreError::of_files)?)
    }
}

impl DocumentUpload {
    /// Says what the client calls the file, and what is to be done about its metadata. To be called before
    /// the first bytes.
    pub fn describe(&mut self, name: &str, metadata: Metadata) {
        self.name = FileName::of(name);
        self.metadata = metadata;
    }

    /// The most bytes that are taken.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

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

    /// Whether nothing has come yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left == self.limit
    }

    /// The case that it is for.
    pub(super) fn case(&self) -> CaseId {
        self.case
    }

    /// Seals what is left and brings the file to the disk.
    pub(super) fn keep(mut self) -> Result<KeptFile, ServiceError> {
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
        let Sealing { media_type, macros, writer } = *sealing;
        let media_type = if macros.has_found() { media_type.with_macros() } else { media_type };
        let size = writer.length();
        let content = writer.finish().map_err(StoreError::of_files)?.keep()?;
        Ok(KeptFile { id: self.id, name: self.name, key: self.key, media_type, size, content })
    }
}

/// A file that has reached the disk and has no row yet.
pub(super) struct KeptFile {
    id: DocumentId,
    name: FileName,
    key: FileKey,
    media_type: MediaType,
    size: u64,
    content: Content,
}

impl KeptFile {
    pub(super) fn record(
        &self,
        case: CaseId,
        key: &DataKey,
        now: DateTime<Utc>,
        by: ActorId,
    ) -> Result<DocumentRecord, ServiceError> {
        let name = PlainText::new(self.name.as_str()).map_err(|_| CannotOpen)?;
        Ok(DocumentRecord {
            id: self.id,
            case,
            data_key: key.id(),
            name: key.seal(&name, name_binding(self.id)),
            key: self.key.seal_for(self.id, key),
            media_type: self.media_type.as_str().to_owned(),
            size: self.size,
            content: self.content,
            added_at: now,
            added_by: by,
        })
    }
}

fn already_failed() -> ServiceError {
    ServiceError::Interrupted(std::io::Error::other("this document has been refused before"))
}

impl Services {
    /// An upload into a case that whoever asks may write to.
    pub(super) fn new_upload(&self, case: CaseId, largest: u64) -> Result<DocumentUpload, ServiceError> {
        Ok(DocumentUpload {
            id: DocumentId(sealing::new_id()),
            case,
            name: FileName::of(""),
            metadata: Metadata::Keep,
            key: FileKey::generate(),
            files: self.files()?.clone(),
            slots: self.documents.slots.clone(),
            left: largest,
            limit: largest,
            state: State::Beginning(Zeroizing::default()),
        })
    }

    /// Begins to take a document in.
    ///
    /// # Errors
    /// Those of the guard; [`ServiceError::Erased`], [`ServiceError::NoDocumentStore`].
    pub fn begin_document(&self, caller: &Caller, case: CaseName) -> Result<DocumentUpload, ServiceError> {
        let case = self.reading(caller, Action::AddDocument, Subject::Case(case), |tx, permit| {
            let case = permit.case()?;
            if tx.erased_at(case)?.is_some() { Err(ServiceError::Erased) } else { Ok(case) }
        })?;
        self.new_upload(case, self.documents.largest)
    }

    /// Begins to take in a document of a form that may be sent twice: the one with this number, of the form with this
    /// key. `None` where it has been taken in already.
    ///
    /// # Errors
    /// As [`Services::begin_document`].
    pub fn begin_document_once(
        &self,
        caller: &Caller,
        case: CaseId,
        form: &Idempotency,
        number: u32,
    ) -> Result<Option<DocumentUpload>, ServiceError> {
        let upload = self.begin_document(caller, CaseName::Id(case))?;
        let mut hash = Sha256::new();
        hash.update(case.0.as_bytes());
        hash.update(&form.key);
        // The number stands first, so that they are listed as they came even if the clock stands still.
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        bytes[4..].copy_from_slice(&hash.finalize()[..12]);
        let id = DocumentId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
        let known = self.reading(caller, Action::AddDocument, Subject::Case(CaseName::Id(case)), |tx, _| {
            match tx.document(id) {
                Err(StoreError::NotFound) => Ok(false),
                other => Ok::<_, ServiceError>(other.map(|_| true)?),
            }
        })?;
        Ok((!known).then_some(DocumentUpload { id, ..upload }))
    }

    /// Finishes it. Where the same form was sent twice at once and the other one was first, its document stays.
    ///
    /// # Errors
    /// As [`Services::finish_document`].
    pub fn finish_document_once(&self, caller: &Caller, upload: DocumentUpload) -> Result<(), ServiceError> {
        match self.finish_document(caller, upload) {
            Err(ServiceError::Store(StoreError::Duplicate)) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Finishes a document: first the file, then the row.
    ///
    /// # Errors
    /// Those of the guard, which asks anew; [`ServiceError::Erased`] where the case was erased meanwhile;
    /// [`ServiceError::CannotStrip`] where the picture is damaged; those of the document store.
    pub fn finish_document(&self, caller: &Caller, upload: DocumentUpload) -> Result<DocumentView, ServiceError> {
        let case = upload.case;
        let kept = upload.keep()?;
        // Where the answer to the commit is lost, the row may be there: the file stays, and is cleared away
        // later if no row names it.
        self.opening(caller, Action::AddDocument, Subject::Case(CaseName::Id(case)), |tx, permit| {
            // Nobody shares or erases it meanwhile, or a key would be sealed for the wrong readers.
            tx.hold_case(case)?;
            if tx.erased_at(case)?.is_some() {
                return Err(ServiceError::Erased);
            }
            let owner = tx.case_record(case)?.organisation;
            let shares = tx.shares(case)?;
            let readers = Readers::of(tx, owner, &shares)?;
            let mut sealer = Sealer::for_case(tx, caller, case, &readers)?;
            let record = kept.record(case, sealer.case_key()?, self.now(), permit.author()?.actor)?;
            tx.add_data_keys(&sealer.into_new_keys(), self.now().timestamp_micros())?;
            tx.add_document(&record)?;
            permit.note(tx, AuditAction::DocumentAdded, |entry| {
                entry.about(SubjectKind::Document, record.id.0).with("case", case)
            })?;
            Ok(view(&record, Some(kept.name.clone())))
        })
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
