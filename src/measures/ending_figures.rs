//! The figures of the three endings that compete, as they are printed and sent.

use serde::Serialize;

use super::count::Count;
use super::curve::Curve;
use super::figures::{Estimate, Share};
use crate::domain::milestone::Ending;
use crate::domain::words;

/// The days since the clock's start at which the shares are told.
pub const ENDING_HORIZONS_DAYS: [u32; 6] = [30, 90, 180, 365, 730, 1095];

/// "Fewer than two per cent" of complaints are prosecuted: the 2014 civil-society submission on Kazakhstan to the
/// United Nations Committee against Torture (articles 12 and 13), on complaints that are first routed to internal
/// security.
pub const REPORTED_PROSECUTION_SHARE_BELOW: f64 = 0.02;

words! {
    /// Where the 95 % interval of a share lies, held against a reported bound.
    BesideReport {
        /// All of it below the bound: the figure bears the report out.
        Below = "below",
        /// The bound lies within it: the data do not tell.
        Includes = "includes",
        /// All of it above the bound, or on it: the figure contradicts the report.
        Above = "above",
    }
}

/// How complaints ended first: dismissed, prosecuted, withdrawn, or not yet.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EndingFigures {
    /// Complaints whose clock has started and whose dates fit together.
    pub n: Count,
    /// How many ended first in each way, in the order of [`Ending::ALL`].
    pub ended: Vec<EndingCount>,
    /// Lost sight of without an ending.
    pub lost: Count,
    /// Still open.
    pub open: Count,
    /// Left out because a date contradicts another.
    pub left_out: Count,
    /// What had become of them by [`ENDING_HORIZONS_DAYS`], open and lost ones counted as such.
    pub by_horizon: Vec<EndingsByHorizon>,
    /// The share in which charges were ever brought, beside what was reported.
    pub reported: ReportedComparison,
    /// The curves, for a plot. Not sent with the figures.
    #[serde(skip)]
    #[schema(ignore)]
    pub curves: EndingCurves,
}

/// How many ended in one way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EndingCount {
    /// Which way.
    pub ending: Ending,
    /// How many.
    pub count: Count,
}

/// What had become of the complaints by one horizon.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EndingsByHorizon {
    /// Days since the clock's start.
    pub days: u32,
    /// Still observed, without an ending, just before that day was over.
    pub at_risk: Count,
    /// The share with no ending by then (Kaplan–Meier of any ending, 95 % log-log interval).
    pub still_open: Estimate,
    /// The share that had ended in each way, in the order of [`Ending::ALL`].
    pub endings: Vec<EndingShare>,
}

/// The cumulative incidence of one ending by one horizon.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EndingShare {
    /// Which ending.
    pub ending: Ending,
    /// How many were seen to end in this way by then.
    pub events: Count,
    /// The share (Aalen–Johansen, 95 % log-log interval); none where nobody was observed so long.
    pub share: Estimate,
}

/// The share of prosecuted complaints beside the report.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ReportedComparison {
    /// The report says that the share is less than this: [`REPORTED_PROSECUTION_SHARE_BELOW`].
    pub reported_below: f64,
    /// Of all complaints: charges ever brought (Wilson).
    pub prosecuted: Share,
    /// Where the interval lies; none where there are no complaints.
    pub interval: Option<BesideReport>,
}

impl ReportedComparison {
    /// So many prosecuted of so many complaints.
    pub(super) fn of(prosecuted: u64, complaints: u64) -> Self {
        let bound = REPORTED_PROSECUTION_SHARE_BELOW;
        let prosecuted = Share::of(prosecuted, complaints);
        let place = |(lo, hi)| match (lo < bound, hi < bound) {
            (_, true) => BesideReport::Below,
            (true, false) => BesideReport::Includes,
            (false, false) => BesideReport::Above,
        };
        Self { reported_below: bound, prosecuted, interval: prosecuted.lo.zip(prosecuted.hi).map(place) }
    }
}

/// The curves of the endings, up to the last of the horizons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndingCurves {
    /// The share with no ending.
    pub still_open: Curve,
    /// The cumulative incidence of each ending.
    pub endings: Vec<(Ending, Curve)>,
}
