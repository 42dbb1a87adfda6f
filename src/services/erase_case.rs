//! Erasing a case: its keys are destroyed, and with them every text in it. Its times, codes and states stay.

use super::error::ServiceError;
use super::guard::Subject;
use super::view_case::CaseName;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::store::StoreError;

impl Services {
    /// Destroys every sealed copy of a case's keys, its documents, and its entries in the name index.
    ///
    /// # Errors
    /// [`ServiceError::Erased`] where that was done before, and those of the guard.
    pub fn erase_case(&self, caller: &Caller, case: CaseName) -> Result<(), ServiceError> {
        let files = self.writing(caller, Action::EraseCase, Subject::Case(case), |tx, permit| {
            let (case, author) = (permit.case()?, permit.author()?);
            let erased = tx.erase_case_keys(case, self.now(), author.actor).map_err(|error| match error {
                StoreError::Duplicate => ServiceError::Erased,
                other => other.into(),
            })?;
            let files = tx.delete_documents_of(case)?;
            permit.note(tx, AuditAction::CaseErased, |entry| {
                let entry = entry.about(SubjectKind::Case, case).with("keys", erased.sealed_keys);
                entry.with("documents", files.len())
            })?;
            Ok::<_, ServiceError>(files)
        })?;
        self.delete_files(&files);
        // The case is erased, whatever comes of this: where somebody is reading, the pages go with the next checkpoint.
        if let Err(error) = self.store.forget_freed_pages() {
            tracing::error!(%error, "the pages that an erasure has freed could not be forgotten yet");
        }
        Ok(())
    }
}
