//! How often something has been changed: whoever keeps a copy of it, or of what was made of it, asks this first.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::schema::revisions;

/// Of the code lists.
pub(super) const CODE_LISTS: &str = "code_lists";

/// Of everything that figures are made of: cases, their events, and with whom they are shared.
pub(super) const STATISTICS: &str = "statistics";

/// Of what was known on days long past: what is recorded now is known from today on, and changes nothing there.
const PAST_STATISTICS: &str = "past_statistics";

/// Of with whom cases are shared.
const SHARES: &str = "case_shares";

/// The format of the packed rows that the database has; not a count, but kept beside them.
pub(super) const MEASURES_FORMAT: &str = "case_measures_format";

impl Transaction<'_> {
    /// How often the code lists have been changed.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn code_lists_revision(&mut self) -> Result<i32, StoreError> {
        self.revision(CODE_LISTS)
    }

    /// How often anything has been changed that figures are made of: in the same transaction, equal numbers mean
    /// equal figures, as long as deadlines and code lists are the same too.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn statistics_revision(&mut self) -> Result<i32, StoreError> {
        self.revision(STATISTICS)
    }

    /// How often anything has been changed that figures as known on a day long past are made of, for somebody who
    /// reads all cases.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn past_statistics_revision(&mut self) -> Result<i32, StoreError> {
        self.revision(PAST_STATISTICS)
    }

    /// How often cases have been shared, or no longer shared: whose cases somebody reads hangs on it, on any day.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn shares_revision(&mut self) -> Result<i32, StoreError> {
        self.revision(SHARES)
    }

    /// Counts a change of what was known on days long past: cases that were recorded elsewhere on a day that is over,
    /// or rows that were made anew.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn note_past_change(&mut self) -> Result<(), StoreError> {
        self.note_change(STATISTICS)?;
        self.note_change(PAST_STATISTICS)
    }

    pub(super) fn note_share_change(&mut self) -> Result<(), StoreError> {
        self.note_change(STATISTICS)?;
        self.note_change(SHARES)
    }

    pub(super) fn revision(&mut self, name: &str) -> Result<i32, StoreError> {
        let revision = revisions::table.find(name).select(revisions::revision).first(self.connection).optional()?;
        Ok(revision.unwrap_or(0))
    }

    /// Counts a change. Whoever changes the same thing meanwhile waits until this transaction ends: on PostgreSQL,
    /// call it after the rows of cases have been held and before the audit log is added to, and for
    /// [`STATISTICS`] before the others.
    pub(super) fn note_change(&mut self, name: &str) -> Result<(), StoreError> {
        let next = revisions::revision.eq(revisions::revision + 1);
        let changed = diesel::update(revisions::table.find(name)).set(next).execute(self.connection)?;
        if changed == 0 { self.begin_revision(name, 1) } else { Ok(()) }
    }

    pub(super) fn set_revision(&mut self, name: &str, to: i32) -> Result<(), StoreError> {
        let set = revisions::revision.eq(to);
        let changed = diesel::update(revisions::table.find(name)).set(set).execute(self.connection)?;
        if changed == 0 { self.begin_revision(name, to) } else { Ok(()) }
    }

    fn begin_revision(&mut self, name: &str, at: i32) -> Result<(), StoreError> {
        let row = (revisions::name.eq(name), revisions::revision.eq(at));
        diesel::insert_into(revisions::table).values(row).execute(self.connection)?;
        Ok(())
    }
}
