//! One wait as survival analysis sees it: watched from `entry` (exclusive) to `exit` (inclusive), and how it ended.
//!
//! It must never hold a time that the estimators cannot order: no NaN, no infinity, nothing before the origin.

use std::num::NonZeroU32;

/// How an observation stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Still waiting when last seen: right-censored.
    Open,
    /// Ended, in the k-th of the competing ways (1, 2, …).
    Ended(NonZeroU32),
}

impl Ending {
    /// Reads the usual coding of a data file: 0 is open, k is the k-th ending.
    #[must_use]
    pub fn from_outcome(outcome: u32) -> Self {
        NonZeroU32::new(outcome).map_or(Self::Open, Self::Ended)
    }

    /// The usual coding of a data file: 0 for open, else k.
    #[must_use]
    pub fn outcome(self) -> u32 {
        match self {
            Self::Open => 0,
            Self::Ended(ending) => ending.get(),
        }
    }
}

/// Why a pair of times cannot be an observation.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ObservationError {
    /// NaN or an infinity where a time is needed.
    #[error("the exit time {0} is not a finite number")]
    ExitNotFinite(f64),
    /// NaN or an infinity where a time is needed.
    #[error("the entry time {0} is not a finite number")]
    EntryNotFinite(f64),
    /// A wait cannot end before its clock starts.
    #[error("the exit time {0} is before the origin, 0")]
    ExitBeforeOrigin(f64),
    /// A wait that was watched for no time at all cannot have been at risk.
    #[error("the exit time {exit} is not after the entry time {entry}")]
    ExitNotAfterEntry {
        /// When watching began.
        entry: f64,
        /// When it stopped.
        exit: f64,
    },
}

/// One wait, measured from its own origin, 0, in any one unit (days, months, years).
///
/// At risk at t when `entry < t <= exit`. Without delayed entry the wait is at risk from before 0,
/// so an ending at t = 0 (the same day) counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    entry: f64,
    exit: f64,
    ending: Ending,
}

impl Observation {
    /// A wait watched from its origin on.
    ///
    /// # Errors
    /// When `exit` is not finite or is negative.
    pub fn from_origin(exit: f64, ending: Ending) -> Result<Self, ObservationError> {
        Ok(Self { entry: f64::NEG_INFINITY, exit: valid_exit(exit)?, ending })
    }

    /// A wait that came under observation only at `entry` (left truncation, delayed entry).
    ///
    /// # Errors
    /// When a time is not finite, `exit` is negative, or `exit` is not after `entry`.
    pub fn entering_late(entry: f64, exit: f64, ending: Ending) -> Result<Self, ObservationError> {
        if !entry.is_finite() {
            return Err(ObservationError::EntryNotFinite(entry));
        }
        let exit = valid_exit(exit)?;
        if exit <= entry {
            return Err(ObservationError::ExitNotAfterEntry { entry, exit });
        }
        Ok(Self { entry: entry + 0.0, exit, ending })
    }

    /// When watching began; `-∞` without delayed entry.
    #[must_use]
    pub fn entry(&self) -> f64 {
        self.entry
    }

    /// When watching stopped: a finite number, 0 or more.
    #[must_use]
    pub fn exit(&self) -> f64 {
        self.exit
    }

    /// How it stopped.
    #[must_use]
    pub fn ending(&self) -> Ending {
        self.ending
    }

    /// Whether it came under observation after its origin.
    #[must_use]
    pub fn enters_late(&self) -> bool {
        self.entry > f64::NEG_INFINITY
    }
}

fn valid_exit(exit: f64) -> Result<f64, ObservationError> {
    if !exit.is_finite() {
        return Err(ObservationError::ExitNotFinite(exit));
    }
    if exit < 0.0 {
        return Err(ObservationError::ExitBeforeOrigin(exit));
    }
    // Adding 0.0 turns -0.0 into 0.0, so that both are one time when sorted by `total_cmp`.
    Ok(exit + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_on_the_day_of_filing_counts_without_delayed_entry() {
        let same_day = Observation::from_origin(-0.0, Ending::from_outcome(1)).unwrap();
        assert_eq!(same_day.exit().to_bits(), 0.0_f64.to_bits());
        assert!(!same_day.enters_late());
    }

    #[test]
    fn times_that_cannot_be_ordered_are_refused() {
        assert!(matches!(Observation::from_origin(f64::NAN, Ending::Open), Err(ObservationError::ExitNotFinite(_))));
        assert!(matches!(
            Observation::from_origin(f64::INFINITY, Ending::Open),
            Err(ObservationError::ExitNotFinite(_))
        ));
        assert!(matches!(
            Observation::entering_late(f64::NEG_INFINITY, 1.0, Ending::Open),
            Err(ObservationError::EntryNotFinite(_))
        ));
        assert_eq!(Observation::from_origin(-1.0, Ending::Open), Err(ObservationError::ExitBeforeOrigin(-1.0)));
    }

    #[test]
    fn a_late_entry_is_before_its_exit() {
        assert_eq!(
            Observation::entering_late(3.0, 3.0, Ending::Open),
            Err(ObservationError::ExitNotAfterEntry { entry: 3.0, exit: 3.0 })
        );
        assert!(Observation::entering_late(3.0, 3.5, Ending::Open).unwrap().enters_late());
    }

    #[test]
    fn outcomes_read_back_as_written() {
        for outcome in [0, 1, 2, u32::MAX] {
            assert_eq!(Ending::from_outcome(outcome).outcome(), outcome);
        }
    }
}
