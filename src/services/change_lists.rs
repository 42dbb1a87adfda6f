//! Code lists, deadlines and escalation levels, as the administrator of the first organisation keeps them for all.
//! What held on a past day is never changed: entries and rules begin and end.

use chrono::NaiveDate;

use super::audit_log::runs_the_installation;
use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::written_fields::{FieldReading, WrittenFields};
use super::{Caller, Services};
use crate::access::permission::{Action, Relation, decide};
use crate::audit::{AuditAction, Detail};
use crate::domain::code::{Code, CodeEntry, CodeLists, ListName};
use crate::domain::deadline::{AwaitedStep, Basis, DeadlineRule};
use crate::domain::escalation::{EscalationLevel, Escalations, HIGHEST_LEVEL};
use crate::domain::field::FieldProblem;
use crate::domain::zone::Zone;
use crate::store::{DeadlineRecord, StoreError, Transaction};

/// The most hours of a deadline: five years.
const MOST_HOURS: u16 = 24 * 365 * 5;

impl Services {
    /// Adds an entry to a list: `entry_code`, `label_kk`, `label_ru`, `label_en`, `valid_from`, and for places `parent` and `region`.
    ///
    /// # Errors
    /// Those of the guard, and every field that is wrong.
    pub fn add_code(&self, caller: &Caller, list: ListName, written: &WrittenFields) -> Result<(), ServiceError> {
        self.changing_lists(caller, |tx, permit| {
            let lists = tx.code_lists()?;
            let entry = read_entry(list, written, &lists)?;
            tx.add_code(list, &entry).map_err(|error| match error {
                StoreError::Duplicate => ServiceError::invalid("entry_code", FieldProblem::Taken),
                other => other.into(),
            })?;
            note_code(tx, permit, list, &entry.code)
        })
    }

    /// Calls an entry otherwise, or lets it end on a day: `label_kk`, `label_ru`, `label_en`, `valid_to`. `from` is its first day.
    ///
    /// # Errors
    /// Those of the guard, every field that is wrong, and [`ServiceError::NotFound`].
    pub fn change_code(
        &self,
        caller: &Caller,
        list: ListName,
        (code, from): (&str, Option<NaiveDate>),
        written: &WrittenFields,
    ) -> Result<(), ServiceError> {
        self.changing_lists(caller, |tx, permit| {
            let lists = tx.code_lists()?;
            let code: Code = code.parse().map_err(|_| ServiceError::NotFound)?;
            let periods = lists.periods(list, &code);
            let entry = periods.iter().find(|entry| entry.valid_from == from).ok_or(ServiceError::NotFound)?;
            let next = periods.iter().filter_map(|other| other.valid_from).filter(|begins| Some(*begins) > from).min();
            let mut reading = FieldReading::of(written);
            let (kk, ru, en) = (reading.label("label_kk"), reading.label("label_ru"), reading.label("label_en"));
            let valid_to = reading.day("valid_to");
            if valid_to.is_some_and(|ends| Some(ends) <= from) {
                reading.refuse("valid_to", FieldProblem::EndsBeforeItBegins);
            } else if next.is_some() && (valid_to.is_none() || valid_to > next) {
                // The next period of this code has begun.
                reading.refuse("valid_to", FieldProblem::Taken);
            }
            reading.finish()?;
            tx.change_code(list, &CodeEntry { valid_to, kk, ru, en, ..entry.clone() })?;
            note_code(tx, permit, list, &code)
        })
    }

    /// Whether somebody may change the lists: a page offers nothing that would be refused.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn may_change_lists(&self, caller: &Caller) -> Result<bool, ServiceError> {
        let may = decide(caller.standing(), Action::ManageLists, Relation::General).is_ok();
        self.reading(caller, Action::ReadCodeLists, Subject::General, |tx, _| {
            Ok(may && runs_the_installation(tx, caller).is_ok())
        })
    }

    /// Every deadline with its source.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn deadline_records(&self, caller: &Caller) -> Result<Vec<DeadlineRecord>, ServiceError> {
        self.reading(caller, Action::ReadCodeLists, Subject::General, |tx, _| Ok(tx.deadline_records()?))
    }

    /// Adds a deadline that holds from a day: `step`, `kind_of_place`, `jurisdiction`, `hours`, `basis`, `label_kk`, `label_ru`,
    /// `label_en`, `valid_from`. What open cases wait for is held against it at once.
    ///
    /// # Errors
    /// Those of the guard, and every field that is wrong: a day that has passed is.
    pub fn add_deadline(&self, caller: &Caller, written: &WrittenFields) -> Result<(), ServiceError> {
        let today = Zone::default().date_of(self.now());
        self.changing_lists(caller, |tx, permit| {
            let lists = tx.code_lists()?;
            let mut reading = FieldReading::of(written);
            let step = reading.word("step", AwaitedStep::WORDS, AwaitedStep::named);
            let kind_of_place = reading.code("kind_of_place", ListName::KindOfPlace, &lists);
            let jurisdiction = reading.code("jurisdiction", ListName::Jurisdiction, &lists);
            let hours = reading.number("hours", 1, MOST_HOURS);
            let basis = reading.word("basis", Basis::WORDS, Basis::named);
            let (source_kk, source_ru, source_en) =
                (reading.label("label_kk"), reading.label("label_ru"), reading.label("label_en"));
            let from = reading.required_day("valid_from");
            if from.is_some_and(|from| from < today) {
                reading.refuse("valid_from", FieldProblem::InThePast);
            }
            if jurisdiction.is_none() && written.get("jurisdiction").is_empty() {
                reading.refuse("jurisdiction", FieldProblem::Missing);
            }
            reading.finish()?;
            let (Some(step), Some(hours), Some(basis), Some(from), Some(jurisdiction)) =
                (step, hours, basis, from, jurisdiction)
            else {
                return Err(ServiceError::NotFound);
            };
            let hours = i32::from(hours);
            let rule = DeadlineRule {
                jurisdiction,
                kind_of_place,
                step,
                hours,
                valid_from: Some(from),
                valid_to: None,
                basis,
            };
            let new = DeadlineRecord { rule, source_kk, source_ru, source_en };
            tx.add_deadline(&new, from).map_err(|error| match error {
                StoreError::Duplicate => ServiceError::invalid("valid_from", FieldProblem::Taken),
                other => other.into(),
            })?;
            // No wait that began before that day is held against it, and a wait that began since was recorded since,
            // in whichever zone the day began first.
            let since = Zone::default().start_of(from) - chrono::TimeDelta::days(1);
            let deadlines = tx.deadlines()?;
            tx.renew_due_times(since.timestamp_micros(), &deadlines)?;
            permit.note(tx, AuditAction::DeadlineChanged, |entry| {
                entry.with("step", Detail::word(step.as_str())).with("hours", hours).with("from", from)
            })
        })
    }

    /// The escalation levels.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn escalations(&self, caller: &Caller) -> Result<Escalations, ServiceError> {
        self.reading(caller, Action::ReadCodeLists, Subject::General, |tx, _| Ok(tx.escalations()?))
    }

    /// Sets an escalation level: `step`, `kind_of_place`, `level`, `after_hours`, `label_kk`, `label_ru`, `label_en`.
    ///
    /// # Errors
    /// Those of the guard, and every field that is wrong.
    pub fn set_escalation(&self, caller: &Caller, written: &WrittenFields) -> Result<(), ServiceError> {
        self.changing_lists(caller, |tx, permit| {
            let lists = tx.code_lists()?;
            let mut reading = FieldReading::of(written);
            let step = reading.word("step", AwaitedStep::WORDS, AwaitedStep::named);
            let kind_of_place = reading.code("kind_of_place", ListName::KindOfPlace, &lists);
            let level = reading.number("level", 1, HIGHEST_LEVEL.into());
            let after_hours = reading.number("after_hours", 0, MOST_HOURS);
            let (kk, ru, en) = (reading.label("label_kk"), reading.label("label_ru"), reading.label("label_en"));
            reading.finish()?;
            let level = level.and_then(|level| u8::try_from(level).ok());
            let (Some(step), Some(level), Some(after_hours)) = (step, level, after_hours) else {
                return Err(ServiceError::NotFound);
            };
            tx.set_escalation(&EscalationLevel { step, kind_of_place, level, after_hours, kk, ru, en })?;
            permit.note(tx, AuditAction::EscalationChanged, |entry| {
                let entry = entry.with("step", Detail::word(step.as_str()));
                entry.with("level", u16::from(level)).with("after_hours", after_hours)
            })
        })
    }

    /// The lists are those of all organisations: only the first one's administrators, and the console, change them.
    fn changing_lists<T>(
        &self,
        caller: &Caller,
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        self.writing(caller, Action::ManageLists, Subject::General, |tx, permit| {
            runs_the_installation(tx, caller)?;
            work(tx, permit)
        })
    }
}

fn note_code(tx: &mut Transaction<'_>, permit: &Permit<'_>, list: ListName, code: &Code) -> Result<(), ServiceError> {
    permit.note(tx, AuditAction::CodeListChanged, |entry| {
        entry.with("list", Detail::word(list.as_str())).with("code", Detail::from(code.clone()))
    })
}

fn read_entry(list: ListName, written: &WrittenFields, lists: &CodeLists) -> Result<CodeEntry, ServiceError> {
    let mut reading = FieldReading::of(written);
    let code = reading.new_code("entry_code");
    let (kk, ru, en) = (reading.label("label_kk"), reading.label("label_ru"), reading.label("label_en"));
    let valid_from = reading.day("valid_from");
    let mut attributes = std::collections::BTreeMap::new();
    let mut parent = None;
    if list == ListName::Place {
        parent = reading.code("parent", ListName::KindOfPlace, lists);
        if parent.is_none() && written.get("parent").is_empty() {
            reading.refuse("parent", FieldProblem::Missing);
        }
        let region = reading.code("region", ListName::Region, lists);
        attributes.extend(region.map(|region| ("region".to_owned(), region.to_string())));
    }
    // A code may begin again once it has ended; two that hold on one day would be one too many.
    let periods = code.as_ref().map_or(&[][..], |code| lists.periods(list, code));
    let has_ended =
        |period: &CodeEntry| period.valid_to.is_some_and(|ends| valid_from.is_some_and(|from| ends <= from));
    if !periods.iter().all(has_ended) {
        reading.refuse("entry_code", FieldProblem::Taken);
    }
    reading.finish()?;
    let code = code.ok_or(ServiceError::NotFound)?;
    let successors = Vec::new();
    Ok(CodeEntry { code, valid_from, valid_to: None, kk, ru, en, parent, iso: None, successors, attributes })
}
