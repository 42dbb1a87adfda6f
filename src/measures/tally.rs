//! What gathers figures from cases, one case at a time, in any order and in several parts at once.

use super::observed::{ObservedCase, ObservedVisit, StillOpen};
use super::terms::Terms;

/// A tally. Cases and visits are told apart because a breakdown may count a visit in another group than its case:
/// by the kind of place, a visit counts where it was to take place.
///
/// What a tally ends with must not hang on the order in which cases were added, nor on how they were divided into
/// parts: the same cases give the same figures to the last digit.
pub trait Tally {
    /// Counts a case, but for its waits that go on.
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>);

    /// Counts a visit of a case, likewise.
    fn add_visit(&mut self, visit: &ObservedVisit<'_>, terms: &Terms<'_>);

    /// Counts a wait of a case or of a visit that goes on.
    fn add_open(&mut self, wait: &StillOpen);

    /// Takes in what another tally of the same kind has counted.
    fn merge(&mut self, other: Self);
}
