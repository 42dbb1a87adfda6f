//! Filing a complaint: the case begins.

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::file_batch::{BatchCase, BatchEvent};
use super::guard::{Permit, Subject};
use super::idempotent::Written;
use super::record_event::{read_happening, read_occurrence_of};
use super::sealing::{self, Readers};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::code::{CodeIn, CodeLists, list};
use crate::domain::event::{Happening, HappeningKind, Occurrence};
use crate::domain::fact::{Fact, FactKind, LearnOfAllegation, Safeguard, SafeguardKind};
use crate::domain::field::{FieldError, FieldProblem, Form, Reading};
use crate::domain::id::{DraftId, EventId};
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::sealed::PlainText;
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::VisitStepKind;
use crate::store::{Idempotency, Transaction};

/// The state whose deadlines apply where none is named.
pub const DEFAULT_JURISDICTION: &str = "kz";

/// The most people that may come with a filing; more can be added to the case.
const MOST_PEOPLE: usize = 50;

/// A complaint to be filed.
#[derive(Clone, Debug, Default)]
pub struct FileComplaint {
    /// The fields of the filing: those of `file`, `occurred_at`, and `learnt_at`, `time_zone`,
    /// `jurisdiction` and the times of the safeguards, each by its word, where they are known.
    pub fields: Vec<(String, String)>,
    /// The people in it, each with the fields of `person`.
    pub people: Vec<Vec<(String, String)>>,
    /// An urgent visit that is asked for at once: the fields of `request_visit`, and `occurred_at`.
    pub visit: Option<Vec<(String, String)>>,
    /// The draft that it was written in; it goes when the complaint is filed.
    pub draft: Option<DraftId>,
    /// The key under which it happens once.
    pub idempotency: Option<Idempotency>,
}

/// A complaint in whose fields nothing is wrong.
pub(super) struct ReadComplaint {
    pub(super) zone: Zone,
    pub(super) jurisdiction: String,
    pub(super) occurrences: Vec<Occurrence<PlainText>>,
}

impl Services {
    /// Says whether the caller may file a complaint and ask for an urgent visit in it at once.
    ///
    /// # Errors
    /// Those of the guard where they may not.
    pub fn may_file_with_visit(&self, caller: &Caller) -> Result<(), ServiceError> {
        self.reading(caller, Action::FileWithVisit, Subject::General, |_, _| Ok(()))
    }

    /// Whether a complaint could be filed as it is.
    ///
    /// # Errors
    /// As [`Services::file_complaint`], which writes; this writes nothing.
    pub fn check_complaint(&self, caller: &Caller, request: &FileComplaint) -> Result<(), ServiceError> {
        let codes = self.code_lists()?;
        self.reading(caller, Action::FileComplaint, Subject::General, |_, _| {
            read(request, &codes, self.now()).map(drop)
        })
    }

    /// Files a complaint.
    ///
    /// # Errors
    /// Every field that is wrong, those of people as `people[0].name`.
    pub fn file_complaint(&self, caller: &Caller, request: &FileComplaint) -> Result<Written, ServiceError> {
        let codes = self.code_lists()?;
        let now = self.now();
        let action = if request.visit.is_some() { Action::FileWithVisit } else { Action::FileComplaint };
        self.write_once(caller, action, Subject::General, request.idempotency.as_ref(), |tx, permit| {
            let author = permit.author()?;
            let complaint = read(request, &codes, now)?;
            let event = |occurrence| BatchEvent { id: EventId(sealing::new_id()), occurrence, recorded_at: None };
            let events = complaint.occurrences.into_iter().map(event).collect();
            let case = BatchCase {
                zone: complaint.zone,
                jurisdiction: complaint.jurisdiction,
                events,
                origin: None,
                shared_with: Vec::new(),
            };
            let readers = Readers::of(tx, author.organisation, &[])?;
            let new = self.new_case(author, case, &readers, now)?;
            let filing = new.case.case.events().first().map(|event| event.id).ok_or(ServiceError::NotFound)?;
            let deadlines = tx.deadlines()?;
            let filed = tx.file_cases(std::slice::from_ref(&new.case), &deadlines)?;
            let record = filed.first().ok_or(ServiceError::NotFound)?;
            tx.add_data_keys(&new.keys, now.timestamp_micros())?;
            if new.names {
                tx.wait_for_name_index(author.organisation, record.id)?;
            }
            if let Some(draft) = request.draft {
                tx.delete_draft(draft, author.actor)?;
            }
            permit.note(tx, AuditAction::CaseFiled, |entry| entry.about(SubjectKind::Case, record.id))?;
            Ok(Written { case: record.id, reference: record.reference, event: filing, version: record.version })
        })
    }

    /// What was filed under a key before: a draft has gone by the time its form is sent again.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where nothing was.
    pub fn filed_before(&self, caller: &Caller, key: &Idempotency) -> Result<Written, ServiceError> {
        let nothing = |_: &mut Transaction<'_>, _: &Permit<'_>| Err(ServiceError::NotFound);
        self.write_once(caller, Action::FileComplaint, Subject::General, Some(key), nothing)
    }
}

/// Reads a complaint's fields.
///
/// # Errors
/// Every field that is wrong.
pub(super) fn read(
    request: &FileComplaint,
    codes: &CodeLists,
    now: DateTime<Utc>,
) -> Result<ReadComplaint, ServiceError> {
    let mut fields = request.fields.clone();
    let mut errors = Vec::new();
    let zone = take(&mut fields, "time_zone")
        .map_or(Some(Zone::default()), |name| Zone::named(name.trim()))
        .unwrap_or_else(|| {
            errors.push(FieldError { field: "time_zone".to_owned(), problem: FieldProblem::NotATimeZone });
            Zone::default()
        });
    let reading = Reading { codes, on: None, zone, now };
    let mut form = Form::new(fields, reading);
    let occurred_at: Option<PartialTime> = form.take("occurred_at");
    let learnt_at: Option<Option<PartialTime>> = form.take("learnt_at");
    let filing = read_happening(HappeningKind::Investigation(InvestigationStepKind::File), &mut form, occurred_at);
    let safeguards: Vec<(SafeguardKind, Option<Option<PartialTime>>)> =
        SafeguardKind::ALL.iter().map(|kind| (*kind, form.take(kind.as_str()))).collect();
    let jurisdiction: Option<Option<CodeIn<list::Jurisdiction>>> = form.take("jurisdiction");
    let on = form.reading().on;
    let read = filing.zip(occurred_at).zip(learnt_at).zip(jurisdiction);
    let read = form.finish(read).map_err(|problems| errors.extend(problems)).ok();
    let people = read_people(request, Reading { on, ..reading }, &mut errors);
    let request_visit = HappeningKind::Visit(VisitStepKind::RequestVisit);
    let visit = request.visit.clone().map(|fields| read_occurrence_of(request_visit, fields, reading)).transpose();
    let visit = visit.unwrap_or_else(|problems| {
        // What the visit shares with the filing is blamed once.
        errors.extend(problems.into_iter().filter(|problem| !errors.contains(problem)).collect::<Vec<_>>());
        None
    });
    match read {
        Some((((happening, occurred_at), learnt_at), jurisdiction)) if errors.is_empty() => {
            let mut occurrences = vec![Occurrence { happening, occurred_at }];
            occurrences.extend(learnt_at.map(|at| Occurrence { happening: learnt(), occurred_at: at }));
            occurrences.extend(people.into_iter().map(|person| Occurrence { happening: person, occurred_at }));
            let known = safeguards.into_iter().filter_map(|(kind, at)| Some((kind, at.flatten()?)));
            occurrences.extend(known.map(|(kind, at)| Occurrence { happening: safeguard(kind), occurred_at: at }));
            occurrences.extend(visit);
            let jurisdiction = jurisdiction.map_or_else(|| DEFAULT_JURISDICTION.to_owned(), |code| code.to_string());
            Ok(ReadComplaint { zone, jurisdiction, occurrences })
        }
        _ => Err(ServiceError::Invalid(errors)),
    }
}

fn take(fields: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let at = fields.iter().position(|(field, value)| field == name && !value.trim().is_empty())?;
    Some(fields.swap_remove(at).1)
}

fn learnt() -> Happening<PlainText> {
    Happening::Fact(Fact::LearnOfAllegation(LearnOfAllegation { agency: None, remarks: None }))
}

fn safeguard(safeguard: SafeguardKind) -> Happening<PlainText> {
    Happening::Fact(Fact::Safeguard(Safeguard { safeguard, remarks: None }))
}

fn read_people(
    request: &FileComplaint,
    reading: Reading<'_>,
    errors: &mut Vec<FieldError>,
) -> Vec<Happening<PlainText>> {
    if request.people.len() > MOST_PEOPLE {
        errors.push(FieldError { field: "people".to_owned(), problem: FieldProblem::TooMany { max: MOST_PEOPLE } });
        return Vec::new();
    }
    let mut people = Vec::new();
    for (index, fields) in request.people.iter().enumerate() {
        let mut form = Form::new(fields.clone(), reading);
        let person = HappeningKind::Fact(FactKind::Person).read(&mut form);
        match form.finish(person) {
            Ok(person) => people.push(person),
            Err(problems) => {
                errors.extend(problems.into_iter().map(|error| FieldError {
                    field: format!("people[{index}].{}", error.field),
                    problem: error.problem,
                }))
            }
        }
    }
    people
}
