//! Making everything anew that can be made from the events. Nothing here changes an event.

use diesel::prelude::*;

use super::cases::{Batch, StoredCase};
use super::connection::{AnyConnection, Store, Transaction};
use super::error::StoreError;
use super::measure_code::FORMAT;
use super::revisions::MEASURES_FORMAT;
use super::schema::{case_summaries, visit_summaries};
use crate::domain::deadline::Deadlines;

/// How many cases are read at a time.
const AT_A_TIME: u16 = 500;

/// After how many cases the log is told how far it has come.
const TOLD_EVERY: u64 = 10_000;

impl Transaction<'_> {
    /// Makes every summary and every measured row anew from the events. `progress` is told of how many of how many
    /// are done.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a history does not replay.
    pub fn rebuild(&mut self, deadlines: &Deadlines, progress: impl FnMut(u64, u64)) -> Result<u64, StoreError> {
        self.hold_cases()?;
        diesel::delete(visit_summaries::table).execute(self.connection)?;
        diesel::delete(case_summaries::table).execute(self.connection)?;
        self.forget_measures()?;
        let done = self.for_each_case(progress, |rows, stored| {
            rows.add_summaries(&stored.record, &stored.case, deadlines)?;
            rows.add_history(&stored.record, &stored.case)
        })?;
        self.set_revision(MEASURES_FORMAT, FORMAT)?;
        self.note_past_change()?;
        Ok(done)
    }

    /// Makes every measured row anew, where they are not there yet or are of an earlier format.
    fn renew_measures(&mut self) -> Result<(), StoreError> {
        self.hold_cases()?;
        // Another node may have done it while this one waited.
        if self.revision(MEASURES_FORMAT)? >= FORMAT {
            return Ok(());
        }
        self.forget_measures()?;
        let tell = |done: u64, total: u64| {
            if done.is_multiple_of(TOLD_EVERY) || done == total {
                tracing::info!(done, total, "measuring the cases anew for statistics");
            }
        };
        self.for_each_case(tell, |rows, stored| rows.add_history(&stored.record, &stored.case))?;
        self.set_revision(MEASURES_FORMAT, FORMAT)?;
        self.note_past_change()?;
        self.count_for_planner()
    }

    /// Inserts the rows that `make` makes of each case, some hundred cases at a time. Returns how many cases there
    /// are.
    fn for_each_case(
        &mut self,
        mut progress: impl FnMut(u64, u64),
        make: impl Fn(&mut Batch, &StoredCase) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let total = u64::try_from(self.count_cases()?).unwrap_or(0);
        let mut done = 0;
        let mut last = None;
        loop {
            let batch = self.case_batch(last, AT_A_TIME, None)?;
            let Some(end) = batch.last() else { return Ok(done) };
            last = Some(end.record.id);
            let mut rows = Batch::default();
            for stored in &batch {
                make(&mut rows, stored)?;
                done += 1;
            }
            rows.insert(self.connection)?;
            progress(done, total);
        }
    }

    /// Lets nobody add to a case until this transaction ends; reading goes on. SQLite has one writer
    /// anyway. On PostgreSQL an event added meanwhile would find no summary to change.
    pub(super) fn hold_cases(&mut self) -> Result<(), StoreError> {
        if let AnyConnection::Postgres(connection) = self.connection {
            diesel::sql_query("lock table cases in share mode").execute(connection)?;
        }
        Ok(())
    }
}

impl Store {
    /// Whether the measured rows are those of this program.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] where they are of a later one.
    pub(super) fn has_measures(&self) -> Result<bool, StoreError> {
        let format = self.read(|tx| tx.revision(MEASURES_FORMAT))?;
        if format > FORMAT { Err(StoreError::TooNew) } else { Ok(format == FORMAT) }
    }

    /// Brings the measured rows to this program's format: all of them or, where it is broken off, none.
    pub(super) fn bring_measures_up_to_date(&self) -> Result<(), StoreError> {
        if self.has_measures()? { Ok(()) } else { self.write(|tx| tx.renew_measures()) }
    }
}
