//! The tables of several groups read side by side: at each time at which anybody's wait ended, who was at risk
//! in each group and how many ended there.
//!
//! What every test between groups walks over. It sorts nothing: the tables are sorted already.

use super::event_table::{Endpoint, EventTable};

/// A walk over the distinct ending times of several groups, ascending.
pub(super) struct JointTimes<'table> {
    cursors: Vec<Cursor<'table>>,
    endpoint: Endpoint,
    groups: Vec<AtTime>,
}

/// One group at the time where the walk stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AtTime {
    /// At risk: `entry < time <= exit`.
    pub(super) at_risk: usize,
    /// Ended in any way.
    pub(super) ended: usize,
    /// Ended as the endpoint says.
    pub(super) events: usize,
}

impl<'table> JointTimes<'table> {
    pub(super) fn new(groups: &[&'table EventTable], endpoint: Endpoint) -> Self {
        let cursors = groups.iter().map(|table| Cursor::new(table)).collect();
        Self { cursors, endpoint, groups: vec![AtTime::default(); groups.len()] }
    }

    /// Goes on to the next time at which any wait ended, and gives the groups there in the order they came in.
    pub(super) fn next(&mut self) -> Option<&[AtTime]> {
        let time = self.cursors.iter().filter_map(Cursor::next_ending).min_by(f64::total_cmp)?;
        for (group, cursor) in self.groups.iter_mut().zip(&mut self.cursors) {
            *group = cursor.pass(time, self.endpoint);
        }
        Some(&self.groups)
    }
}

/// Walks one group's steps and entries. Every index only grows, so a whole walk costs what the table is long.
struct Cursor<'table> {
    table: &'table EventTable,
    /// The next step at which a wait ended.
    ending: usize,
    /// The first step not before the time where the walk stands.
    step: usize,
    /// How many have entered before that time.
    entered: usize,
}

impl<'table> Cursor<'table> {
    fn new(table: &'table EventTable) -> Self {
        let entered = if table.entries().is_empty() { table.len() } else { 0 };
        let mut cursor = Self { table, ending: 0, step: 0, entered };
        cursor.skip_censorings();
        cursor
    }

    fn next_ending(&self) -> Option<f64> {
        self.table.steps().get(self.ending).map(|step| step.time)
    }

    fn skip_censorings(&mut self) {
        let left = self.table.steps().get(self.ending..).unwrap_or_default();
        self.ending += left.iter().take_while(|step| step.ended == 0).count();
    }

    /// The group at `time`, which is no later than the next ending here; that ending is then passed.
    fn pass(&mut self, time: f64, endpoint: Endpoint) -> AtTime {
        match self.table.steps().get(self.ending) {
            Some(step) if step.time <= time => {
                let events = self.table.events_at(self.ending, endpoint);
                self.ending += 1;
                self.skip_censorings();
                AtTime { at_risk: step.at_risk, ended: step.ended, events }
            }
            _ => AtTime { at_risk: self.at_risk(time), ended: 0, events: 0 },
        }
    }

    /// At risk at a time that is not before any asked for.
    fn at_risk(&mut self, time: f64) -> usize {
        let (steps, entries) = (self.table.steps(), self.table.entries());
        while steps.get(self.step).is_some_and(|step| step.time < time) {
            self.step += 1;
        }
        while entries.get(self.entered).is_some_and(|&entry| entry < time) {
            self.entered += 1;
        }
        let exited = steps.get(self.step).map_or(self.table.len(), |step| step.exited_before);
        self.entered.saturating_sub(exited)
    }
}
