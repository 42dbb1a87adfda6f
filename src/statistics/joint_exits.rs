//! The waits of several groups in one order: at each time at which anybody's wait ended, who was at risk in each group
//! and how many ended there, as [`super::joint_times`] has it from tables.

use std::iter::Peekable;

use super::exits::Exits;
use super::joint_times::AtTime;

/// A walk over the distinct ending times of several groups, ascending.
pub(super) struct JointExits<I: Iterator> {
    exits: Peekable<I>,
    at_time: AtTime,
    /// How many of each group have exited at the time where the walk stands.
    leaving: Vec<usize>,
}

impl<T: PartialOrd, I: Iterator<Item = Exits<T>>> JointExits<I> {
    /// A walk over the exits of groups of so many waits each.
    pub(super) fn new(groups: &[usize], exits: I) -> Self {
        let at_time = AtTime::new(groups.iter().copied(), 1);
        Self { exits: exits.peekable(), at_time, leaving: vec![0; groups.len()] }
    }

    /// Goes on to the next time at which any wait ended.
    pub(super) fn next(&mut self) -> Option<&AtTime> {
        self.at_time.go_on();
        loop {
            self.leave();
            let first = self.exits.next()?;
            let mut anybody_ended = self.exit(&first);
            while let Some(tied) = self.exits.next_if(|next| next.time <= first.time) {
                anybody_ended |= self.exit(&tied);
            }
            if anybody_ended {
                return Some(&self.at_time);
            }
        }
    }

    /// Leaves the time where the walk stands: who exited there is no longer at risk.
    fn leave(&mut self) {
        while let Some(g) = self.at_time.passed.pop() {
            self.at_time.events[g] = 0;
            let at_risk = self.at_time.groups[g].at_risk.saturating_sub(std::mem::take(&mut self.leaving[g]));
            self.at_time.set_at_risk(g, at_risk);
        }
    }

    /// Takes in who exits at the time where the walk stands; tells whether anybody ended.
    fn exit(&mut self, exits: &Exits<T>) -> bool {
        let g = exits.group;
        let Some(leaving) = self.leaving.get_mut(g).filter(|_| exits.count > 0) else { return false };
        if *leaving == 0 {
            self.at_time.passed.push(g);
        }
        *leaving += exits.count;
        self.at_time.events[g] += exits.ended;
        exits.ended > 0
    }
}
