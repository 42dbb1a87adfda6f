//! What a database of version 0.1 needs when its texts are sealed: for once, events are written over.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::case_rows::EventRow;
use super::connection::{AnyConnection, Store, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::events;
use crate::domain::event::Event;
use crate::domain::id::CaseId;

/// The guard as the first migration has set it up.
const GUARD: &str = "create trigger events_are_never_changed before update on events
begin
    select raise(abort, 'events are never changed');
end";

impl Transaction<'_> {
    /// Lifts the guard that refuses every change of an event, and sets it up again. Whatever ends in an error
    /// is rolled back as a whole, the lifting too.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub fn lift_guard_of_events<E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let (lift, set) = match self.connection {
            AnyConnection::Postgres(_) => {
                ("alter table events disable trigger user", "alter table events enable trigger user")
            }
            AnyConnection::Sqlite(_) => ("drop trigger events_are_never_changed", GUARD),
        };
        self.connection.batch_execute(lift).map_err(StoreError::from)?;
        work(self)?;
        Ok(self.connection.batch_execute(set).map_err(StoreError::from)?)
    }

    /// Puts the texts of an event in the place of those that are stored.
    ///
    /// # Errors
    /// Only those of the database; the guard, where it was not lifted.
    pub fn write_event_over(&mut self, case: CaseId, event: &Event) -> Result<(), StoreError> {
        let row = EventRow::new(case, 0, event)?;
        diesel::update(events::table.find(Key::from(event.id)))
            .set((events::payload.eq(row.payload), events::correction_reason.eq(row.correction_reason)))
            .execute(self.connection)?;
        Ok(())
    }
}

impl Store {
    /// Writes the database anew, so that no page of it holds what was written over. It needs as much room
    /// again, and nobody else may write meanwhile.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn write_anew(&self) -> Result<(), StoreError> {
        self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => Ok(connection.batch_execute("vacuum full events")?),
            AnyConnection::Sqlite(connection) => {
                // The whole database is made anew beside itself, which memory may have no room for.
                connection.batch_execute("pragma temp_store = file")?;
                let written = connection.batch_execute("vacuum");
                connection.batch_execute("pragma temp_store = memory")?;
                Ok(written.and_then(|()| connection.batch_execute("pragma wal_checkpoint(truncate)"))?)
            }
        })
    }
}
