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
use super::joint_times::{AtTime, JointTimes};
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
    if groups.iter().any(|table| !table.entries().is_empty()) {
        return Err(GrayError::DelayedEntry);
    }
    let groups: Vec<&EventTable> = groups.iter().copied().filter(|table| !table.is_empty()).collect();
    let mut sums = Sums::new(groups.len());
    let mut walk = JointTimes::new(&groups, Endpoint::Ending(ending));
    while let Some(at_time) = walk.next() {
        sums.add_time(at_time);
    }
    Ok(sums.test())
}

/// One group's curves, as far as the walk has come.
#[derive(Debug, Clone, Copy)]
struct Curves {
    /// `S` just before the time.
    survival: f64,
    /// `S` after it.
    survival_after: f64,
    /// `F` just before the time.
    incidence: f64,
    /// Who is at risk at the time.
    at_risk: usize,
    /// `r = n/S`; 0 where nobody is at risk.
    weight: f64,
    /// `r/Σr`.
    share: f64,
}

/// What is summed over the times. Matrices are row by row, k by k for k groups.
struct Sums {
    curves: Vec<Curves>,
    /// The pooled incidence under the hypothesis.
    pooled: f64,
    score: Vec<f64>,
    /// `c`, up to now.
    drift: Vec<f64>,
    covariance: Vec<f64>,
    /// For each group, the variance of what the final `c` multiplies.
    alone: Vec<f64>,
    /// For each pair, the covariance of what the final `c` multiplies with the rest.
    mixed: Vec<f64>,
    /// One ending's weights in the scores of all groups; kept to save an allocation for each time.
    scratch: Vec<f64>,
}

impl Curves {
    /// Goes on to a time at which so many are at risk.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn arrive(&mut self, at_risk: usize) {
        // Most groups stand still at most times, and a division is dear.
        let moved = at_risk != self.at_risk || self.survival.to_bits() != self.survival_after.to_bits();
        if moved {
            self.survival = self.survival_after;
            self.at_risk = at_risk;
            self.weight = if at_risk > 0 { at_risk as f64 / self.survival } else { 0.0 };
        }
    }
}

impl Sums {
    fn new(groups: usize) -> Self {
        let start = Curves { survival: 1.0, survival_after: 1.0, incidence: 0.0, at_risk: 0, weight: 0.0, share: 0.0 };
        let square = vec![0.0; groups * groups];
        Self {
            curves: vec![start; groups],
            pooled: 0.0,
            score: vec![0.0; groups],
            drift: square.clone(),
            covariance: square.clone(),
            alone: vec![0.0; groups],
            mixed: square,
            scratch: vec![0.0; groups],
        }
    }

    fn add_time(&mut self, groups: &[AtTime]) {
        let kind: usize = groups.iter().map(|group| group.events).sum();
        #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
        let kind = kind as f64;
        let pooled_before = self.pooled;
        let total = self.advance_curves(groups, kind);
        if kind > 0.0 {
            self.add_drift(kind / (total * (1.0 - pooled_before)));
            self.add_kind(groups, kind, total);
        }
        self.add_others(groups);
    }

    /// The curves before and after the time, the pooled incidence, and the scores; gives `Σr`.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn advance_curves(&mut self, groups: &[AtTime], kind: f64) -> f64 {
        let (mut total, mut waiting) = (0.0, 0.0);
        for (curve, group) in self.curves.iter_mut().zip(groups) {
            curve.arrive(group.at_risk);
            total += curve.weight;
            waiting += curve.weight * (1.0 - curve.incidence);
        }
        let hazard = kind / waiting;
        for (g, (curve, group)) in self.curves.iter_mut().zip(groups).enumerate() {
            if group.at_risk == 0 {
                curve.share = 0.0;
                continue;
            }
            let d1 = group.events as f64;
            curve.share = curve.weight / total;
            self.score[g] += d1 - hazard * curve.weight * (1.0 - curve.incidence);
            if group.ended > 0 {
                let n = group.at_risk as f64;
                curve.incidence += curve.survival * d1 / n;
                curve.survival_after = curve.survival * ((group.at_risk - group.ended) as f64 / n);
            }
        }
        self.pooled += kind / total;
        total
    }

    fn add_drift(&mut self, hazard: f64) {
        let k = self.curves.len();
        for i in 0..k {
            for g in 0..k {
                self.drift[i * k + g] += self.weight(i, g) * hazard;
            }
        }
    }

    /// `w_ig = r_i (1[i=g] - r_g/Σr)`.
    fn weight(&self, i: usize, g: usize) -> f64 {
        self.curves[i].weight * (f64::from(u8::from(i == g)) - self.curves[g].share)
    }

    /// The endings of the kind asked for.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_kind(&mut self, groups: &[AtTime], kind: f64, total: f64) {
        let k = groups.len();
        for g in (0..k).filter(|&g| groups[g].at_risk > 0) {
            let Curves { survival, survival_after, .. } = self.curves[g];
            let stay = if survival_after > 0.0 { 1.0 - (1.0 - self.pooled) / survival_after } else { 1.0 };
            let ties = if kind > 1.0 { 1.0 - (kind - 1.0) / (total * survival - 1.0) } else { 1.0 };
            let variance = ties * survival * kind / (total * groups[g].at_risk as f64);
            for i in 0..k {
                self.scratch[i] = self.weight(i, g) - stay * self.drift[i * k + g];
            }
            self.add(g, stay, variance);
        }
    }

    /// The endings of the other kinds.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_others(&mut self, groups: &[AtTime]) {
        let k = groups.len();
        for (g, group) in groups.iter().enumerate() {
            let Curves { survival, survival_after, .. } = self.curves[g];
            let others = (group.ended - group.events) as f64;
            if others <= 0.0 || survival_after <= 0.0 {
                continue;
            }
            let n = group.at_risk as f64;
            let ratio = (1.0 - self.pooled) / survival_after;
            let ties = if others > 1.0 { 1.0 - (others - 1.0) / (n - 1.0) } else { 1.0 };
            let variance = ties * survival * survival * others / (n * n);
            for i in 0..k {
                self.scratch[i] = ratio * self.drift[i * k + g];
            }
            self.add(g, -ratio, variance);
        }
    }

    /// Endings in group `g` that weigh `scratch` in the scores, and `with_final` times the final `c` besides.
    fn add(&mut self, g: usize, with_final: f64, variance: f64) {
        let k = self.scratch.len();
        self.alone[g] += with_final * with_final * variance;
        for i in 0..k {
            let weighed = self.scratch[i] * variance;
            self.mixed[i * k + g] += weighed * with_final;
            for j in 0..=i {
                self.covariance[i * k + j] += weighed * self.scratch[j];
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
        let row = |matrix: &[f64], i: usize, g: usize| matrix[i * k + g];
        let joined = (0..k).map(|g| {
            let (c_i, c_j) = (row(&self.drift, i, g), row(&self.drift, j, g));
            c_i * c_j * self.alone[g] + c_i * row(&self.mixed, j, g) + c_j * row(&self.mixed, i, g)
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
