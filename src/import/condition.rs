//! Conditions on the cells of a row, and the contradictions made of them.

use std::collections::HashSet;

use super::columns::{Cells, ColumnId, Template, fold};
use super::dates::DateFormats;
use super::problem::{Problem, Reason};
use super::value::read_time;
use crate::domain::time::Zone;

/// A condition on one column.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The column.
    pub column: ColumnId,
    /// What must be true of its cell.
    pub test: Test,
}

/// What must be true of a cell.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// One of these, folded.
    Is(HashSet<String>),
    /// None of these, folded. An empty cell is none of them.
    IsNot(HashSet<String>),
    /// Empty, or not empty.
    Empty(bool),
    /// A time that surely lies before the one in another column.
    Before(ColumnId, DateFormats),
    /// A time that surely lies after the one in another column.
    After(ColumnId, DateFormats),
}

impl Condition {
    /// Whether it holds. Where one of two times is empty, neither lies before the other.
    ///
    /// # Errors
    /// A cell that should be a time and is none.
    pub fn holds(&self, cells: &Cells<'_>, zone: Zone) -> Result<bool, Problem> {
        let text = cells.text(self.column);
        Ok(match &self.test {
            Test::Is(texts) => texts.contains(&fold(text)),
            Test::IsNot(texts) => !texts.contains(&fold(text)),
            Test::Empty(empty) => text.is_empty() == *empty,
            Test::Before(other, formats) => precedes(self.column, *other, formats, cells, zone)?,
            Test::After(other, formats) => precedes(*other, self.column, formats, cells, zone)?,
        })
    }
}

/// Whether all of them hold.
///
/// # Errors
/// The first cell that should be a time and is none.
pub(super) fn all_hold(conditions: &[Condition], cells: &Cells<'_>, zone: Zone) -> Result<bool, Problem> {
    for condition in conditions {
        if !condition.holds(cells, zone)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn precedes(
    first: ColumnId,
    second: ColumnId,
    formats: &DateFormats,
    cells: &Cells<'_>,
    zone: Zone,
) -> Result<bool, Problem> {
    let (earlier, later) = (cells.text(first), cells.text(second));
    if earlier.is_empty() || later.is_empty() {
        return Ok(false);
    }
    let earlier = read_time(first, earlier, formats, cells, zone)?;
    let later = read_time(second, later, formats, cells, zone)?;
    Ok(earlier.is_surely_before(later, zone))
}

/// Something that cannot be true of one row, and what becomes of the row.
#[derive(Clone, Debug)]
pub(super) struct Contradiction {
    /// Its name, for the report.
    pub name: String,
    /// When it is there.
    pub when: Vec<Condition>,
    /// What becomes of the row.
    pub then: Consequence,
    /// What to tell.
    pub reason: Template,
}

impl Contradiction {
    /// The problem of a row that it refuses: it names every column that the conditions look at, with its cell.
    pub fn problem(&self, cells: &Cells<'_>, reason: Reason) -> Problem {
        let mut columns: Vec<ColumnId> = Vec::new();
        for condition in &self.when {
            let other = match &condition.test {
                Test::Before(other, _) | Test::After(other, _) => Some(*other),
                Test::Is(_) | Test::IsNot(_) | Test::Empty(_) => None,
            };
            for column in [Some(condition.column), other].into_iter().flatten() {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
        }
        let joined =
            |part: &dyn Fn(ColumnId) -> String| columns.iter().map(|c| part(*c)).collect::<Vec<_>>().join(", ");
        let names = joined(&|column| cells.name(column).to_owned());
        let values = joined(&|column| cells.text(column).to_owned());
        Problem::in_column(Some(names), &values, reason)
    }
}

/// What a contradiction leads to. Everything but a refusal leaves a note in the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Consequence {
    /// The row is refused.
    Refuse,
    /// The case goes without this event.
    DropEvent(usize),
    /// The event goes without this field.
    DropField(usize, &'static str),
    /// Only the note.
    Note,
}
