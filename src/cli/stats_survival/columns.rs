//! Which column of the file is which. A column that is missing, or there twice, is an error that names a way out.

use std::path::Path;

use csv::StringRecord;

use super::{Args, SurvivalError};

/// Where the columns are, and what they are called.
pub(super) struct Columns<'args> {
    pub(super) entry: Option<(usize, &'args str)>,
    pub(super) exit: (usize, &'args str),
    pub(super) outcome: (usize, &'args str),
    pub(super) group: Option<(usize, &'args str)>,
    pub(super) strata: Option<(usize, &'args str)>,
}

impl<'args> Columns<'args> {
    /// Looks the columns up in the header.
    pub(super) fn find(args: &'args Args, header: &StringRecord) -> Result<Self, SurvivalError> {
        let entry = match &args.entry {
            Some(column) => Some(required(header, column, "--entry", &args.file)?),
            None => optional(header, "entry_days", &args.file)?,
        };
        let group = args.group.as_ref().map(|column| required(header, column, "--group", &args.file));
        let strata = args.strata.as_ref().map(|column| required(header, column, "--strata", &args.file));
        Ok(Self {
            entry,
            exit: required(header, &args.exit, "--exit", &args.file)?,
            outcome: required(header, &args.outcome, "--outcome", &args.file)?,
            group: group.transpose()?,
            strata: strata.transpose()?,
        })
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
