//! What a crash leaves: files that no row names. And what must never be: rows without a file.

use chrono::TimeDelta;

use crate::domain::id::DocumentId;
use crate::services::Services;
use crate::services::error::ServiceError;
use crate::store::Content;

/// How old a file without a row must be before it is taken for an orphan: an upload writes its row
/// within moments of its file, and a file that is being written is never idle for so long.
pub const ORPHANED_AFTER: TimeDelta = TimeDelta::hours(1);

/// Where rows and files do not agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFaults {
    /// Files that no row names, old enough to be orphans.
    pub orphans: usize,
    /// Documents whose file is missing.
    pub without_file: Vec<DocumentId>,
}

impl Services {
    /// Looks where rows and files do not agree.
    ///
    /// # Errors
    /// [`ServiceError::NoDocumentStore`]; those of the document store and of the database.
    pub fn check_documents(&self) -> Result<DocumentFaults, ServiceError> {
        let orphans = self.orphans()?.len();
        let named = self.store.read(|tx| Ok::<_, ServiceError>(tx.document_contents()?))?;
        // The rows first, then the files: a document that is added meanwhile is not missed.
        let kept: std::collections::HashSet<Content> =
            self.files()?.list()?.iter().filter_map(|file| file.content).collect();
        let without_file = named.into_iter().filter(|(_, content)| !kept.contains(content)).map(|(id, _)| id).collect();
        Ok(DocumentFaults { orphans, without_file })
    }

    /// Deletes the files that no row names, if they are older than [`ORPHANED_AFTER`]. Returns how many.
    ///
    /// # Errors
    /// [`ServiceError::NoDocumentStore`]; those of the document store and of the database.
    pub fn remove_orphans(&self) -> Result<usize, ServiceError> {
        let mut removed = 0;
        for orphan in self.orphans()? {
            removed += usize::from(self.files()?.delete_listed(&orphan)?);
        }
        Ok(removed)
    }

    fn orphans(&self) -> Result<Vec<crate::store::ListedFile>, ServiceError> {
        let before = self.now() - ORPHANED_AFTER;
        // The files first, then the rows: a row that is written meanwhile is seen.
        let mut files = self.files()?.list()?;
        files.retain(|file| file.changed_at < before);
        if files.is_empty() {
            return Ok(files);
        }
        let named = self.store.read(|tx| Ok::<_, ServiceError>(tx.contents()?))?;
        files.retain(|file| !file.content.is_some_and(|content| named.contains(&content)));
        Ok(files)
    }
}
