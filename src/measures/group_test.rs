//! Do the groups of a breakdown wait equally long? The log-rank test, for each delay.

use serde::Serialize;

use super::count::Count;
use super::delay::DelayMeasure;
use crate::statistics::{Endpoint, EventTable, log_rank};

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
    /// The test between groups, each with its name and its sorted waits; none where fewer than two have waits, or no
    /// two of them ever waited at the same time.
    pub(super) fn between(measure: DelayMeasure, groups: &[(&str, EventTable)]) -> Option<Self> {
        let waiting: Vec<&(&str, EventTable)> = groups.iter().filter(|(_, table)| !table.is_empty()).collect();
        if waiting.len() < 2 {
            return None;
        }
        let tables: Vec<&EventTable> = waiting.iter().map(|(_, table)| table).collect();
        let test = log_rank(&tables, Endpoint::Any);
        let counted = test.observed.iter().zip(&test.expected);
        Some(Self {
            measure,
            chi_square: test.chi2?,
            degrees_of_freedom: test.df as u64,
            p: test.p?,
            groups: waiting
                .iter()
                .zip(counted)
                .map(|((name, table), (observed, expected))| TestedGroup {
                    name: (*name).to_owned(),
                    n: (table.len() as u64).into(),
                    observed: (*observed as u64).into(),
                    expected: *expected,
                })
                .collect(),
        })
    }
}
