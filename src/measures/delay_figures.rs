//! The figures of a delay, as they are printed and sent.

use serde::Serialize;

use super::count::Count;
use super::curve::Curve;
use super::figures::{Estimate, Share};
use crate::statistics::{ConfidenceLevel, KaplanMeier, Transform};

/// How precisely the waits are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PrecisionCounts {
    /// To the minute.
    pub minute: Count,
    /// To the day.
    pub day: Count,
    /// To the month.
    pub month: Count,
}

/// The figures of one delay. Times are in days.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DelayFigures {
    /// Waits that began.
    pub n: Count,
    /// Ended as they should.
    pub ended: Count,
    /// Ended otherwise; they leave the risk set then.
    pub ended_otherwise: Count,
    /// Lost sight of; they leave the risk set then.
    pub lost: Count,
    /// Still open.
    pub open: Count,
    /// Left out because a date contradicts another.
    pub left_out: Count,
    /// Left out for want of a date: something tells that there was such a wait, but not when it began.
    pub missing_start: Count,
    /// How precisely the waits are known.
    pub precision: PrecisionCounts,
    /// Kaplan–Meier median with its 95 % log-log interval.
    pub median: Estimate,
    /// Kaplan–Meier first quartile, likewise.
    pub first_quartile: Estimate,
    /// Kaplan–Meier third quartile, likewise.
    pub third_quartile: Estimate,
    /// What the median would be at the utmost, for waits that are known to the month only; none where there are none.
    pub median_bounds: Option<MedianBounds>,
    /// The mean wait up to the horizon, open waits and all.
    pub restricted_mean: HorizonMean,
    /// The plain mean of the waits that have ended. It flatters: it forgets those that wait. Never print it without
    /// the median and the restricted mean beside it.
    pub mean_of_ended: Option<f64>,
    /// Of the waits with a deadline that have ended, or have outlasted it: the share that ended within it.
    pub within_deadline: Share,
    /// The longest wait still open.
    pub longest_open: Option<f64>,
    /// The share still waiting as time goes on, for a plot. Not sent with the figures.
    #[serde(skip)]
    #[schema(ignore)]
    pub curve: Curve,
}

/// The Kaplan–Meier median if every wait that is known to the month only had been as short, or as long, as its dates
/// allow; none where too few have ended to tell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MedianBounds {
    /// If as short.
    pub shortest: Option<f64>,
    /// If as long.
    pub longest: Option<f64>,
}

/// The mean of the waits, each counted up to a horizon: the area under the Kaplan–Meier curve. None where nobody left
/// before the horizon, or the data do not give it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HorizonMean {
    /// The horizon.
    pub horizon_days: u32,
    /// The mean, between 0 and the horizon.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The lower 95 % limit (normal, cut at 0).
    pub lo: Option<f64>,
    /// The upper 95 % limit (normal, cut at the horizon).
    pub hi: Option<f64>,
    /// Whether the last wait was seen only before the horizon, with some still waiting: the curve is then carried on
    /// flat, which nobody observed.
    pub carried_on: bool,
}

impl HorizonMean {
    /// That of a curve.
    pub(super) fn of(curve: &KaplanMeier<'_>, horizon_days: u32) -> Self {
        let horizon = f64::from(horizon_days);
        let Some(mean) = curve.restricted_mean(horizon) else {
            return Self { horizon_days, estimate: None, se: None, lo: None, hi: None, carried_on: false };
        };
        let half = ConfidenceLevel::default().z() * mean.se;
        Self {
            horizon_days,
            estimate: Some(mean.estimate),
            se: Some(mean.se),
            lo: Some((mean.estimate - half).max(0.0)),
            hi: Some((mean.estimate + half).min(horizon)),
            carried_on: mean.beyond_last_exit && curve.at(horizon).survival > 0.0,
        }
    }
}

/// The first quartile, the median and the third quartile of a curve, with 95 % log-log limits.
pub(super) fn quartiles(curve: &KaplanMeier<'_>) -> [Estimate; 3] {
    let quantiles = curve.quantiles(&[0.25, 0.5, 0.75], Transform::LogLog, ConfidenceLevel::default());
    [0, 1, 2].map(|place| quantiles.get(place).map_or(Estimate::NONE, Estimate::from))
}
