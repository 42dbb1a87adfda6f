//! Many waits, packed: four bytes for a wait known to the minute or the day, so that a million cases with all their
//! delays fit into memory. The order in which they are added leaves no trace in what comes out.

use super::sorted_waits::SortedWaits;
use crate::domain::delay::Delay;
use crate::domain::time::Precision;

/// Bits of a packed wait that hold its outcome; its minutes stand above them, so that packed waits sort by time.
const OUTCOME_BITS: u32 = 2;
const OUTCOME_MASK: u32 = (1 << OUTCOME_BITS) - 1;

/// The longest wait that can be packed, some two thousand years.
const MOST_MINUTES: u32 = u32::MAX >> OUTCOME_BITS;

/// How a wait stopped, as the statistics count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was still going on when last seen.
    Open,
    /// It ended in the first way; a delay has no other.
    First,
    /// It ended in the second way.
    Second,
    /// It ended in the third way.
    Third,
}

/// Many waits.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    exact: Vec<u32>,
    monthly: Vec<MonthlyWait>,
}

/// A wait that is known to the month only, packed: its figure and its bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthlyWait {
    figure: u32,
    shortest: u32,
    longest: u32,
}

impl Waits {
    /// How many.
    pub(super) fn len(&self) -> usize {
        self.exact.len() + self.monthly.len()
    }

    /// Adds one.
    pub(super) fn add(&mut self, delay: Delay, outcome: Outcome) {
        let figure = packed(delay.minutes(), outcome);
        if delay.precision() == Precision::Month {
            let (shortest, longest) = delay.bounds_in_minutes();
            let (shortest, longest) = (packed(shortest, outcome), packed(longest, outcome));
            self.monthly.push(MonthlyWait { figure, shortest, longest });
        } else {
            self.exact.push(figure);
        }
    }

    /// Adds one that is packed already.
    pub(super) fn add_packed(&mut self, exact: u32) {
        self.exact.push(exact);
    }

    /// Adds one that is known to the month only.
    pub(super) fn add_monthly(&mut self, wait: MonthlyWait) {
        self.monthly.push(wait);
    }

    /// Takes out all of them: those known to the minute or the day, and those known to the month only.
    pub(super) fn drain(&mut self) -> (impl Iterator<Item = u32>, impl Iterator<Item = MonthlyWait>) {
        (self.exact.drain(..), self.monthly.drain(..))
    }

    /// Takes in others.
    pub(super) fn merge(&mut self, mut other: Self) {
        if self.exact.is_empty() {
            std::mem::swap(&mut self.exact, &mut other.exact);
        }
        self.exact.append(&mut other.exact);
        self.monthly.append(&mut other.monthly);
    }

    /// All of them, sorted.
    pub(super) fn sorted(&self) -> SortedWaits {
        let column = |of: fn(&MonthlyWait) -> u32| self.monthly.iter().map(of).collect();
        let known_to_the_month =
            [column(|wait| wait.figure), column(|wait| wait.shortest), column(|wait| wait.longest)];
        SortedWaits::new(self.exact.clone(), known_to_the_month)
    }
}

/// A wait of so many minutes; what is longer than can be packed counts as the longest that can.
fn packed(minutes: i64, outcome: Outcome) -> u32 {
    let minutes = u32::try_from(minutes.max(0)).unwrap_or(MOST_MINUTES).min(MOST_MINUTES);
    minutes << OUTCOME_BITS | outcome as u32
}

/// The minutes of a packed wait.
pub(super) fn minutes_of(packed: u32) -> u32 {
    packed >> OUTCOME_BITS
}

/// The outcome of a packed wait, as a data file codes it: 0 is open, k is the k-th ending.
pub(super) fn outcome_of(packed: u32) -> u32 {
    packed & OUTCOME_MASK
}
