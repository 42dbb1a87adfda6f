//! A document that comes with a receipt: it is sealed to whoever may read the case, under a new key, as whoever
//! brings it holds none. They cannot open it again, and are not told its name.

use super::upload::DocumentUpload;
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::services::error::ServiceError;
use crate::services::guard::Subject;
use crate::services::public_intake::PUBLIC;
use crate::services::sealing::{self, Readers, Sealer};
use crate::services::{Caller, Origin, Services};
use crate::vault::Receipt;

/// The largest document that is taken from somebody without an account, in bytes.
pub const LARGEST_PUBLIC_DOCUMENT: u64 = 100 * 1024 * 1024;

/// How many documents a case may have for its receipt to bring another.
const MOST_DOCUMENTS: usize = 50;

/// A document that is being taken in from whoever has shown the receipt of its case.
pub struct ReceiptUpload(pub DocumentUpload);

impl Services {
    /// Begins to take a document in. It costs one Argon2id.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where there is no such receipt; [`ServiceError::TooManyAttempts`];
    /// that there are too many documents; [`ServiceError::NoDocumentStore`].
    pub fn begin_document_by_receipt(&self, receipt: &Receipt, origin: &Origin) -> Result<ReceiptUpload, ServiceError> {
        let (case, _) = self.open_receipt(receipt, origin)?;
        self.reading(&Caller::nobody(), Action::FollowByReceipt, Subject::General, |tx, _| {
            let full = || ServiceError::invalid("file", FieldProblem::TooMany { max: MOST_DOCUMENTS });
            if tx.documents_of(case)?.len() >= MOST_DOCUMENTS { Err(full()) } else { Ok::<_, ServiceError>(()) }
        })?;
        Ok(ReceiptUpload(self.new_upload(case, self.documents.largest.min(LARGEST_PUBLIC_DOCUMENT))?))
    }

    /// Finishes it: first the file, then the row.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where the case was erased meanwhile; as [`Services::finish_document`].
    pub fn finish_document_by_receipt(&self, upload: ReceiptUpload) -> Result<(), ServiceError> {
        let ReceiptUpload(upload) = upload;
        let case = upload.case();
        let kept = upload.keep()?;
        self.writing(&Caller::nobody(), Action::FollowByReceipt, Subject::General, |tx, permit| {
            tx.hold_case(case)?;
            if tx.erased_at(case)?.is_some() {
                return Err(ServiceError::NotFound);
            }
            let owner = tx.case_record(case)?.organisation;
            let author = tx.member(owner, PUBLIC, sealing::new_id())?;
            let shares = tx.shares(case)?;
            let readers = Readers::of(tx, owner, &shares)?;
            let mut sealer = Sealer::for_new_case(case, &readers);
            let record = kept.record(case, sealer.case_key()?, self.now(), author.actor)?;
            tx.add_data_keys(&sealer.into_new_keys(), self.now().timestamp_micros())?;
            tx.add_document(&record)?;
            permit.note(tx, AuditAction::DocumentAdded, |entry| {
                entry.by(author).about(SubjectKind::Document, record.id.0).with("case", case)
            })
        })
    }
}
