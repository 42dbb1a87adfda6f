//! Complaints that somebody has begun to log: sealed rows that belong to one member.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::drafts as t;
use crate::domain::id::{ActorId, DraftId};

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    /// Its identifier.
    pub id: DraftId,
    /// Whose it is.
    pub member: ActorId,
    /// What was typed, sealed to the member.
    pub sealed: Vec<u8>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

type Row = (Key, Key, Vec<u8>, i64, i64);

fn record((id, member, sealed, begun_at, saved_at): Row) -> DraftRecord {
    let instant = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    let (begun_at, saved_at) = (instant(begun_at), instant(saved_at));
    DraftRecord { id: id.into(), member: member.into(), sealed, begun_at, saved_at }
}

impl Transaction<'_> {
    /// The drafts of a member, those that were saved last first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn drafts_of(&mut self, member: ActorId, limit: i64) -> Result<Vec<DraftRecord>, StoreError> {
        let own = t::table.filter(t::member_id.eq(Key::from(member)));
        let rows: Vec<Row> = own.order((t::saved_at.desc(), t::id.desc())).limit(limit).load(self.connection)?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// A draft of a member.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it is another member's.
    pub fn draft(&mut self, id: DraftId, member: ActorId) -> Result<DraftRecord, StoreError> {
        let row: Row =
            t::table.find(Key::from(id)).filter(t::member_id.eq(Key::from(member))).first(self.connection)?;
        Ok(record(row))
    }

    /// Keeps a new draft.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn add_draft(&mut self, draft: &DraftRecord) -> Result<(), StoreError> {
        let row = (
            t::id.eq(Key::from(draft.id)),
            t::member_id.eq(Key::from(draft.member)),
            t::sealed.eq(&draft.sealed),
            t::begun_at.eq(draft.begun_at.timestamp_micros()),
            t::saved_at.eq(draft.saved_at.timestamp_micros()),
        );
        diesel::insert_into(t::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Puts what is typed now in the place of what was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the member has no such draft.
    pub fn save_draft(&mut self, draft: &DraftRecord) -> Result<(), StoreError> {
        let own = t::table.find(Key::from(draft.id)).filter(t::member_id.eq(Key::from(draft.member)));
        let saved = diesel::update(own)
            .set((t::sealed.eq(&draft.sealed), t::saved_at.eq(draft.saved_at.timestamp_micros())))
            .execute(self.connection)?;
        if saved == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Deletes a draft of a member. Returns whether there was one.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn delete_draft(&mut self, id: DraftId, member: ActorId) -> Result<bool, StoreError> {
        let own = t::table.find(Key::from(id)).filter(t::member_id.eq(Key::from(member)));
        Ok(diesel::delete(own).execute(self.connection)? == 1)
    }
}
