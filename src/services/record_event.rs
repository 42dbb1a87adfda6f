//! Recording a step or a fact in a case.

use super::add_event::{AddEvent, action_of};
use super::error::ServiceError;
use super::guard::Subject;
use super::idempotent::Written;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::code::{Code, CodeIn, CodeList, CodeLists, ListName, list};
use crate::domain::event::{Entry, Happening, HappeningKind, Occurrence};
use crate::domain::field::{FieldError, FieldProblem, Form, Reading};
use crate::domain::investigation::InvestigationStep;
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;
use crate::domain::visit::{Approval, VisitStep};

impl Services {
    /// Records a step or a fact. The form has `kind`, `occurred_at` and the fields of that kind.
    ///
    /// # Errors
    /// Every field that is wrong; [`ServiceError::Refused`] for an illegal step;
    /// [`ServiceError::Stale`] where the case has changed since it was seen.
    pub fn record_event(&self, caller: &Caller, request: &AddEvent) -> Result<Written, ServiceError> {
        // A word that is no kind is told to whoever may record steps.
        let action = HappeningKind::named(kind_in(&request.fields)).map_or(Action::RecordStep, action_of);
        self.add_event(caller, (action, Subject::Case(request.case)), request, |_, fields, reading, _| {
            let occurrence = read_occurrence(fields, reading)?;
            Ok((Entry::New(occurrence.happening), occurrence.occurred_at))
        })
    }
}

/// Reads a form of a kind: its fields and `occurred_at`, on whose day its codes must hold.
pub(super) fn read_occurrence(
    fields: Vec<(String, String)>,
    reading: Reading<'_>,
) -> Result<Occurrence<PlainText>, ServiceError> {
    let (word, fields) = take_kind(fields);
    let Some(kind) = HappeningKind::named(&word) else {
        let error = FieldError { field: "kind".to_owned(), problem: no_kind(&word) };
        return Err(ServiceError::Invalid(vec![error]));
    };
    read_occurrence_of(kind, fields, reading).map_err(ServiceError::Invalid)
}

/// Reads a form whose kind is known.
pub(super) fn read_occurrence_of(
    kind: HappeningKind,
    fields: Vec<(String, String)>,
    reading: Reading<'_>,
) -> Result<Occurrence<PlainText>, Vec<FieldError>> {
    let mut form = Form::new(fields, reading);
    let occurred_at: Option<PartialTime> = form.take("occurred_at");
    let happening = read_happening(kind, &mut form, occurred_at);
    let read = happening.zip(occurred_at).map(|(happening, occurred_at)| Occurrence { happening, occurred_at });
    form.finish(read)
}

/// The word for the kind in a form; empty where it is missing.
pub(super) fn kind_in(fields: &[(String, String)]) -> &str {
    fields.iter().find(|(name, _)| name == "kind").map_or("", |(_, word)| word.trim())
}

/// Takes the word for the kind out of a form; empty where it is missing.
pub(super) fn take_kind(mut fields: Vec<(String, String)>) -> (String, Vec<(String, String)>) {
    let at = fields.iter().position(|(name, _)| name == "kind");
    let word = at.map(|at| fields.remove(at).1).unwrap_or_default();
    (word.trim().to_owned(), fields)
}

/// What is wrong with a word that is no kind.
pub(super) fn no_kind(word: &str) -> FieldProblem {
    if word.is_empty() { FieldProblem::Missing } else { FieldProblem::UnknownKind }
}

/// Reads the fields of a kind and adds what the code lists know.
pub(super) fn read_happening(
    kind: HappeningKind,
    form: &mut Form<'_>,
    occurred_at: Option<PartialTime>,
) -> Option<Happening<PlainText>> {
    let Reading { codes, zone, .. } = form.reading();
    let day = occurred_at.map(|at| at.first_day(zone));
    if let Some(day) = day {
        form.set_day(day);
    }
    let mut happening = kind.read(form)?;
    if let Some(day) = day {
        complete(&mut happening, codes, day);
    }
    Some(happening)
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
