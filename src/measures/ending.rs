//! How complaints end: dismissed, prosecuted or withdrawn, whichever comes first, since the start of their clock.
//!
//! The endings compete, so each share is an Aalen–Johansen cumulative incidence: to count the others as censored
//! would overstate it.

use super::counters::{Counters, merge_counters};
use super::ending_figures::EndingFigures;
use super::observed::{Awaited, ObservedCase, ObservedVisit, StillOpen};
use super::sorted_endings::SortedEndings;
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Standing};
use super::waits::{Outcome, Waits};
use crate::domain::milestone::Ending;

/// Gathers the endings.
#[derive(Clone, Debug, Default)]
pub struct EndingTally {
    pub(super) waits: Waits,
    pub(super) counts: Counts,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) ended: [u64; Ending::ALL.len()],
    pub(super) lost: u64,
    pub(super) open: u64,
    pub(super) left_out: u64,
    pub(super) complaints: u64,
    pub(super) ever_prosecuted: u64,
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
        self.sorted().figures(true)
    }

    /// Its waits in their order, with what has been counted.
    pub(super) fn sorted(&self) -> SortedEndings {
        SortedEndings::new(self.waits.sorted(), self.counts.clone())
    }
}

/// How the waits tell the endings apart.
pub(super) fn outcome(ending: Ending) -> Outcome {
    match ending {
        Ending::Dismissed => Outcome::First,
        Ending::Prosecuted => Outcome::Second,
        Ending::Withdrawn => Outcome::Third,
    }
}
