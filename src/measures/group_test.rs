//! Do the groups of a breakdown wait equally long? The log-rank test, for each delay.

use serde::Serialize;

use super::count::Count;
use super::delay::DelayMeasure;
use super::sorted_delay::SortedDelay;
use crate::statistics::log_rank_in_order;

/// A log-rank test between the groups that have such waits (Mantel 1966). Waits that ended otherwise, were lost or are
/// open count as censored. It tells whether the groups differ, not how, and many tests find some difference by chance.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GroupTest {
    /// The delay.
    pub measure: DelayMeasure,
    /// The statistic.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: u64,
    /// How likely so large a statistic would be, did the groups wait alike.
    pub p: f64,
    /// The groups.
    pub groups: Vec<TestedGroup>,
}

/// A group in a test.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TestedGroup {
    /// Its name.
    pub name: String,
    /// Waits that began.
    pub n: Count,
    /// Waits that ended.
    pub observed: Count,
    /// Waits that would be expected to have ended, did all groups wait alike.
    pub expected: f64,
}

impl GroupTest {
    /// The test between groups, each with its name and how many waits it has, and all of these together; none where fewer
    /// than two have waits, or no two of them ever waited at the same time.
    pub(super) fn between(measure: DelayMeasure, groups: &[(&str, usize)], together: &SortedDelay) -> Option<Self> {
        if groups.iter().filter(|(_, waits)| *waits > 0).count() < 2 {
            return None;
        }
        let waits: Vec<usize> = groups.iter().map(|(_, waits)| *waits).collect();
        let test = log_rank_in_order(&waits, together.exits());
        let tested = groups.iter().zip(test.observed.iter().zip(&test.expected)).filter(|((_, waits), _)| *waits > 0);
        Some(Self {
            measure,
            chi_square: test.chi2?,
            degrees_of_freedom: test.df as u64,
            p: test.p?,
            groups: tested
                .map(|((name, waits), (observed, expected))| TestedGroup {
                    name: (*name).to_owned(),
                    n: (*waits as u64).into(),
                    observed: (*observed as u64).into(),
                    expected: *expected,
                })
                .collect(),
        })
    }
}
