//! The cheapest move of one count by so many, as a linear program.
//!
//! Free are counts that a reader does not see; those still printed cost the more the larger they are, totals most.
//! It must never be believed: what it answers is a proposal, and no answer means "not protected".

use std::panic::{AssertUnwindSafe, catch_unwind};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::scope::Scope;
use super::system::System;

/// How much dearer a total is than a part of the same size: what a reader would miss most goes last.
const TOTAL: f64 = 4.0;

/// How much dearer a preferred count is than another.
const PREFERRED: f64 = 4096.0;

/// No count need move farther than so many times what is asked; keeps the program's numbers of one size.
const FARTHEST: i128 = 64;

/// A change below this is the solver's rounding.
const NOISE: f64 = 1e-6;

/// An integer program is given up after so many nodes.
const NODES: u64 = 200;

/// What a move may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Of printed counts, only those go down that could bear all of it alone: else two would be withheld where one
    /// does. By any numbers: quick, and whole by itself in trees and two-way tables.
    Alone,
    /// Any count goes down as far as it can.
    Shared,
    /// By whole numbers.
    Whole,
}

/// What is asked of the program.
pub(super) struct Question<'a> {
    pub(super) system: &'a System,
    /// Which counts are withheld so far.
    pub(super) hidden: &'a [bool],
    /// From where all move: the true table, or one that a reader cannot tell from it. By count.
    pub(super) base: &'a [i128],
    /// Where to look.
    pub(super) scope: &'a Scope,
    /// The count that has to move.
    pub(super) target: usize,
    /// How far at least: above its true value, then upwards; else downwards.
    pub(super) to: i128,
    /// Whether preferred counts may be withheld for it.
    pub(super) at_any_cost: bool,
}

/// A proposal: who moves by how much from the base, and what it costs in counts still printed.
pub(super) struct Proposal {
    pub(super) changes: Vec<(usize, f64)>,
    pub(super) cost: f64,
}

impl Question<'_> {
    /// The cheapest move, or nothing when there is none within the scope or the solver fails.
    pub(super) fn ask(&self, manner: Manner) -> Option<Proposal> {
        // The solver returns its failures, but is others' code with index arithmetic: should it panic all the same,
        // that is a failure like any other.
        catch_unwind(AssertUnwindSafe(|| self.solve(manner))).ok().flatten()
    }

    fn solve(&self, manner: Manner) -> Option<Proposal> {
        let mut program = Program::new(self, manner);
        for &relation in &self.scope.relations {
            program.add_relation(&self.system.relations[relation].terms);
        }
        let changes = program.solve(&self.scope.counts)?;
        let printed = changes.iter().filter(|change| !self.is_free(change.0));
        let cost = printed.map(|&(count, change)| self.price(count) * change.abs()).sum();
        Some(Proposal { changes, cost })
    }

    /// Between what a count may change.
    fn bounds(&self, count: usize) -> (i128, i128) {
        let (base, floor) = (self.base[count], self.system.counts[count].floor());
        let farthest = FARTHEST * self.distance();
        let (low, high) = ((floor - base).max(-farthest), farthest);
        match self.to - base {
            _ if count != self.target => (low, high),
            by if self.to > i128::from(self.system.counts[count].value) => (by.max(low), high),
            by => (low, by.min(high)),
        }
    }

    /// How far the target has to move from where it truly is.
    fn distance(&self) -> i128 {
        (self.to - i128::from(self.system.counts[self.target].value)).abs()
    }

    fn is_free(&self, count: usize) -> bool {
        self.hidden[count] || !self.system.counts[count].printed
    }

    /// What it costs to move a printed count by 1: about the number of its binary digits.
    fn price(&self, count: usize) -> f64 {
        let count = &self.system.counts[count];
        let digits = count.value.max(1).ilog2();
        #[allow(clippy::cast_precision_loss)] // a fraction that only ranks
        let fraction = count.value as f64 / 2_f64.powi(i32::try_from(digits).unwrap_or(i32::MAX));
        let preferred = if count.preferred { PREFERRED } else { 1.0 };
        (f64::from(digits) + fraction) * preferred * if count.is_total { TOTAL } else { 1.0 }
    }
}

/// The program under construction.
struct Program {
    problem: Problem,
    manner: Manner,
    /// By count, the variables that sum to its change, those that go down with −1.
    variables: Vec<Vec<(Variable, f64)>>,
}

impl Program {
    fn new(question: &Question<'_>, manner: Manner) -> Self {
        let problem = Problem::new(OptimizationDirection::Minimize);
        let mut program = Self { problem, manner, variables: vec![Vec::new(); question.system.counts.len()] };
        for &count in &question.scope.counts {
            let (low, high) = question.bounds(count);
            program.variables[count] = if !question.is_free(count) {
                let price = question.price(count);
                let alone = manner == Manner::Alone;
                let is_too_small = alone && -low < question.distance();
                let down = if is_too_small { 0 } else { -low };
                let stays = !question.at_any_cost && question.system.counts[count].preferred;
                let (high, down) = if stays { (0, 0) } else { (high, down) };
                vec![(program.variable(price, 0, high), 1.0), (program.variable(price, 0, down), -1.0)]
            } else {
                vec![(program.variable(0.0, low, high), 1.0)]
            };
        }
        program
    }

    fn variable(&mut self, price: f64, low: i128, high: i128) -> Variable {
        // At most FARTHEST times the largest threshold: far within both.
        let bound = |bound: i128| i32::try_from(bound).unwrap_or(if bound < 0 { i32::MIN } else { i32::MAX });
        match self.manner {
            Manner::Alone | Manner::Shared => {
                self.problem.add_var(price, (f64::from(bound(low)), f64::from(bound(high))))
            }
            Manner::Whole => self.problem.add_integer_var(price, (bound(low), bound(high))),
        }
    }

    #[allow(clippy::cast_precision_loss)] // how often a count is a part of one sum
    fn add_relation(&mut self, terms: &[(usize, i64)]) {
        let variables = terms.iter().flat_map(|&(count, coefficient)| {
            self.variables[count].iter().map(move |&(variable, sign)| (variable, coefficient as f64 * sign))
        });
        let row: Vec<(Variable, f64)> = variables.collect();
        if !row.is_empty() {
            self.problem.add_constraint(row, ComparisonOp::Eq, 0.0);
        }
    }

    /// The changes of the best solution.
    fn solve(self, counts: &[usize]) -> Option<Vec<(usize, f64)>> {
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        let solution = self.problem.solve_with(options).ok()?.into_solution().ok()?;
        let change = |count: usize| -> f64 {
            self.variables[count].iter().map(|&(variable, sign)| sign * solution.var_value(variable)).sum()
        };
        Some(counts.iter().map(|&count| (count, change(count))).filter(|(_, change)| change.abs() > NOISE).collect())
    }
}
