//! Receipts of complainants without an account, and what is written between them and the organisation. It
//! knows names that follow from a receipt, and never a receipt.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{complainant_messages, receipt_derivation, receipts};
use crate::domain::id::{ActorId, CaseId};
use crate::domain::sealed::Sealed;
use crate::vault::PublicKey;

/// A message between the complainant and the organisation, sealed.
#[derive(Clone, Debug)]
pub struct StoredMessage {
    /// Its identifier.
    pub id: Uuid,
    /// The case.
    pub case: CaseId,
    /// Whether the complainant wrote it.
    pub from_complainant: bool,
    /// For the organisations that may read the case.
    pub text: Sealed,
    /// For the holder of the receipt; none for what they wrote themselves.
    pub for_receipt: Option<Vec<u8>>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// By which member: `public` for the complainant.
    pub written_by: ActorId,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = complainant_messages)]
struct MessageRow {
    id: Key,
    case_id: Key,
    from_complainant: bool,
    text_sealed: String,
    sealed_for_receipt: Option<Vec<u8>>,
    written_at: i64,
    written_by: Key,
}

impl MessageRow {
    fn message(self) -> Result<StoredMessage, StoreError> {
        Ok(StoredMessage {
            id: self.id.0,
            case: self.case_id.into(),
            from_complainant: self.from_complainant,
            text: Sealed::from_envelope(self.text_sealed),
            for_receipt: self.sealed_for_receipt,
            written_at: DateTime::from_timestamp_micros(self.written_at).ok_or_else(unreadable)?,
            written_by: self.written_by.into(),
        })
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("complainant_messages".to_owned())
}

impl Transaction<'_> {
    /// What receipts are derived with here: the cost and the salt.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn receipt_derivation(&mut self) -> Result<(String, Vec<u8>), StoreError> {
        let row = receipt_derivation::table.select((receipt_derivation::cost, receipt_derivation::salt));
        Ok(row.first(self.connection)?)
    }

    /// Keeps the name and the public key that follow from a receipt.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where the same receipt, or the same case, has been kept before.
    pub fn add_receipt(
        &mut self,
        lookup: &[u8; 32],
        case: CaseId,
        public: &PublicKey,
        now: i64,
    ) -> Result<(), StoreError> {
        let row = (
            receipts::lookup.eq(lookup.as_slice()),
            receipts::case_id.eq(Key::from(case)),
            receipts::public_key.eq(public.bytes().as_slice()),
            receipts::created_at.eq(now),
        );
        diesel::insert_into(receipts::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The case of a receipt, by its name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn case_of_receipt(&mut self, lookup: &[u8; 32]) -> Result<CaseId, StoreError> {
        let row = receipts::table.find(lookup.as_slice()).select(receipts::case_id);
        Ok(row.first::<Key>(self.connection)?.into())
    }

    /// The public key of the complainant of a case; none where the case has no receipt.
    ///
    /// # Errors
    /// Those of the database, and [`StoreError::Unreadable`].
    pub fn receipt_key_of(&mut self, case: CaseId) -> Result<Option<PublicKey>, StoreError> {
        let row = receipts::table.filter(receipts::case_id.eq(Key::from(case))).select(receipts::public_key);
        let key: Option<Vec<u8>> = row.first(self.connection).optional()?;
        let read =
            |key: Vec<u8>| PublicKey::from_slice(&key).map_err(|_| StoreError::Unreadable("receipts".to_owned()));
        key.map(read).transpose()
    }

    /// Keeps a message.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one with its identifier.
    pub fn add_message(&mut self, message: &StoredMessage) -> Result<(), StoreError> {
        let row = MessageRow {
            id: Key(message.id),
            case_id: message.case.into(),
            from_complainant: message.from_complainant,
            text_sealed: message.text.envelope().to_owned(),
            sealed_for_receipt: message.for_receipt.clone(),
            written_at: message.written_at.timestamp_micros(),
            written_by: message.written_by.into(),
        };
        diesel::insert_into(complainant_messages::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Whether there is a message with an identifier.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn has_message(&mut self, id: Uuid) -> Result<bool, StoreError> {
        let found: i64 = complainant_messages::table.find(Key(id)).count().get_result(self.connection)?;
        Ok(found > 0)
    }

    /// The messages of a case, the oldest first.
    ///
    /// # Errors
    /// Those of the database, and [`StoreError::Unreadable`].
    pub fn messages_of(&mut self, case: CaseId) -> Result<Vec<StoredMessage>, StoreError> {
        let rows: Vec<MessageRow> = complainant_messages::table
            .filter(complainant_messages::case_id.eq(Key::from(case)))
            .order((complainant_messages::written_at, complainant_messages::id))
            .select(MessageRow::as_select())
            .load(self.connection)?;
        rows.into_iter().map(MessageRow::message).collect()
    }

    /// Deletes the receipt of a case and its messages.
    pub(super) fn forget_receipt_of(&mut self, case: CaseId) -> Result<(), StoreError> {
        let key = Key::from(case);
        diesel::delete(receipts::table.filter(receipts::case_id.eq(key))).execute(self.connection)?;
        diesel::delete(complainant_messages::table.filter(complainant_messages::case_id.eq(key)))
            .execute(self.connection)?;
        Ok(())
    }
}
