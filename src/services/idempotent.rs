//! A write that happens once, however often it is asked for with the same key.

use super::error::ServiceError;
use super::{Caller, Services};
use crate::domain::id::{CaseId, CaseVersion, EventId};
use crate::store::{Idempotency, RememberedWrite, StoreError, Transaction};

/// What a write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The case.
    pub case: CaseId,
    /// The event; for a filing, the filing itself.
    pub event: EventId,
    /// The version of the case after it.
    pub version: CaseVersion,
}

impl Services {
    /// Runs `work` in one transaction, unless its key says that it has been done.
    pub(super) fn write_once(
        &self,
        caller: Caller,
        idempotency: Option<&Idempotency>,
        work: impl Fn(&mut Transaction<'_>) -> Result<Written, ServiceError>,
    ) -> Result<Written, ServiceError> {
        let attempt = || self.store.write(|tx| self.once(tx, caller, idempotency, &work));
        match attempt() {
            // Two with the same key at once: the other one has done it by now, so look again. The
            // second one met its key, or the version that the first one made.
            Err(ServiceError::Store(StoreError::Duplicate) | ServiceError::Stale { .. }) if idempotency.is_some() => {
                attempt()
            }
            other => other,
        }
    }

    fn once(
        &self,
        tx: &mut Transaction<'_>,
        caller: Caller,
        idempotency: Option<&Idempotency>,
        work: impl Fn(&mut Transaction<'_>) -> Result<Written, ServiceError>,
    ) -> Result<Written, ServiceError> {
        let Some(Idempotency { key, fingerprint }) = idempotency else { return work(tx) };
        let organisation = caller.author.organisation;
        if let Some(done) = tx.remembered(organisation, key)? {
            let same = done.fingerprint == fingerprint;
            return if same {
                Ok(Written { case: done.case, event: done.event, version: done.version })
            } else {
                Err(ServiceError::IdempotencyReused)
            };
        }
        let written = work(tx)?;
        let write = RememberedWrite {
            fingerprint: fingerprint.to_vec(),
            case: written.case,
            event: written.event,
            version: written.version,
        };
        tx.remember(organisation, key, &write, self.now().timestamp_micros())?;
        Ok(written)
    }
}
