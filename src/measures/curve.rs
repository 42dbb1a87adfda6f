//! Curves for plots: how many still wait, or have ended in one way, as time goes on, with limits and numbers at risk.
//!
//! A plot needs no more corners than it has room for: of many, an even choice is kept, always the same for the same
//! figures.

use super::count::Count;
use crate::statistics::{
    ConfidenceLevel, CumulativeIncidence, EventTable, IncidenceAt, KaplanMeier, SurvivalAt, Transform,
};

/// The most corners that a curve keeps, beside its start and its end.
const MOST_CORNERS: usize = 198;

/// A curve of steps: each value holds until the next point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Its points, by time; the first at 0, the last at the horizon, or where nobody was observed any longer.
    pub points: Vec<CurvePoint>,
    /// How many were still observed at round times up to the horizon: `(days, number at risk)`.
    pub at_risk: Vec<(f64, Count)>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Days since the start.
    pub time: f64,
    /// The share, from then on.
    pub estimate: f64,
    /// The lower 95 % limit.
    pub lo: Option<f64>,
    /// The upper 95 % limit.
    pub hi: Option<f64>,
    /// How many had ended by then, as the curve counts endings.
    pub ended: u64,
    /// How many were at risk then.
    pub at_risk: u64,
}

impl Curve {
    /// The share still waiting, up to a horizon in days.
    pub(super) fn of_waiting(curve: &KaplanMeier<'_>, horizon_days: u32) -> Self {
        let level = ConfidenceLevel::default();
        let point = |at: SurvivalAt| {
            let limits = at.limits(Transform::LogLog, level);
            CurvePoint {
                time: at.time,
                estimate: at.survival,
                lo: limits.map(|limits| limits.lo),
                hi: limits.map(|limits| limits.hi),
                ended: at.cumulative_events as u64,
                at_risk: at.at_risk as u64,
            }
        };
        let corners = Corners {
            until: |time| curve.corners_until(time),
            point: |rank| curve.at_corner(rank).map(point),
            between: |time| point(curve.at(time)),
        };
        Self::through(&corners, curve.table(), horizon_days)
    }

    /// The share that ended in one way among all that compete, up to a horizon in days; from the table that it was computed
    /// from.
    pub(super) fn of_ending(incidence: &CumulativeIncidence, table: &EventTable, horizon_days: u32) -> Self {
        let level = ConfidenceLevel::default();
        let point = |at: IncidenceAt| {
            let limits = at.limits(level);
            CurvePoint {
                time: at.time,
                estimate: at.incidence,
                lo: limits.map(|limits| limits.lo),
                hi: limits.map(|limits| limits.hi),
                ended: at.cumulative_events as u64,
                at_risk: table.at_risk(at.time) as u64,
            }
        };
        let corners = Corners {
            until: |time| incidence.corners().partition_point(|corner| corner.time <= time),
            point: |rank| incidence.corners().get(rank).copied().map(point),
            between: |time| point(incidence.at(time)),
        };
        Self::through(&corners, table, horizon_days)
    }

    fn through<U, P, B>(corners: &Corners<U, P, B>, table: &EventTable, horizon_days: u32) -> Self
    where
        U: Fn(f64) -> usize,
        P: Fn(usize) -> Option<CurvePoint>,
        B: Fn(f64) -> CurvePoint,
    {
        let Some(last_exit) = table.last_exit() else { return Self::default() };
        let end = last_exit.min(f64::from(horizon_days));
        let before_everything = (corners.between)(-1.0);
        let mut points = Vec::with_capacity(MOST_CORNERS + 2);
        points.push(CurvePoint { time: 0.0, at_risk: table.len() as u64, ended: 0, ..before_everything });
        points.extend(evenly_chosen((corners.until)(end)).filter_map(&corners.point));
        if points.last().is_some_and(|last| last.time < end) {
            points.push((corners.between)(end));
        }
        let at_risk = round_times(horizon_days).map(|time| (time, (table.at_risk(time) as u64).into())).collect();
        Self { points, at_risk }
    }
}

/// The corners of a curve.
struct Corners<U, P, B> {
    /// How many there are up to a time.
    until: U,
    /// The one with a rank, from 0; none where there are not so many.
    point: P,
    /// The curve at a time between them.
    between: B,
}

/// The ranks of all corners where there is room for them, else of so many at even distances among them, the first and the
/// last too.
fn evenly_chosen(corners: usize) -> impl Iterator<Item = usize> {
    let chosen = corners.min(MOST_CORNERS);
    (0..chosen).map(move |rank| if chosen < 2 { rank } else { rank * (corners - 1) / (chosen - 1) })
}

/// Round times up to a horizon, for the numbers at risk below a plot.
fn round_times(horizon_days: u32) -> impl Iterator<Item = f64> {
    let times: &[u32] = match horizon_days {
        0..14 => &[0, 1, 2, 3, 5, 7],
        14..90 => &[0, 5, 10, 15, 20, 25, 30],
        90..730 => &[0, 30, 90, 180, 270, 365],
        _ => &[0, 90, 180, 365, 545, 730, 1095],
    };
    times.iter().filter(move |time| **time <= horizon_days).map(|time| f64::from(*time))
}
