//! Idempotency keys: a client that asks twice with the same key writes once.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::idempotency_keys;
use crate::domain::id::{CaseId, CaseVersion, EventId, OrganisationId};

/// The name of the key that a client gave, and a fingerprint of what it asked for. Neither may tell, to whoever
/// steals the database, what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// A hash of the client's key.
    pub key: String,
    /// The request's fingerprint, keyed by the client's key.
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
    /// What was done under a key, if anything.
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

    /// Remembers a write under a key.
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
