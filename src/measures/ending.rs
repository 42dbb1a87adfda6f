//! How complaints end: dismissed, prosecuted or withdrawn, whichever comes first, since the start of their clock.
//!
//! The endings compete, so each share is an Aalen–Johansen cumulative incidence: to count the others as censored
//! would overstate it.

use std::num::NonZeroU32;

use super::curve::Curve;
use super::ending_figures::{
    ENDING_HORIZONS_DAYS, EndingCount, EndingCurves, EndingFigures, EndingShare, EndingsByHorizon, ReportedComparison,
};
use super::figures::Estimate;
use super::observed::{ObservedCase, ObservedVisit};
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Wait};
use super::waits::{Outcome, Waits};
use crate::domain::milestone::Ending;
use crate::statistics::{ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, Transform};

/// The last of the horizons, to which the curves go.
const CURVE_DAYS: u32 = ENDING_HORIZONS_DAYS[ENDING_HORIZONS_DAYS.len() - 1];

/// Gathers the endings.
#[derive(Clone, Debug, Default)]
pub struct EndingTally {
    waits: Waits,
    ended: [u64; Ending::ALL.len()],
    lost: u64,
    open: u64,
    left_out: u64,
    complaints: u64,
    ever_prosecuted: u64,
}

impl Tally for EndingTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>) {
        let case = case.case;
        let times = &case.milestones;
        self.complaints += 1;
        self.ever_prosecuted += u64::from(times.prosecuted.is_some());
        let wait = |start| Wait { start, end: times.first_ending_at(), otherwise: None, lost: times.follow_up_ended };
        let observed = terms.clock.start(times).map(wait).and_then(|w| w.observe(case.zone, terms.observed_until));
        let Some((delay, seen)) = observed else {
            self.left_out += 1;
            return;
        };
        match (seen, times.first_ending) {
            (LastSeen::Ended, Some(ending)) => {
                self.ended[ending as usize] += 1;
                self.waits.add(delay, outcome(ending));
            }
            (LastSeen::Lost, _) => {
                self.lost += 1;
                self.waits.add(delay, Outcome::Open);
            }
            _ => {
                self.open += 1;
                self.waits.add(delay, Outcome::Open);
            }
        }
    }

    fn add_visit(&mut self, _: &ObservedVisit<'_>, _: &Terms<'_>) {}

    fn merge(&mut self, other: Self) {
        self.waits.merge(other.waits);
        self.ended.iter_mut().zip(other.ended).for_each(|(count, more)| *count += more);
        self.lost += other.lost;
        self.open += other.open;
        self.left_out += other.left_out;
        self.complaints += other.complaints;
        self.ever_prosecuted += other.ever_prosecuted;
    }
}

impl EndingTally {
    /// The figures.
    #[must_use]
    pub fn figures(&self) -> EndingFigures {
        let estimates = Estimates::of(&self.waits.sorted().table());
        EndingFigures {
            n: (self.ended.iter().sum::<u64>() + self.lost + self.open).into(),
            ended: Ending::ALL
                .iter()
                .zip(self.ended)
                .map(|(ending, count)| EndingCount { ending: *ending, count: count.into() })
                .collect(),
            lost: self.lost.into(),
            open: self.open.into(),
            left_out: self.left_out.into(),
            by_horizon: estimates.by_horizon,
            reported: ReportedComparison::of(self.ever_prosecuted, self.complaints),
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
    fn of(table: &EventTable) -> Self {
        let waiting = KaplanMeier::new(table, Endpoint::Any);
        let mut by_horizon: Vec<EndingsByHorizon> =
            ENDING_HORIZONS_DAYS.iter().map(|days| still_open_by(*days, &waiting)).collect();
        let mut curves = EndingCurves { still_open: Curve::of_waiting(&waiting, CURVE_DAYS), endings: Vec::new() };
        for ending in Ending::ALL {
            let Some(way) = NonZeroU32::new(outcome(*ending) as u32) else { continue };
            let incidence = CumulativeIncidence::new(table, way);
            let counted = KaplanMeier::new(table, Endpoint::Ending(way));
            for horizon in &mut by_horizon {
                let time = f64::from(horizon.days);
                let seen = horizon.still_open.estimate.is_some();
                horizon.endings.push(EndingShare {
                    ending: *ending,
                    events: (counted.at(time).cumulative_events as u64).into(),
                    share: if seen { share_by(time, &incidence) } else { Estimate::NONE },
                });
            }
            curves.endings.push((*ending, Curve::of_ending(&incidence, &counted, CURVE_DAYS)));
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
