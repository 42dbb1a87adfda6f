//! Observations sorted once: at every distinct exit time, how many were at risk and how many ended, and how.
//!
//! Nearly everything else in this module derives from the table in one pass and sorts nothing again.
//! O(n log n) for n observations; two sorts with delayed entry, one without.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use super::exit_order::ExitOrder;
use super::observation::Observation;

/// What counts as the event. Whatever else ends a wait then counts as censoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Any ending.
    Any,
    /// One ending alone. A Kaplan–Meier curve of it is no probability when others compete:
    /// use [`super::CumulativeIncidence`] for that.
    Ending(NonZeroU32),
}

/// One distinct exit time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// Observations with `entry < time <= exit`. Events come before censorings at the same time.
    pub at_risk: usize,
    /// Observations that ended, in any way, at this time.
    pub ended: usize,
    /// Observations whose exit is before this time: where this step's rows begin in exit order.
    pub(super) exited_before: usize,
}

/// The sorted observations of one group.
#[derive(Debug, Clone, Default)]
pub struct EventTable {
    steps: Vec<Step>,
    /// How each observation stopped (0 open, k the k-th ending), in exit order.
    outcomes: Vec<u32>,
    /// Entry times in order; empty when nobody enters late.
    entries: Vec<f64>,
}

impl EventTable {
    /// Sorts and counts. An empty slice gives an empty table.
    #[must_use]
    pub fn new(observations: &[Observation]) -> Self {
        ExitOrder::new(observations, &[]).whole()
    }

    /// Counts exactly so many observations that stand in the order of their exits already, none of which enters late; with
    /// each how many there are of its like. What stands out of order is counted as if it had exited with the one before.
    #[must_use]
    pub fn in_order(rows: usize, observations: impl Iterator<Item = (Observation, usize)>) -> Self {
        let mut table = TableBuilder::new(rows, Vec::new());
        table.table.steps.reserve(observations.size_hint().1.unwrap_or(0).min(rows));
        for (observation, count) in observations {
            table.push_alike(observation.exit(), observation.ending().outcome(), count);
        }
        table.build()
    }

    /// The number of observations.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether there is no observation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// The distinct exit times, ascending.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The earliest exit, of whatever kind.
    #[must_use]
    pub fn first_exit(&self) -> Option<f64> {
        self.steps.first().map(|step| step.time)
    }

    /// The latest exit, of whatever kind.
    #[must_use]
    pub fn last_exit(&self) -> Option<f64> {
        self.steps.last().map(|step| step.time)
    }

    /// The number of observations that ended as the endpoint says.
    #[must_use]
    pub fn events(&self, endpoint: Endpoint) -> usize {
        count(&self.outcomes, endpoint)
    }

    /// The endings that occur, ascending.
    #[must_use]
    pub fn endings(&self) -> Vec<NonZeroU32> {
        let distinct: BTreeSet<NonZeroU32> =
            self.outcomes.iter().filter_map(|&outcome| NonZeroU32::new(outcome)).collect();
        distinct.into_iter().collect()
    }

    /// How many are at risk at `time`, also between exit times: `entry < time <= exit`.
    #[must_use]
    pub fn at_risk(&self, time: f64) -> usize {
        let entered =
            if self.entries.is_empty() { self.len() } else { self.entries.partition_point(|&entry| entry < time) };
        let next = self.steps.partition_point(|step| step.time < time);
        let exited = self.steps.get(next).map_or(self.len(), |step| step.exited_before);
        entered.saturating_sub(exited)
    }

    /// The exit of the observation with this rank in exit order, from 0; `None` where there are not so many.
    #[must_use]
    pub fn exit_of_rank(&self, rank: usize) -> Option<f64> {
        let begun = self.steps.partition_point(|step| step.exited_before <= rank);
        if rank < self.len() { Some(self.steps.get(begun.checked_sub(1)?)?.time) } else { None }
    }

    /// Entry times, ascending; empty when nobody enters late.
    pub(super) fn entries(&self) -> &[f64] {
        &self.entries
    }

    /// The number of events at the step with this index.
    pub(super) fn events_at(&self, index: usize, endpoint: Endpoint) -> usize {
        let step = &self.steps[index];
        if endpoint == Endpoint::Any || step.ended == 0 {
            return step.ended;
        }
        count(self.outcomes_at(index), endpoint)
    }

    /// How those stopped who stopped at the step with this index: 0 open, k the k-th ending.
    pub(super) fn outcomes_at(&self, index: usize) -> &[u32] {
        let end = self.steps.get(index + 1).map_or(self.len(), |next| next.exited_before);
        &self.outcomes[self.steps[index].exited_before..end]
    }

    /// The steps at which events happened, with their number, ascending.
    pub(super) fn event_steps(&self, endpoint: Endpoint) -> impl Iterator<Item = (&Step, usize)> {
        self.steps
            .iter()
            .enumerate()
            .map(move |(index, step)| (step, self.events_at(index, endpoint)))
            .filter(|&(_, events)| events > 0)
    }
}

fn count(outcomes: &[u32], endpoint: Endpoint) -> usize {
    match endpoint {
        Endpoint::Any => outcomes.iter().filter(|&&outcome| outcome > 0).count(),
        Endpoint::Ending(k) => outcomes.iter().filter(|&&outcome| outcome == k.get()).count(),
    }
}

/// A table that is made of rows in exit order.
pub(super) struct TableBuilder {
    table: EventTable,
    /// How many have entered before the last step.
    entered: usize,
}

impl TableBuilder {
    /// A table of so many rows, with their entries in order; without entries where nobody enters late.
    pub(super) fn new(rows: usize, entries: Vec<f64>) -> Self {
        let entered = if entries.is_empty() { rows } else { 0 };
        // Many exit at the same time: most need far fewer steps than rows.
        let table = EventTable { steps: Vec::new(), outcomes: Vec::with_capacity(rows), entries };
        Self { table, entered }
    }

    /// The next row, which exits no earlier than the one before.
    #[inline]
    pub(super) fn push(&mut self, time: f64, outcome: u32) {
        self.push_alike(time, outcome, 1);
    }

    /// The next rows, which are alike.
    #[inline]
    fn push_alike(&mut self, time: f64, outcome: u32, count: usize) {
        let EventTable { steps, outcomes, entries } = &mut self.table;
        let (row, ended) = (outcomes.len(), if outcome > 0 { count } else { 0 });
        match steps.last_mut() {
            Some(step) if step.time >= time => step.ended += ended,
            _ => {
                while entries.get(self.entered).is_some_and(|&entry| entry < time) {
                    self.entered += 1;
                }
                steps.push(Step { time, at_risk: self.entered.saturating_sub(row), ended, exited_before: row });
            }
        }
        outcomes.extend(std::iter::repeat_n(outcome, count));
    }

    pub(super) fn build(self) -> EventTable {
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::Ending;
    use super::*;

    fn row(entry: Option<f64>, exit: f64, outcome: u32) -> Observation {
        let ending = Ending::from_outcome(outcome);
        match entry {
            None => Observation::from_origin(exit, ending).unwrap(),
            Some(entry) => Observation::entering_late(entry, exit, ending).unwrap(),
        }
    }

    #[test]
    fn ties_are_one_step_and_the_censored_are_still_at_risk() {
        let table = EventTable::new(&[row(None, 2.0, 0), row(None, 2.0, 1), row(None, 1.0, 2), row(None, 2.0, 1)]);
        let steps: Vec<_> = table.steps().iter().map(|s| (s.time, s.at_risk, s.ended)).collect();
        assert_eq!(steps, [(1.0, 4, 1), (2.0, 3, 2)]);
        assert_eq!(table.events(Endpoint::Any), 3);
        assert_eq!(table.events(Endpoint::Ending(NonZeroU32::new(1).unwrap())), 2);
        assert_eq!(table.endings().len(), 2);
    }

    #[test]
    fn the_late_are_not_at_risk_before_they_enter() {
        let table = EventTable::new(&[row(Some(1.0), 3.0, 1), row(None, 2.0, 1), row(Some(2.0), 4.0, 0)]);
        let at_risk: Vec<_> = [0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 4.5].map(|t| table.at_risk(t)).into();
        assert_eq!(at_risk, [1, 1, 2, 2, 2, 2, 1, 0]);
    }

    #[test]
    fn rows_in_order_give_the_same_table() {
        let mut rows: Vec<_> = (0..500_u32).map(|n| row(None, f64::from(n * 7919 % 101), n % 4)).collect();
        rows.sort_by(|a, b| a.exit().total_cmp(&b.exit()));
        let (table, sorted) =
            (EventTable::in_order(rows.len(), rows.iter().map(|row| (*row, 1))), EventTable::new(&rows));
        assert_eq!(table.steps(), sorted.steps());
        assert_eq!((table.len(), table.endings()), (sorted.len(), sorted.endings()));
        let alike = rows.chunk_by(|one, other| one == other).map(|alike| (alike[0], alike.len()));
        assert_eq!(EventTable::in_order(rows.len(), alike).steps(), sorted.steps());
    }

    #[test]
    fn an_empty_table_answers() {
        let table = EventTable::new(&[]);
        assert!(table.is_empty() && table.steps().is_empty());
        assert_eq!((table.at_risk(1.0), table.first_exit(), table.last_exit()), (0, None, None));
    }
}
