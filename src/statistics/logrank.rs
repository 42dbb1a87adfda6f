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
use super::exits::Exits;
use super::joint_exits::JointExits;
use super::joint_times::{AtTime, JointTimes};
use super::lanes::{LANES, width};
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
/// O(m k c) for m distinct event times and k groups, of which at a time c have another number at risk than at the one
/// before: one, where times are known to the minute. The tables are walked side by side.
#[must_use]
pub fn log_rank(groups: &[&EventTable], endpoint: Endpoint) -> LogRank {
    let mut scores = [Scores::new(groups.len())];
    add_stratum(&mut scores, groups, &[endpoint]);
    let [scores] = scores;
    scores.test()
}

/// The log-rank test between groups of so many waits each, for any ending: that of [`log_rank`], without tables. The waits of
/// all groups come in one order, that of their exits; one that is of no such group is left out.
#[must_use]
pub fn log_rank_in_order<T: PartialOrd>(groups: &[usize], exits: impl Iterator<Item = Exits<T>>) -> LogRank {
    let mut scores = Scores::new(groups.len());
    let mut walk = JointExits::new(groups, exits);
    while let Some(at_time) = walk.next() {
        scores.add_time(at_time, at_time.events(0));
    }
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
fn add_stratum(scores: &mut [Scores], groups: &[&EventTable], endpoints: &[Endpoint]) {
    let mut walk = JointTimes::new(groups, endpoints);
    while let Some(at_time) = walk.next() {
        for (endpoint, scores) in scores.iter_mut().enumerate() {
            scores.add_time(at_time, at_time.events(endpoint));
        }
    }
}

/// Observed, expected and covariance, summed over event times and strata.
///
/// `E_g = Σ d n_g/n` and `Cov_gh = -Σ d (n-d)/(n-1) n_g n_h/n²`. At most times only one group's number at risk is
/// another than at the time before, so the factors that are the same for all groups are summed by themselves, and a
/// group's share of the sums is taken when its number changes: O(k) and not O(k²) for that group.
struct Scores {
    groups: Vec<GroupScore>,
    /// `Σ d/n`.
    ended: f64,
    /// `Σ d (n-d)/(n-1)/n²`.
    spread: f64,
    /// `spread` when each group's number at risk last changed, filled up to [`width`].
    spread_at_change: Vec<f64>,
    /// The numbers at risk since then, likewise.
    at_risk: Vec<f64>,
    /// The fewest at risk at any time that is in the sums.
    fewest: usize,
    /// Row by row, likewise: of `-Cov_gh` what was taken when the number of g changed. The rest of it was taken when that
    /// of h did, and stands in the row of h.
    taken: Vec<f64>,
}

#[derive(Clone, Default)]
struct GroupScore {
    observed: usize,
    expected: f64,
    /// `Σ d/n` when the number at risk last changed.
    ended_at_change: f64,
}

impl Scores {
    fn new(groups: usize) -> Self {
        let width = width(groups);
        Self {
            groups: vec![GroupScore::default(); groups],
            ended: 0.0,
            spread: 0.0,
            spread_at_change: vec![0.0; width],
            at_risk: vec![0.0; width],
            fewest: usize::MAX,
            taken: vec![0.0; groups * width],
        }
    }

    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn add_time(&mut self, at_time: &AtTime, events: &[usize]) {
        if at_time.at_risk / 2 > self.fewest {
            self.settle();
        }
        self.fewest = self.fewest.min(at_time.at_risk);
        for &g in &at_time.changed {
            let at_risk = at_time.groups[g].at_risk as f64;
            // A group stands here once for each time since at which somebody was censored.
            if self.at_risk[g] != at_risk {
                self.take(g);
                self.at_risk[g] = at_risk;
            }
        }
        let mut ended = 0;
        for &g in &at_time.passed {
            ended += events[g];
            self.groups[g].observed += events[g];
        }
        let (n, d) = (at_time.at_risk as f64, ended as f64);
        self.ended += d / n;
        if at_time.at_risk > 1 {
            self.spread += d * (n - d) / ((n - 1.0) * n * n);
        }
    }

    /// Takes a group's share of the sums since its number at risk last changed.
    fn take(&mut self, g: usize) {
        let group = &mut self.groups[g];
        let own = self.at_risk[g];
        group.expected += (self.ended - group.ended_at_change) * own;
        group.ended_at_change = self.ended;
        let (spread, since) = (self.spread, self.spread_at_change[g]);
        let width = self.at_risk.len();
        let others = self.at_risk.as_chunks::<LANES>().0.iter().zip(self.spread_at_change.as_chunks::<LANES>().0);
        let row = self.taken[g * width..][..width].as_chunks_mut::<LANES>().0;
        for (taken, (others, since_others)) in row.iter_mut().zip(others) {
            // Up to the later of the two changes it has been taken already: the spread only grows.
            let later = |other: f64| if other > since { other } else { since };
            *taken =
                std::array::from_fn(|lane| taken[lane] + (spread - later(since_others[lane])) * (own * others[lane]));
        }
        self.spread_at_change[g] = spread;
    }

    /// Takes every group's share, and begins the sums anew. What a time adds is the smaller the more are at risk: where
    /// many come after few, late or in another stratum, it would be lost in the rounding of a large sum.
    fn settle(&mut self) {
        (0..self.groups.len()).for_each(|g| self.take(g));
        (self.ended, self.spread, self.fewest) = (0.0, 0.0, usize::MAX);
        self.spread_at_change.fill(0.0);
        self.groups.iter_mut().for_each(|group| group.ended_at_change = 0.0);
    }

    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn test(mut self) -> LogRank {
        self.settle();
        let difference = self.groups.iter().map(|group| group.observed as f64 - group.expected).collect();
        let (form, df) = quadratic_form(self.covariance(), difference);
        let chi2 = (df > 0).then_some(form);
        let p = chi2.and_then(|chi2| chi_square_upper_tail(chi2, df));
        let (observed, expected) = self.groups.iter().map(|group| (group.observed, group.expected)).unzip();
        LogRank { observed, expected, chi2, df, p }
    }

    /// The lower triangle, row by row. A variance is what its group has in common with all others: nothing cancels out.
    fn covariance(&self) -> Vec<Vec<f64>> {
        let (groups, width) = (self.groups.len(), self.at_risk.len());
        let in_common = |g: usize, h: usize| self.taken[g * width + h] + self.taken[h * width + g];
        let variance = |g: usize| (0..groups).filter(|h| *h != g).map(|h| in_common(g, h)).sum();
        (0..groups).map(|g| (0..g).map(|h| -in_common(g, h)).chain([variance(g)]).collect()).collect()
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
    fn many_who_come_after_few_are_counted_as_exactly() {
        const MANY: u32 = 100_000;
        let late = |n: u32| Observation::entering_late(10.0, 11.0 + f64::from(n), Ending::from_outcome(1)).unwrap();
        let early = |time| Observation::from_origin(time, Ending::from_outcome(1)).unwrap();
        let is_of_a = |n: u32| n % 7 < if n < MANY / 2 { 3 } else { 4 };
        let of_group = |a: bool| (0..MANY).filter(move |n| is_of_a(*n) == a).map(late);
        let groups = [(true, 1.0), (false, 2.0)].map(|(a, time)| of_group(a).chain([early(time)]).collect::<Vec<_>>());
        let [a, b] = [&groups[0], &groups[1]].map(|rows| EventTable::new(rows));

        // Two wait at time 1, none of a at time 2; then all of them, one by one.
        let (mut difference, mut variance) = (1.0 - 0.5, 0.25);
        let (mut of_a, mut of_b) = (groups[0].len() as f64 - 1.0, groups[1].len() as f64 - 1.0);
        for n in 0..MANY {
            let share = of_a / (of_a + of_b);
            difference += f64::from(u32::from(is_of_a(n))) - share;
            variance += share * (1.0 - share);
            if is_of_a(n) { of_a -= 1.0 } else { of_b -= 1.0 }
        }
        let exact = difference * difference / variance;
        let found = log_rank(&[&a, &b], Endpoint::Any).chi2.unwrap();
        assert!((found / exact - 1.0).abs() < 1e-11, "{found} is not {exact}");
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
    fn waits_in_one_order_need_no_tables() {
        let rows =
            |g: u32| (0..300_u32).map(move |n| (f64::from((n * 7919 + g * 31) % (97 + g)), (n + g) % 3)).collect();
        let groups: Vec<Vec<(f64, u32)>> = (0..5).map(rows).chain([Vec::new(), vec![(3.0, 1)]]).collect();
        let tables: Vec<EventTable> = groups.iter().map(|rows| table(rows)).collect();
        let exits = groups.iter().enumerate().flat_map(|(group, rows)| {
            rows.iter().map(move |&(time, k)| Exits { time, group, count: 1, ended: usize::from(k > 0) })
        });
        let mut exits: Vec<Exits<f64>> = exits.collect();
        exits.sort_by(|one, other| one.time.total_cmp(&other.time));
        let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
        let of_tables = log_rank(&tables.iter().collect::<Vec<_>>(), Endpoint::Any);
        assert_eq!(log_rank_in_order(&sizes, exits.into_iter()), of_tables);
        let nobody = log_rank_in_order(&[2], [Exits { time: 1, group: 7, count: 1, ended: 1 }].into_iter());
        assert_eq!((nobody.observed, nobody.chi2), (vec![0], None));
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
