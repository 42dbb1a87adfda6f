//! Many waits, packed: four bytes for a wait known to the minute or the day, so that a million cases with all their
//! delays fit into memory. The order in which they are added leaves no trace in what comes out.

use crate::domain::delay::{Delay, MINUTES_A_DAY};
use crate::domain::time::Precision;
use crate::statistics::{Ending, EventTable, Observation};

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

/// Many waits, those that are known to the minute or the day sorted.
#[derive(Debug)]
pub(super) struct SortedWaits<'a> {
    exact: Vec<u32>,
    monthly: &'a [MonthlyWait],
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
    pub(super) fn sorted(&self) -> SortedWaits<'_> {
        let mut exact = self.exact.clone();
        exact.sort_unstable();
        SortedWaits { exact, monthly: &self.monthly }
    }

    /// The plain mean of those that ended, in days; none where none has. It is summed in whole minutes, exactly.
    #[expect(clippy::cast_precision_loss, reason = "a sum past 2^53 minutes is right to 16 digits all the same")]
    pub(super) fn mean_of_ended(&self) -> Option<f64> {
        let all = self.exact.iter().copied().chain(self.monthly.iter().map(|wait| wait.figure));
        let ended = all.filter(|wait| wait & OUTCOME_MASK != 0);
        let (count, minutes) =
            ended.fold((0_u64, 0_u64), |(count, minutes), wait| (count + 1, minutes + u64::from(wait >> OUTCOME_BITS)));
        (count > 0).then(|| minutes as f64 / count as f64 / MINUTES_A_DAY as f64)
    }
}

impl SortedWaits<'_> {
    /// All of them, counted; times in days.
    pub(super) fn table(&self) -> EventTable {
        self.table_with(|wait| wait.figure)
    }

    /// The same as if every wait that is known to the month only had been as short, and as long, as its dates allow;
    /// none where there is no such wait.
    pub(super) fn table_bounds(&self) -> Option<(EventTable, EventTable)> {
        let vary = !self.monthly.is_empty();
        vary.then(|| (self.table_with(|wait| wait.shortest), self.table_with(|wait| wait.longest)))
    }

    fn table_with(&self, column: impl Fn(&MonthlyWait) -> u32) -> EventTable {
        let mut monthly: Vec<u32> = self.monthly.iter().map(column).collect();
        monthly.sort_unstable();
        // Packed minutes are finite and not before the origin: each is an observation.
        let rows = self.exact.len() + monthly.len();
        EventTable::in_order(rows, in_order(&self.exact, &monthly).filter_map(observation))
    }
}

/// Two sorted lists as one.
fn in_order(first: &[u32], second: &[u32]) -> impl Iterator<Item = u32> {
    let (mut first, mut second) = (first.iter().copied().peekable(), second.iter().copied().peekable());
    std::iter::from_fn(move || match (first.peek(), second.peek()) {
        (Some(one), Some(other)) if other < one => second.next(),
        (Some(_), _) => first.next(),
        (None, _) => second.next(),
    })
}

/// A wait of so many minutes; what is longer than can be packed counts as the longest that can.
fn packed(minutes: i64, outcome: Outcome) -> u32 {
    let minutes = u32::try_from(minutes.max(0)).unwrap_or(MOST_MINUTES).min(MOST_MINUTES);
    minutes << OUTCOME_BITS | outcome as u32
}

fn observation(packed: u32) -> Option<Observation> {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
    let days = f64::from(packed >> OUTCOME_BITS) / MINUTES_A_DAY as f64;
    Observation::from_origin(days, Ending::from_outcome(packed & OUTCOME_MASK)).ok()
}
