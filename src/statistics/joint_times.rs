//! The tables of several groups read side by side: at each time at which anybody's wait ended, who was at risk
//! in each group and how many ended there.
//!
//! What the tests between groups walk over that have tables; one walk does for any number of endpoints. It sorts nothing: the
//! tables are sorted already.

use super::event_table::{Endpoint, EventTable};
use super::lanes::{LANES, width};

/// A walk over the distinct ending times of several groups, ascending.
pub(super) struct JointTimes<'table> {
    cursors: Vec<Cursor<'table>>,
    /// The time of the first step of each group that was not passed; infinite after its last.
    next: Vec<f64>,
    /// The groups that somebody enters late.
    entered_late: Vec<usize>,
    endpoints: &'table [Endpoint],
    at_time: AtTime,
}

/// All groups at the time where the walk stands, in the order they came in.
pub(super) struct AtTime {
    pub(super) groups: Vec<GroupAtTime>,
    /// At risk, of all groups together.
    pub(super) at_risk: usize,
    /// The groups of which anybody exited there: in no other has anybody ended.
    pub(super) passed: Vec<usize>,
    /// The groups whose number at risk may be another than it was at the ending time before; at the first, all.
    pub(super) changed: Vec<usize>,
    /// For each endpoint, how many of each group ended as it says.
    pub(super) events: Vec<usize>,
}

/// One group at the time where the walk stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupAtTime {
    /// At risk: `entry < time <= exit`.
    pub(super) at_risk: usize,
    /// Ended in any way; 0 where the walk has no tables, for only Gray's test asks for it.
    pub(super) ended: usize,
}

impl<'table> JointTimes<'table> {
    pub(super) fn new(groups: &[&'table EventTable], endpoints: &'table [Endpoint]) -> Self {
        let cursors: Vec<Cursor<'_>> = groups.iter().map(|table| Cursor::new(table)).collect();
        let mut next = vec![f64::INFINITY; width(groups.len())];
        next.iter_mut().zip(groups).for_each(|(next, table)| *next = table.first_exit().unwrap_or(f64::INFINITY));
        let entered_late = (0..groups.len()).filter(|g| !groups[*g].entries().is_empty()).collect();
        let at_time = AtTime::new(cursors.iter().map(Cursor::at_risk), endpoints.len());
        Self { cursors, next, entered_late, endpoints, at_time }
    }

    /// Goes on to the next time at which any wait ended.
    pub(super) fn next(&mut self) -> Option<&AtTime> {
        self.at_time.go_on();
        loop {
            self.leave();
            let time = earliest(&self.next);
            if time.is_infinite() {
                return None;
            }
            if self.pass(time) {
                return Some(&self.at_time);
            }
        }
    }

    /// Leaves the time where the walk stands: who exited there is no longer at risk.
    fn leave(&mut self) {
        let groups = self.cursors.len();
        while let Some(g) = self.at_time.passed.pop() {
            if std::mem::take(&mut self.at_time.groups[g].ended) > 0 {
                self.at_time.events.iter_mut().skip(g).step_by(groups).for_each(|events| *events = 0);
            }
            self.at_time.set_at_risk(g, self.cursors[g].at_risk());
        }
    }

    /// Takes every group to `time`, which is no later than the next step of any, and past it; tells whether any
    /// wait ended there. Most groups stand still at most times.
    fn pass(&mut self, time: f64) -> bool {
        for &g in &self.entered_late {
            self.cursors[g].enter_before(time);
            self.at_time.set_at_risk(g, self.cursors[g].at_risk());
        }
        let mut anybody_ended = false;
        let groups = self.cursors.len();
        for (lanes, next) in self.next.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            if next.iter().all(|next| *next > time) {
                continue;
            }
            for (g, next) in (lanes * LANES..).zip(next).filter(|(_, next)| **next <= time) {
                let Some(cursor) = self.cursors.get_mut(g) else { continue };
                let Some((step, ended)) = cursor.pass() else { continue };
                *next = cursor.time();
                self.at_time.passed.push(g);
                if ended > 0 {
                    anybody_ended = true;
                    self.at_time.groups[g].ended = ended;
                    let events = self.at_time.events.chunks_exact_mut(groups);
                    for (events, &endpoint) in events.zip(self.endpoints) {
                        events[g] = cursor.table.events_at(step, endpoint);
                    }
                }
            }
        }
        anybody_ended
    }
}

/// The earliest of some times, none of which is NaN, for which `f64::min` would look out.
fn earliest(times: &[f64]) -> f64 {
    let earlier = |one: f64, other: f64| if other < one { other } else { one };
    let (some, _) = times.as_chunks::<LANES>();
    let by_lane = some
        .iter()
        .fold([f64::INFINITY; LANES], |least, times| std::array::from_fn(|lane| earlier(least[lane], times[lane])));
    by_lane.into_iter().fold(f64::INFINITY, earlier)
}

impl AtTime {
    /// Before the first time, with so many at risk in each group.
    pub(super) fn new(at_risk: impl Iterator<Item = usize>, endpoints: usize) -> Self {
        let groups: Vec<GroupAtTime> = at_risk.map(|at_risk| GroupAtTime { at_risk, ended: 0 }).collect();
        Self {
            at_risk: groups.iter().map(|group| group.at_risk).sum(),
            passed: Vec::with_capacity(groups.len()),
            changed: (0..groups.len()).collect(),
            events: vec![0; groups.len() * endpoints],
            groups,
        }
    }

    /// Forgets what had changed at the time where the walk stands; before the first it stands at none.
    pub(super) fn go_on(&mut self) {
        if !self.passed.is_empty() {
            self.changed.clear();
        }
    }

    pub(super) fn set_at_risk(&mut self, g: usize, at_risk: usize) {
        let was = std::mem::replace(&mut self.groups[g].at_risk, at_risk);
        if was != at_risk {
            self.at_risk = self.at_risk - was + at_risk;
            self.changed.push(g);
        }
    }

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
    /// How many exited before it.
    exited: usize,
    /// How many have entered before the time where the walk stands.
    entered: usize,
}

impl<'table> Cursor<'table> {
    fn new(table: &'table EventTable) -> Self {
        let entered = if table.entries().is_empty() { table.len() } else { 0 };
        Self { table, step: 0, exited: 0, entered }
    }

    /// Takes in those who enter before a time that is no earlier than any asked for.
    fn enter_before(&mut self, time: f64) {
        while self.table.entries().get(self.entered).is_some_and(|&entry| entry < time) {
            self.entered += 1;
        }
    }

    /// How many are at risk: they have entered, and have exited in no step that was passed.
    fn at_risk(&self) -> usize {
        self.entered.saturating_sub(self.exited)
    }

    /// The time of the next step; infinite after the last.
    fn time(&self) -> f64 {
        self.table.steps().get(self.step).map_or(f64::INFINITY, |step| step.time)
    }

    /// Goes past the next step: its index, and how many ended.
    fn pass(&mut self) -> Option<(usize, usize)> {
        let steps = self.table.steps();
        let (index, passed) = (self.step, steps.get(self.step)?);
        self.step += 1;
        self.exited = steps.get(self.step).map_or(self.table.len(), |step| step.exited_before);
        Some((index, passed.ended))
    }
}
