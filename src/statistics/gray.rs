//! Gray's test: do groups end in one particular way equally often and equally soon, when several endings compete?
//!
//! Gray (1988), Annals of Statistics 16:1141, with ρ = 0, in the computational form of R's `cmprsk`. The log-rank
//! test of one ending compares its hazard among those who still wait; this compares the cumulative incidence.
//!
//! At a time t with `d1` endings of the kind asked for and `d2` of the others, and for each group g: `n` at risk,
//! `S` the Kaplan–Meier curve of any ending, `F` the cumulative incidence, both just before t;
//! `R = n (1 - F)/S` stands for those who have not ended in this way, among whom those who ended otherwise still are.
//! The score of a group is `Σ (d1_g - d1 R_g/ΣR)`, summed over t.
//!
//! The endings of the kind and the others vary independently, under the pooled incidence `F0 = Σ d1/Σr` with
//! `r = n/S`. With `w_ig = r_i (1[i=g] - r_g/Σr)`, its sum `c_ig = Σ w_ig d1/(Σr (1 - F0))` up to t, `C` the same at
//! the end, `S'` the curve after t and `q = (1 - F0)/S'`, F0 after t, the variance adds up over t and g from
//!
//! ```text
//! endings of the kind  weights w_ig + (1 - q) (C_ig - c_ig)   variance d1 S/(Σr n), corrected for ties
//! the other endings    weights           - q  (C_ig - c_ig)   variance d2_g S²/n²,  corrected for ties
//! ```
//!
//! C is known only at the end, so its products are gathered on the way and joined there: one pass,
//! O(m k³) for m distinct times and k groups.

use std::num::NonZeroU32;

use super::distribution::chi_square_upper_tail;
use super::event_table::{Endpoint, EventTable};
use super::joint_times::{GroupAtTime, JointTimes};
use super::quadratic_form::quadratic_form;

/// What the test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrayTest {
    /// The statistic; `None` where the groups cannot all be compared: fewer than two, nobody ended in this way, or
    /// a group in which nobody was at risk when somebody did.
    pub chi2: Option<f64>,
    /// Degrees of freedom: the number of groups that have rows, less one.
    pub df: usize,
    /// The p-value; `None` with `chi2`.
    pub p: Option<f64>,
}

/// Why the test cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrayError {
    /// The test reckons with those who ended otherwise as if they were still waiting, which is defined only where
    /// everybody is watched from the origin on.
    #[error("Gray's test is not defined with delayed entry")]
    DelayedEntry,
}

/// Gray's test between groups for one ending. A group without rows has no part in it.
///
/// # Errors
/// When a wait came under observation late.
pub fn gray_test(groups: &[&EventTable], ending: NonZeroU32) -> Result<GrayTest, GrayError> {
    let groups = groups_with_rows(groups)?;
    let mut sums = [Sums::new(groups.len())];
    add_times(&mut sums, &groups, &[Endpoint::Ending(ending)]);
    let [sums] = sums;
    Ok(sums.test())
}

/// Gray's tests for several endings, in their order, by one walk over the tables.
///
/// # Errors
/// When a wait came under observation late.
pub fn gray_tests(groups: &[&EventTable], endings: &[NonZeroU32]) -> Result<Vec<GrayTest>, GrayError> {
    let groups = groups_with_rows(groups)?;
    let kinds: Vec<Endpoint> = endings.iter().copied().map(Endpoint::Ending).collect();
    let mut sums: Vec<Sums> = kinds.iter().map(|_| Sums::new(groups.len())).collect();
    add_times(&mut sums, &groups, &kinds);
    Ok(sums.into_iter().map(Sums::test).collect())
}

fn groups_with_rows<'table>(groups: &[&'table EventTable]) -> Result<Vec<&'table EventTable>, GrayError> {
    if groups.iter().any(|table| !table.entries().is_empty()) {
        return Err(GrayError::DelayedEntry);
    }
    Ok(groups.iter().copied().filter(|table| !table.is_empty()).collect())
}

/// Adds all times to the sums of each kind.
fn add_times(sums: &mut [Sums], groups: &[&EventTable], kinds: &[Endpoint]) {
    let mut waiting = Waiting::new(groups.len());
    let mut walk = JointTimes::new(groups, kinds);
    while let Some(at_time) = walk.next() {
        waiting.advance(&at_time.groups);
        for (kind, sums) in sums.iter_mut().enumerate() {
            sums.add_time(&waiting, &at_time.groups, at_time.events(kind));
        }
    }
}

/// What all kinds have in common: how many still wait, as far as the walk has come.
struct Waiting {
    groups: Vec<WaitingGroup>,
    /// `Σr`.
    total: f64,
}

/// One group's curve of any ending.
#[derive(Debug, Clone, Copy)]
struct WaitingGroup {
    at_risk: usize,
    /// `S` just before the time.
    before: f64,
    /// `S` after it.
    after: f64,
    /// `1/S'`; 0 where nobody is left.
    after_inverse: f64,
    /// `r = n/S`; 0 where nobody is at risk.
    weight: f64,
    /// `S/n`, what one of those at risk stands for; 0 where nobody is.
    one: f64,
    /// `r/Σr`.
    share: f64,
}

impl Waiting {
    fn new(groups: usize) -> Self {
        let start =
            WaitingGroup { at_risk: 0, before: 1.0, after: 1.0, after_inverse: 1.0, weight: 0.0, one: 0.0, share: 0.0 };
        Self { groups: vec![start; groups], total: 0.0 }
    }

    /// Goes on to a time.
    fn advance(&mut self, at_time: &[GroupAtTime]) {
        for (group, now) in self.groups.iter_mut().zip(at_time) {
            group.advance(*now);
        }
        self.total = self.groups.iter().map(|group| group.weight).sum();
        let inverse = 1.0 / self.total;
        for group in &mut self.groups {
            group.share = group.weight * inverse;
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

/// What is summed over the times for one kind. Matrices are row by row, k by k for k groups.
struct Sums {
    /// `F` of each group just before the time.
    incidence: Vec<f64>,
    /// The pooled incidence under the hypothesis.
    pooled: f64,
    score: Vec<f64>,
    /// `c`, up to now. Symmetric.
    drift: Vec<f64>,
    covariance: Vec<f64>,
    /// For each group, the variance of what the final `c` multiplies.
    alone: Vec<f64>,
    /// For each group, a row: the covariance of what the final `c` multiplies with the rest of each score.
    mixed: Vec<f64>,
    /// One ending's weights in the scores of all groups; kept to save an allocation for each time.
    scratch: Vec<f64>,
}

impl Sums {
    fn new(groups: usize) -> Self {
        let square = vec![0.0; groups * groups];
        Self {
            incidence: vec![0.0; groups],
            pooled: 0.0,
            score: vec![0.0; groups],
            drift: square.clone(),
            covariance: square.clone(),
            alone: vec![0.0; groups],
            mixed: square,
            scratch: vec![0.0; groups],
        }
    }

    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_time(&mut self, waiting: &Waiting, at_time: &[GroupAtTime], events: &[usize]) {
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
        self.add_drift(waiting, each / (1.0 - self.pooled));
        self.pooled += each;
        for (g, group) in waiting.groups.iter().enumerate().filter(|(_, group)| group.at_risk > 0) {
            let stay = 1.0 - (1.0 - self.pooled) * group.after_inverse;
            let ties = if kind > 1.0 { 1.0 - (kind - 1.0) / (waiting.total * group.before - 1.0) } else { 1.0 };
            // `w_ig = r_i (1[i=g] - r_g/Σr)`
            let drift = &self.drift[g * self.scratch.len()..];
            for ((weight, drift), score) in self.scratch.iter_mut().zip(drift).zip(&waiting.groups) {
                *weight = -score.weight * group.share - stay * drift;
            }
            self.scratch[g] += group.weight;
            self.add(g, stay, ties * group.one * each);
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

    /// Adds `w_ig` times the hazard.
    fn add_drift(&mut self, waiting: &Waiting, hazard: f64) {
        let k = waiting.groups.len();
        for (g, (row, group)) in self.drift.chunks_exact_mut(k).zip(&waiting.groups).enumerate() {
            let share = group.share * hazard;
            for (drift, score) in row.iter_mut().zip(&waiting.groups) {
                *drift -= score.weight * share;
            }
            row[g] += group.weight * hazard;
        }
    }

    /// Endings of the other kinds in one group.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_others(&mut self, g: usize, group: &WaitingGroup, others: f64) {
        let ratio = (1.0 - self.pooled) * group.after_inverse;
        let ties = if others > 1.0 { 1.0 - (others - 1.0) / (group.at_risk as f64 - 1.0) } else { 1.0 };
        let drift = &self.drift[g * self.scratch.len()..];
        for (weight, drift) in self.scratch.iter_mut().zip(drift) {
            *weight = ratio * drift;
        }
        self.add(g, -ratio, ties * group.one * group.one * others);
    }

    /// Endings in group `g` that weigh `scratch` in the scores, and `with_final` times the final `c` besides.
    fn add(&mut self, g: usize, with_final: f64, variance: f64) {
        let k = self.scratch.len();
        let final_variance = with_final * variance;
        self.alone[g] += with_final * final_variance;
        for (mixed, weight) in self.mixed[g * k..].iter_mut().zip(&self.scratch) {
            *mixed += weight * final_variance;
        }
        for (row, weight) in self.covariance.chunks_exact_mut(k).zip(&self.scratch) {
            let weighed = weight * variance;
            for (cell, other) in row.iter_mut().zip(&self.scratch) {
                *cell += weighed * other;
            }
        }
    }

    fn test(self) -> GrayTest {
        let k = self.score.len();
        let df = k.saturating_sub(1);
        // The scores sum to 0, so the last group has nothing to add.
        let covariance: Vec<Vec<f64>> =
            (0..df).map(|i| (0..=i).map(|j| self.final_covariance(i, j)).collect()).collect();
        let (form, rank) = quadratic_form(covariance, self.score[..df].to_vec());
        let chi2 = (df > 0 && rank == df).then_some(form);
        GrayTest { chi2, df, p: chi2.and_then(|chi2| chi_square_upper_tail(chi2, df)) }
    }

    fn final_covariance(&self, i: usize, j: usize) -> f64 {
        let k = self.score.len();
        let joined = (0..k).map(|g| {
            let [(c_i, mixed_i), (c_j, mixed_j)] = [i, j].map(|i| (self.drift[g * k + i], self.mixed[g * k + i]));
            c_i * c_j * self.alone[g] + c_i * mixed_j + c_j * mixed_i
        });
        self.covariance[i * k + j] + joined.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::{Ending, Observation};
    use super::*;

    fn table(rows: &[(f64, u32)]) -> EventTable {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        EventTable::new(&rows)
    }

    fn first() -> NonZeroU32 {
        NonZeroU32::MIN
    }

    #[test]
    fn alike_groups_do_not_differ() {
        let a = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 0)]);
        let test = gray_test(&[&a, &a], first()).unwrap();
        assert!(test.chi2.unwrap().abs() < 1e-20);
        assert_eq!(test.df, 1);
    }

    #[test]
    fn a_group_without_rows_has_no_part_in_it() {
        let a = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 0)]);
        let b = table(&[(1.0, 2), (2.0, 2), (3.0, 1), (5.0, 1)]);
        let with = gray_test(&[&a, &table(&[]), &b], first());
        assert_eq!(with, gray_test(&[&a, &b], first()));
    }

    #[test]
    fn nothing_to_compare_is_not_a_result() {
        let (a, open) = (table(&[(1.0, 1), (2.0, 0)]), table(&[(1.0, 0)]));
        for groups in [vec![], vec![&a], vec![&open, &open]] {
            assert_eq!(gray_test(&groups, first()).unwrap().chi2, None);
        }
    }

    #[test]
    fn delayed_entry_is_refused() {
        let late = Observation::entering_late(1.0, 2.0, Ending::from_outcome(1)).unwrap();
        let late = EventTable::new(&[late]);
        assert_eq!(gray_test(&[&late, &late], first()), Err(GrayError::DelayedEntry));
    }
}
