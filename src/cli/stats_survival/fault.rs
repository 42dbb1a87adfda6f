//! The values of a file that could not be read: where each stands, and what would mend it.

use std::fmt;

/// How many bad values are printed; the rest are counted.
const SHOWN: usize = 20;

/// The values that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BadRows {
    /// The first of them, by line.
    pub shown: Vec<BadValue>,
    /// How many there are in all.
    pub count: usize,
}

/// One value that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// The line of the file, the header being 1.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// What the file says there.
    pub value: String,
    /// What is wrong and what would mend it.
    pub remedy: String,
}

impl BadRows {
    pub(super) fn add(&mut self, line: u64, column: &str, value: &str, remedy: String) {
        self.count += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(BadValue { line, column: column.to_owned(), value: value.to_owned(), remedy });
        }
    }

    /// Both, by line.
    pub(super) fn join(mut self, later: Self) -> Self {
        self.count += later.count;
        self.shown.extend(later.shown);
        self.shown.sort_by_key(|bad| bad.line);
        self.shown.truncate(SHOWN);
        self
    }
}

impl fmt::Display for BadRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = if self.count == 1 { "value" } else { "values" };
        write!(f, "{} {values} cannot be used; no figures were computed", self.count)?;
        for bad in &self.shown {
            write!(f, "\n  line {}, column {:?}: {:?}: {}", bad.line, bad.column, bad.value, bad.remedy)?;
        }
        match self.count - self.shown.len() {
            0 => Ok(()),
            more => write!(f, "\n  … and {more} more"),
        }
    }
}
