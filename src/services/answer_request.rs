//! Visit requests as the Ombudsman's office sees them: the request, and nothing else of its case.

use chrono::{DateTime, Utc};

use super::add_event::AddEvent;
use super::error::ServiceError;
use super::guard::Subject;
use super::idempotent::Written;
use super::record_event::{kind_in, read_occurrence};
use super::view_case::{EventView, note_reading, open_case};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::domain::case::Case;
use crate::domain::event::{Entry, Happening, HappeningKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::{EventId, Reference};
use crate::domain::time::Zone;
use crate::domain::visit::VisitStep;
use crate::domain::visits::Visit;
use crate::store::StoreError;

/// A visit request with its answer.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// The reference of the case: what the two offices call it by.
    pub reference: Reference,
    /// The version of the case, which an answer must name.
    pub version: i32,
    /// The time zone of the case.
    pub zone: Zone,
    /// The visit.
    pub visit: Visit,
    /// The request and its answer, with their texts opened.
    pub events: Vec<EventView>,
    /// The instant for which this holds.
    pub now: DateTime<Utc>,
}

impl Services {
    /// A visit request.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard.
    pub fn view_request(&self, caller: &Caller, request: EventId) -> Result<RequestView, ServiceError> {
        let now = self.now();
        self.viewing(caller, Action::ViewRequest, Subject::Request(request), |tx, permit| {
            let opened = open_case(tx, caller, permit.case()?)?;
            note_reading(tx, permit, caller, &opened, AuditAction::RequestRead)?;
            let visit = opened.case.visits().iter().find(|visit| visit.request == request).cloned();
            let visit = visit.ok_or(ServiceError::NotFound)?;
            let shown = events_of(&opened.case, request);
            let events = opened.events.into_iter().filter(|view| shown.contains(&view.event.id)).collect();
            let (reference, version) = (opened.record.reference, opened.record.version.0);
            Ok(RequestView { reference, version, zone: opened.case.zone(), visit, events, now })
        })
    }

    /// Approves or refuses a visit request. The form has `kind`, `occurred_at` and the fields of that kind.
    ///
    /// # Errors
    /// As [`Services::record_event`]; [`ServiceError::NotFound`] where another request has taken its place.
    pub fn answer_request(
        &self,
        caller: &Caller,
        request: EventId,
        answer: &AddEvent,
    ) -> Result<Written, ServiceError> {
        let guarded = (Action::AnswerRequest, Subject::Request(request));
        let answered = self.add_event(caller, guarded, answer, |_, fields, reading, case| {
            if case.visits().last().is_none_or(|visit| visit.request != request) {
                return Err(ServiceError::NotFound);
            }
            if !HappeningKind::named(kind_in(&fields)).is_some_and(is_answer) {
                return Err(ServiceError::invalid("kind", FieldProblem::NotOneOf { options: ANSWERS }));
            }
            let occurrence = read_occurrence(fields, reading)?;
            Ok((Entry::New(occurrence.happening), occurrence.occurred_at))
        });
        match answered {
            // Why a step does not fit tells what else happened in the case.
            Err(ServiceError::Refused { .. }) => Err(ServiceError::Store(StoreError::Duplicate)),
            other => other,
        }
    }
}

/// The kinds of answer.
pub const ANSWERS: &[&str] = &["approve_visit", "refuse_visit"];

fn is_answer(kind: HappeningKind) -> bool {
    matches!(kind, HappeningKind::Visit(step) if step.is_answer())
}

/// The events that make up a request and its answer.
fn events_of(case: &Case, request: EventId) -> Vec<EventId> {
    let mut shown = Vec::new();
    let mut current = None;
    for event in case.steps() {
        match event.entry.happening() {
            Some(Happening::Visit(VisitStep::RequestVisit(_))) => {
                let effective = case.effective().find(|effective| effective.event.id == event.id);
                current = effective.map(|effective| effective.root);
            }
            Some(happening) if is_answer(happening.kind()) => {}
            _ => continue,
        }
        if current == Some(request) {
            shown.push(event.id);
        }
    }
    shown
}
