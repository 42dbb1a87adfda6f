//! Breakdowns: the same figures for each year, region, agency, kind of place or body.

use std::collections::{BTreeMap, HashMap};

use super::measured::{MeasuredCase, MeasuredVisit};
use crate::domain::words;

words! {
    /// By what the cases are told apart.
    Dimension {
        /// The year of filing.
        Year = "year",
        /// The region.
        Region = "region",
        /// The agency complained of.
        Agency = "agency",
        /// The kind of place.
        KindOfPlace = "kind_of_place",
        /// The body that first dealt with the complaint. Visits have none.
        Body = "body",
    }
}

/// The group of what has no code.
pub const NOT_KNOWN: &str = "not_known";

/// The group that something falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group<'a> {
    /// That of a year.
    Year(i32),
    /// That of a code.
    Code(&'a str),
    /// That of what has no code.
    NotKnown,
}

impl<'a> Group<'a> {
    fn of_code(code: Option<&'a String>) -> Self {
        code.map_or(Self::NotKnown, |code| Self::Code(code))
    }
}

/// Something that falls into a group of every dimension.
pub trait Grouped {
    /// Its group.
    fn group(&self, dimension: Dimension) -> Group<'_>;
}

impl Grouped for MeasuredCase {
    fn group(&self, dimension: Dimension) -> Group<'_> {
        match dimension {
            Dimension::Year => Group::Year(self.filed_year),
            Dimension::Region => Group::of_code(self.region.as_ref()),
            Dimension::Agency => Group::of_code(self.agency.as_ref()),
            Dimension::KindOfPlace => Group::of_code(self.kind_of_place.as_ref()),
            Dimension::Body => Group::of_code(self.first_body.as_ref()),
        }
    }
}

impl Grouped for MeasuredVisit {
    fn group(&self, dimension: Dimension) -> Group<'_> {
        match dimension {
            Dimension::Year => Group::Year(self.filed_year),
            Dimension::Region => Group::of_code(self.region.as_ref()),
            Dimension::Agency => Group::of_code(self.agency.as_ref()),
            Dimension::KindOfPlace => Group::Code(&self.kind_of_place),
            Dimension::Body => Group::NotKnown,
        }
    }
}

/// Sorts rows into the groups of a dimension, by name. `rename` may count an old code under the one
/// that followed it; it is asked once a group, not once a row.
pub fn groups<R: Grouped>(
    rows: &[R],
    dimension: Dimension,
    rename: impl Fn(&str) -> String,
) -> BTreeMap<String, Vec<&R>> {
    let mut unnamed: HashMap<Group<'_>, Vec<&R>> = HashMap::new();
    for row in rows {
        unnamed.entry(row.group(dimension)).or_default().push(row);
    }
    let mut groups: BTreeMap<String, Vec<&R>> = BTreeMap::new();
    for (group, rows) in unnamed {
        let name = match group {
            Group::Year(year) => year.to_string(),
            Group::Code(code) => rename(code),
            Group::NotKnown => NOT_KNOWN.to_owned(),
        };
        groups.entry(name).or_default().extend(rows);
    }
    groups
}
