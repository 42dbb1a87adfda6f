//! Erasing a case: its sealed keys are destroyed and its name index with them. Its events stay, and with
//! them its times and codes; of its texts nothing can be opened any more.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::connection::{AnyConnection, Store, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{cases, data_keys, erasures, idempotency_keys, sealed_keys};
use crate::audit::ErasureNote;
use crate::domain::id::{ActorId, CaseId};

/// What an erasure destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErasedKeys {
    /// Sealed copies of data keys.
    pub sealed_keys: usize,
}

impl Transaction<'_> {
    /// Destroys every sealed copy of a case's data keys, its entries in the name index, its receipt and what was
    /// written with it, and notes it in the list of erasures. Whoever gives a case another sealed key must call
    /// [`Self::hold_case`] (or change its row) and then ask [`Self::erased_at`], or the key may outlive the erasure.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such case, [`StoreError::Duplicate`] where it has been
    /// erased before.
    pub fn erase_case_keys(&mut self, case: CaseId, at: DateTime<Utc>, by: ActorId) -> Result<ErasedKeys, StoreError> {
        self.hold_case(case)?;
        if self.erased_at(case)?.is_some() {
            return Err(StoreError::Duplicate);
        }
        let key = Key::from(case);
        let of_case = data_keys::table.filter(data_keys::case_id.eq(key)).select(data_keys::id);
        let copies = diesel::delete(sealed_keys::table.filter(sealed_keys::data_key_id.eq_any(of_case)));
        let erased = ErasedKeys { sealed_keys: copies.execute(self.connection)? };
        self.forget_names_of(case)?;
        self.forget_receipt_of(case)?;
        // The key of an imported row may be made of a name: whoever has the database could try names until one fits.
        diesel::update(cases::table.find(key)).set(cases::origin.eq(None::<Vec<u8>>)).execute(self.connection)?;
        diesel::delete(idempotency_keys::table.filter(idempotency_keys::case_id.eq(key))).execute(self.connection)?;
        let row = (
            erasures::case_id.eq(key),
            erasures::erased_at.eq(at.timestamp_micros()),
            erasures::erased_by.eq(Key::from(by)),
        );
        diesel::insert_into(erasures::table).values(row).execute(self.connection)?;
        Ok(erased)
    }

    /// Lets nobody else change a case until this transaction ends.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn hold_case(&mut self, case: CaseId) -> Result<(), StoreError> {
        let row = cases::table.find(Key::from(case));
        match diesel::update(row).set(cases::version.eq(cases::version)).execute(self.connection)? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// When a case was erased, if it was.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where the time is none.
    pub fn erased_at(&mut self, case: CaseId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at = erasures::table
            .find(Key::from(case))
            .select(erasures::erased_at)
            .first::<i64>(self.connection)
            .optional()?;
        at.map(|at| instant(case, at)).transpose()
    }

    /// Every erasure, by case.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a time is none.
    pub fn erasures(&mut self) -> Result<Vec<ErasureNote>, StoreError> {
        let rows: Vec<(Key, i64)> = erasures::table
            .order(erasures::case_id)
            .select((erasures::case_id, erasures::erased_at))
            .load(self.connection)?;
        let note = |(case, at): (Key, i64)| Ok(ErasureNote { case: case.into(), erased_at: instant(case.into(), at)? });
        rows.into_iter().map(note).collect()
    }
}

fn instant(case: CaseId, at: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_micros(at).ok_or_else(|| StoreError::Unreadable(format!("erasure of {case}")))
}

#[derive(QueryableByName)]
struct WriteBack {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Store {
    /// Makes the database forget pages that an erasure has freed: on SQLite the write-ahead log, which still
    /// has them, is written back and cut. To be called after the transaction has been committed. Returns
    /// whether it could: not while another one reads what was there before. PostgreSQL keeps
    /// dead rows until vacuum, and its log for as long as it is set up to; nothing here changes that.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_freed_pages(&self) -> Result<bool, StoreError> {
        self.with_connection(|connection| match connection {
            AnyConnection::Postgres(_) => Ok(false),
            AnyConnection::Sqlite(connection) => {
                let done: WriteBack = diesel::sql_query("pragma wal_checkpoint(truncate)").get_result(connection)?;
                Ok(done.busy == 0)
            }
        })
    }
}
