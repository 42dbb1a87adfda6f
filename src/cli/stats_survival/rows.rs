//! From the file to observations. Every bad row is found, the first twenty are named, and none is passed over.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use csv::StringRecord;

use super::{Args, SurvivalError};
use crate::statistics::{Ending, Observation};

/// How many bad values are printed; the rest are counted.
const SHOWN: usize = 20;

/// The waits of a file.
pub(super) struct Rows {
    pub(super) delayed_entry: bool,
    pub(super) observations: Vec<Observation>,
    /// The groups in alphabetical order; empty unless a group column was asked for.
    pub(super) groups: Vec<String>,
    /// The group of each observation, an index into `groups`.
    pub(super) group_of: Vec<usize>,
}

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
    fn add(&mut self, line: u64, column: &str, value: &str, remedy: String) {
        self.count += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(BadValue { line, column: column.to_owned(), value: value.to_owned(), remedy });
        }
    }

    fn join(mut self, later: Self) -> Self {
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

/// Where the columns are.
struct Columns<'args> {
    entry: Option<(usize, &'args str)>,
    exit: (usize, &'args str),
    outcome: (usize, &'args str),
    group: Option<(usize, &'args str)>,
}

/// One row as the file has it.
struct Row {
    line: u64,
    entry: f64,
    exit: f64,
    outcome: u32,
    group: String,
}

/// Reads every row of the file.
pub(super) fn read(args: &Args) -> Result<Rows, SurvivalError> {
    let path = args.file.display().to_string();
    let unreadable = |source| SurvivalError::Unreadable { path: path.clone(), source };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(&args.file).map_err(unreadable)?;
    let columns = Columns::find(args, reader.headers().map_err(unreadable)?)?;

    let (mut rows, mut bad) = (Vec::new(), BadRows::default());
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        rows.extend(columns.row(&record, &mut bad));
    }
    let delayed_entry = rows.iter().any(|row| row.entry > 0.0);
    let (observations, impossible) = observe(&rows, delayed_entry, args);
    let bad = bad.join(impossible);
    if bad.count > 0 {
        return Err(SurvivalError::BadRows { path, bad });
    }
    if rows.is_empty() {
        return Err(SurvivalError::Empty { path });
    }
    let (groups, group_of) = if columns.group.is_some() { group(&rows) } else { (Vec::new(), Vec::new()) };
    Ok(Rows { delayed_entry, observations, groups, group_of })
}

impl<'args> Columns<'args> {
    fn find(args: &'args Args, header: &StringRecord) -> Result<Self, SurvivalError> {
        let entry = match &args.entry {
            Some(column) => Some(required(header, column, "--entry", &args.file)?),
            None => optional(header, "entry_days", &args.file)?,
        };
        let group = args.group.as_ref().map(|column| required(header, column, "--group", &args.file));
        Ok(Self {
            entry,
            exit: required(header, &args.exit, "--exit", &args.file)?,
            outcome: required(header, &args.outcome, "--outcome", &args.file)?,
            group: group.transpose()?,
        })
    }

    /// The row, or nothing and its faults in `bad`.
    fn row(&self, record: &StringRecord, bad: &mut BadRows) -> Option<Row> {
        let line = record.position().map_or(0, csv::Position::line);
        let entry = self.entry.map_or(Some(0.0), |column| number(record, line, column, bad));
        let exit = number(record, line, self.exit, bad);
        let outcome = whole(record, line, self.outcome, bad);
        let group = self.group.map_or(Some(String::new()), |column| name(record, line, column, bad));
        Some(Row { line, entry: entry?, exit: exit?, outcome: outcome?, group: group? })
    }
}

fn required<'args>(
    header: &StringRecord,
    column: &'args str,
    option: &'static str,
    path: &Path,
) -> Result<(usize, &'args str), SurvivalError> {
    optional(header, column, path)?.ok_or_else(|| SurvivalError::MissingColumn {
        path: path.display().to_string(),
        column: column.to_owned(),
        present: header.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", "),
        option,
        hint: if header.len() == 1 && header[0].contains([';', '\t']) {
            "; the file does not seem to be separated by commas"
        } else {
            ""
        },
    })
}

fn optional<'args>(
    header: &StringRecord,
    column: &'args str,
    path: &Path,
) -> Result<Option<(usize, &'args str)>, SurvivalError> {
    let mut found = header.iter().enumerate().filter(|&(_, name)| name == column);
    let first = found.next().map(|(index, _)| (index, column));
    if found.next().is_some() {
        let (path, column) = (path.display().to_string(), column.to_owned());
        return Err(SurvivalError::RepeatedColumn { path, column });
    }
    Ok(first)
}

fn number(record: &StringRecord, line: u64, (index, column): (usize, &str), bad: &mut BadRows) -> Option<f64> {
    let value = record.get(index).unwrap_or_default();
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
    if number.is_none() {
        let remedy = match value {
            "" => "is empty; give a number, or take the row out",
            _ if value.contains(',') => {
                "is not a number; write it with a decimal point and without separators, as 12.5"
            }
            _ => "is not a finite number; write it in digits, as 12 or 12.5",
        };
        bad.add(line, column, value, remedy.to_owned());
    }
    number
}

fn whole(record: &StringRecord, line: u64, (index, column): (usize, &str), bad: &mut BadRows) -> Option<u32> {
    let value = record.get(index).unwrap_or_default();
    let number = value.parse::<u32>().ok();
    if number.is_none() {
        let remedy = "is not a whole number 0, 1, 2, …; write 0 for still open, 1, 2, … for how it ended";
        bad.add(line, column, value, remedy.to_owned());
    }
    number
}

fn name(record: &StringRecord, line: u64, (index, column): (usize, &str), bad: &mut BadRows) -> Option<String> {
    let value = record.get(index).unwrap_or_default();
    if value.is_empty() {
        bad.add(line, column, value, "is empty; name the row's group, such as unknown".to_owned());
        return None;
    }
    Some(value.to_owned())
}

fn observe(rows: &[Row], delayed_entry: bool, args: &Args) -> (Vec<Observation>, BadRows) {
    let mut bad = BadRows::default();
    let mut observations = Vec::with_capacity(rows.len());
    for row in rows {
        let ending = Ending::from_outcome(row.outcome);
        let observation = if delayed_entry {
            Observation::entering_late(row.entry, row.exit, ending)
        } else {
            Observation::from_origin(row.exit, ending)
        };
        match observation {
            Ok(observation) => observations.push(observation),
            Err(reason) => {
                let remedy = format!("{reason}; correct one of the two times, or take the row out");
                bad.add(row.line, &args.exit, &row.exit.to_string(), remedy);
            }
        }
    }
    (observations, bad)
}

fn group(rows: &[Row]) -> (Vec<String>, Vec<usize>) {
    let distinct: BTreeSet<&str> = rows.iter().map(|row| row.group.as_str()).collect();
    let groups: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
    let group_of = rows.iter().map(|row| groups.partition_point(|group| *group < row.group)).collect();
    (groups, group_of)
}
