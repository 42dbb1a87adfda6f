//! Figures with small counts withheld, kept for as long as the figures that they were made of are: deciding what is
//! withheld takes longer than reading them.

use std::sync::{Arc, Mutex, PoisonError};

use super::error::ServiceError;
use crate::measures::delay::DelayMeasure;
use crate::measures::disclosure::{Kept, KeptDetail, Released};
use crate::measures::rate::RateMeasure;
use crate::measures::statistics::Statistics;
use crate::statistics::suppression::Threshold;

/// How many releases are kept.
const MOST: usize = 32;

/// The figures of a release, and those that it was made of, the whole first.
#[derive(Debug)]
struct Release {
    made_of: Vec<Arc<Statistics>>,
    threshold: Threshold,
    statistics: Arc<Statistics>,
}

/// The latest releases.
#[derive(Debug, Default)]
pub(super) struct Releases(Mutex<Vec<Release>>);

impl Releases {
    /// The figures fit to leave the system: of the whole, or of its one breakdown where that is given beside it.
    ///
    /// # Errors
    /// Where the figures contradict each other, which they never should.
    pub(super) fn of(
        &self,
        figures: &[Arc<Statistics>],
        threshold: Threshold,
    ) -> Result<Arc<Statistics>, ServiceError> {
        let is_it = |release: &&Release| {
            release.threshold == threshold
                && release.made_of.len() == figures.len()
                && release.made_of.iter().zip(figures).all(|(known, asked)| Arc::ptr_eq(known, asked))
        };
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(release) = known.iter().find(is_it) {
            return Ok(release.statistics.clone());
        }
        drop(known);
        let statistics = Arc::new(release(figures, threshold)?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(0, Release { made_of: figures.to_vec(), threshold, statistics: statistics.clone() });
        known.truncate(MOST);
        Ok(statistics)
    }
}

fn release(figures: &[Arc<Statistics>], threshold: Threshold) -> Result<Statistics, ServiceError> {
    let (whole, breakdowns) = figures.split_first().ok_or(ServiceError::NotFound)?;
    let breakdowns: Vec<Statistics> = breakdowns.iter().map(|statistics| statistics.as_ref().clone()).collect();
    let kept = Kept { delays: DelayMeasure::ALL, rates: RateMeasure::ALL, detail: KeptDetail::Counts };
    let released = Released::of(whole, &breakdowns, kept, threshold)?;
    Ok(released.breakdowns().first().unwrap_or(released.whole()).clone())
}
