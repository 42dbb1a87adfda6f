//! A write that happens once, however often it is asked for with the same key.

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::id::{CaseId, CaseVersion, EventId, Reference};
use crate::store::{Idempotency, RememberedWrite, StoreError, Transaction};
use crate::vault::Remembrance;

/// What a write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// The event; for a filing, the filing itself.
    pub event: EventId,
    /// The version of the case after it.
    pub version: CaseVersion,
}

impl Services {
    /// Runs `work` in one transaction, with leave, unless its key says that it has been done.
    pub(super) fn write_once(
        &self,
        caller: &Caller,
        action: Action,
        subject: Subject,
        idempotency: Option<&Idempotency>,
        work: impl Fn(&mut Transaction<'_>, &Permit<'_>) -> Result<Written, ServiceError>,
    ) -> Result<Written, ServiceError> {
        // A key of the case that was tampered with is refused here too.
        let attempt =
            || self.opening(caller, action, subject, |tx, permit| self.once(tx, caller, permit, idempotency, &work));
        match attempt() {
            // Two with the same key at once: the other one has it by now, so look again. On PostgreSQL
            // the second of two steps waits for the first, and then finds the case changed.
            Err(ServiceError::Store(StoreError::Duplicate) | ServiceError::Stale { .. }) if idempotency.is_some() => {
                attempt()
            }
            other => other,
        }
    }

    fn once(
        &self,
        tx: &mut Transaction<'_>,
        caller: &Caller,
        permit: &Permit<'_>,
        idempotency: Option<&Idempotency>,
        work: impl Fn(&mut Transaction<'_>, &Permit<'_>) -> Result<Written, ServiceError>,
    ) -> Result<Written, ServiceError> {
        let Some(Idempotency { key, fingerprint }) = idempotency else { return work(tx, permit) };
        let (author, organisation) = (permit.author()?, permit.author()?.organisation);
        let kept = Remembrance::of(author.actor, key, fingerprint, caller.key())?;
        if let Some(done) = tx.remembered(organisation, &kept.name)? {
            if done.fingerprint != kept.fingerprint {
                return Err(ServiceError::IdempotencyReused);
            }
            tx.make_sure_of(organisation, &kept.name)?;
            let reference = tx.case_record(done.case)?.reference;
            return Ok(Written { case: done.case, reference, event: done.event, version: done.version });
        }
        let written = work(tx, permit)?;
        let write = RememberedWrite {
            fingerprint: kept.fingerprint.to_vec(),
            case: written.case,
            event: written.event,
            version: written.version,
        };
        tx.remember(organisation, &kept.name, &write, self.now().timestamp_micros())?;
        Ok(written)
    }
}
