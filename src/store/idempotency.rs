//! Idempotency keys: a client that asks twice with the same key writes once.

use diesel::prelude::*;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::idempotency_keys;
use crate::domain::id::{CaseId, CaseVersion, EventId, OrganisationId};

/// The key that a client gave, and the SHA-256 of what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The client's key.
    pub key: String,
    /// The request's fingerprint.
    pub fingerprint: [u8; 32],
}

/// What a write with such a key did the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedWrite {
    /// The fingerprint of the request that did it.
    pub fingerprint: Vec<u8>,
    /// The case.
    pub case: CaseId,
    /// The (last) event.
    pub event: EventId,
    /// The version of the case after it.
    pub version: CaseVersion,
}

impl Transaction<'_> {
    /// What was done under the name of a key, if anything.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn remembered(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<RememberedWrite>, StoreError> {
        use idempotency_keys as t;
        let row: Option<(Vec<u8>, Key, Key, i32)> = t::table
            .find((Key::from(organisation), key))
            .select((t::fingerprint, t::case_id, t::event_id, t::version))
            .first(self.connection)
            .optional()?;
        Ok(row.map(|(fingerprint, case, event, version)| RememberedWrite {
            fingerprint,
            case: case.into(),
            event: event.into(),
            version: CaseVersion(version),
        }))
    }

    /// Has the end of this transaction wait until a write of before has come to the standby, where PostgreSQL has one
    /// that commits wait for. After a crash it may show what no standby has yet; whoever is told that it is there must
    /// find it there also after the next crash.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn make_sure_of(&mut self, organisation: OrganisationId, key: &str) -> Result<(), StoreError> {
        use idempotency_keys as t;
        if let AnyConnection::Postgres(connection) = self.connection {
            // Only who has written something waits.
            diesel::update(t::table.find((Key::from(organisation), key)))
                .set(t::recorded_at.eq(t::recorded_at))
                .execute(connection)?;
        }
        Ok(())
    }

    /// Remembers a write under the name of a key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where another write took the key at the same time.
    pub fn remember(
        &mut self,
        organisation: OrganisationId,
        key: &str,
        write: &RememberedWrite,
        recorded_at: i64,
    ) -> Result<(), StoreError> {
        use idempotency_keys as t;
        let row = (
            t::organisation_id.eq(Key::from(organisation)),
            t::key.eq(key),
            t::fingerprint.eq(&write.fingerprint),
            t::case_id.eq(Key::from(write.case)),
            t::event_id.eq(Key::from(write.event)),
            t::version.eq(write.version.0),
            t::recorded_at.eq(recorded_at),
        );
        diesel::insert_into(t::table).values(row).execute(self.connection)?;
        Ok(())
    }
}
