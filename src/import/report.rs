//! What became of the rows of a list, in figures that add up.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::problem::{BadRow, Problem, visible};
use super::row::ImportedCase;

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows read: those below together.
    pub rows: u64,
    /// Rows that are new cases.
    pub good: u64,
    /// Rows whose case is there already from an earlier run.
    pub already_there: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// The refused rows by their first problem; the counts together are `refused`.
    pub refused_by: BTreeMap<String, Group>,
    /// Every problem, so that a row with two counts twice.
    pub problems: BTreeMap<String, u64>,
    /// Contradictions that left a note in a case.
    pub noted: BTreeMap<String, u64>,
    /// The events of the new cases, by kind.
    pub events: BTreeMap<&'static str, u64>,
}

/// The rows that were refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// How many.
    pub rows: u64,
    /// The line of the first.
    pub first_line: u64,
}

impl Report {
    /// Counts a row that is a new case.
    pub fn count_good(&mut self, case: &ImportedCase) {
        self.rows += 1;
        self.good += 1;
        for name in &case.noted {
            *self.noted.entry(name.clone()).or_default() += 1;
        }
        for occurrence in &case.occurrences {
            *self.events.entry(occurrence.happening.kind().as_str()).or_default() += 1;
        }
    }

    /// Counts a row whose case is there already.
    pub fn count_already_there(&mut self) {
        self.rows += 1;
        self.already_there += 1;
    }

    /// Counts a refused row.
    pub fn count_bad(&mut self, row: &BadRow) {
        self.rows += 1;
        self.refused += 1;
        let first = row.problems.first().map_or_else(|| "unknown".to_owned(), Problem::group);
        self.refused_by.entry(first).or_insert(Group { rows: 0, first_line: row.line }).rows += 1;
        for problem in &row.problems {
            *self.problems.entry(problem.group()).or_default() += 1;
        }
    }

    /// Whether every row is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let by_reason: u64 = self.refused_by.values().map(|group| group.rows).sum();
        self.rows == self.good + self.already_there + self.refused && self.refused == by_reason
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10}  rows read", self.rows)?;
        writeln!(f, "{:>10}  new cases", self.good)?;
        writeln!(f, "{:>10}  already there", self.already_there)?;
        writeln!(f, "{:>10}  refused", self.refused)?;
        let mut groups: Vec<_> = self.refused_by.iter().collect();
        groups.sort_by(|(a, x), (b, y)| y.rows.cmp(&x.rows).then(a.cmp(b)));
        for (reason, group) in groups {
            writeln!(f, "{:>14}  {} (first: line {})", group.rows, visible(reason), group.first_line)?;
        }
        section(f, "contradictions noted in a new case", &self.noted)?;
        section(f, "events", &self.events)
    }
}

fn section<K: fmt::Display>(f: &mut fmt::Formatter<'_>, title: &str, counts: &BTreeMap<K, u64>) -> fmt::Result {
    if !counts.is_empty() {
        writeln!(f, "{title}:")?;
    }
    for (what, count) in counts {
        writeln!(f, "{count:>14}  {}", visible(&what.to_string()))?;
    }
    Ok(())
}
