//! From many waits to the figures of the endings.

use std::num::NonZeroU32;

use super::counters::merge_counters;
use super::curve::Curve;
use super::ending::{Counts, outcome};
use super::ending_figures::{
    ENDING_HORIZONS_DAYS, EndingCount, EndingCurves, EndingFigures, EndingShare, EndingsByHorizon, ReportedComparison,
};
use super::figures::Estimate;
use super::sorted_waits::SortedWaits;
use crate::domain::milestone::Ending;
use crate::statistics::{ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, Transform};

/// The last of the horizons, to which the curves go.
const CURVE_DAYS: u32 = ENDING_HORIZONS_DAYS[ENDING_HORIZONS_DAYS.len() - 1];

/// The waits for an ending in their order, with what has been counted of them.
#[derive(Debug)]
pub(super) struct SortedEndings {
    waits: SortedWaits,
    counts: Counts,
}

impl SortedEndings {
    pub(super) fn new(waits: SortedWaits, counts: Counts) -> Self {
        Self { waits, counts }
    }

    /// Those of several groups as one.
    pub(super) fn together(groups: &[Self]) -> Self {
        let mut counts = Counts::default();
        groups.iter().for_each(|group| merge_counters(&mut counts, group.counts.clone()));
        let waits: Vec<&SortedWaits> = groups.iter().map(|group| &group.waits).collect();
        Self { waits: SortedWaits::together(&waits), counts }
    }

    /// The figures, with their curves or without.
    pub(super) fn figures(&self, with_curves: bool) -> EndingFigures {
        let Self { waits, counts } = self;
        let estimates = Estimates::of(&waits.table(), with_curves);
        EndingFigures {
            n: (counts.ended.iter().sum::<u64>() + counts.lost + counts.open).into(),
            ended: Ending::ALL
                .iter()
                .zip(counts.ended)
                .map(|(ending, count)| EndingCount { ending: *ending, count: count.into() })
                .collect(),
            lost: counts.lost.into(),
            open: counts.open.into(),
            left_out: counts.left_out.into(),
            by_horizon: estimates.by_horizon,
            reported: ReportedComparison::of(counts.ever_prosecuted, counts.complaints),
            curves: estimates.curves,
        }
    }
}

/// What is estimated from the sorted waits.
struct Estimates {
    by_horizon: Vec<EndingsByHorizon>,
    curves: EndingCurves,
}

impl Estimates {
    fn of(table: &EventTable, with_curves: bool) -> Self {
        let waiting = KaplanMeier::new(table, Endpoint::Any);
        let mut by_horizon: Vec<EndingsByHorizon> =
            ENDING_HORIZONS_DAYS.iter().map(|days| still_open_by(*days, &waiting)).collect();
        let mut curves = EndingCurves::default();
        if with_curves {
            curves.still_open = Curve::of_waiting(&waiting, CURVE_DAYS);
        }
        let ways: Vec<NonZeroU32> =
            Ending::ALL.iter().filter_map(|ending| NonZeroU32::new(outcome(*ending) as u32)).collect();
        for (ending, incidence) in Ending::ALL.iter().zip(&CumulativeIncidence::of_all(table, &ways)) {
            for horizon in &mut by_horizon {
                let time = f64::from(horizon.days);
                let seen = horizon.still_open.estimate.is_some();
                horizon.endings.push(EndingShare {
                    ending: *ending,
                    events: (incidence.at(time).cumulative_events as u64).into(),
                    share: if seen { share_by(time, incidence) } else { Estimate::NONE },
                });
            }
            if with_curves {
                curves.endings.push((*ending, Curve::of_ending(incidence, table, CURVE_DAYS)));
            }
        }
        Self { by_horizon, curves }
    }
}

/// The share with no ending by a horizon; none where everybody was last seen before it and some were open then.
fn still_open_by(days: u32, waiting: &KaplanMeier<'_>) -> EndingsByHorizon {
    let at = waiting.at(f64::from(days));
    let observed = waiting.table().last_exit().is_some_and(|last| last >= at.time || at.survival <= 0.0);
    let limits = at.limits(Transform::LogLog, ConfidenceLevel::default()).filter(|_| observed);
    EndingsByHorizon {
        days,
        at_risk: (at.at_risk as u64).into(),
        still_open: Estimate {
            estimate: observed.then_some(at.survival),
            lo: limits.map(|limits| limits.lo),
            hi: limits.map(|limits| limits.hi),
        },
        endings: Vec::new(),
    }
}

fn share_by(time: f64, incidence: &CumulativeIncidence) -> Estimate {
    let at = incidence.at(time);
    let limits = at.limits(ConfidenceLevel::default());
    Estimate { estimate: Some(at.incidence), lo: limits.map(|limits| limits.lo), hi: limits.map(|limits| limits.hi) }
}
