//! Documents as rows: what is known of each beside its sealed file.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::connection::Transaction;
use super::error::StoreError;
use super::file_store::Content;
use super::key::Key;
use super::schema::documents;
use crate::domain::id::{ActorId, CaseId, DataKeyId, DocumentId};
use crate::domain::sealed::Sealed;

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its identifier.
    pub id: DocumentId,
    /// The case that it belongs to.
    pub case: CaseId,
    /// The data key under which its name and its file's key are sealed.
    pub data_key: DataKeyId,
    /// Its name, sealed.
    pub name: Sealed,
    /// The key of its file, sealed.
    pub key: Sealed,
    /// What its first bytes said that it is.
    pub media_type: String,
    /// How many bytes it has when it is opened.
    pub size: u64,
    /// Its sealed file.
    pub content: Content,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: ActorId,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = documents)]
struct DocumentRow {
    id: Key,
    case_id: Key,
    data_key_id: Key,
    name_sealed: String,
    key_sealed: String,
    media_type: String,
    size: i64,
    content: Vec<u8>,
    added_at: i64,
    added_by: Key,
}

impl DocumentRow {
    fn of(record: &DocumentRecord) -> Result<Self, StoreError> {
        Ok(Self {
            id: record.id.into(),
            case_id: record.case.into(),
            data_key_id: record.data_key.into(),
            name_sealed: record.name.envelope().to_owned(),
            key_sealed: record.key.envelope().to_owned(),
            media_type: record.media_type.clone(),
            size: i64::try_from(record.size).map_err(|_| unreadable())?,
            content: record.content.0.to_vec(),
            added_at: record.added_at.timestamp_micros(),
            added_by: record.added_by.into(),
        })
    }

    fn record(self) -> Result<DocumentRecord, StoreError> {
        Ok(DocumentRecord {
            id: self.id.into(),
            case: self.case_id.into(),
            data_key: self.data_key_id.into(),
            name: Sealed::from_envelope(self.name_sealed),
            key: Sealed::from_envelope(self.key_sealed),
            media_type: self.media_type,
            size: u64::try_from(self.size).map_err(|_| unreadable())?,
            content: Content::from_bytes(&self.content).ok_or_else(unreadable)?,
            added_at: DateTime::from_timestamp_micros(self.added_at).ok_or_else(unreadable)?,
            added_by: self.added_by.into(),
        })
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("the row of a document".to_owned())
}

impl Transaction<'_> {
    /// Adds a document to a case. Its file must have reached the disk before.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn add_document(&mut self, record: &DocumentRecord) -> Result<(), StoreError> {
        diesel::insert_into(documents::table).values(DocumentRow::of(record)?).execute(self.connection)?;
        Ok(())
    }

    /// A document.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn document(&mut self, id: DocumentId) -> Result<DocumentRecord, StoreError> {
        let row: DocumentRow =
            documents::table.find(Key::from(id)).select(DocumentRow::as_select()).first(self.connection)?;
        row.record()
    }

    /// The files of all documents, each once.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn all_contents(&mut self) -> Result<Vec<Content>, StoreError> {
        let contents = documents::table.select(documents::content).distinct().order(documents::content);
        let contents: Vec<Vec<u8>> = contents.load(self.connection)?;
        contents.iter().map(|content| Content::from_bytes(content).ok_or_else(unreadable)).collect()
    }

    /// How many bytes all documents have when they are opened.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn documents_size(&mut self) -> Result<u64, StoreError> {
        // A sum of these is a number of another type on each of the two.
        let sum = sql::<BigInt>("coalesce(cast(sum(size) as bigint), 0)");
        let size: i64 = documents::table.select(sum).first(self.connection)?;
        u64::try_from(size).map_err(|_| unreadable())
    }

    /// The documents of a case, in the order in which they were added.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn documents_of(&mut self, case: CaseId) -> Result<Vec<DocumentRecord>, StoreError> {
        let rows: Vec<DocumentRow> = documents::table
            .filter(documents::case_id.eq(Key::from(case)))
            .order((documents::added_at, documents::id))
            .select(DocumentRow::as_select())
            .load(self.connection)?;
        rows.into_iter().map(DocumentRow::record).collect()
    }

    /// Deletes the documents of a case. Returns the files that no row names any more; they are to be
    /// deleted once this has been committed.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn delete_documents_of(&mut self, case: CaseId) -> Result<Vec<Content>, StoreError> {
        let of_case = documents::case_id.eq(Key::from(case));
        let contents: Vec<Vec<u8>> =
            documents::table.filter(of_case).select(documents::content).distinct().load(self.connection)?;
        diesel::delete(documents::table.filter(of_case)).execute(self.connection)?;
        let mut unnamed = Vec::with_capacity(contents.len());
        for chunk in contents.chunks(500) {
            let named: Vec<Vec<u8>> = documents::table
                .filter(documents::content.eq_any(chunk.to_vec()))
                .select(documents::content)
                .load(self.connection)?;
            unnamed.extend(
                chunk
                    .iter()
                    .filter(|content| !named.contains(content))
                    .filter_map(|content| Content::from_bytes(content)),
            );
        }
        Ok(unnamed)
    }

    /// The file of each document.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn document_contents(&mut self) -> Result<Vec<(DocumentId, Content)>, StoreError> {
        let rows: Vec<(Key, Vec<u8>)> =
            documents::table.select((documents::id, documents::content)).order(documents::id).load(self.connection)?;
        let read =
            |(id, content): (Key, Vec<u8>)| Ok((id.into(), Content::from_bytes(&content).ok_or_else(unreadable)?));
        rows.into_iter().map(read).collect()
    }

    /// The files of all documents.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn contents(&mut self) -> Result<HashSet<Content>, StoreError> {
        Ok(self.document_contents()?.into_iter().map(|(_, content)| content).collect())
    }
}
