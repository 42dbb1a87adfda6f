//! How often something has been changed: whoever keeps a copy of it, or of what was made of it, asks this first.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::schema::revisions;

/// Of the code lists.
pub(super) const CODE_LISTS: &str = "code_lists";

/// Of everything that figures are made of: cases, their events, and with whom they are shared.
pub(super) const STATISTICS: &str = "statistics";

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

    pub(super) fn revision(&mut self, name: &str) -> Result<i32, StoreError> {
        let revision = revisions::table.find(name).select(revisions::revision).first(self.connection).optional()?;
        Ok(revision.unwrap_or(0))
    }

    /// Counts a change. Whoever changes the same thing meanwhile waits until this transaction ends: on PostgreSQL,
    /// call it after the rows of cases have been held and before the audit log is added to.
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
