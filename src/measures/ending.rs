//! How complaints end: dismissed, prosecuted or withdrawn, whichever comes first, since the start of their clock.
//!
//! The endings compete, so each share is an Aalen–Johansen cumulative incidence: to count the others as censored
//! would overstate it.

use std::num::NonZeroU32;

use super::counters::{Counters, merge_counters};
use super::curve::Curve;
use super::ending_figures::{
    ENDING_HORIZONS_DAYS, EndingCount, EndingCurves, EndingFigures, EndingShare, EndingsByHorizon, ReportedComparison,
};
use super::figures::Estimate;
use super::observed::{Awaited, ObservedCase, ObservedVisit, StillOpen};
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Standing};
use super::waits::{Outcome, Waits};
use crate::domain::milestone::Ending;
use crate::statistics::{ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, Transform};

/// The last of the horizons, to which the curves go.
const CURVE_DAYS: u32 = ENDING_HORIZONS_DAYS[ENDING_HORIZONS_DAYS.len() - 1];

/// Gathers the endings.
#[derive(Clone, Debug, Default)]
pub struct EndingTally {
    pub(super) waits: Waits,
    pub(super) counts: Counts,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    ended: [u64; Ending::ALL.len()],
    lost: u64,
    open: u64,
    left_out: u64,
    complaints: u64,
    ever_prosecuted: u64,
}

impl Tally for EndingTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, _: &Terms<'_>) {
        let times = &case.case.milestones;
        self.counts.complaints += 1;
        self.counts.ever_prosecuted += u64::from(times.prosecuted.is_some());
        match (case.ending, times.first_ending) {
            (Some(Standing::Over(delay, LastSeen::Ended)), Some(ending)) => {
                self.counts.ended[ending as usize] += 1;
                self.waits.add(delay, outcome(ending));
            }
            (Some(Standing::Over(delay, _)), _) => {
                self.counts.lost += 1;
                self.waits.add(delay, Outcome::Open);
            }
            (Some(Standing::Open(_)), _) => {}
            (Some(Standing::Contradictory) | None, _) => self.counts.left_out += 1,
        }
    }

    fn add_visit(&mut self, _: &ObservedVisit<'_>, _: &Terms<'_>) {}

    fn add_open(&mut self, wait: &StillOpen) {
        if wait.awaited != Awaited::AnyEnding {
            return;
        }
        match wait.lasted {
            Some(delay) => {
                self.counts.open += 1;
                self.waits.add(delay, Outcome::Open);
            }
            None => self.counts.left_out += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        let Self { waits, counts } = other;
        self.waits.merge(waits);
        merge_counters(&mut self.counts, counts);
    }
}

impl Counters for Counts {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let Self { ended, lost, open, left_out, complaints, ever_prosecuted } = self;
        ended.iter_mut().chain([lost, open, left_out, complaints, ever_prosecuted]).for_each(see);
    }
}

impl EndingTally {
    /// The figures.
    #[must_use]
    pub fn figures(&self) -> EndingFigures {
        self.figures_with(true)
    }

    /// The figures, with their curves or without.
    pub(super) fn figures_with(&self, curves: bool) -> EndingFigures {
        let estimates = Estimates::of(&self.waits.sorted().table(), curves);
        EndingFigures {
            n: (self.counts.ended.iter().sum::<u64>() + self.counts.lost + self.counts.open).into(),
            ended: Ending::ALL
                .iter()
                .zip(self.counts.ended)
                .map(|(ending, count)| EndingCount { ending: *ending, count: count.into() })
                .collect(),
            lost: self.counts.lost.into(),
            open: self.counts.open.into(),
            left_out: self.counts.left_out.into(),
            by_horizon: estimates.by_horizon,
            reported: ReportedComparison::of(self.counts.ever_prosecuted, self.counts.complaints),
            curves: estimates.curves,
        }
    }
}

fn outcome(ending: Ending) -> Outcome {
    match ending {
        Ending::Dismissed => Outcome::First,
        Ending::Prosecuted => Outcome::Second,
        Ending::Withdrawn => Outcome::Third,
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
