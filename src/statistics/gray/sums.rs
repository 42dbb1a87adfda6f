//! What Gray's test for one kind of ending gathers on the way, and the test that comes of it.

use super::super::distribution::chi_square_upper_tail;
use super::super::joint_times::GroupAtTime;
use super::super::lanes::{add_scaled, set_sum, width};
use super::super::quadratic_form::quadratic_form;
use super::GrayTest;
use super::waiting::{Waiting, WaitingGroup};

/// What is summed over the times for one kind.
pub(super) struct Sums {
    /// `F` of each group just before the time.
    incidence: Vec<f64>,
    /// The pooled incidence under the hypothesis.
    pooled: f64,
    score: Vec<f64>,
    /// `c` up to now: for each group, a row over the scores. Symmetric.
    drift: Vec<f64>,
    variance: Variance,
    /// One ending's weights in the scores of all groups; kept to save an allocation for each time.
    weights: Vec<f64>,
}

/// The variance of the scores, as far as it is known before the final `c` is.
struct Variance {
    /// Between the scores, row by row; without the last score, which is 0 less the others.
    scores: Vec<f64>,
    /// For each group, the variance of what the final `c` multiplies.
    alone: Vec<f64>,
    /// For each group, a row: the covariance of what the final `c` multiplies with the rest of each score.
    mixed: Vec<f64>,
    /// How long a row is.
    width: usize,
}

impl Sums {
    pub(super) fn new(groups: usize) -> Self {
        let width = width(groups);
        Self {
            incidence: vec![0.0; groups],
            pooled: 0.0,
            score: vec![0.0; groups],
            drift: vec![0.0; groups * width],
            variance: Variance {
                scores: vec![0.0; groups.saturating_sub(1) * width],
                alone: vec![0.0; groups],
                mixed: vec![0.0; groups * width],
                width,
            },
            weights: vec![0.0; width],
        }
    }

    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    pub(super) fn add_time(&mut self, waiting: &Waiting, at_time: &[GroupAtTime], events: &[usize]) {
        let kind: usize = events.iter().sum();
        if kind > 0 {
            self.add_kind(waiting, kind as f64, events);
        }
        for (g, (group, events)) in at_time.iter().zip(events).enumerate() {
            if group.ended > *events {
                self.add_others(g, &waiting.groups[g], (group.ended - events) as f64);
            }
        }
    }

    /// The endings of the kind asked for.
    fn add_kind(&mut self, waiting: &Waiting, kind: f64, events: &[usize]) {
        self.add_scores(waiting, kind, events);
        let each = kind / waiting.total;
        add_scaled(&mut self.drift, each / (1.0 - self.pooled), &waiting.weights);
        self.pooled += each;
        let width = self.weights.len();
        let rows = waiting.weights.chunks_exact(width).zip(self.drift.chunks_exact(width));
        for (g, (group, (weights, drift))) in waiting.groups.iter().zip(rows).enumerate() {
            if group.at_risk == 0 {
                continue;
            }
            let stay = 1.0 - (1.0 - self.pooled) * group.after_inverse;
            let ties = if kind > 1.0 { 1.0 - (kind - 1.0) / (waiting.total * group.before - 1.0) } else { 1.0 };
            set_sum(&mut self.weights, weights, -stay, drift);
            self.variance.add(g, &self.weights, stay, ties * group.one * each);
        }
    }

    /// The scores, and the incidence after the time.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_scores(&mut self, waiting: &Waiting, kind: f64, events: &[usize]) {
        let groups = waiting.groups.iter().zip(&self.incidence);
        let hazard = kind / groups.map(|(group, incidence)| group.weight * (1.0 - incidence)).sum::<f64>();
        for (g, group) in waiting.groups.iter().enumerate() {
            let events = events[g] as f64;
            self.score[g] += events - hazard * group.weight * (1.0 - self.incidence[g]);
            self.incidence[g] += group.one * events;
        }
    }

    /// Endings of the other kinds in one group.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_others(&mut self, g: usize, group: &WaitingGroup, others: f64) {
        let ratio = (1.0 - self.pooled) * group.after_inverse * group.one;
        let ties = if others > 1.0 { 1.0 - (others - 1.0) / (group.at_risk as f64 - 1.0) } else { 1.0 };
        let width = self.weights.len();
        self.variance.add(g, &self.drift[g * width..][..width], -1.0, ties * ratio * ratio * others);
    }

    pub(super) fn test(self) -> GrayTest {
        let df = self.score.len().saturating_sub(1);
        // The scores sum to 0, so the last group has nothing to add.
        let covariance: Vec<Vec<f64>> =
            (0..df).map(|i| (0..=i).map(|j| self.variance.between(i, j, &self.drift)).collect()).collect();
        let (form, rank) = quadratic_form(covariance, self.score[..df].to_vec());
        let chi2 = (df > 0 && rank == df).then_some(form);
        GrayTest { chi2, df, p: chi2.and_then(|chi2| chi_square_upper_tail(chi2, df)) }
    }
}

impl Variance {
    /// Endings in group `g` that have these weights in the scores, and `with_final` times the final `c` besides.
    fn add(&mut self, g: usize, weights: &[f64], with_final: f64, variance: f64) {
        self.alone[g] += with_final * with_final * variance;
        add_scaled(&mut self.mixed[g * self.width..][..self.width], with_final * variance, weights);
        for (row, weight) in self.scores.chunks_exact_mut(self.width).zip(weights) {
            add_scaled(row, weight * variance, weights);
        }
    }

    /// The covariance of two scores, the final `c` being known.
    fn between(&self, i: usize, j: usize, drift: &[f64]) -> f64 {
        let rows = drift.chunks_exact(self.width).zip(self.mixed.chunks_exact(self.width));
        let joined =
            rows.zip(&self.alone).map(|((c, mixed), alone)| c[i] * c[j] * alone + c[i] * mixed[j] + c[j] * mixed[i]);
        self.scores[i * self.width + j] + joined.sum::<f64>()
    }
}
