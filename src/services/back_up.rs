//! Making a backup while the server runs, and making a database of one: the same or the other kind.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, Write};

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::backup::{self, ArchiveWriter, BackupError, BackupKey, Head, Item, Manifest, Recipient};
use crate::store::{Content, FileStore, StoreError, TableShape, Transaction, Turn};

/// How many rows are put into the database with one statement.
const ROWS_AT_ONCE: usize = 500;

/// A backup that could not be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailure {
    /// The backup.
    #[error("{0}")]
    Backup(#[from] BackupError),
    /// The database, the document store or the guard.
    #[error("{0}")]
    Service(#[from] ServiceError),
    /// The database to restore into is not new.
    #[error("the database has an organisation already: name a new one to restore into")]
    NotNew,
    /// There are documents, and no place for them.
    #[error("the backup has documents: say with --documents where they are to lie")]
    NoPlaceForDocuments,
}

impl From<io::Error> for BackupFailure {
    fn from(error: io::Error) -> Self {
        Self::Backup(error.into())
    }
}

impl From<StoreError> for BackupFailure {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

/// What a backup is of.
pub type BackupHead = Head<TableShape>;

impl Services {
    /// Writes a backup of everything, as one moment saw it, sealed to these keys. `progress` is told of each row and
    /// document. What must come to the disk is the caller's affair.
    ///
    /// # Errors
    /// Those of the guard, of the database, of the document store and of writing.
    pub fn back_up(
        &self,
        caller: &Caller,
        recipients: &[Recipient],
        to: impl Write,
        mut progress: impl FnMut(),
    ) -> Result<Manifest, BackupFailure> {
        let (action, subject) = (Action::Maintain, Subject::General);
        let migration = self.store.last_migration()?.ok_or(ServiceError::NotSetUp)?;
        let (manifest, gone) = self.reading(caller, action, subject, |tx, _| {
            let head = Head::new(self.now(), migration, tx.table_shapes()?);
            let mut archive = ArchiveWriter::begin(to, recipients, &head)?;
            for table in &head.tables {
                tx.rows_of::<BackupFailure>(table, |row| {
                    progress();
                    Ok(archive.add_row(&table.name, row)?)
                })?;
            }
            let gone = self.back_up_documents(tx, &mut archive, progress)?;
            let (manifest, mut written) = archive.finish()?;
            written.flush()?;
            Ok::<_, BackupFailure>((manifest, gone))
        })?;
        self.writing(caller, action, subject, |tx, permit| {
            // Between the moment of the backup and the reading of its file a case may have been erased. Anything else
            // that is missing is a loss that nobody may learn of only when they restore.
            if tx.all_contents()?.iter().any(|content| gone.contains(content)) {
                return Err(ServiceError::from(StoreError::FileMissing));
            }
            permit.note(tx, AuditAction::BackedUp, |entry| entry.with("documents", manifest.documents()))
        })?;
        Ok(manifest)
    }

    /// The turn to make backups, which one of several nodes has for as long as it lives: the one that it had, or a new
    /// one; none where another node has it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn turn_at_backups(&self, held: Option<Turn>) -> Result<Option<Turn>, ServiceError> {
        if let Some(mut turn) = held
            && turn.is_ours()
        {
            return Ok(Some(turn));
        }
        Ok(self.store.take_turn_at_backups()?)
    }

    /// Returns the files that were not there.
    fn back_up_documents<W: Write>(
        &self,
        tx: &mut Transaction<'_>,
        archive: &mut ArchiveWriter<W>,
        mut progress: impl FnMut(),
    ) -> Result<BTreeSet<Content>, BackupFailure> {
        let mut gone = BTreeSet::new();
        let contents = tx.all_contents()?;
        if contents.is_empty() {
            return Ok(gone);
        }
        let files = self.documents.files().ok_or(BackupFailure::NoPlaceForDocuments)?;
        for content in contents {
            progress();
            match files.open(content) {
                Ok(file) => archive.add_document(&content.to_string(), file.size()?, file)?,
                Err(StoreError::FileMissing) => _ = gone.insert(content),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(gone)
    }

    /// Makes a new database of a backup, all of it or nothing, then brings it up to this version. Sessions and tokens of
    /// the backup's time are ended. `progress` is told of each row and document.
    ///
    /// # Errors
    /// [`BackupFailure::NotNew`]; where the backup is damaged or of a newer version; those of the database and of the
    /// document store.
    pub fn restore(
        &self,
        mut from: impl Read + Seek,
        key: &BackupKey,
        mut progress: impl FnMut(),
    ) -> Result<(BackupHead, Manifest), BackupFailure> {
        let head: BackupHead = backup::read_head(&mut from, key)?;
        from.rewind()?;
        self.store.migrate_up_to(&head.migration)?;
        let manifest = self.store.write(|tx| {
            let tables = tx.table_shapes()?;
            if tables != head.tables {
                return Err(BackupError::Damaged("head.json".to_owned()).into());
            }
            tx.empty_seeded(&tables).map_err(|error| match error {
                StoreError::Duplicate => BackupFailure::NotNew,
                other => other.into(),
            })?;
            let manifest = backup::read(from, key, |item| self.restore_item(tx, &tables, item, &mut progress))?;
            tx.end_all_sessions()?;
            Ok::<_, BackupFailure>(manifest)
        })?;
        self.migrate()?;
        let console = self.console()?;
        self.writing(&console, Action::Maintain, Subject::General, |tx, permit| {
            tx.count_for_planner()?;
            permit.note(tx, AuditAction::Restored, |entry| entry.with("cases", manifest.rows_of("cases")))
        })?;
        Ok((head, manifest))
    }

    fn restore_item(
        &self,
        tx: &mut Transaction<'_>,
        tables: &[TableShape],
        item: Item<'_>,
        progress: &mut impl FnMut(),
    ) -> Result<(), BackupFailure> {
        match item {
            Item::Rows { table, rows } => {
                let damaged = || BackupError::Damaged(format!("rows/{table}"));
                let shape = tables.iter().find(|shape| shape.name == table).ok_or_else(damaged)?;
                for rows in rows.chunks(ROWS_AT_ONCE) {
                    tx.put_rows(shape, rows)?;
                    rows.iter().for_each(|_| progress());
                }
                Ok(())
            }
            Item::Document { name, bytes } => {
                progress();
                let files = self.documents.files().ok_or(BackupFailure::NoPlaceForDocuments)?;
                keep(files, name, bytes)
            }
        }
    }
}

/// Keeps a document under its hash; one with other bytes than its name says is refused.
fn keep(files: &FileStore, name: &str, bytes: &mut dyn Read) -> Result<(), BackupFailure> {
    let mut file = files.create()?;
    io::copy(bytes, &mut file).map_err(StoreError::Files)?;
    let kept = file.keep()?;
    if Content::parse(name) == Some(kept) {
        return Ok(());
    }
    files.delete(kept)?;
    Err(BackupError::Damaged(format!("documents/{name}")).into())
}
