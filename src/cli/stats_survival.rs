//! `aiqyn stats survival FILE.csv`: the statistics module over anybody's table of waits.
//!
//! So that a reader of a report can check a published figure, or feed the same table to R and compare.
//! It prints figures or an error, never both, and never a figure from a file with a row it could not read.

mod columns; // which column is which
mod comparisons; // the figures that set groups side by side
mod fault; // the values that could not be read, and what would mend them
mod figures; // from rows to the figures of the report
mod labels; // the groups or strata of rows
mod plain; // the quick way through a file without quotation marks and faults
mod report; // the figures as the JSON has them
mod rows; // from the file to observations, with every bad row named
mod text; // the same figures as a short table

use std::io::Write;
use std::path::PathBuf;

use crate::statistics::Transform;

pub use fault::{BadRows, BadValue};
pub use report::Report;

/// Kaplan–Meier, Aalen–Johansen, log-rank and Wilson figures of a CSV file of waits.
///
/// One row a wait. Outcome 0 is still open, 1, 2, … the competing endings.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The CSV file: a header line, commas, decimal points.
    pub file: PathBuf,
    /// The column with the time at which each wait came under observation.
    ///
    /// Default: `entry_days` where the file has it, else no delayed entry. Delayed entry is on when any entry is
    /// above 0; an exit must then be after its entry. When none is, every wait is at risk from before 0, and an
    /// outcome at time 0 counts.
    #[arg(long, value_name = "COLUMN")]
    pub entry: Option<String>,
    /// The column with the time at which each wait ended or was last seen open.
    #[arg(long, value_name = "COLUMN", default_value = "exit_days")]
    pub exit: String,
    /// The column with the outcome: 0 open, 1, 2, … how it ended.
    #[arg(long, value_name = "COLUMN", default_value = "outcome")]
    pub outcome: String,
    /// The column with the group; adds figures for each group, and the log-rank test and Gray's between them.
    #[arg(long, value_name = "COLUMN")]
    pub group: Option<String>,
    /// A column to stratify by; adds the log-rank test between the groups within its values.
    #[arg(long, value_name = "COLUMN", requires = "group")]
    pub strata: Option<String>,
    /// Times to give the curves at, comma separated or repeated.
    ///
    /// Default: the quartiles of all exit times and the largest.
    #[arg(long, value_name = "T", value_delimiter = ',', value_parser = time)]
    pub at: Vec<f64>,
    /// Horizons of the restricted mean, comma separated or repeated.
    ///
    /// Default: the largest exit time.
    #[arg(long, value_name = "T", value_delimiter = ',', value_parser = time)]
    pub tau: Vec<f64>,
    /// Shares whose times are asked for, comma separated or repeated: 0.9 is the time by which nine in ten have ended.
    #[arg(long, value_name = "P", value_delimiter = ',', value_parser = share, default_values_t = [0.25, 0.5, 0.75])]
    pub quantile: Vec<f64>,
    /// The scale on which the limits of Kaplan–Meier curves and of their quantiles are computed.
    #[arg(long, value_enum, default_value_t = Interval::LogLog)]
    pub interval: Interval,
    /// Full-precision JSON instead of the table.
    #[arg(long)]
    pub json: bool,
}

/// A scale for the limits of a Kaplan–Meier curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interval {
    /// log(-log S): within 0 and 1 by itself.
    LogLog,
    /// log S: what R gives when it is not told otherwise; the upper limit is cut at 1.
    Log,
}

impl From<Interval> for Transform {
    fn from(interval: Interval) -> Self {
        match interval {
            Interval::LogLog => Self::LogLog,
            Interval::Log => Self::Log,
        }
    }
}

/// Why no figures were given.
#[derive(Debug, thiserror::Error)]
pub enum SurvivalError {
    /// The file is not there, or is not CSV in UTF-8.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the reader said.
        source: csv::Error,
    },
    /// A column that was asked for is not in the header.
    #[error(
        "{path}, line 1: there is no column {column:?}; the header has {present}. \
         Name the right one with {option}{hint}"
    )]
    MissingColumn {
        /// The file.
        path: String,
        /// The column looked for.
        column: String,
        /// The columns there are.
        present: String,
        /// The option that names another.
        option: &'static str,
        /// A likely cause, or nothing.
        hint: &'static str,
    },
    /// A column that was asked for is in the header more than once.
    #[error("{path}, line 1: the column {column:?} appears more than once; rename all but one")]
    RepeatedColumn {
        /// The file.
        path: String,
        /// The column looked for.
        column: String,
    },
    /// A header at most.
    #[error("{path} has no rows below its header; there is nothing to estimate")]
    Empty {
        /// The file.
        path: String,
    },
    /// Rows that cannot be observations.
    #[error("{path}: {bad}")]
    BadRows {
        /// The file.
        path: String,
        /// Which, and what would mend them.
        bad: BadRows,
    },
    /// The output could not be written.
    #[error("cannot write the figures: {0}")]
    Write(#[from] std::io::Error),
}

/// Reads the file, estimates, and writes the figures to `out`.
///
/// # Errors
/// When the file cannot be read whole, or `out` cannot be written. Nothing is written unless every row was read.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<(), SurvivalError> {
    let rows = rows::read(args)?;
    let report = Report::new(&rows, args);
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        text::write(&report, out)?;
    }
    out.flush()?;
    Ok(())
}

fn time(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(time) if time.is_finite() && time >= 0.0 => Ok(time),
        _ => Err("a time is a number, 0 or more, such as 30 or 182.5".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(share),
        _ => Err("a share lies between 0 and 1, such as 0.5 for the median".to_owned()),
    }
}
