//! Many waits in the order of how long they were, as the statistics take them.

use super::delay_figures::MedianBounds;
use super::waits::{minutes_of, outcome_of};
use crate::domain::delay::MINUTES_A_DAY;
use crate::statistics::{Ending, EventTable, Observation, median_in_order};

/// Waits that are packed alike. Where they are known to the day, many are.
#[derive(Clone, Copy, Debug)]
struct Alike {
    packed: u32,
    count: u32,
}

/// Many waits in their order.
#[derive(Debug, Default)]
pub(super) struct SortedWaits {
    rows: usize,
    /// Those known to the minute or the day.
    exact: Vec<Alike>,
    /// Those known to the month only: what counts as their figure.
    monthly: Vec<Alike>,
    /// As short as their dates allow.
    shortest: Vec<Alike>,
    /// As long.
    longest: Vec<Alike>,
}

impl SortedWaits {
    /// Sorts packed waits: those known to the minute or the day, and the figures, the shortest and the longest of those known
    /// to the month only.
    pub(super) fn new(exact: Vec<u32>, [monthly, shortest, longest]: [Vec<u32>; 3]) -> Self {
        let rows = exact.len() + monthly.len();
        let [exact, monthly, shortest, longest] = [exact, monthly, shortest, longest].map(sorted);
        Self { rows, exact, monthly, shortest, longest }
    }

    /// All of several as one.
    pub(super) fn together(parts: &[&Self]) -> Self {
        let together = |column: fn(&Self) -> &[Alike]| {
            let mut all = Vec::with_capacity(parts.iter().map(|part| column(part).len()).sum());
            parts.iter().for_each(|part| all.extend_from_slice(column(part)));
            all.sort_unstable_by_key(|alike| alike.packed);
            all
        };
        Self {
            rows: parts.iter().map(|part| part.rows).sum(),
            exact: together(|part| &part.exact),
            monthly: together(|part| &part.monthly),
            shortest: together(|part| &part.shortest),
            longest: together(|part| &part.longest),
        }
    }

    /// All of them, counted; times in days.
    pub(super) fn table(&self) -> EventTable {
        EventTable::in_order(self.rows, self.with(&self.monthly))
    }

    /// What the Kaplan–Meier median would be if every wait that is known to the month only had been as short, and as long,
    /// as its dates allow; none where there is no such wait.
    pub(super) fn median_bounds(&self) -> Option<MedianBounds> {
        let median = |monthly: &[Alike]| median_in_order(self.rows, self.with(monthly));
        let vary = !self.monthly.is_empty();
        vary.then(|| MedianBounds { shortest: median(&self.shortest), longest: median(&self.longest) })
    }

    /// The plain mean of those that ended, in days; none where none has. It is summed in whole minutes, exactly.
    #[expect(clippy::cast_precision_loss, reason = "a sum past 2^53 minutes is right to 16 digits all the same")]
    pub(super) fn mean_of_ended(&self) -> Option<f64> {
        let ended = self.exact.iter().chain(&self.monthly).filter(|alike| outcome_of(alike.packed) != 0);
        let (count, minutes) = ended.fold((0, 0), |(count, minutes), alike| {
            let more = u64::from(alike.count);
            (count + more, minutes + more * u64::from(minutes_of(alike.packed)))
        });
        (count > 0).then(|| minutes as f64 / count as f64 / MINUTES_A_DAY as f64)
    }

    /// In their order, those that are known to the month only as one of their columns has them.
    fn with<'w>(&'w self, monthly: &'w [Alike]) -> impl Iterator<Item = (Observation, usize)> + 'w {
        // Packed minutes are finite and not before the origin: each is an observation.
        InOrder { first: &self.exact, second: monthly }
            .filter_map(|alike| Some((observation(alike.packed)?, alike.count as usize)))
    }
}

fn sorted(mut waits: Vec<u32>) -> Vec<Alike> {
    waits.sort_unstable();
    let mut all: Vec<Alike> = Vec::with_capacity(waits.len());
    for packed in waits {
        match all.last_mut() {
            Some(alike) if alike.packed == packed => alike.count += 1,
            _ => all.push(Alike { packed, count: 1 }),
        }
    }
    all
}

/// Two sorted lists as one.
struct InOrder<'w> {
    first: &'w [Alike],
    second: &'w [Alike],
}

impl Iterator for InOrder<'_> {
    type Item = Alike;

    fn next(&mut self) -> Option<Alike> {
        let (first, second) = (self.first.first(), self.second.first());
        if first.is_none_or(|first| second.is_some_and(|second| second.packed < first.packed)) {
            self.second = self.second.get(1..)?;
            second.copied()
        } else {
            self.first = self.first.get(1..)?;
            first.copied()
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.first.len() + self.second.len();
        (left, Some(left))
    }
}

fn observation(packed: u32) -> Option<Observation> {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
    let days = f64::from(minutes_of(packed)) / MINUTES_A_DAY as f64;
    Observation::from_origin(days, Ending::from_outcome(outcome_of(packed))).ok()
}
