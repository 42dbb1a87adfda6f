//! From the cells of one row to a case, collecting every problem on the way.

use chrono::{DateTime, Utc};

use super::columns::Cells;
use super::condition::{Consequence, all_hold};
use super::mapping::{EventRule, Mapping};
use super::problem::{Problem, Reason};
use super::row::{ImportedCase, RowKey};
use super::value::{FieldRule, Fill};
use crate::domain::code::CodeLists;
use crate::domain::event::{HappeningKind, Occurrence};
use crate::domain::fact::FactKind;
use crate::domain::field::{FieldProblem, Form, Reading};
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;

/// What rows are read by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Converter<'a> {
    pub mapping: &'a Mapping,
    pub codes: &'a CodeLists,
    pub now: DateTime<Utc>,
}

/// What the contradictions of a row leave of it.
#[derive(Default)]
struct Verdict {
    dropped_events: Vec<usize>,
    dropped_fields: Vec<(usize, &'static str)>,
    notes: Vec<String>,
    names: Vec<String>,
}

impl Converter<'_> {
    /// Turns a row into a case.
    ///
    /// # Errors
    /// Everything that is wrong with it; contradictions come first.
    pub fn convert(&self, line: u64, key: RowKey, cells: &Cells<'_>) -> Result<ImportedCase, Vec<Problem>> {
        let mut problems = Problems::default();
        let verdict = self.judge(cells, &mut problems);
        let mut occurrences = Vec::with_capacity(self.mapping.events.len() + verdict.notes.len());
        for (place, rule) in self.mapping.events.iter().enumerate() {
            if verdict.dropped_events.contains(&place) {
                continue;
            }
            match all_hold(&rule.when, cells, self.mapping.source.zone) {
                Ok(true) => occurrences.extend(self.occurrence(place, rule, &verdict, cells, &mut problems)),
                Ok(false) => {}
                Err(problem) => problems.add(problem),
            }
        }
        if let Some(filed_at) = filing_time(&occurrences) {
            for note in &verdict.notes {
                occurrences.extend(self.note(note, filed_at, &mut problems));
            }
        }
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let case = ImportedCase { line, key, occurrences, noted: verdict.names };
        match case.check(self.mapping.source.zone, self.now) {
            Ok(_) => Ok(case),
            Err(refusal) => Err(vec![Problem::of_row(Reason::Illegal { refusal })]),
        }
    }

    fn judge(&self, cells: &Cells<'_>, problems: &mut Problems) -> Verdict {
        let mut verdict = Verdict::default();
        for contradiction in &self.mapping.contradictions {
            match all_hold(&contradiction.when, cells, self.mapping.source.zone) {
                Ok(false) => continue,
                Ok(true) => {}
                Err(problem) => {
                    problems.add(problem);
                    continue;
                }
            }
            let text = contradiction.reason.fill(cells);
            match contradiction.then {
                Consequence::Refuse => {
                    let name = contradiction.name.clone();
                    problems.add(contradiction.problem(cells, Reason::Contradiction { name, text }));
                    continue;
                }
                Consequence::DropEvent(place) => verdict.dropped_events.push(place),
                Consequence::DropField(place, field) => verdict.dropped_fields.push((place, field)),
                Consequence::Note => {}
            }
            verdict.notes.push(text);
            verdict.names.push(contradiction.name.clone());
        }
        verdict
    }

    fn occurrence(
        &self,
        place: usize,
        rule: &EventRule,
        verdict: &Verdict,
        cells: &Cells<'_>,
        problems: &mut Problems,
    ) -> Option<Occurrence<PlainText>> {
        let occurred_at = self.time(rule, cells, problems);
        if occurred_at == Some(None) && rule.skip_without_time {
            return None;
        }
        let mut values = Vec::with_capacity(rule.fields.len());
        let mut complete = true;
        for field in rule.fields.iter().filter(|field| !verdict.dropped_fields.contains(&(place, field.spec.name))) {
            match self.values(field, cells) {
                Ok(texts) => values.extend(texts.into_iter().map(|text| (field.spec.name.to_owned(), text))),
                Err(problem) => {
                    complete = false;
                    problems.add(problem);
                }
            }
        }
        let Some(Some(occurred_at)) = occurred_at else {
            if occurred_at == Some(None) {
                problems.add(no_time(rule, cells));
            }
            return None;
        };
        // A field that could not be read has been told; the form would call it missing as well.
        if !complete {
            return None;
        }
        self.fill_in(rule, values, occurred_at, cells, problems)
    }

    /// The event's time: `None` where it is wrong, `Some(None)` where its cells are empty.
    fn time(&self, rule: &EventRule, cells: &Cells<'_>, problems: &mut Problems) -> Option<Option<PartialTime>> {
        match rule.occurred_at.read(cells, self.mapping.source.zone) {
            Ok(Some(time)) if time.earliest(self.mapping.source.zone) > self.now => {
                let column = Fill::Time(rule.occurred_at.clone()).column(cells);
                let value = column.map_or("", |column| cells.text(column));
                problems.add(Problem::at(column, cells, value, Reason::InTheFuture { event: rule.name.clone() }));
                None
            }
            Ok(time) => Some(time),
            Err(problem) => {
                problems.add(problem);
                None
            }
        }
    }

    fn values(&self, field: &FieldRule, cells: &Cells<'_>) -> Result<Vec<String>, Problem> {
        let zone = self.mapping.source.zone;
        match &field.fill {
            Fill::Values(value) => value.read(field.spec.name, cells),
            Fill::Time(value) => Ok(value.read(cells, zone)?.map(|time| time.to_string()).into_iter().collect()),
        }
    }

    /// Reads the fields by the rules of the form that people fill in. Codes must be valid on the
    /// day of the event.
    fn fill_in(
        &self,
        rule: &EventRule,
        values: Vec<(String, String)>,
        occurred_at: PartialTime,
        cells: &Cells<'_>,
        problems: &mut Problems,
    ) -> Option<Occurrence<PlainText>> {
        let mut form = Form::new(values, self.reading(occurred_at));
        let happening = rule.kind.read(&mut form);
        match form.finish(happening) {
            Ok(happening) => Some(Occurrence { happening, occurred_at }),
            Err(errors) => {
                for error in errors {
                    problems.add(field_problem(rule, &error.field, error.problem, cells));
                }
                None
            }
        }
    }

    fn note(&self, text: &str, at: PartialTime, problems: &mut Problems) -> Option<Occurrence<PlainText>> {
        let mut form = Form::new([("text".to_owned(), text.to_owned())], self.reading(at));
        let happening = HappeningKind::Fact(FactKind::Note).read(&mut form);
        match form.finish(happening) {
            Ok(happening) => Some(Occurrence { happening, occurred_at: at }),
            Err(errors) => {
                for error in errors {
                    problems.add(Problem::of_row(Reason::Field { event: "note".to_owned(), error }));
                }
                None
            }
        }
    }

    fn reading(&self, at: PartialTime) -> Reading<'_> {
        let zone = self.mapping.source.zone;
        Reading { codes: self.codes, on: Some(at.first_day(zone)), zone, now: self.now }
    }
}

fn no_time(rule: &EventRule, cells: &Cells<'_>) -> Problem {
    let column = Fill::Time(rule.occurred_at.clone()).column(cells);
    Problem::at(column, cells, "", Reason::NoTime { event: rule.name.clone() })
}

fn field_problem(rule: &EventRule, field: &str, problem: FieldProblem, cells: &Cells<'_>) -> Problem {
    let column = rule.fields.iter().find(|rule| rule.spec.name == field).and_then(|rule| rule.fill.column(cells));
    let value = column.map_or("", |column| cells.text(column));
    let error = crate::domain::field::FieldError { field: field.to_owned(), problem };
    Problem::at(column, cells, value, Reason::Field { event: rule.name.clone(), error })
}

fn filing_time(occurrences: &[Occurrence<PlainText>]) -> Option<PartialTime> {
    let filing = HappeningKind::Investigation(InvestigationStepKind::File);
    occurrences.iter().find(|occurrence| occurrence.happening.kind() == filing).map(|filed| filed.occurred_at)
}

/// The problems of a row, each once.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}
