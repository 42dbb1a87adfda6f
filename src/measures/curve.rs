//! Curves for plots: how many still wait, or have ended in one way, as time goes on, with limits and numbers at risk.
//!
//! A plot needs no more corners than it has room for: of many, an even choice is kept, always the same for the same
//! figures.

use super::count::Count;
use crate::statistics::{ConfidenceLevel, CumulativeIncidence, EventTable, KaplanMeier, Transform};

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
        let corners = curve.corners().map(|(time, _)| time);
        Self::through(corners, curve.table(), horizon_days, |time| {
            let at = curve.at(time);
            let limits = at.limits(Transform::LogLog, ConfidenceLevel::default());
            CurvePoint {
                time,
                estimate: at.survival,
                lo: limits.map(|limits| limits.lo),
                hi: limits.map(|limits| limits.hi),
                ended: at.cumulative_events as u64,
                at_risk: at.at_risk as u64,
            }
        })
    }

    /// The share that ended in one way among all that compete, up to a horizon in days.
    /// `counted` is the curve of that ending alone: it rises at the same times, and knows how many ended.
    pub(super) fn of_ending(incidence: &CumulativeIncidence, counted: &KaplanMeier<'_>, horizon_days: u32) -> Self {
        let corners = counted.corners().map(|(time, _)| time);
        Self::through(corners, counted.table(), horizon_days, |time| {
            let counts = counted.at(time);
            let at = incidence.at(time);
            let limits = at.limits(ConfidenceLevel::default());
            CurvePoint {
                time,
                estimate: at.incidence,
                lo: limits.map(|limits| limits.lo),
                hi: limits.map(|limits| limits.hi),
                ended: counts.cumulative_events as u64,
                at_risk: counts.at_risk as u64,
            }
        })
    }

    fn through(
        corners: impl Iterator<Item = f64>,
        table: &EventTable,
        horizon_days: u32,
        at: impl Fn(f64) -> CurvePoint,
    ) -> Self {
        let Some(last_exit) = table.last_exit() else { return Self::default() };
        let end = last_exit.min(f64::from(horizon_days));
        let corners: Vec<f64> = corners.take_while(|time| *time <= end).collect();
        let first = CurvePoint { at_risk: table.len() as u64, ended: 0, ..before_everything(&at) };
        let mut points = vec![first];
        points.extend(evenly_chosen(&corners).map(&at));
        if points.last().is_some_and(|last| last.time < end) {
            points.push(at(end));
        }
        let at_risk = round_times(horizon_days).map(|time| (time, (table.at_risk(time) as u64).into())).collect();
        Self { points, at_risk }
    }
}

/// The curve before anything happened: what it is at a time before 0.
fn before_everything(at: &impl Fn(f64) -> CurvePoint) -> CurvePoint {
    CurvePoint { time: 0.0, ..at(-1.0) }
}

/// All corners where there is room for them, else so many at even distances among them, the first and the last too.
fn evenly_chosen(corners: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let chosen = corners.len().min(MOST_CORNERS);
    let place = move |rank: usize| if chosen < 2 { rank } else { rank * (corners.len() - 1) / (chosen - 1) };
    (0..chosen).map(move |rank| corners[place(rank)])
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
