//! Gathers the waits of a delay.

use super::delay::DelayMeasure;
use super::delay_counts::DelayCounts;
use super::delay_figures::DelayFigures;
use super::observed::{Awaited, ObservedCase, ObservedVisit, ObservedWait, StillOpen};
use super::sorted_delay::SortedDelay;
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Standing};
use super::waits::{Outcome, Waits};
use crate::domain::delay::Delay;

/// Gathers the waits of one delay.
#[derive(Clone, Debug)]
pub struct DelayTally {
    measure: DelayMeasure,
    pub(super) waits: Waits,
    pub(super) counts: DelayCounts,
}

impl Tally for DelayTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, _: &Terms<'_>) {
        match case.waits.of(self.measure) {
            Some(wait) => self.add(wait),
            None => self.counts.missing_start += u64::from(self.measure.lacks_start_in_case(case)),
        }
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, _: &Terms<'_>) {
        match visit.waits.of(self.measure) {
            Some(wait) => self.add(wait),
            None => self.counts.missing_start += u64::from(self.measure.lacks_start_in_visit(visit.visit)),
        }
    }

    fn add_open(&mut self, wait: &StillOpen) {
        if wait.awaited != Awaited::Delay(self.measure) {
            return;
        }
        match wait.lasted {
            Some(delay) => self.count(delay, LastSeen::Open, wait.hours),
            None => self.counts.left_out += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.waits.merge(other.waits);
        self.counts.merge(other.counts);
    }
}

impl DelayTally {
    /// An empty tally.
    #[must_use]
    pub fn new(measure: DelayMeasure) -> Self {
        Self { measure, waits: Waits::default(), counts: DelayCounts::default() }
    }

    /// Which delay.
    #[must_use]
    pub fn measure(&self) -> DelayMeasure {
        self.measure
    }

    fn add(&mut self, wait: &ObservedWait) {
        match wait.standing {
            Standing::Over(delay, seen) => self.count(delay, seen, wait.hours),
            Standing::Open(_) => {}
            Standing::Contradictory => self.counts.left_out += 1,
        }
    }

    fn count(&mut self, delay: Delay, seen: LastSeen, hours: Option<i32>) {
        self.waits.add(delay, if seen == LastSeen::Ended { Outcome::First } else { Outcome::Open });
        self.counts.add(delay, seen);
        if let Some(hours) = hours {
            self.counts.judge(delay, seen, hours);
        }
    }

    /// How many waits.
    pub(super) fn len(&self) -> usize {
        self.waits.len()
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> DelayFigures {
        self.sorted().figures(true)
    }

    /// Its waits in their order, with what has been counted.
    pub(super) fn sorted(&self) -> SortedDelay {
        SortedDelay::new(self.measure, self.waits.sorted(), self.counts)
    }
}
