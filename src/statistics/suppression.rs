//! Suppression of small counts in tables that leave the system, so that no small count can be read or worked out.
//!
//! Counts in, "print this one or not" out. It must never decide by what a count means, and never let a count pass
//! because a solver failed: what is not proved safe is withheld.
//!
//! **Primary.** A count from 1 to threshold − 1 is withheld. 0 is shown: it is nobody's case, and withholding it
//! would draw attention to every empty corner of a table. Its limit is group disclosure: where all of a group fall
//! into one column, the zeros beside it say so of each of them.
//!
//! **Complementary.** A withheld count could be worked out from totals and other tables, so more counts are withheld
//! until each withheld count, and each small count that is never printed but could be computed (a *derived* one),
//! is *protected*: among the whole numbers that agree with everything printed there are two values for it that lie
//! at least the threshold apart, and one that is no longer small. Agreeing means: every relation holds, derived
//! counts are 0 or more, withheld ones 1 or more (a reader knows that zeros are shown; seven withheld parts of a
//! printed total of 7 would all be 1).
//!
//! **The audit.** A linear program looks for the cheapest *move*: a change of counts that keeps every relation and
//! brings the count in question far enough, preferring counts that are withheld already, then few and small parts,
//! totals last (Kelly, Golden & Assad 1992; Cox 1980; Hundepool et al., *Statistical Disclosure Control*, 2012,
//! ch. 4; Salazar-González 2008). The counts it moves are withheld. The true table plus the move is then a second
//! table that a reader cannot tell from the true one, and it is checked in whole numbers, relation by relation:
//! the proof does not rest on the solver. In trees and in two-way tables the matrix is totally unimodular and the
//! program's corners are whole numbers; in linked tables they need not be, and then multiples and an integer program
//! are tried. Where all fails, everything that hangs together is withheld: then every multiple of the true table agrees.
//!
//! **What a reader may still do.** The rule is public. That primary counts are 1 to threshold − 1 is covered, since
//! nothing says which withheld counts are primary: each may be large. Running this very algorithm on every table
//! that agrees, to see for which it withholds the same counts, may rule some out; nothing here guards against that, nor
//! against someone who knows one of the withheld counts, such as their own case. `docs/suppression.md` says more.

mod complement; // which further counts are withheld
mod ledger; // the counts of a publication, and how they add up
mod movement; // a change of counts that a reader cannot see, checked exactly
mod program; // the cheapest move, by linear programming
mod scope; // where a program looks
mod system; // the ledger with equal counts made one
mod threshold; // below how many a count is small

pub use ledger::{CellId, Ledger, LedgerError};
pub use threshold::{Threshold, ThresholdError};

use complement::Search;
use system::System;

/// Which counts of a [`Ledger`] must not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    hides: Vec<bool>,
    count: usize,
}

impl Withheld {
    /// Whether the count must not be printed. Always true of derived counts, and of cells of another ledger:
    /// what was not audited as printed may not be printed.
    ///
    /// A share counts as printing its numerator and its denominator: print it only where neither is hidden.
    #[must_use]
    pub fn hides(&self, cell: CellId) -> bool {
        self.hides.get(cell.0).copied().unwrap_or(true)
    }

    /// How many published counts are withheld; derived ones are not counted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }
}

impl Ledger {
    /// Decides which counts are withheld. The same ledger always gets the same answer.
    ///
    /// A few thousand counts take in the order of a second. It always ends: each step withholds at least one count more
    /// or protects one, and where everything is withheld everything is protected.
    #[must_use]
    pub fn withhold(&self, threshold: Threshold) -> Withheld {
        let system = System::new(self);
        let hidden = Search::new(&system, threshold).run();
        let is_hidden = |cell: usize| hidden[system.count_of(cell)];
        let hides: Vec<bool> = (0..self.len()).map(|cell| self.is_derived(cell) || is_hidden(cell)).collect();
        let count = (0..self.len()).filter(|&cell| hides[cell] && !self.is_derived(cell)).count();
        Withheld { hides, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_total(parts: &[u64]) -> (Ledger, CellId, Vec<CellId>) {
        let mut ledger = Ledger::new();
        let cells: Vec<CellId> = parts.iter().map(|&part| ledger.publish(part)).collect();
        let total = ledger.publish(parts.iter().sum());
        ledger.adds_up(total, &cells).unwrap();
        (ledger, total, cells)
    }

    #[test]
    fn nothing_is_withheld_where_nothing_is_small() {
        let (ledger, ..) = one_total(&[5, 0, 80]);
        assert_eq!(ledger.withhold(Threshold::default()).count(), 0);
        assert_eq!(Ledger::new().withhold(Threshold::default()).count(), 0);
    }

    #[test]
    fn one_small_part_takes_the_smallest_other_part_with_it() {
        let (ledger, total, parts) = one_total(&[3, 60, 50, 0]);
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(parts[0]) && withheld.hides(parts[2]));
        assert!(!withheld.hides(parts[1]) && !withheld.hides(parts[3]) && !withheld.hides(total));
    }

    #[test]
    fn one_part_that_bears_it_alone_goes_rather_than_two_that_share_it() {
        let (ledger, _, parts) = one_total(&[1, 5, 50]);
        let withheld = ledger.withhold(Threshold::default());
        assert!(!withheld.hides(parts[1]) && withheld.hides(parts[2]));
    }

    #[test]
    fn small_parts_of_a_small_sum_take_the_total_or_a_large_part_with_them() {
        // Seven withheld ones would be worked out from the total: none can be 0.
        let (ledger, total, parts) = one_total(&[1; 7]);
        let withheld = ledger.withhold(Threshold::default());
        assert!(parts.iter().all(|&part| withheld.hides(part)) && withheld.hides(total));
    }

    #[test]
    fn a_preferred_count_is_printed_where_another_can_go() {
        let (mut ledger, total, parts) = one_total(&[3, 60, 50, 0]);
        ledger.prefer(parts[2]);
        ledger.prefer(parts[0]);
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(parts[0]) && withheld.hides(parts[1]), "small is small");
        assert!(!withheld.hides(parts[2]) && !withheld.hides(total));
    }

    #[test]
    fn a_small_part_beside_zeros_alone_is_its_total() {
        let (ledger, total, parts) = one_total(&[0, 4, 0]);
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(parts[1]) && withheld.hides(total));
        assert_eq!(withheld.count(), 2);
    }

    #[test]
    fn a_small_complement_that_is_never_printed_is_protected_too() {
        let mut ledger = Ledger::new();
        let (requested, refused) = (ledger.publish(40), ledger.publish(38));
        let not_refused = ledger.derive(2);
        ledger.adds_up(requested, &[refused, not_refused]).unwrap();
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(refused) && !withheld.hides(requested), "the part goes, the total stays");
        assert!(withheld.hides(not_refused), "what is derived is never printed");
        assert_eq!(withheld.count(), 1);
    }

    #[test]
    fn the_same_count_is_hidden_in_every_table() {
        let mut ledger = Ledger::new();
        let (here, there) = (ledger.publish(3), ledger.publish(3));
        ledger.same(here, there).unwrap();
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(here) && withheld.hides(there));
    }

    #[test]
    fn what_no_program_can_move_takes_all_around_it_along() {
        // Seventy times the same count: the total would have to move farther than the program looks.
        let mut ledger = Ledger::new();
        let (small, total, apart) = (ledger.publish(1), ledger.publish(70), ledger.publish(70));
        ledger.adds_up(total, &[small; 70]).unwrap();
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(small) && withheld.hides(total) && !withheld.hides(apart));
    }

    #[test]
    fn the_largest_counts_do_no_harm() {
        let mut ledger = Ledger::new();
        let (small, large, total) = (ledger.publish(1), ledger.publish(u64::MAX - 1), ledger.publish(u64::MAX));
        ledger.adds_up(total, &[small, large]).unwrap();
        let withheld = ledger.withhold(Threshold::default());
        assert!(withheld.hides(small) && withheld.hides(large) && !withheld.hides(total));
    }
}
