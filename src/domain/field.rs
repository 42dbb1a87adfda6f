//! The fields of a form, as data: what a step must carry, in one description that the pages, the
//! API, its OpenAPI document and the import all read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::code::{Code, CodeIn, CodeList, CodeLists, ListName};
use super::id::EventId;
use super::sealed::{NotAText, PlainText};
use super::time::{NotATime, PartialTime, Zone};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// One code of a list.
    Code {
        /// The list.
        list: ListName,
    },
    /// Any number of codes of a list.
    Codes {
        /// The list.
        list: ListName,
    },
    /// One of a fixed number of words.
    Choice {
        /// The words.
        options: &'static [&'static str],
    },
    /// Free text; it is sealed before it is stored.
    Text,
    /// A time, known to the minute, the day or the month.
    Time,
    /// An earlier event of the same case, by its id.
    Event,
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldSpec {
    /// Its name in JSON, in forms and in mapping files.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether the step cannot do without it.
    pub required: bool,
}

impl FieldSpec {
    /// The description of a field that holds a `V`.
    #[must_use]
    pub const fn of<V: FieldValue>(name: &'static str) -> Self {
        Self { name, kind: V::KIND, required: V::REQUIRED }
    }
}

/// What is wrong with a field, and so what would mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum FieldProblem {
    /// It must be given.
    Missing,
    /// There is no such field here.
    Unknown,
    /// It was given more than once, or as a list where one value belongs.
    NotSingle,
    /// The list does not have this code.
    UnknownCode {
        /// The list.
        list: ListName,
    },
    /// The list has the code, but not on that day.
    CodeNotValidOn {
        /// The list.
        list: ListName,
        /// The day.
        day: NaiveDate,
    },
    /// None of the words that may stand here.
    NotOneOf {
        /// The words.
        options: &'static [&'static str],
    },
    /// No time.
    NotATime,
    /// The clocks went forward over this time.
    SkippedTime,
    /// The year lies outside 1900 to 2200.
    TimeOutOfRange,
    /// The future cannot have happened.
    InTheFuture,
    /// Only blanks.
    EmptyText,
    /// Too long.
    TooLong {
        /// The most characters that there may be.
        max: usize,
    },
    /// A control character.
    ControlCharacter,
    /// No identifier of an event of the right kind in this case.
    NotAnEvent,
    /// No kind of step or fact.
    UnknownKind,
    /// No name in the tz database.
    NotATimeZone,
    /// No whole number in this range.
    NotInRange {
        /// The least that may stand here.
        min: u16,
        /// The most that may stand here.
        max: u16,
    },
    /// More than there may be.
    TooMany {
        /// The most that there may be.
        max: usize,
    },
    /// The value has a form that cannot stand here.
    Unreadable,
    /// Something else has this name already.
    Taken,
    /// A login has other characters, or too many.
    NotALogin,
    /// A password that is too short.
    PasswordTooShort {
        /// The fewest characters.
        min: usize,
    },
    /// A password that is easily guessed.
    PasswordGuessable,
    /// A recovery key that is mistyped or another organisation's.
    WrongRecoveryKey,
    /// A name without letters to look for.
    NotAName,
    /// No organisation that this can be done with.
    NotAnOrganisation,
    /// A period that ends before it begins.
    EndsBeforeItBegins,
    /// A day that has passed, where only what is to come may be changed.
    InThePast,
    /// A text that is no code.
    NotACode,
    /// A filter through which figures of all organisations could single somebody out.
    SinglesOut,
}

/// A problem at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: FieldProblem,
}

/// What a reader of fields needs to know: the lists and the day on which their codes must hold,
/// the zone of wall-clock times, and the instant after which nothing can have happened yet.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The code lists.
    pub codes: &'a CodeLists,
    /// The day on which codes must be valid; none where it is not known, and a code need only be one.
    pub on: Option<NaiveDate>,
    /// The case's time zone.
    pub zone: Zone,
    /// Now.
    pub now: DateTime<Utc>,
}

/// A filled-in form. Taking fields out of it collects every problem instead of stopping at the first.
#[derive(Debug)]
pub struct Form<'a> {
    values: BTreeMap<String, Vec<String>>,
    reading: Reading<'a>,
    errors: Vec<FieldError>,
}

impl<'a> Form<'a> {
    /// A form with these values; a name may come more than once.
    pub fn new(values: impl IntoIterator<Item = (String, String)>, reading: Reading<'a>) -> Self {
        let mut form = Self { values: BTreeMap::new(), reading, errors: Vec::new() };
        for (name, value) in values {
            form.values.entry(name).or_default().push(value);
        }
        form
    }

    /// Changes the day on which codes must hold, once the form has told it.
    pub fn set_day(&mut self, on: NaiveDate) {
        self.reading.on = Some(on);
    }

    /// What the fields are read against.
    #[must_use]
    pub fn reading(&self) -> Reading<'a> {
        self.reading
    }

    /// Notes a problem.
    pub fn refuse(&mut self, field: &str, problem: FieldProblem) {
        self.errors.push(FieldError { field: field.to_owned(), problem });
    }

    /// Takes a field out. Empty values count as not given.
    pub fn take<V: FieldValue>(&mut self, name: &'static str) -> Option<V> {
        let mut given = self.values.remove(name).unwrap_or_default();
        given.retain(|value| !value.trim().is_empty());
        match V::read(&given, &self.reading) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.refuse(name, problem);
                None
            }
        }
    }

    /// Ends the reading: what is left over belongs to no field.
    ///
    /// # Errors
    /// Every problem met on the way, by field.
    pub fn finish<T>(mut self, read: Option<T>) -> Result<T, Vec<FieldError>> {
        for name in std::mem::take(&mut self.values).into_keys() {
            self.refuse(&name, FieldProblem::Unknown);
        }
        match read {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}

/// A type that a field can hold.
pub trait FieldValue: Sized {
    /// What to tell whoever draws the form.
    const KIND: FieldKind;
    /// Whether the field must be given.
    const REQUIRED: bool = true;

    /// Reads it from what was given, which may be nothing.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(given: &[String], reading: &Reading<'_>) -> Result<Self, FieldProblem>;

    /// Whether it says nothing, and so need not be stored.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The single value of a field that must have one.
fn single(given: &[String]) -> Result<&str, FieldProblem> {
    match given {
        [] => Err(FieldProblem::Missing),
        [value] => Ok(value.trim()),
        _ => Err(FieldProblem::NotSingle),
    }
}

impl<V: FieldValue> FieldValue for Option<V> {
    const KIND: FieldKind = V::KIND;
    const REQUIRED: bool = false;

    fn read(given: &[String], reading: &Reading<'_>) -> Result<Self, FieldProblem> {
        if given.is_empty() { Ok(None) } else { V::read(given, reading).map(Some) }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<L: CodeList> FieldValue for CodeIn<L> {
    const KIND: FieldKind = FieldKind::Code { list: L::NAME };

    fn read(given: &[String], reading: &Reading<'_>) -> Result<Self, FieldProblem> {
        let unknown = FieldProblem::UnknownCode { list: L::NAME };
        let code: Code = single(given)?.parse().map_err(|_| unknown.clone())?;
        if reading.codes.periods(L::NAME, &code).is_empty() {
            return Err(unknown);
        }
        let day = reading.on.filter(|_| L::NAME.follows_the_day_of_the_event());
        match day.filter(|day| reading.codes.entry(L::NAME, &code, *day).is_none()) {
            None => Ok(Self::new(code)),
            Some(day) => Err(FieldProblem::CodeNotValidOn { list: L::NAME, day }),
        }
    }
}

impl<L: CodeList> FieldValue for Vec<CodeIn<L>> {
    const KIND: FieldKind = FieldKind::Codes { list: L::NAME };
    const REQUIRED: bool = false;

    fn read(given: &[String], reading: &Reading<'_>) -> Result<Self, FieldProblem> {
        let mut codes = Self::new();
        for value in given {
            let code = CodeIn::read(std::slice::from_ref(value), reading)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(codes)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl FieldValue for PlainText {
    const KIND: FieldKind = FieldKind::Text;

    fn read(given: &[String], _: &Reading<'_>) -> Result<Self, FieldProblem> {
        Self::new(single(given)?).map_err(|problem| match problem {
            NotAText::Empty => FieldProblem::EmptyText,
            NotAText::TooLong => FieldProblem::TooLong { max: Self::MAX_CHARACTERS },
            NotAText::ControlCharacter => FieldProblem::ControlCharacter,
        })
    }
}

impl FieldValue for PartialTime {
    const KIND: FieldKind = FieldKind::Time;

    fn read(given: &[String], reading: &Reading<'_>) -> Result<Self, FieldProblem> {
        let time = Self::parse(single(given)?, reading.zone).map_err(|problem| match problem {
            NotATime::Unreadable => FieldProblem::NotATime,
            NotATime::Skipped => FieldProblem::SkippedTime,
            NotATime::OutOfRange => FieldProblem::TimeOutOfRange,
        })?;
        if time.earliest(reading.zone) > reading.now { Err(FieldProblem::InTheFuture) } else { Ok(time) }
    }
}

impl FieldValue for EventId {
    const KIND: FieldKind = FieldKind::Event;

    fn read(given: &[String], _: &Reading<'_>) -> Result<Self, FieldProblem> {
        single(given)?.parse().map_err(|_| FieldProblem::NotAnEvent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::{CodeEntry, list};

    fn lists() -> CodeLists {
        let mut lists = CodeLists::default();
        let entry = CodeEntry {
            code: "south".parse().unwrap(),
            valid_from: None,
            valid_to: NaiveDate::from_ymd_opt(2018, 6, 19),
            kk: String::new(),
            ru: String::new(),
            en: String::new(),
            parent: None,
            iso: None,
            successors: Vec::new(),
            attributes: BTreeMap::new(),
        };
        lists.add(ListName::Region, entry);
        lists
    }

    fn take<V: FieldValue>(value: &str, on: Option<&str>) -> Result<V, FieldProblem> {
        let lists = lists();
        let now = "2026-03-04T12:00:00Z".parse().unwrap();
        let on = on.map(|day| day.parse().unwrap());
        V::read(&[value.to_owned()], &Reading { codes: &lists, on, zone: Zone::default(), now })
    }

    #[test]
    fn what_lies_in_the_future_is_refused_at_its_own_field() {
        assert!(take::<PartialTime>("2026-03", None).is_ok());
        assert_eq!(take::<PartialTime>("2026-04", None), Err(FieldProblem::InTheFuture));
        assert_eq!(take::<PartialTime>("2026-03-04T17:01", None), Err(FieldProblem::InTheFuture));
    }

    #[test]
    fn a_code_is_held_to_a_day_only_where_one_is_known() {
        type Region = CodeIn<list::Region>;
        assert!(take::<Region>("south", Some("2018-06-18")).is_ok());
        assert!(matches!(take::<Region>("south", Some("2018-06-19")), Err(FieldProblem::CodeNotValidOn { .. })));
        assert!(take::<Region>("south", None).is_ok());
        assert!(matches!(take::<Region>("north", None), Err(FieldProblem::UnknownCode { .. })));
    }
}
