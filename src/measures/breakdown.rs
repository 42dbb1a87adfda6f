//! Breakdowns: the same figures for each year, region, agency, kind of place or body.

use std::collections::BTreeMap;

use super::measured::{MeasuredCase, MeasuredVisit};

/// By what the cases are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The year of filing.
    Year,
    /// The region.
    Region,
    /// The agency complained of.
    Agency,
    /// The kind of place.
    KindOfPlace,
    /// The body that first dealt with the complaint. Visits have none.
    Body,
}

impl Dimension {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Year, Self::Region, Self::Agency, Self::KindOfPlace, Self::Body];

    /// The name in URLs and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Region => "region",
            Self::Agency => "agency",
            Self::KindOfPlace => "kind_of_place",
            Self::Body => "body",
        }
    }

    /// Looks one up by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.as_str() == name)
    }
}

/// The group of what has no code.
pub const NOT_KNOWN: &str = "not_known";

/// Something that falls into a group of every dimension.
pub trait Grouped {
    /// Its group; none where it is not known.
    fn group(&self, dimension: Dimension) -> Option<String>;
}

impl Grouped for MeasuredCase {
    fn group(&self, dimension: Dimension) -> Option<String> {
        match dimension {
            Dimension::Year => Some(self.filed_year.to_string()),
            Dimension::Region => self.region.clone(),
            Dimension::Agency => self.agency.clone(),
            Dimension::KindOfPlace => self.kind_of_place.clone(),
            Dimension::Body => self.first_body.clone(),
        }
    }
}

impl Grouped for MeasuredVisit {
    fn group(&self, dimension: Dimension) -> Option<String> {
        match dimension {
            Dimension::Year => Some(self.filed_year.to_string()),
            Dimension::Region => self.region.clone(),
            Dimension::Agency => self.agency.clone(),
            Dimension::KindOfPlace => Some(self.kind_of_place.clone()),
            Dimension::Body => None,
        }
    }
}

/// Sorts rows into the groups of a dimension, by name. `rename` may count an old code under the one
/// that followed it.
pub fn groups<R: Grouped>(
    rows: &[R],
    dimension: Dimension,
    rename: impl Fn(String) -> String,
) -> BTreeMap<String, Vec<&R>> {
    let mut groups: BTreeMap<String, Vec<&R>> = BTreeMap::new();
    for row in rows {
        let name = row.group(dimension).map_or_else(|| NOT_KNOWN.to_owned(), &rename);
        groups.entry(name).or_default().push(row);
    }
    groups
}
