//! The tables of several groups read side by side: at each time at which anybody's wait ended, who was at risk
//! in each group and how many ended there.
//!
//! What every test between groups walks over; one walk does for any number of endpoints. It sorts nothing: the
//! tables are sorted already.

use super::event_table::{Endpoint, EventTable};

/// A walk over the distinct ending times of several groups, ascending.
pub(super) struct JointTimes<'table> {
    cursors: Vec<Cursor<'table>>,
    endpoints: &'table [Endpoint],
    at_time: AtTime,
}

/// All groups at the time where the walk stands, in the order they came in.
pub(super) struct AtTime {
    pub(super) groups: Vec<GroupAtTime>,
    /// For each endpoint, how many of each group ended as it says.
    events: Vec<usize>,
}

/// One group at the time where the walk stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupAtTime {
    /// At risk: `entry < time <= exit`.
    pub(super) at_risk: usize,
    /// Ended in any way.
    pub(super) ended: usize,
}

impl<'table> JointTimes<'table> {
    pub(super) fn new(groups: &[&'table EventTable], endpoints: &'table [Endpoint]) -> Self {
        let at_time = AtTime {
            groups: vec![GroupAtTime::default(); groups.len()],
            events: vec![0; groups.len() * endpoints.len()],
        };
        Self { cursors: groups.iter().map(|table| Cursor::new(table)).collect(), endpoints, at_time }
    }

    /// Goes on to the next time at which any wait ended.
    pub(super) fn next(&mut self) -> Option<&AtTime> {
        self.at_time.events.fill(0);
        loop {
            // No time is NaN, for which `f64::min` would look out.
            let earlier = |time, cursor: &Cursor| if cursor.time < time { cursor.time } else { time };
            let time = self.cursors.iter().fold(f64::INFINITY, earlier);
            if time.is_infinite() {
                return None;
            }
            if self.pass(time) {
                return Some(&self.at_time);
            }
        }
    }

    /// Takes every group to `time`, which is no later than the next step of any, and past it; tells whether any
    /// wait ended there.
    fn pass(&mut self, time: f64) -> bool {
        let AtTime { groups, events } = &mut self.at_time;
        let mut anybody_ended = false;
        for (g, cursor) in self.cursors.iter_mut().enumerate() {
            groups[g] = GroupAtTime { at_risk: cursor.at_risk(time), ended: 0 };
            let Some((step, ended)) = cursor.pass(time) else { continue };
            if ended > 0 {
                anybody_ended = true;
                groups[g].ended = ended;
                for (events, &endpoint) in events.chunks_exact_mut(groups.len()).zip(self.endpoints) {
                    events[g] = cursor.table.events_at(step, endpoint);
                }
            }
        }
        anybody_ended
    }
}

impl AtTime {
    /// How many of each group ended as the endpoint with this index says.
    pub(super) fn events(&self, endpoint: usize) -> &[usize] {
        let groups = self.groups.len();
        &self.events[endpoint * groups..][..groups]
    }
}

/// Walks one group's steps and entries. Every index only grows, so a whole walk costs what the table is long.
struct Cursor<'table> {
    table: &'table EventTable,
    /// The first step that was not passed.
    step: usize,
    /// Its time; infinite after the last.
    time: f64,
    /// How many exited before it.
    exited: usize,
    /// How many have entered before the time where the walk stands.
    entered: usize,
}

impl<'table> Cursor<'table> {
    fn new(table: &'table EventTable) -> Self {
        let entered = if table.entries().is_empty() { table.len() } else { 0 };
        let time = table.first_exit().unwrap_or(f64::INFINITY);
        Self { table, step: 0, time, exited: 0, entered }
    }

    /// At risk at a time that is no later than the next step, nor before any asked for.
    fn at_risk(&mut self, time: f64) -> usize {
        while self.table.entries().get(self.entered).is_some_and(|&entry| entry < time) {
            self.entered += 1;
        }
        self.entered.saturating_sub(self.exited)
    }

    /// Goes past `time`, which is no later than the next step. If that is the step's: its index, and how many ended.
    fn pass(&mut self, time: f64) -> Option<(usize, usize)> {
        if self.time > time {
            return None;
        }
        let steps = self.table.steps();
        let (index, passed) = (self.step, steps.get(self.step)?);
        self.step += 1;
        let next = steps.get(self.step);
        self.time = next.map_or(f64::INFINITY, |step| step.time);
        self.exited = next.map_or(self.table.len(), |step| step.exited_before);
        Some((index, passed.ended))
    }
}
