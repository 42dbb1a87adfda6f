//! What is wrong with a row, said so that its owner can mend it.

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::columns::{Cells, ColumnId};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::refusal::Refusal;
use crate::domain::time::NotATime;

/// The most characters of a cell that are repeated in a problem.
const SHOWN: usize = 80;

/// A text as it may stand in a line for a terminal or a log: what commands a terminal, breaks lines or turns the
/// direction of letters is written out, so that no cell of a foreign file passes for something that we say.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let commands = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    if !text.contains(commands) {
        return text.into();
    }
    let written =
        |letter: char| if commands(letter) { letter.escape_default().to_string() } else { letter.to_string() };
    text.chars().map(written).collect::<String>().into()
}

/// A row that became no case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// The line of the file on which the row begins.
    pub line: u64,
    /// Everything that is wrong with it; the first is the one that the report counts it under.
    pub problems: Vec<Problem>,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        for (place, problem) in self.problems.iter().enumerate() {
            write!(f, "{} {problem}", if place == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a row.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column; none where it is the row as a whole.
    pub column: Option<String>,
    /// The cell, or its beginning. It may tell the story of a person: show it to whoever imports,
    /// and to nobody else.
    pub value: String,
    /// What is wrong.
    pub reason: Reason,
}

impl Problem {
    /// A problem of the whole row.
    pub(super) fn of_row(reason: Reason) -> Self {
        Self { column: None, value: String::new(), reason }
    }

    /// A problem of one cell.
    pub(super) fn at(column: Option<ColumnId>, cells: &Cells<'_>, value: &str, reason: Reason) -> Self {
        Self::in_column(column.map(|column| cells.name(column).to_owned()), value, reason)
    }

    /// A problem of one cell, by the name of its column.
    pub(super) fn in_column(column: Option<String>, value: &str, reason: Reason) -> Self {
        Self { column, value: value.chars().take(SHOWN).collect(), reason }
    }

    /// What the report counts it under.
    #[must_use]
    pub fn group(&self) -> String {
        let column = self.column.as_deref().unwrap_or("row");
        match &self.reason {
            Reason::Contradiction { name, .. } => format!("contradiction {name}"),
            Reason::NotMapped { .. } => format!("value not mapped: {column}"),
            Reason::NotATime { .. } => format!("not a date: {column}"),
            Reason::NoTime { event } => format!("no date: {event}"),
            Reason::InTheFuture { event } => format!("in the future: {event}"),
            Reason::Field { event, error } => format!("field: {event}.{}", error.field),
            Reason::Illegal { .. } => "steps not possible".to_owned(),
            Reason::NotUtf8 => format!("not UTF-8: {column}"),
            Reason::Ragged { .. } => "wrong number of cells".to_owned(),
            Reason::TooLong { .. } => "row too long".to_owned(),
            Reason::UnclosedQuote => "quote not closed".to_owned(),
            Reason::NoKey => "no key".to_owned(),
            Reason::Duplicate { .. } => "duplicate".to_owned(),
        }
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem").field("column", &self.column).field("group", &self.group()).finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason.to_string();
        let reason = visible(&reason);
        match &self.column {
            Some(column) if self.value.is_empty() => write!(f, "{}: {reason}", visible(column)),
            Some(column) => write!(f, "{} “{}”: {reason}", visible(column), self.value.escape_debug()),
            None => f.write_str(&reason),
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problem = serializer.serialize_struct("Problem", 4)?;
        problem.serialize_field("column", &self.column)?;
        problem.serialize_field("value", &self.value)?;
        problem.serialize_field("group", &self.group())?;
        problem.serialize_field("reason", &self.reason.to_string())?;
        problem.end()
    }
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not UTF-8.
    #[error("this is not UTF-8; convert the file, for instance with `iconv -f CP1251 -t UTF-8`")]
    NotUtf8,
    /// More or fewer cells than the header.
    #[error("the row has {found} cells and the header {expected}; look for a missing quote or a delimiter too many")]
    Ragged {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// Longer than a row may be.
    #[error("the row is longer than {max} bytes; look for a quote that is not closed")]
    TooLong {
        /// The most bytes that a row may have.
        max: usize,
    },
    /// A quote that is open at the end of the file.
    #[error("a quote that opens in this row is never closed, so that the rest of the file was taken for its cell")]
    UnclosedQuote,
    /// Every column of the key is empty.
    #[error("the key is empty")]
    NoKey,
    /// The key has been there.
    #[error("line {line} has the same key")]
    Duplicate {
        /// The line of the earlier row.
        line: u64,
    },
    /// A contradiction that the mapping names.
    #[error("{text} ({name})")]
    Contradiction {
        /// Its name.
        name: String,
        /// Its reason.
        text: String,
    },
    /// The map does not know the cell.
    #[error("the map for `{field}` has no such value; add it, or an `otherwise`")]
    NotMapped {
        /// The field.
        field: &'static str,
    },
    /// The date of an event is empty.
    #[error("`{event}` needs a date, and the cell is empty")]
    NoTime {
        /// The event's name in the mapping.
        event: String,
    },
    /// In none of the formats.
    #[error("{}", time_in_words(*.why))]
    NotATime {
        /// Why.
        why: NotATime,
    },
    /// It lies in the future.
    #[error("`{event}` has a date in the future")]
    InTheFuture {
        /// The event's name in the mapping.
        event: String,
    },
    /// A field is wrong.
    #[error("`{}` of `{event}` {}", error.field, field_in_words(&error.problem))]
    Field {
        /// The event's name in the mapping.
        event: String,
        /// What is wrong.
        error: FieldError,
    },
    /// The steps do not follow from one another.
    #[error("{refusal}")]
    Illegal {
        /// Why.
        refusal: Refusal,
    },
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The reason of a contradiction may quote cells.
        match self {
            Self::Contradiction { name, .. } => write!(f, "Contradiction({name})"),
            other => write!(f, "{other}"),
        }
    }
}

fn time_in_words(why: NotATime) -> &'static str {
    match why {
        NotATime::Unreadable => "the date has none of the formats that the mapping names",
        NotATime::Skipped => "the clocks went forward over this time",
        NotATime::OutOfRange => "the year lies outside 1900 to 2200",
    }
}

fn field_in_words(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Missing => "must be given".to_owned(),
        FieldProblem::Unknown => "does not exist".to_owned(),
        FieldProblem::NotSingle => "takes one value only".to_owned(),
        FieldProblem::UnknownCode { list } => format!("needs a code of the list {}", list.as_str()),
        FieldProblem::CodeNotValidOn { list, day } => {
            format!("has a code of the list {} that is not valid on {day}", list.as_str())
        }
        FieldProblem::NotOneOf { options } => format!("must be one of {}", options.join(", ")),
        FieldProblem::NotATime | FieldProblem::Unreadable => "cannot be read".to_owned(),
        FieldProblem::SkippedTime => time_in_words(NotATime::Skipped).to_owned(),
        FieldProblem::TimeOutOfRange => time_in_words(NotATime::OutOfRange).to_owned(),
        FieldProblem::InTheFuture => "lies in the future".to_owned(),
        FieldProblem::EmptyText => "is empty".to_owned(),
        FieldProblem::TooLong { max } => format!("has more than {max} characters"),
        FieldProblem::ControlCharacter => "holds a control character".to_owned(),
        FieldProblem::NotAnEvent => "names no event".to_owned(),
        FieldProblem::UnknownKind => "names no kind of event".to_owned(),
        FieldProblem::NotATimeZone => "names no time zone".to_owned(),
        FieldProblem::NotInRange { min, max } => format!("is no whole number from {min} to {max}"),
        FieldProblem::TooMany { max } => format!("has more than {max} entries"),
        // Problems of accounts; no row of a list meets them.
        other => format!("is wrong ({other:?})"),
    }
}
