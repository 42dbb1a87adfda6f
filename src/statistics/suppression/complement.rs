//! Which further counts are withheld, so that none that is withheld can be worked out.
//!
//! One count after another is protected, by the cheapest move of it. It must never count something as protected
//! that no exact move, or the withholding of everything around it, proves so.

use std::cmp::Reverse;
use std::collections::VecDeque;

use super::movement::{Move, Reach};
use super::program::{Manner, Proposal, Question};
use super::scope::Scope;
use super::system::System;
use super::threshold::Threshold;

/// The state of the search.
pub(super) struct Search<'a> {
    system: &'a System,
    threshold: i128,
    hidden: Vec<bool>,
    reach: Reach,
    others: OtherTables,
    /// By component: everything in it is withheld.
    given_up: Vec<bool>,
    /// Counts that have to be protected, in the order in which they will be.
    waiting: VecDeque<usize>,
}

/// Which count is to be protected, and where the way is looked for.
#[derive(Clone, Copy)]
struct Asked<'s> {
    count: usize,
    scope: &'s Scope,
    table: usize,
    at_any_cost: bool,
}

/// Tables that a reader cannot tell from the true one, as far apart from it as the whole system.
///
/// Where a small total had to move, everything under it had. A count elsewhere under that total then needs to look no
/// farther than its own table, if it starts from such a table instead of the true one.
struct OtherTables {
    /// The first is the true one. By count.
    values: Vec<Vec<i128>>,
    /// By relation: by how much its counts have most been raised, and in which table.
    raised: Vec<(i128, usize)>,
}

impl<'a> Search<'a> {
    /// Withholds what is small.
    pub(super) fn new(system: &'a System, threshold: Threshold) -> Self {
        let counts = 0..system.counts.len();
        let mut small: Vec<usize> = counts.filter(|&count| threshold.is_small(system.counts[count].value)).collect();
        // What stands in many relations needs most withheld, then what is smallest; the rest then finds it withheld.
        small.sort_by_key(|&count| (Reverse(system.counts[count].relations.len()), system.counts[count].value));
        Self {
            system,
            threshold: i128::from(threshold.get()),
            hidden: system.counts.iter().map(|count| count.printed && threshold.is_small(count.value)).collect(),
            reach: Reach::new(system),
            others: OtherTables::none(system),
            given_up: vec![false; system.counts.len()],
            waiting: small.into(),
        }
    }

    /// Protects all that is small, and what is withheld for it. By count, whether it is withheld at the end.
    pub(super) fn run(mut self) -> Vec<bool> {
        while let Some(count) = self.waiting.pop_front() {
            if !self.protect(count) {
                self.give_up(self.system.counts[count].component);
            }
        }
        self.hidden
    }

    fn is_protected(&self, count: usize) -> bool {
        let (low, high) = self.reach.of(count);
        // Apart by the threshold, one of them is no longer small: neither is negative.
        self.given_up[self.system.counts[count].component] || high - low >= self.threshold
    }

    /// Spares the preferred counts as long as there is any other way. Whether it succeeded.
    fn protect(&mut self, count: usize) -> bool {
        self.is_protected(count) || [false, true].into_iter().any(|at_any_cost| self.look(count, at_any_cost))
    }

    /// Looks near, then near from other tables, then farther, then everywhere.
    fn look(&mut self, count: usize, at_any_cost: bool) -> bool {
        let near = Scope::near(self.system, count, 1);
        let from_the_truth = Asked { count, scope: &near, table: OtherTables::TRUE, at_any_cost };
        if self.protect_within(from_the_truth) {
            return true;
        }
        for table in self.others.raised_near(self.system, count) {
            if self.protect_within(Asked { table, ..from_the_truth }) {
                return true;
            }
        }
        let farther = Scope::near(self.system, count, 2);
        if farther != near && self.protect_within(Asked { scope: &farther, ..from_the_truth }) {
            return true;
        }
        let whole = Scope::whole(self.system, count);
        whole != farther && self.protect_within(Asked { scope: &whole, ..from_the_truth })
    }

    fn protect_within(&mut self, asked: Asked<'_>) -> bool {
        let Asked { count, table, .. } = asked;
        // How far down it can seem for nothing: the less it has to seem to be more.
        let floor = self.system.counts[count].floor();
        let down = self.ask(asked, floor, Manner::Shared).filter(|down| down.cost <= 0.0);
        if let Some(down) = down {
            self.follow(&down, table);
            if self.is_protected(count) {
                return true;
            }
        }
        for manner in [Manner::Alone, Manner::Shared, Manner::Whole] {
            let proposals = match self.cheapest(asked, manner) {
                Some(one_way) => vec![one_way],
                None => self.both_ways(asked, manner),
            };
            if proposals.is_empty() && manner != Manner::Alone {
                return false;
            }
            proposals.iter().for_each(|proposal| self.follow(proposal, table));
            if self.is_protected(count) {
                return true;
            }
        }
        false
    }

    /// The cheapest move that protects a count: up, or down where it is large enough to go down.
    fn cheapest(&self, asked: Asked<'_>, manner: Manner) -> Option<Proposal> {
        let (low, high) = self.reach.of(asked.count);
        let value = i128::from(self.system.counts[asked.count].value);
        let (highest, lowest) = (low + self.threshold, high - self.threshold);
        let up = self.ask(asked, highest, manner);
        if value < self.threshold || lowest < self.system.counts[asked.count].floor() {
            return up;
        }
        match (up, self.ask(asked, lowest, manner)) {
            (Some(up), Some(down)) if down.cost < up.cost => Some(down),
            (up, down) => up.or(down),
        }
    }

    /// Down to the least and up from there, where neither way suffices by itself: a part of a small total.
    fn both_ways(&self, asked: Asked<'_>, manner: Manner) -> Vec<Proposal> {
        let floor = self.system.counts[asked.count].floor();
        let down = self.ask(asked, floor, manner);
        let up = self.ask(asked, floor + self.threshold, manner);
        down.into_iter().zip(up).flat_map(|(down, up)| [down, up]).collect()
    }

    fn ask(&self, Asked { count, scope, table, at_any_cost }: Asked<'_>, to: i128, manner: Manner) -> Option<Proposal> {
        let (hidden, base) = (&self.hidden, &self.others.values[table]);
        Question { system: self.system, hidden, base, scope, target: count, to, at_any_cost }.ask(manner)
    }

    /// Withholds what the proposal moves, and takes the move in if it holds exactly.
    fn follow(&mut self, proposal: &Proposal, table: usize) {
        for &(count, _) in &proposal.changes {
            self.withhold(count);
        }
        let Some(seen) = Move::read(self.system, &proposal.changes) else { return };
        let seen = seen.after(self.system, &self.others.values[table]);
        self.reach.take_in(self.system, &seen, self.threshold);
        if table == OtherTables::TRUE {
            self.others.keep(self.system, &seen);
        }
    }

    fn withhold(&mut self, count: usize) {
        if self.system.counts[count].printed && !self.hidden[count] {
            self.hidden[count] = true;
            self.waiting.push_back(count);
        }
    }

    /// Withholds all of a component. Every multiple of the true counts then agrees with what is printed.
    fn give_up(&mut self, component: usize) {
        self.given_up[component] = true;
        for (count, hidden) in self.system.counts.iter().zip(&mut self.hidden) {
            *hidden |= count.component == component && count.printed && count.value > 0;
        }
    }
}

impl OtherTables {
    /// The true table.
    const TRUE: usize = 0;

    /// A table is worth keeping when it differs in so many counts: smaller ones are found again as quickly.
    const WORTH_KEEPING: usize = 30;

    fn none(system: &System) -> Self {
        let truth = system.counts.iter().map(|count| i128::from(count.value)).collect();
        Self { values: vec![truth], raised: vec![(0, Self::TRUE); system.relations.len()] }
    }

    /// Keeps the table that a move leads to, if somewhere it raises more than those before.
    fn keep(&mut self, system: &System, seen: &Move) {
        if seen.changes().len() < Self::WORTH_KEEPING || !seen.is_possible(system) {
            return;
        }
        let mut rises = vec![0; system.relations.len()];
        for &(count, change) in seen.changes().iter().filter(|change| change.1 > 0) {
            for &relation in &system.counts[count].relations {
                rises[relation] += change;
            }
        }
        let table = self.values.len();
        let mut is_higher = false;
        for (raised, rise) in self.raised.iter_mut().zip(rises).filter(|(raised, rise)| rise > &raised.0) {
            *raised = (rise, table);
            is_higher = true;
        }
        if is_higher {
            let mut values = self.values[Self::TRUE].clone();
            seen.changes().iter().for_each(|&(count, change)| values[count] += change);
            self.values.push(values);
        }
    }

    /// Those in which a neighbour of the count is raised, which could give way to it.
    fn raised_near(&self, system: &System, count: usize) -> Vec<usize> {
        let relations = &system.counts[count].relations;
        let mut tables: Vec<usize> = relations.iter().map(|&relation| self.raised[relation].1).collect();
        tables.sort_unstable();
        tables.dedup();
        tables.retain(|&table| table != Self::TRUE);
        tables
    }
}
