//! Breakdowns: the same figures for each period, region, agency, kind of place, body, organisation, sex or age band.

use chrono::Datelike;

use super::delay_set::DelaySet;
use super::measured::{MeasuredCase, MeasuredVisit};
use crate::domain::id::OrganisationId;
use crate::domain::words;

words! {
    /// By what the cases are told apart.
    Dimension {
        /// The year of filing.
        Year = "year",
        /// The quarter of filing.
        Quarter = "quarter",
        /// The month of filing.
        Month = "month",
        /// The region.
        Region = "region",
        /// The agency complained of.
        Agency = "agency",
        /// The kind of place.
        KindOfPlace = "kind_of_place",
        /// The body that first dealt with the complaint. Visits have none.
        Body = "body",
        /// The organisation that owns the case.
        Organisation = "organisation",
        /// The alleged victim's sex.
        Sex = "sex",
        /// The alleged victim's age band.
        AgeBand = "age_band",
    }
}

/// What is told of each group, and by what the groups are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Breakdown {
    /// By what the cases are told apart.
    pub dimension: Dimension,
    /// The delays that are told of each group, and compared. Of the others only all cases together are told of, which takes
    /// far less time.
    pub delays_of_groups: DelaySet,
}

impl Breakdown {
    /// The same with every delay of each group.
    #[must_use]
    pub fn with_all_delays(self) -> Self {
        self.dimension.into()
    }
}

impl From<Dimension> for Breakdown {
    /// With every delay of each group.
    fn from(dimension: Dimension) -> Self {
        Self { dimension, delays_of_groups: DelaySet::ALL }
    }
}

/// The group of what has no code.
pub const NOT_KNOWN: &str = "not_known";

/// The group that something falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group<'a> {
    /// That of a year.
    Year(i32),
    /// That of a quarter (1 to 4) of a year.
    Quarter(i32, u32),
    /// That of a month (1 to 12) of a year.
    Month(i32, u32),
    /// That of an organisation.
    Organisation(OrganisationId),
    /// That of a code.
    Code(&'a str),
    /// That of what has no code.
    NotKnown,
}

impl<'a> Group<'a> {
    fn of_code(code: Option<&'a str>) -> Self {
        code.map_or(Self::NotKnown, Self::Code)
    }

    /// The group of a case.
    #[must_use]
    pub fn of_case(case: &MeasuredCase<'a>, dimension: Dimension) -> Self {
        let filed = case.filed_day;
        match dimension {
            Dimension::Year => Self::Year(filed.year()),
            Dimension::Quarter => Self::Quarter(filed.year(), filed.month0() / 3 + 1),
            Dimension::Month => Self::Month(filed.year(), filed.month()),
            Dimension::Region => Self::of_code(case.region),
            Dimension::Agency => Self::of_code(case.agency),
            Dimension::KindOfPlace => Self::of_code(case.kind_of_place),
            Dimension::Body => Self::of_code(case.first_body),
            Dimension::Organisation => Self::Organisation(case.organisation),
            Dimension::Sex => Self::of_code(case.sex),
            Dimension::AgeBand => Self::of_code(case.age_band),
        }
    }

    /// The group of a visit: by kind of place that of the visit, by body none, else that of its case.
    #[must_use]
    pub fn of_visit(case: &MeasuredCase<'a>, visit: &MeasuredVisit<'a>, dimension: Dimension) -> Self {
        match dimension {
            Dimension::KindOfPlace => Self::Code(visit.kind_of_place),
            Dimension::Body => Self::NotKnown,
            _ => Self::of_case(case, dimension),
        }
    }

    /// Its name: `2024`, `2024-Q3`, `2024-07`, a code, an organisation's identifier, or [`NOT_KNOWN`].
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Organisation(organisation) => organisation.to_string(),
            Self::Code(code) => code.to_owned(),
            Self::NotKnown => NOT_KNOWN.to_owned(),
        }
    }
}
