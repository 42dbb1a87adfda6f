//! What the letters about an urgent visit are made of, for whoever may look at the request.
//!
//! The letter of request holds the text of the request: that it was read is written to the audit log. The letter about
//! delay holds no sealed text, and none is opened for it.

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::sealing::Shown;
use super::view_case::{Opened, note_reading, open_case};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::domain::case::Case;
use crate::domain::deadline::{AwaitedStep, due_at};
use crate::domain::event::Happening;
use crate::domain::id::EventId;
use crate::domain::visit::{Approval, VisitStep};
use crate::domain::visits::Visit;
use crate::report::visit_letters::{AnswerGiven, DeadlineSet, EarlierRequest, VisitFacts};
use crate::store::{CaseRecord, StoredCase, Transaction};

impl Services {
    /// What the letter of request says.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard.
    pub fn request_letter(&self, caller: &Caller, request: EventId) -> Result<VisitFacts, ServiceError> {
        self.viewing(caller, Action::ViewRequest, Subject::Request(request), |tx, permit| {
            let opened = open_case(tx, caller, permit.case()?)?;
            note_reading(tx, permit, caller, &opened, AuditAction::RequestRead)?;
            let facts = self.visit_facts(tx, permit, &opened.record, &opened.case, request)?;
            Ok(VisitFacts { urgency: urgency(&opened, request), ..facts })
        })
    }

    /// What the letter about delay says.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard.
    pub fn delay_letter(&self, caller: &Caller, request: EventId) -> Result<VisitFacts, ServiceError> {
        self.reading(caller, Action::ViewRequest, Subject::Request(request), |tx, permit| {
            let StoredCase { record, case } = tx.case(permit.case()?)?;
            self.visit_facts(tx, permit, &record, &case, request)
        })
    }

    fn visit_facts(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        record: &CaseRecord,
        case: &Case,
        request: EventId,
    ) -> Result<VisitFacts, ServiceError> {
        let visits = case.visits();
        let place = visits.iter().position(|visit| visit.request == request).ok_or(ServiceError::NotFound)?;
        let (visit, zone) = (&visits[place], case.zone());
        let offices = tx.ombudsmans_offices()?;
        let own = permit.author()?.organisation;
        // The office that is asked does not write to itself: what it gets is the letter of those who asked.
        let writer = if offices.contains(&own) { record.organisation } else { own };
        let kind_of_place = visit.requested.kind_of_place.code();
        let since = visit.requested_at;
        let deadlines = tx.deadlines()?;
        let step = AwaitedStep::AnswerVisit;
        let needs_answer = visit.requested.approval != Some(Approval::NotRequired);
        let rule = deadlines.rule(&record.jurisdiction, Some(kind_of_place.as_str()), step, since.first_day(zone));
        let names = offices.iter().map(|office| Ok(tx.organisation(*office)?.name));
        Ok(VisitFacts {
            reference: record.reference,
            offices: names.collect::<Result<Vec<_>, ServiceError>>()?,
            organisation: tx.organisation(writer)?.name,
            zone,
            now: self.now(),
            place: visit.requested.place.as_ref().map(|place| place.code().to_string()),
            kind_of_place: kind_of_place.to_string(),
            evidence: visit.requested.evidence,
            urgency: None,
            requested_at: since,
            answer: answer(visit),
            earlier: visits[..place].iter().map(earlier).collect(),
            deadline: rule.filter(|_| needs_answer).map(|rule| DeadlineSet {
                hours: rule.hours,
                basis: rule.basis,
                due_at: due_at(since, rule.hours, zone),
            }),
            lists: self.known_code_lists(tx)?.1,
        })
    }
}

fn answer(visit: &Visit) -> Option<AnswerGiven> {
    let ground = || visit.refusal_ground.as_ref().map(|ground| ground.code().to_string());
    Some(AnswerGiven { at: visit.answered_at()?, refused_on: visit.refused_at.and_then(|_| ground()) })
}

fn earlier(visit: &Visit) -> EarlierRequest {
    EarlierRequest { requested_at: visit.requested_at, answer: answer(visit) }
}

/// Why it is urgent, in the words of the request as it counts now; none where it cannot be read.
fn urgency(opened: &Opened, request: EventId) -> Shown {
    let effective = opened.case.effective().find(|effective| effective.root == request)?;
    let view = opened.events.iter().find(|view| view.event.id == effective.event.id)?;
    match &view.happening {
        Some(Happening::Visit(VisitStep::RequestVisit(step))) => step.urgency.clone(),
        _ => None,
    }
}
