//! Figures made fit to leave the system: small counts withheld, and whatever would give them away.
//!
//! A walk over the figures puts every count into one ledger, with all that a reader knows of how they add up:
//! within a table, between the tables, and from the groups of a breakdown to the whole. The ledger says which counts
//! are withheld (`statistics::suppression`); a second walk, the same as the first, takes them out, and with them the
//! estimates that rest on them. Nothing but this makes a [`Released`], and nothing else may be printed in a report.

use std::collections::BTreeMap;

use super::count::Count;
use super::figures::Share;
use super::statistics::{Figures, Statistics};
use crate::statistics::suppression::{CellId, Ledger, Threshold, Withheld};

mod walk; // which counts there are, and how they add up

/// Statistics in which small counts, and what would give them away, have been withheld.
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    /// The figures of all cases, without a breakdown.
    whole: Statistics,
    /// The same cases, broken down in several ways.
    breakdowns: Vec<Statistics>,
    threshold: Threshold,
}

impl Released {
    /// Withholds what is small in the figures of one set of cases: as a whole, and broken down in any number of ways.
    /// They are held against each other, as whoever reads one report reads all of its tables.
    #[must_use]
    pub fn of(mut whole: Statistics, mut breakdowns: Vec<Statistics>, threshold: Threshold) -> Self {
        let mut draft = Book::Draft(Draft::default());
        walk::statistics(&mut whole, &mut breakdowns, &mut draft);
        if let Book::Draft(draft) = draft {
            let withheld = draft.ledger.withhold(threshold);
            let mut fair = Book::Fair(Fair { withheld, cells: draft.cells.into_iter(), threshold });
            walk::statistics(&mut whole, &mut breakdowns, &mut fair);
        }
        Self { whole, breakdowns, threshold }
    }

    /// The figures of all cases.
    #[must_use]
    pub fn whole(&self) -> &Statistics {
        &self.whole
    }

    /// The figures of the same cases, broken down.
    #[must_use]
    pub fn breakdowns(&self) -> &[Statistics] {
        &self.breakdowns
    }

    /// Counts from 1 up to below this one are withheld.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }
}

/// The cells of one set of figures, by what they count.
type Cells = BTreeMap<String, CellId>;

/// What a walk writes into: first a draft that gathers the counts, then the fair copy in which they are taken out.
enum Book {
    Draft(Draft),
    Fair(Fair),
}

#[derive(Default)]
struct Draft {
    ledger: Ledger,
    cells: Vec<CellId>,
}

struct Fair {
    withheld: Withheld,
    cells: std::vec::IntoIter<CellId>,
    threshold: Threshold,
}
