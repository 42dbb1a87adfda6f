//! Adding an event to a case: what recording a step or a fact and correcting one have in common.

use super::error::ServiceError;
use super::idempotent::Written;
use super::view_case::{CaseName, resolve};
use super::{Caller, Services, sealing};
use crate::domain::case::Case;
use crate::domain::event::{Entry, Event};
use crate::domain::field::Reading;
use crate::domain::id::{CaseVersion, EventId};
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;
use crate::store::Idempotency;

/// An event to be added.
#[derive(Clone, Debug)]
pub struct AddEvent {
    /// The case.
    pub case: CaseName,
    /// The version that the writer has seen.
    pub seen: CaseVersion,
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
    /// The key under which it happens once.
    pub idempotency: Option<Idempotency>,
}

impl Services {
    /// Adds the event that `read` makes of the form, in one transaction.
    pub(super) fn add_event(
        &self,
        caller: Caller,
        request: &AddEvent,
        read: impl Fn(Vec<(String, String)>, Reading<'_>, &Case) -> Result<(Entry<PlainText>, PartialTime), ServiceError>,
    ) -> Result<Written, ServiceError> {
        let codes = self.code_lists()?;
        self.write_once(caller, request.idempotency.as_ref(), |tx| {
            let case = resolve(tx, request.case)?;
            let stored = tx.case(case)?;
            if stored.record.version != request.seen {
                return Err(ServiceError::Stale { current: stored.record.version.0 });
            }
            let (zone, now) = (stored.case.zone(), self.now());
            let reading = Reading { codes: &codes, on: None, zone, now };
            let (entry, occurred_at) = read(request.fields.clone(), reading, &stored.case)?;
            let id = EventId(sealing::new_id());
            let entry = sealing::seal_entry(self.vault, id, entry);
            let event = Event { id, entry, occurred_at, recorded_at: now, recorded_by: caller.author };
            let after = stored.case.record(event).map_err(|refusal| ServiceError::refused(refusal, zone))?;
            let deadlines = tx.deadlines()?;
            let record = tx.add_event(&stored.record, &after, &deadlines)?;
            Ok(Written { case: record.id, reference: record.reference, event: id, version: record.version })
        })
    }
}
