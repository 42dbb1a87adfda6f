//! Adding an event to a case: what recording a step or a fact and correcting one have in common.

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::idempotent::Written;
use super::sealing::{self, Readers, Scope, Sealer};
use super::view_case::CaseName;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::{AuditAction, Detail, SubjectKind};
use crate::domain::case::Case;
use crate::domain::event::{Entry, Event, RETRACTION};
use crate::domain::field::Reading;
use crate::domain::id::{CaseVersion, EventId};
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;
use crate::store::{CaseRecord, Idempotency, Transaction};

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
        caller: &Caller,
        (action, subject): (Action, Subject),
        request: &AddEvent,
        read: impl Fn(
            &Permit<'_>,
            Vec<(String, String)>,
            Reading<'_>,
            &Case,
        ) -> Result<(Entry<PlainText>, PartialTime), ServiceError>,
    ) -> Result<Written, ServiceError> {
        let codes = self.code_lists()?;
        self.write_once(caller, action, subject, request.idempotency.as_ref(), |tx, permit| {
            let case = permit.case()?;
            // Nobody shares or erases it meanwhile, or a key would be sealed for the wrong readers.
            tx.hold_case(case)?;
            let stored = tx.case(case)?;
            if stored.record.version != request.seen {
                return Err(ServiceError::Stale { current: stored.record.version.0 });
            }
            let (zone, now) = (stored.case.zone(), self.now());
            let reading = Reading { codes: &codes, on: None, zone, now };
            let (entry, occurred_at) = read(permit, request.fields.clone(), reading, &stored.case)?;
            let id = EventId(sealing::new_id());
            let kind = entry.happening().map_or(RETRACTION, |happening| happening.kind().as_str());
            let noted =
                if entry.corrects().is_some() { AuditAction::EventCorrected } else { AuditAction::EventRecorded };
            let scope = scope_of(&entry, id, &stored.case, occurred_at);
            let entry = self.seal_for_case(tx, caller, &stored.record, (id, scope), entry)?;
            let event = Event { id, entry, occurred_at, recorded_at: now, recorded_by: permit.author()? };
            let after = stored.case.record(event).map_err(|refusal| ServiceError::refused(refusal, zone))?;
            let deadlines = tx.deadlines()?;
            let record = tx.add_event(&stored.record, &after, &deadlines)?;
            permit.note(tx, noted, |entry| {
                entry.about(SubjectKind::Case, record.id).with("event", id).with("kind", Detail::word(kind))
            })?;
            Ok(Written { case: record.id, reference: record.reference, event: id, version: record.version })
        })
    }

    /// Seals an entry's texts, and stores the keys that were made for them.
    fn seal_for_case(
        &self,
        tx: &mut Transaction<'_>,
        caller: &Caller,
        record: &CaseRecord,
        (event, scope): (EventId, Scope),
        entry: Entry<PlainText>,
    ) -> Result<Entry, ServiceError> {
        let shares = tx.shares(record.id)?;
        if sealing::has_text(&entry) && tx.erased_at(record.id)?.is_some() {
            return Err(ServiceError::Erased);
        }
        let readers = Readers::of(tx, record.organisation, &shares)?;
        let mut sealer = Sealer::for_case(tx, caller, record.id, &readers)?;
        let sealed = sealer.seal_entry(event, scope, entry)?;
        tx.add_data_keys(&sealer.into_new_keys(), self.now().timestamp_micros())?;
        if sealing::may_name_somebody(&sealed) {
            for organisation in shares.into_iter().chain([record.organisation]) {
                tx.wait_for_name_index(organisation, record.id)?;
            }
        }
        Ok(sealed)
    }
}

/// Under which of the case's keys an entry's texts lie.
fn scope_of(entry: &Entry<PlainText>, id: EventId, case: &Case, occurred_at: PartialTime) -> Scope {
    let request = request_at(case, occurred_at);
    match entry {
        Entry::New(happening) => Scope::of(happening, id, request),
        Entry::Correction { corrects, instead, .. } => {
            let corrected = case.effective().find(|effective| effective.event.id == *corrects);
            let root = corrected.as_ref().map_or(id, |effective| effective.root);
            match (instead, corrected) {
                (Some(instead), _) => Scope::of(instead, root, request),
                (None, Some(corrected)) => Scope::of(corrected.happening, root, request),
                (None, None) => Scope::Case,
            }
        }
    }
}

/// The request that an answer at a time would be about: the last one that was made by then.
pub(super) fn request_at(case: &Case, at: PartialTime) -> Option<EventId> {
    let zone = case.zone();
    let made = case.visits().iter().rfind(|visit| visit.requested_at.first_day(zone) <= at.last_day(zone));
    made.or(case.visits().last()).map(|visit| visit.request)
}

/// What a role must be allowed to do to record something.
pub(super) fn action_of(happening: crate::domain::event::HappeningKind) -> Action {
    use crate::domain::event::HappeningKind;
    use crate::domain::visit::VisitStepKind;
    match happening {
        HappeningKind::Investigation(_) => Action::RecordStep,
        HappeningKind::Visit(VisitStepKind::RequestVisit) => Action::RequestVisit,
        HappeningKind::Visit(step) if step.is_answer() => Action::RecordAnswer,
        HappeningKind::Visit(_) => Action::RecordVisit,
        HappeningKind::Fact(_) => Action::RecordFact,
    }
}
