//! The log-rank test: do groups wait equally long? (Mantel 1966; Peto & Peto 1972.)
//!
//! At every event time the events are shared out among the groups as their numbers at risk; the test compares the
//! sum, "expected", with what was observed, under the hypergeometric variance. Delayed entry only changes who is
//! at risk. Stratified: the differences and their covariances are added over the strata.
//!
//! `chi2 = U' V⁻ U` with U observed minus expected. V is singular by nature (U sums to 0), and more so where
//! groups are never at risk together; its rank is the degrees of freedom.

use super::distribution::chi_square_upper_tail;
use super::event_table::{Endpoint, EventTable};
use super::joint_times::JointTimes;
use super::quadratic_form::quadratic_form;

/// What the test found. Vectors are in the order of the groups given.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Events in each group.
    pub observed: Vec<usize>,
    /// Events expected in each group if all waited alike.
    pub expected: Vec<f64>,
    /// The statistic; `None` when nothing can be compared (fewer than two groups ever at risk together at an event).
    pub chi2: Option<f64>,
    /// Degrees of freedom: as a rule the number of groups at risk at some event, less one.
    pub df: usize,
    /// The p-value; `None` with `chi2`.
    pub p: Option<f64>,
}

/// Why a stratified test cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogRankError {
    /// Every stratum must have the same groups in the same order; a group that is absent is an empty table.
    #[error("stratum {stratum} has {groups} groups where the first has {expected}")]
    UnequalStrata {
        /// Which stratum, from 0.
        stratum: usize,
        /// Its number of groups.
        groups: usize,
        /// The number of groups of the first stratum.
        expected: usize,
    },
}

/// The log-rank test between groups, for any ending or for one (the others then count as censored).
///
/// O(m k²) for m distinct event times and k groups; the tables are walked side by side.
#[must_use]
pub fn log_rank(groups: &[&EventTable], endpoint: Endpoint) -> LogRank {
    let mut scores = [Scores::new(groups.len())];
    add_stratum(&mut scores, groups, &[endpoint]);
    let [scores] = scores;
    scores.test()
}

/// The log-rank tests for several endpoints, in their order, by one walk over the tables.
#[must_use]
pub fn log_ranks(groups: &[&EventTable], endpoints: &[Endpoint]) -> Vec<LogRank> {
    let mut scores: Vec<Scores> = endpoints.iter().map(|_| Scores::new(groups.len())).collect();
    add_stratum(&mut scores, groups, endpoints);
    scores.into_iter().map(Scores::test).collect()
}

/// The log-rank test between groups within strata.
///
/// # Errors
/// When the strata have different numbers of groups.
pub fn stratified_log_rank(strata: &[Vec<&EventTable>], endpoint: Endpoint) -> Result<LogRank, LogRankError> {
    let mut scores = [Scores::new(strata.first().map_or(0, Vec::len))];
    add_strata(&mut scores, strata, &[endpoint])?;
    let [scores] = scores;
    Ok(scores.test())
}

/// The log-rank tests between groups within strata for several endpoints, in their order.
///
/// # Errors
/// When the strata have different numbers of groups.
pub fn stratified_log_ranks(strata: &[Vec<&EventTable>], endpoints: &[Endpoint]) -> Result<Vec<LogRank>, LogRankError> {
    let groups = strata.first().map_or(0, Vec::len);
    let mut scores: Vec<Scores> = endpoints.iter().map(|_| Scores::new(groups)).collect();
    add_strata(&mut scores, strata, endpoints)?;
    Ok(scores.into_iter().map(Scores::test).collect())
}

fn add_strata(scores: &mut [Scores], strata: &[Vec<&EventTable>], endpoints: &[Endpoint]) -> Result<(), LogRankError> {
    let expected = strata.first().map_or(0, Vec::len);
    for (stratum, groups) in strata.iter().enumerate() {
        if groups.len() != expected {
            return Err(LogRankError::UnequalStrata { stratum, groups: groups.len(), expected });
        }
        add_stratum(scores, groups, endpoints);
    }
    Ok(())
}

/// Adds the times of a stratum to the scores of each endpoint.
#[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
fn add_stratum(scores: &mut [Scores], groups: &[&EventTable], endpoints: &[Endpoint]) {
    let mut shares = Vec::with_capacity(groups.len());
    let mut walk = JointTimes::new(groups, endpoints);
    while let Some(at_time) = walk.next() {
        let total: usize = at_time.groups.iter().map(|group| group.at_risk).sum();
        shares.clear();
        let one = 1.0 / total as f64; // a division is dear
        shares.extend(
            at_time
                .groups
                .iter()
                .map(|group| Share { own: group.at_risk as f64 * one, others: (total - group.at_risk) as f64 * one }),
        );
        for (endpoint, scores) in scores.iter_mut().enumerate() {
            scores.add_time(total, &shares, at_time.events(endpoint));
        }
    }
}

/// A group's share of those at risk.
struct Share {
    own: f64,
    /// That of all others: not 1 less the own, which would be rounding where the own is nearly all.
    others: f64,
}

/// Observed, expected and covariance, summed over event times and strata.
struct Scores {
    observed: Vec<usize>,
    expected: Vec<f64>,
    /// Row by row; only the lower triangle is filled.
    covariance: Vec<Vec<f64>>,
}

impl Scores {
    fn new(groups: usize) -> Self {
        Self {
            observed: vec![0; groups],
            expected: vec![0.0; groups],
            covariance: (0..groups).map(|row| vec![0.0; row + 1]).collect(),
        }
    }

    /// `E_g = d n_g/n`; `Cov_gh = d (n-d)/(n-1) n_g/n (1[g=h] - n_h/n)`.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_time(&mut self, total: usize, shares: &[Share], events: &[usize]) {
        let ended: usize = events.iter().sum();
        if ended == 0 {
            return;
        }
        let (n, d) = (total as f64, ended as f64);
        let spread = if total > 1 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for (g, (row, share)) in self.covariance.iter_mut().zip(shares).enumerate() {
            let spread = spread * share.own;
            self.observed[g] += events[g];
            self.expected[g] += d * share.own;
            for (cell, other) in row.iter_mut().zip(&shares[..g]) {
                *cell -= spread * other.own;
            }
            row[g] += spread * share.others;
        }
    }

    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn test(self) -> LogRank {
        let difference: Vec<f64> = self.observed.iter().zip(&self.expected).map(|(&o, e)| o as f64 - e).collect();
        let (form, df) = quadratic_form(self.covariance, difference);
        let chi2 = (df > 0).then_some(form);
        let p = chi2.and_then(|chi2| chi_square_upper_tail(chi2, df));
        LogRank { observed: self.observed, expected: self.expected, chi2, df, p }
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

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
    }

    #[test]
    fn two_small_groups_by_hand() {
        // Times 1 (n 2+2, d 1), 2 (1+2, d 1), 3 (1+1, d 1), 4 (0+1: no spread).
        let (a, b) = (table(&[(1.0, 1), (3.0, 1)]), table(&[(2.0, 1), (4.0, 1)]));
        let test = log_rank(&[&a, &b], Endpoint::Any);
        assert_eq!(test.observed, [2, 2]);
        close(test.expected[0], 1.0 / 2.0 + 1.0 / 3.0 + 1.0 / 2.0);
        let variance = 1.0 / 4.0 + 2.0 / 9.0 + 1.0 / 4.0;
        close(test.chi2.unwrap(), (2.0_f64 - 4.0 / 3.0).powi(2) / variance);
        assert_eq!(test.df, 1);
    }

    #[test]
    fn a_group_nobody_is_in_costs_no_degree_of_freedom() {
        let (a, b, nobody) = (table(&[(1.0, 1), (3.0, 1)]), table(&[(2.0, 1), (4.0, 1)]), table(&[]));
        let with = log_rank(&[&a, &nobody, &b], Endpoint::Any);
        assert_eq!((with.df, with.observed[1]), (1, 0));
        close(with.chi2.unwrap(), log_rank(&[&a, &b], Endpoint::Any).chi2.unwrap());
    }

    #[test]
    fn a_tiny_group_beside_large_ones_still_counts() {
        let large: Vec<_> = (0..20_000).map(|t| (f64::from(t), 1)).collect();
        let tiny = table(&[(0.5, 0)]);
        let test = log_rank(&[&table(&large), &tiny, &table(&large)], Endpoint::Any);
        assert_eq!(test.df, 2);
        // The large groups are alike, so all that is left is the tiny one's own difference, at time 0: two of 40,001.
        let (share, n, d) = (1.0_f64 / 40_001.0, 40_001.0, 2.0_f64);
        let own = (d * share).powi(2) / (d * (n - d) / (n - 1.0) * share * (1.0 - share));
        assert!((test.chi2.unwrap() - own).abs() < 1e-7, "{test:?} is not {own}");
    }

    #[test]
    fn equal_groups_do_not_differ() {
        let a = table(&[(1.0, 1), (2.0, 0), (3.0, 1)]);
        let test = log_rank(&[&a, &a, &a], Endpoint::Any);
        assert_eq!(test.df, 2);
        close(test.chi2.unwrap(), 0.0);
        close(test.p.unwrap(), 1.0);
    }

    #[test]
    fn nothing_to_compare_is_not_a_result() {
        let (a, open, none) = (table(&[(1.0, 1)]), table(&[(1.0, 0)]), table(&[]));
        for groups in [vec![], vec![&a], vec![&a, &none], vec![&open, &open]] {
            let test = log_rank(&groups, Endpoint::Any);
            assert_eq!((test.chi2, test.df, test.p), (None, 0, None));
        }
    }

    #[test]
    fn several_endpoints_at_once_are_each_alone() {
        let (a, b) = (table(&[(1.0, 1), (3.0, 2), (3.0, 0)]), table(&[(2.0, 2), (3.0, 1), (4.0, 1), (5.0, 0)]));
        let endpoints =
            [Endpoint::Any, Endpoint::Ending(1.try_into().unwrap()), Endpoint::Ending(2.try_into().unwrap())];
        let alone = endpoints.map(|endpoint| log_rank(&[&a, &b], endpoint));
        assert_eq!(log_ranks(&[&a, &b], &endpoints), alone);
        assert_eq!(stratified_log_ranks(&[vec![&a, &b]], &endpoints).unwrap(), alone);
    }

    #[test]
    fn one_stratum_is_the_plain_test_and_two_alike_double_it() {
        let (a, b) = (table(&[(1.0, 1), (3.0, 1)]), table(&[(2.0, 1), (4.0, 1)]));
        let plain = log_rank(&[&a, &b], Endpoint::Any);
        assert_eq!(stratified_log_rank(&[vec![&a, &b]], Endpoint::Any), Ok(plain.clone()));
        let twice = stratified_log_rank(&[vec![&a, &b], vec![&a, &b]], Endpoint::Any).unwrap();
        close(twice.chi2.unwrap(), 2.0 * plain.chi2.unwrap());
        assert_eq!(
            stratified_log_rank(&[vec![&a, &b], vec![&a]], Endpoint::Any),
            Err(LogRankError::UnequalStrata { stratum: 1, groups: 1, expected: 2 })
        );
    }
}
