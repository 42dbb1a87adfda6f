//! From the file to observations. Every bad row is found, the first twenty are named, and none is passed over.

use csv::StringRecord;

use super::columns::Columns;
use super::fault::BadRows;
use super::labels::{Labels, Met};
use super::{Args, SurvivalError, plain};
use crate::statistics::{Ending, Observation, ObservationError};

/// The waits of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Rows {
    pub(super) delayed_entry: bool,
    pub(super) observations: Vec<Observation>,
    /// Empty unless a group column was asked for.
    pub(super) groups: Labels,
    /// Empty unless a column of strata was asked for.
    pub(super) strata: Labels,
}

/// One row's times and outcome as the file has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    pub(super) entry: f64,
    pub(super) exit: f64,
    pub(super) outcome: u32,
}

impl Wait {
    /// The wait as it is watched; every wait from before 0 on unless the file has delayed entries.
    pub(super) fn observed(self, delayed_entry: bool) -> Result<Observation, ObservationError> {
        let ending = Ending::from_outcome(self.outcome);
        if delayed_entry {
            Observation::entering_late(self.entry, self.exit, ending)
        } else {
            Observation::from_origin(self.exit, ending)
        }
    }
}

/// Reads every row of the file.
pub(super) fn read(args: &Args) -> Result<Rows, SurvivalError> {
    let path = args.file.display().to_string();
    let unreadable = |source| SurvivalError::Unreadable { path: path.clone(), source };
    let bytes = std::fs::read(&args.file).map_err(|error| unreadable(error.into()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes.as_slice());
    let columns = Columns::find(args, reader.headers().map_err(unreadable)?)?;
    if let Some(rows) = plain::read(&bytes, &columns) {
        return Ok(rows);
    }

    let (mut file, mut bad) = (File::default(), BadRows::default());
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        file.add(&columns, &record, &mut bad);
    }
    file.into_rows(args, &path, bad)
}

/// What has been read so far.
#[derive(Default)]
struct File {
    /// The rows that could be read, with their lines.
    waits: Vec<(u64, Wait)>,
    groups: Vec<String>,
    strata: Vec<String>,
}

impl File {
    /// Takes the row over, or its faults into `bad`.
    fn add(&mut self, columns: &Columns, record: &StringRecord, bad: &mut BadRows) {
        let line = record.position().map_or(0, csv::Position::line);
        let entry = columns.entry.map_or(Some(0.0), |column| number(record, line, column, bad));
        let exit = number(record, line, columns.exit, bad);
        let outcome = whole(record, line, columns.outcome, bad);
        let group = columns.group.map(|column| name(record, line, column, bad));
        let stratum = columns.strata.map(|column| name(record, line, column, bad));
        if let (Some(entry), Some(exit), Some(outcome)) = (entry, exit, outcome) {
            self.waits.push((line, Wait { entry, exit, outcome }));
            self.groups.extend(group.flatten());
            self.strata.extend(stratum.flatten());
        }
    }

    fn into_rows(self, args: &Args, path: &str, bad: BadRows) -> Result<Rows, SurvivalError> {
        let delayed_entry = self.waits.iter().any(|(_, wait)| wait.entry > 0.0);
        let (observations, impossible) = observe(&self.waits, delayed_entry, args);
        let bad = bad.join(impossible);
        if bad.count > 0 {
            return Err(SurvivalError::BadRows { path: path.to_owned(), bad });
        }
        if observations.is_empty() {
            return Err(SurvivalError::Empty { path: path.to_owned() });
        }
        Ok(Rows { delayed_entry, observations, groups: labels(&self.groups), strata: labels(&self.strata) })
    }
}

fn labels(names: &[String]) -> Labels {
    let mut met = Met::default();
    names.iter().for_each(|name| met.push(name));
    Labels::join(&[met])
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

fn observe(waits: &[(u64, Wait)], delayed_entry: bool, args: &Args) -> (Vec<Observation>, BadRows) {
    let mut bad = BadRows::default();
    let mut observations = Vec::with_capacity(waits.len());
    for &(line, wait) in waits {
        match wait.observed(delayed_entry) {
            Ok(observation) => observations.push(observation),
            Err(reason) => {
                let remedy = format!("{reason}; correct one of the two times, or take the row out");
                bad.add(line, &args.exit, &wait.exit.to_string(), remedy);
            }
        }
    }
    (observations, bad)
}
