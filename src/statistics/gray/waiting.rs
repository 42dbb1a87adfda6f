//! What Gray's tests for all kinds of ending have in common: how many of each group still wait, as far as the walk
//! has come.

use super::super::joint_times::GroupAtTime;
use super::super::lanes::width;

/// What all kinds have in common: how many still wait, as far as the walk has come.
pub(super) struct Waiting {
    pub(super) groups: Vec<WaitingGroup>,
    /// `Σr`.
    pub(super) total: f64,
    /// `w`: for each group, a row over the scores. Symmetric.
    pub(super) weights: Vec<f64>,
}

/// One group's curve of any ending.
#[derive(Debug, Clone, Copy)]
pub(super) struct WaitingGroup {
    pub(super) at_risk: usize,
    /// `S` just before the time.
    pub(super) before: f64,
    /// `S` after it.
    after: f64,
    /// `1/S'`; 0 where nobody is left.
    pub(super) after_inverse: f64,
    /// `S/n`, what one of those at risk stands for; 0 where nobody is.
    pub(super) one: f64,
    /// `r = n/S`; 0 where nobody is at risk.
    pub(super) weight: f64,
}

impl Waiting {
    pub(super) fn new(groups: usize) -> Self {
        let start = WaitingGroup { at_risk: 0, before: 1.0, after: 1.0, after_inverse: 1.0, one: 0.0, weight: 0.0 };
        Self { groups: vec![start; groups], total: 0.0, weights: vec![0.0; groups * width(groups)] }
    }

    /// Goes on to a time.
    pub(super) fn advance(&mut self, at_time: &[GroupAtTime]) {
        for (group, now) in self.groups.iter_mut().zip(at_time) {
            group.advance(*now);
        }
        self.total = self.groups.iter().map(|group| group.weight).sum();
        let inverse = 1.0 / self.total;
        let width = width(self.groups.len());
        for (g, (row, group)) in self.weights.chunks_exact_mut(width).zip(&self.groups).enumerate() {
            let share = group.weight * inverse;
            for (weight, score) in row.iter_mut().zip(&self.groups) {
                *weight = -score.weight * share;
            }
            row[g] += group.weight;
        }
    }
}

impl WaitingGroup {
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn advance(&mut self, GroupAtTime { at_risk, ended }: GroupAtTime) {
        // Most groups stand still at most times, and a division is dear.
        if at_risk != self.at_risk || self.after.to_bits() != self.before.to_bits() {
            self.before = self.after;
            self.at_risk = at_risk;
            let n = at_risk as f64;
            (self.weight, self.one) = if at_risk > 0 { (n / self.before, self.before / n) } else { (0.0, 0.0) };
        }
        if ended > 0 {
            self.after = self.one * (at_risk - ended) as f64;
            self.after_inverse = if at_risk > ended { 1.0 / self.after } else { 0.0 };
        }
    }
}
