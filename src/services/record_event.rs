//! Recording a step or a fact in a case.

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::idempotent::Written;
use super::{Caller, Services, sealing};
use crate::domain::code::{Code, CodeIn, CodeList, CodeLists, ListName, list};
use crate::domain::event::{Entry, Event, Happening, HappeningKind, Occurrence};
use crate::domain::field::{FieldError, FieldProblem, Form, Reading};
use crate::domain::id::{CaseId, CaseVersion, EventId};
use crate::domain::investigation::InvestigationStep;
use crate::domain::sealed::PlainText;
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::{Approval, VisitStep};
use crate::store::Idempotency;

/// A step or a fact to be recorded.
#[derive(Clone, Debug)]
pub struct RecordEvent {
    /// The case.
    pub case: CaseId,
    /// The version that the writer has seen.
    pub seen: CaseVersion,
    /// The kind of step or fact, by its word.
    pub kind: String,
    /// The fields, `occurred_at` among them.
    pub fields: Vec<(String, String)>,
    /// The key under which it happens once.
    pub idempotency: Option<Idempotency>,
}

impl Services {
    /// Records a step or a fact.
    ///
    /// # Errors
    /// Every field that is wrong; [`ServiceError::Refused`] for an illegal step;
    /// [`ServiceError::Stale`] where the case has changed since it was seen.
    pub fn record_event(&self, caller: Caller, request: &RecordEvent) -> Result<Written, ServiceError> {
        let codes = self.code_lists()?;
        self.write_once(caller, request.idempotency.as_ref(), |tx| {
            let stored = tx.case(request.case)?;
            check_version(stored.record.version, request.seen)?;
            let now = self.now();
            let occurrence = read_occurrence(&request.kind, request.fields.clone(), &codes, stored.case.zone(), now)?;
            let id = EventId(sealing::new_id());
            let event = Event {
                id,
                entry: Entry::New(sealing::seal(self.vault, id, occurrence.happening)),
                occurred_at: occurrence.occurred_at,
                recorded_at: now,
                recorded_by: caller.author,
            };
            let after = stored.case.record(event)?;
            let deadlines = tx.deadlines()?;
            let record = tx.add_event(&stored.record, &after, &deadlines)?;
            Ok(Written { case: record.id, event: id, version: record.version })
        })
    }
}

pub(super) fn check_version(current: CaseVersion, seen: CaseVersion) -> Result<(), ServiceError> {
    if current == seen { Ok(()) } else { Err(ServiceError::Stale { current: current.0 }) }
}

/// Reads a form of a kind: its fields and `occurred_at`, on whose day its codes must hold.
pub(super) fn read_occurrence(
    kind: &str,
    fields: Vec<(String, String)>,
    codes: &CodeLists,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Occurrence<PlainText>, ServiceError> {
    let Some(kind) = HappeningKind::named(kind.trim()) else {
        let problem = if kind.trim().is_empty() { FieldProblem::Missing } else { FieldProblem::UnknownKind };
        return Err(ServiceError::Invalid(vec![FieldError { field: "kind".to_owned(), problem }]));
    };
    let mut form = Form::new(fields, Reading { codes, on: chrono::NaiveDate::MAX, zone });
    let occurred_at: Option<PartialTime> = form.take("occurred_at");
    let happening = read_happening(kind, &mut form, occurred_at, codes, now);
    let read = happening.zip(occurred_at).map(|(happening, occurred_at)| Occurrence { happening, occurred_at });
    form.finish(read).map_err(ServiceError::Invalid)
}

/// Reads the fields of a kind and adds what the code lists know. No field may lie in the future;
/// whether the event itself does, the domain says.
pub(super) fn read_happening(
    kind: HappeningKind,
    form: &mut Form<'_>,
    occurred_at: Option<PartialTime>,
    codes: &CodeLists,
    now: DateTime<Utc>,
) -> Option<Happening<PlainText>> {
    let zone = form.reading().zone;
    if let Some(at) = occurred_at {
        form.set_day(at.first_day(zone));
    }
    let mut happening = kind.read(form)?;
    complete(&mut happening, codes, form.reading().on);
    if let Happening::Investigation(InvestigationStep::File(file)) = &happening {
        refuse_future(form, "incident_at", file.incident_at, now);
    }
    Some(happening)
}

/// Notes a time that has not come yet.
pub(super) fn refuse_future(form: &mut Form<'_>, field: &str, time: Option<PartialTime>, now: DateTime<Utc>) {
    if time.is_some_and(|time| time.earliest(form.reading().zone) > now) {
        form.refuse(field, FieldProblem::InTheFuture);
    }
}

/// Adds what follows from the place on the list, and whether a visit needs approval there.
pub(super) fn complete(happening: &mut Happening<PlainText>, codes: &CodeLists, on: chrono::NaiveDate) {
    match happening {
        Happening::Investigation(InvestigationStep::File(file)) => {
            let Some(place) = file.place.as_ref().and_then(|place| codes.entry(ListName::Place, place.code(), on))
            else {
                return;
            };
            let kind = place.parent.as_ref().and_then(|kind| valid::<list::KindOfPlace>(codes, kind, on));
            let region = place.attributes.get("region").and_then(|region| region.parse().ok());
            let region = region.as_ref().and_then(|region| valid::<list::Region>(codes, region, on));
            file.kind_of_place = file.kind_of_place.take().or(kind);
            file.region = file.region.take().or(region);
        }
        Happening::Visit(VisitStep::RequestVisit(request)) => {
            let entry = codes.entry(ListName::KindOfPlace, request.kind_of_place.code(), on);
            let free =
                entry.is_some_and(|entry| entry.attributes.get("needs_approval").is_some_and(|needs| needs == "no"));
            request.approval.get_or_insert(if free { Approval::NotRequired } else { Approval::Required });
        }
        _ => {}
    }
}

fn valid<L: CodeList>(codes: &CodeLists, code: &Code, on: chrono::NaiveDate) -> Option<CodeIn<L>> {
    codes.entry(L::NAME, code, on).map(|entry| CodeIn::new(entry.code.clone()))
}
