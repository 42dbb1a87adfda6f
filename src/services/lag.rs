//! How far the figures of many cases may lag behind what is recorded.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::measures::breakdown::Breakdown;
use crate::measures::statistics::Statistics;

/// How far figures of many cases may lag behind what is recorded, so that nobody waits while they are counted.
#[derive(Clone, Copy, Debug)]
pub struct Lag {
    /// Where fewer cases have to be read, figures never lag: they are counted in no time.
    pub from_cases: u64,
    /// Figures that lag for longer are counted anew behind whoever is given them.
    pub renewed_after: TimeDelta,
    /// Figures that lag for longer are given to nobody.
    pub at_most: TimeDelta,
    /// For so long after somebody asked for figures they are kept ready: counted anew before they lag too far.
    pub ready_for: TimeDelta,
}

impl Default for Lag {
    fn default() -> Self {
        Self {
            from_cases: 20_000,
            renewed_after: TimeDelta::seconds(10),
            at_most: TimeDelta::minutes(10),
            ready_for: TimeDelta::hours(24),
        }
    }
}

impl Lag {
    /// At which age figures that are kept ready are counted anew: early enough that they are never too old to be given.
    pub(super) fn ready_until(&self) -> TimeDelta {
        self.at_most / 2
    }
}

/// Figures to which something may have been recorded since they were counted.
#[derive(Debug)]
pub(super) struct Lagging {
    pub(super) figures: Arc<Statistics>,
    pub(super) counted_at: DateTime<Utc>,
    /// The breakdown that was counted: it may tell more of each group than was asked for.
    pub(super) by: Option<Breakdown>,
}
