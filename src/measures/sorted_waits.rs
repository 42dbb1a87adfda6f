//! Many waits in the order of how long they were, as the statistics take them.

use super::delay_figures::MedianBounds;
use super::waits::{Alike, minutes_of, outcome_of};
use crate::domain::delay::MINUTES_A_DAY;
use crate::statistics::{Ending, EventTable, Exits, Observation, median_in_order};

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
    /// Sorts so many packed waits: those known to the minute or the day, of which some come in their order already, and the
    /// figures, the shortest and the longest of those known to the month only.
    pub(super) fn new(
        rows: usize,
        exact: Vec<u32>,
        in_order: &[Alike],
        [monthly, shortest, longest]: [Vec<u32>; 3],
    ) -> Self {
        let [exact, monthly, shortest, longest] = [exact, monthly, shortest, longest].map(sorted);
        let exact = if in_order.is_empty() { exact } else { merged([in_order, &exact].concat()) };
        Self { rows, exact, monthly, shortest, longest }
    }

    /// All of several groups as one; each group has its place among them as its number.
    pub(super) fn together(groups: &[&Self]) -> Self {
        let together = |column: fn(&Self) -> &[Alike]| {
            let mut all = Vec::with_capacity(groups.iter().map(|group| column(group).len()).sum());
            for (number, group) in (0..).zip(groups) {
                all.extend(column(group).iter().map(|alike| Alike { group: number, ..*alike }));
            }
            merged(all)
        };
        Self {
            rows: groups.iter().map(|group| group.rows).sum(),
            exact: together(|group| &group.exact),
            monthly: together(|group| &group.monthly),
            shortest: together(|group| &group.shortest),
            longest: together(|group| &group.longest),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// All of them, counted; times in days.
    pub(super) fn table(&self) -> EventTable {
        // Packed minutes are finite and not before the origin: each is an observation.
        let observations = self.with(&self.monthly);
        let observations = observations.filter_map(|alike| Some((observation(alike.packed)?, alike.count as usize)));
        EventTable::in_order(self.rows, observations)
    }

    /// All of them as they exit; times in minutes.
    pub(super) fn exits(&self) -> impl Iterator<Item = Exits<u32>> {
        self.with(&self.monthly).map(exits)
    }

    /// What the Kaplan–Meier median would be if every wait that is known to the month only had been as short, and as long,
    /// as its dates allow; none where there is no such wait.
    pub(super) fn median_bounds(&self) -> Option<MedianBounds> {
        let median = |monthly: &[Alike]| {
            let between = median_in_order(self.rows, self.with(monthly).map(exits));
            between.map(|(from, to)| f64::midpoint(in_days(from), in_days(to)))
        };
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
    fn with<'w>(&'w self, monthly: &'w [Alike]) -> InOrder<'w> {
        InOrder { first: &self.exact, second: monthly }
    }
}

fn sorted(mut waits: Vec<u32>) -> Vec<Alike> {
    waits.sort_unstable();
    let mut all = Vec::with_capacity(waits.len());
    waits.into_iter().for_each(|packed| Alike::push(&mut all, packed));
    all
}

/// One list in its order after the other as one in its order: a stable sort takes each as a run and merges them.
fn merged(mut lists: Vec<Alike>) -> Vec<Alike> {
    lists.sort_by_key(|alike| alike.packed);
    lists
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
    Observation::from_origin(in_days(minutes_of(packed)), Ending::from_outcome(outcome_of(packed))).ok()
}

fn exits(Alike { packed, count, group }: Alike) -> Exits<u32> {
    let count = count as usize;
    let ended = if outcome_of(packed) == 0 { 0 } else { count };
    Exits { time: minutes_of(packed), group: group as usize, count, ended }
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
fn in_days(minutes: u32) -> f64 {
    f64::from(minutes) / MINUTES_A_DAY as f64
}
