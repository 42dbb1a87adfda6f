//! Which cases and visits a question is about. One rule, in one place: what is asked of the place is asked of the
//! case's own place for what is measured on cases, and of the visit's own place for what is measured on visits.

use super::measured::{MeasuredCase, MeasuredVisit};
use crate::domain::id::OrganisationId;
use crate::domain::stage::Stage;

/// A selection; every part that is given must hold. Codes are compared as they were recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// The headline of the case.
    pub stage: Option<Stage>,
    /// The region of the case.
    pub region: Option<String>,
    /// The agency complained of.
    pub agency: Option<String>,
    /// The kind of place.
    pub kind_of_place: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The organisation that owns the case.
    pub organisation: Option<OrganisationId>,
}

/// What is asked of a case, whatever its place: most of those that are not wanted can be passed over by it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter<'a> {
    /// The organisation that owns the case.
    pub organisation: OrganisationId,
    /// Its headline.
    pub stage: Stage,
    /// Its region.
    pub region: Option<&'a str>,
    /// The agency complained of.
    pub agency: Option<&'a str>,
}

impl<'a> Matter<'a> {
    /// That of a case.
    #[must_use]
    pub fn of(case: &MeasuredCase<'a>) -> Self {
        Self { organisation: case.organisation, stage: case.stage, region: case.region, agency: case.agency }
    }
}

impl Selection {
    /// Whether a case is counted where cases are.
    #[must_use]
    pub fn admits_case(&self, case: &MeasuredCase<'_>) -> bool {
        self.admits_matter(&Matter::of(case)) && self.admits_place(case.kind_of_place, case.place)
    }

    /// Whether a visit is counted where visits are, whether its case is counted or not.
    #[must_use]
    pub fn admits_visit(&self, case: &MeasuredCase<'_>, visit: &MeasuredVisit<'_>) -> bool {
        self.admits_matter(&Matter::of(case)) && self.admits_place(Some(visit.kind_of_place), visit.place)
    }

    /// Whether a case, or a visit of it, may be counted at all, whatever its place.
    #[must_use]
    pub fn admits_matter(&self, matter: &Matter<'_>) -> bool {
        self.stage.is_none_or(|stage| stage == matter.stage)
            && self.organisation.is_none_or(|organisation| organisation == matter.organisation)
            && is_wanted(self.region.as_deref(), matter.region)
            && is_wanted(self.agency.as_deref(), matter.agency)
    }

    fn admits_place(&self, kind_of_place: Option<&str>, place: Option<&str>) -> bool {
        is_wanted(self.kind_of_place.as_deref(), kind_of_place) && is_wanted(self.place.as_deref(), place)
    }
}

/// Whether a code is the one that is wanted, if any is.
fn is_wanted(wanted: Option<&str>, code: Option<&str>) -> bool {
    wanted.is_none() || wanted == code
}
