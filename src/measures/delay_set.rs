//! Some of the delays.

use super::delay::DelayMeasure;

/// Some of the delays, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DelaySet(u16);

impl DelaySet {
    /// All of them.
    pub const ALL: Self = Self::of(DelayMeasure::ALL);
    /// None of them.
    pub const NONE: Self = Self::of(&[]);

    /// These.
    #[must_use]
    pub const fn of(delays: &[DelayMeasure]) -> Self {
        let (mut bits, mut place) = (0, 0);
        while place < delays.len() {
            bits |= 1 << delays[place] as u32;
            place += 1;
        }
        Self(bits)
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn contains(self, delay: DelayMeasure) -> bool {
        self.0 >> delay as u32 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_the_delays_that_it_was_made_of() {
        let some = [DelayMeasure::FilingToRouting, DelayMeasure::DeprivationToFamilyNotice];
        for delay in DelayMeasure::ALL {
            assert_eq!(DelaySet::of(&some).contains(*delay), some.contains(delay));
            assert!(DelaySet::ALL.contains(*delay) && !DelaySet::NONE.contains(*delay));
        }
    }
}
