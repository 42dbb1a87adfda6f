//! A value of an event: the cell, the map or the constant that it comes from.

use std::collections::HashMap;

use super::columns::{Cells, ColumnId, Template, fold};
use super::dates::DateFormats;
use super::problem::{Problem, Reason};
use crate::domain::field::FieldSpec;
use crate::domain::time::{PartialTime, Zone};

/// Where a text or a code comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// The same in every row.
    Constant(Vec<String>),
    /// The first of these columns whose cell is not empty.
    FirstOf(Vec<ColumnId>),
    /// Several cells in one text.
    Template(Template),
}

/// What the cells mean.
#[derive(Clone, Debug)]
pub(super) struct Map {
    /// By folded cell.
    pub entries: HashMap<String, Vec<String>>,
    /// For every other cell; without it such a cell is a bad value.
    pub otherwise: Option<Vec<String>>,
}

/// A text, a code or several codes.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// Where it comes from.
    pub origin: Origin,
    /// What parts several values in one cell.
    pub split: Option<String>,
    /// What the cells mean; without it they stand for themselves.
    pub map: Option<Map>,
    /// What an empty cell stands for.
    pub empty: Vec<String>,
}

impl Value {
    /// Reads the values for one row; none where the field is left out.
    ///
    /// # Errors
    /// A cell that the map does not know.
    pub fn read(&self, field: &'static str, cells: &Cells<'_>) -> Result<Vec<String>, Problem> {
        let (column, text) = match &self.origin {
            Origin::Constant(values) => return Ok(values.clone()),
            Origin::FirstOf(columns) => match first_filled(columns, cells) {
                Some((column, text)) => (Some(column), text.to_owned()),
                None => return Ok(self.empty.clone()),
            },
            Origin::Template(template) if template.is_hollow(cells) => return Ok(self.empty.clone()),
            Origin::Template(template) => (template.first_column(), template.fill(cells)),
        };
        let mut values = Vec::new();
        for part in self.parts(&text) {
            match &self.map {
                None => values.push(part.to_owned()),
                Some(map) => match map.entries.get(&fold(part)).or(map.otherwise.as_ref()) {
                    Some(meant) => values.extend_from_slice(meant),
                    None => return Err(Problem::at(column, cells, part, Reason::NotMapped { field })),
                },
            }
        }
        Ok(values)
    }

    fn parts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        match &self.split {
            None => vec![text],
            Some(between) => text.split(between.as_str()).map(str::trim).filter(|part| !part.is_empty()).collect(),
        }
    }

    /// Every value that the mapping itself names.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let constant = match &self.origin {
            Origin::Constant(values) => values.as_slice(),
            _ => &[],
        };
        let mapped = self.map.iter().flat_map(|map| map.entries.values().chain(&map.otherwise)).flatten();
        constant.iter().chain(&self.empty).chain(mapped).map(String::as_str)
    }
}

/// A time.
#[derive(Clone, Debug)]
pub(super) enum TimeValue {
    /// The same in every row.
    Constant(PartialTime),
    /// The first of these columns whose cell is not empty.
    FirstOf(Vec<ColumnId>, DateFormats),
}

impl TimeValue {
    /// Reads the time for one row; none where every cell is empty.
    ///
    /// # Errors
    /// A cell that is no time.
    pub fn read(&self, cells: &Cells<'_>, zone: Zone) -> Result<Option<PartialTime>, Problem> {
        match self {
            Self::Constant(time) => Ok(Some(*time)),
            Self::FirstOf(columns, formats) => match first_filled(columns, cells) {
                None => Ok(None),
                Some((column, text)) => read_time(column, text, formats, cells, zone).map(Some),
            },
        }
    }
}

/// Reads one cell as a time.
pub(super) fn read_time(
    column: ColumnId,
    text: &str,
    formats: &DateFormats,
    cells: &Cells<'_>,
    zone: Zone,
) -> Result<PartialTime, Problem> {
    formats.read(text, zone).map_err(|why| Problem::at(Some(column), cells, text, Reason::NotATime { why }))
}

fn first_filled<'r>(columns: &[ColumnId], cells: &Cells<'r>) -> Option<(ColumnId, &'r str)> {
    columns.iter().map(|column| (*column, cells.text(*column))).find(|(_, text)| !text.is_empty())
}

/// A field of an event, and what fills it.
#[derive(Clone, Debug)]
pub(super) struct FieldRule {
    /// The field.
    pub spec: FieldSpec,
    /// What fills it.
    pub fill: Fill,
}

/// What fills a field.
#[derive(Clone, Debug)]
pub(super) enum Fill {
    /// Texts or codes.
    Values(Value),
    /// A time.
    Time(TimeValue),
}

impl Fill {
    /// The column to name where the field is wrong.
    pub fn column(&self, cells: &Cells<'_>) -> Option<ColumnId> {
        match self {
            Self::Values(Value { origin: Origin::FirstOf(columns), .. })
            | Self::Time(TimeValue::FirstOf(columns, _)) => {
                first_filled(columns, cells).map(|(column, _)| column).or_else(|| columns.first().copied())
            }
            Self::Values(Value { origin: Origin::Template(template), .. }) => template.first_column(),
            _ => None,
        }
    }
}
