//! The figures that set groups side by side: tests between all of them, differences between two.

use super::figures::{Question, hi, lo};
use super::labels::Labels;
use super::report::{
    DifferenceFigures, GrayFigures, LogRankByOutcome, LogRankFigures, LogRanks, MeanDifferenceFigures,
    RateDifferenceFigures, StratifiedLogRanks,
};
use crate::statistics::{
    Endpoint, EventTable, KaplanMeier, LogRank, MeanDifference, difference_of_rates, gray_tests, log_ranks,
    stratified_log_ranks,
};

impl Question<'_> {
    /// The tests for any ending and for each that competes; none without groups.
    pub(super) fn log_ranks(&self, groups: &[String], tables: &[EventTable]) -> Option<LogRanks> {
        let tables: Vec<&EventTable> = tables.iter().collect();
        if tables.is_empty() {
            return None;
        }
        self.named_log_ranks(groups, log_ranks(&tables, &self.endpoints()))
    }

    /// The tests within strata, each of which has a table for each group.
    pub(super) fn stratified_log_ranks(
        &self,
        groups: &[String],
        strata: &Labels,
        tables: &[EventTable],
    ) -> Option<StratifiedLogRanks> {
        let tables: Vec<Vec<&EventTable>> =
            tables.chunks(groups.len().max(1)).map(|stratum| stratum.iter().collect()).collect();
        let tests = self.named_log_ranks(groups, stratified_log_ranks(&tables, &self.endpoints()).ok()?)?;
        Some(StratifiedLogRanks { strata: strata.names.clone(), tests })
    }

    fn endpoints(&self) -> Vec<Endpoint> {
        std::iter::once(Endpoint::Any).chain(self.competing().iter().copied().map(Endpoint::Ending)).collect()
    }

    /// The tests of `endpoints`.
    fn named_log_ranks(&self, groups: &[String], tests: Vec<LogRank>) -> Option<LogRanks> {
        let mut tests = tests.into_iter().map(|test| LogRankFigures::new(groups, test));
        let any = tests.next()?;
        let by_outcome = self.competing().iter().zip(tests).map(|(&outcome, test)| LogRankByOutcome { outcome, test });
        Some(LogRanks { any, by_outcome: by_outcome.collect() })
    }

    /// Gray's test for each ending; without a statistic where it has none.
    pub(super) fn gray_tests(&self, tables: &[EventTable]) -> Vec<GrayFigures> {
        let Some(df) = tables.len().checked_sub(1) else { return Vec::new() };
        let tables: Vec<&EventTable> = tables.iter().collect();
        let tests = gray_tests(&tables, self.outcomes).unwrap_or_default();
        let figures = self.outcomes.iter().enumerate().map(|(index, &outcome)| {
            let test = tests.get(index);
            GrayFigures { outcome, chi2: test.and_then(|test| test.chi2), df, p: test.and_then(|test| test.p) }
        });
        figures.collect()
    }

    /// The first group minus the second, when there are two.
    pub(super) fn mean_differences(&self, groups: &[String], tables: &[EventTable]) -> Vec<MeanDifferenceFigures> {
        let ([minuend, subtrahend], [a, b]) = (groups, tables) else {
            return Vec::new();
        };
        let (a, b) = (KaplanMeier::new(a, Endpoint::Any), KaplanMeier::new(b, Endpoint::Any));
        let differences = self.tau.iter().map(|&tau| {
            let means = a.restricted_mean(tau).zip(b.restricted_mean(tau));
            let difference: Option<MeanDifference> = means.and_then(|(a, b)| a.minus(&b));
            MeanDifferenceFigures {
                tau,
                minuend: minuend.clone(),
                subtrahend: subtrahend.clone(),
                difference: difference.map(|d| d.difference),
                se: difference.map(|d| d.se),
                p: difference.and_then(|d| d.p),
            }
        });
        differences.collect()
    }

    /// For each ending, the first group's share minus the second's, when there are two.
    pub(super) fn rate_differences(&self, groups: &[String], tables: &[EventTable]) -> Vec<RateDifferenceFigures> {
        let ([minuend, subtrahend], [a, b]) = (groups, tables) else {
            return Vec::new();
        };
        let differences = self.outcomes.iter().map(|&outcome| {
            let [k_a, k_b] = [a, b].map(|table| table.events(Endpoint::Ending(outcome)));
            let [ended_a, ended_b] = [a, b].map(|table| table.events(Endpoint::Any));
            RateDifferenceFigures {
                outcome,
                minuend: minuend.clone(),
                subtrahend: subtrahend.clone(),
                all_rows: self.difference((k_a, a.len()), (k_b, b.len())),
                ended_rows: self.difference((k_a, ended_a), (k_b, ended_b)),
            }
        });
        differences.collect()
    }

    fn difference(&self, (k1, n1): (usize, usize), (k2, n2): (usize, usize)) -> DifferenceFigures {
        let (first, second) = ((k1 as u64, n1 as u64), (k2 as u64, n2 as u64));
        let difference = difference_of_rates(first, second, self.level).ok().flatten();
        let limits = difference.map(|difference| difference.limits);
        DifferenceFigures { difference: difference.map(|d| d.difference), lo: lo(limits), hi: hi(limits) }
    }
}

impl LogRankFigures {
    fn new(groups: &[String], test: LogRank) -> Self {
        let LogRank { observed, expected, chi2, df, p } = test;
        Self { groups: groups.to_vec(), observed, expected, chi2, df, p }
    }
}
