//! Below how many a count is small. It must never be so low that nothing is small.

/// The number from which on a count is large enough to be shown: 2 to 1,000, by default 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(u16);

/// Why a number cannot be a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdError {
    /// Below 2 no count is small; above 1,000 a table is not made to be published.
    #[error("a threshold is from 2 to 1000, not {0}")]
    OutOfRange(u64),
}

impl Threshold {
    /// A threshold of this many.
    ///
    /// # Errors
    /// When it is below 2 or above 1,000.
    pub fn new(threshold: u64) -> Result<Self, ThresholdError> {
        match u16::try_from(threshold) {
            Ok(small) if (2..=1000).contains(&small) => Ok(Self(small)),
            _ => Err(ThresholdError::OutOfRange(threshold)),
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }

    /// Whether a count is small: somebody's, but of fewer than the threshold.
    #[must_use]
    pub fn is_small(self, count: u64) -> bool {
        0 < count && count < self.get()
    }
}

impl Default for Threshold {
    /// Five, as the design says.
    fn default() -> Self {
        Self(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_the_threshold_itself_are_not_small() {
        let threshold = Threshold::default();
        assert_eq!([0, 1, 4, 5].map(|count| threshold.is_small(count)), [false, true, true, false]);
    }

    #[test]
    fn a_threshold_under_which_nothing_is_small_is_refused() {
        assert_eq!(Threshold::new(1), Err(ThresholdError::OutOfRange(1)));
        assert_eq!(Threshold::new(1001), Err(ThresholdError::OutOfRange(1001)));
        assert_eq!(Threshold::new(2).map(Threshold::get), Ok(2));
    }
}
