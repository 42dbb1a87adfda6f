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

/// Waits of one group that are packed alike. Where they are known to the day, many are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) packed: u32,
    pub(super) count: u32,
    /// The number of the group among those that are looked at together; 0 where it is alone.
    pub(super) group: u32,
}

impl Alike {
    /// Adds a wait to the end of a list: to the last of it, where it is like that.
    pub(super) fn push(list: &mut Vec<Self>, packed: u32) {
        match list.last_mut() {
            Some(alike) if alike.packed == packed => alike.count += 1,
            _ => list.push(Self { packed, count: 1, group: 0 }),
        }
    }
}

/// Many waits.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    exact: Vec<u32>,
    monthly: Vec<MonthlyWait>,
    /// Others that are known to the minute or the day: one list in its order after the other.
    in_order: Vec<Alike>,
    /// How many stand in them.
    rows_in_order: usize,
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
        self.exact.len() + self.monthly.len() + self.rows_in_order
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

    /// Adds some that are known to the minute or the day, in their order.
    pub(super) fn add_in_order(&mut self, waits: Vec<Alike>) {
        self.rows_in_order += waits.iter().map(|alike| alike.count as usize).sum::<usize>();
        append(&mut self.in_order, waits);
    }

    /// Takes out all that were added one by one: those known to the minute or the day, and those known to the month only.
    pub(super) fn drain(&mut self) -> (impl Iterator<Item = u32>, impl Iterator<Item = MonthlyWait>) {
        (self.exact.drain(..), self.monthly.drain(..))
    }

    /// Takes in others.
    pub(super) fn merge(&mut self, other: Self) {
        append(&mut self.exact, other.exact);
        append(&mut self.monthly, other.monthly);
        append(&mut self.in_order, other.in_order);
        self.rows_in_order += other.rows_in_order;
    }

    /// All of them, sorted.
    pub(super) fn sorted(&self) -> SortedWaits {
        let column = |of: fn(&MonthlyWait) -> u32| self.monthly.iter().map(of).collect();
        let known_to_the_month =
            [column(|wait| wait.figure), column(|wait| wait.shortest), column(|wait| wait.longest)];
        SortedWaits::new(self.len(), self.exact.clone(), &self.in_order, known_to_the_month)
    }
}

/// Adds to a list; to one that is empty at no cost.
fn append<T>(list: &mut Vec<T>, mut more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.append(&mut more);
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
