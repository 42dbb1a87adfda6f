//! The counts as they are entered, page by page, and taken out again in the same order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::super::count::Count;
use super::super::figures::Share;
use crate::statistics::suppression::{CellId, Ledger, LedgerError, Threshold, Withheld};

/// The counts of one set of figures, by what they count.
pub(super) type Cells = BTreeMap<String, CellId>;

/// What a walk writes into: first a draft that gathers the counts, then the fair copy in which small ones are gone.
pub(super) enum Book {
    Draft { ledger: Ledger, cells: Vec<(CellId, u64)> },
    Fair { withheld: Withheld, cells: std::vec::IntoIter<(CellId, u64)>, threshold: Threshold },
}

impl Book {
    pub fn draft() -> Self {
        Self::Draft { ledger: Ledger::new(), cells: Vec::new() }
    }

    /// Decides what is withheld, and opens the fair copy.
    pub fn fair(self, threshold: Threshold) -> Self {
        match self {
            Self::Draft { ledger, cells } => {
                Self::Fair { withheld: ledger.withhold(threshold), cells: cells.into_iter(), threshold }
            }
            fair @ Self::Fair { .. } => fair,
        }
    }

    /// Enters a count, or takes it out where it is withheld.
    fn count(&mut self, count: &mut Count) -> Result<(CellId, u64), LedgerError> {
        match self {
            Self::Draft { ledger, cells } => {
                let value = count.shown().unwrap_or(0);
                let cell = ledger.publish(value);
                cells.push((cell, value));
                Ok((cell, value))
            }
            Self::Fair { withheld, cells, .. } => {
                let (cell, value) = cells.next().ok_or(LedgerError::UnknownCell)?;
                if withheld.hides(cell) {
                    *count = Count::WITHHELD;
                }
                Ok((cell, value))
            }
        }
    }

    /// The groups of a breakdown make up the whole, in everything that they have.
    pub fn groups_add_up(&mut self, whole: &Cells, groups: &[Cells]) -> Result<(), LedgerError> {
        let Self::Draft { ledger, .. } = self else { return Ok(()) };
        let Some(first) = groups.first() else { return Ok(()) };
        for key in first.keys() {
            let parts: Vec<CellId> = groups.iter().filter_map(|group| group.get(key).copied()).collect();
            let total = whole.get(key).copied().ok_or(LedgerError::UnknownCell)?;
            ledger.adds_up(total, &parts)?;
        }
        Ok(())
    }
}

/// The counts of one set of figures while they are entered.
pub(super) struct Page<'b> {
    book: &'b mut Book,
    cells: Cells,
    values: BTreeMap<CellId, u64>,
}

impl<'b> Page<'b> {
    pub fn of(book: &'b mut Book) -> Self {
        Self { book, cells: Cells::new(), values: BTreeMap::new() }
    }

    /// What has been entered.
    pub fn close(self) -> Cells {
        self.cells
    }

    /// Enters a count under a name, which no other count of the page has.
    pub fn count(&mut self, name: impl Into<String>, count: &mut Count) -> Result<CellId, LedgerError> {
        let (cell, value) = self.book.count(count)?;
        self.values.insert(cell, value);
        self.cells.insert(name.into(), cell);
        Ok(cell)
    }

    /// The counts by name, so far.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The count of a name, where the page has it.
    pub fn get(&self, name: &str) -> Option<CellId> {
        self.cells.get(name).copied()
    }

    /// Enters a share: numerator and denominator, and the complement, which a reader can work out. Where one of them
    /// is withheld, so are the share and its limits.
    pub fn share(&mut self, name: &str, share: &mut Share) -> Result<SharedCells, LedgerError> {
        let numerator = self.count(format!("{name}.numerator"), &mut share.numerator)?;
        let denominator = self.count(format!("{name}.denominator"), &mut share.denominator)?;
        self.part_of(numerator, denominator)?;
        if share.numerator.shown().is_none() || share.denominator.shown().is_none() {
            (share.share, share.lo, share.hi) = (None, None, None);
        }
        Ok(SharedCells { numerator, denominator })
    }

    /// One count is a part of another: a reader can work out the rest.
    pub fn part_of(&mut self, part: CellId, total: CellId) -> Result<(), LedgerError> {
        let (part_value, total_value) = (self.value_of(part)?, self.value_of(total)?);
        let Book::Draft { ledger, .. } = &mut *self.book else { return Ok(()) };
        let mismatch = LedgerError::DoesNotAddUp { total: total_value, parts: part_value.into() };
        let rest = ledger.derive(total_value.checked_sub(part_value).ok_or(mismatch)?);
        ledger.adds_up(total, &[part, rest])
    }

    /// A count is the sum of others.
    pub fn adds_up(&mut self, total: CellId, parts: &[CellId]) -> Result<(), LedgerError> {
        let Book::Draft { ledger, .. } = &mut *self.book else { return Ok(()) };
        ledger.adds_up(total, parts)
    }

    /// One count is the other, or the smaller is a part of the larger.
    pub fn tie(&mut self, a: CellId, b: CellId) -> Result<(), LedgerError> {
        match self.value_of(a)?.cmp(&self.value_of(b)?) {
            Ordering::Equal => self.same(a, b),
            Ordering::Less => self.part_of(a, b),
            Ordering::Greater => self.part_of(b, a),
        }
    }

    /// Two sums are one, or the smaller is a part of the larger.
    pub fn tie_sums(&mut self, left: &[CellId], right: &[CellId]) -> Result<(), LedgerError> {
        let (left, right) = (self.total(left)?, self.total(right)?);
        self.tie(left, right)
    }

    /// The cell of a sum.
    fn total(&mut self, parts: &[CellId]) -> Result<CellId, LedgerError> {
        if let [only] = parts {
            return Ok(*only);
        }
        let sum = parts.iter().map(|part| self.value_of(*part)).sum::<Result<u64, _>>()?;
        let Book::Draft { ledger, .. } = &mut *self.book else {
            return parts.first().copied().ok_or(LedgerError::UnknownCell);
        };
        let total = ledger.derive(sum);
        ledger.adds_up(total, parts)?;
        self.values.insert(total, sum);
        Ok(total)
    }

    fn value_of(&self, cell: CellId) -> Result<u64, LedgerError> {
        self.values.get(&cell).copied().ok_or(LedgerError::UnknownCell)
    }

    /// Two counts are one.
    pub fn same(&mut self, a: CellId, b: CellId) -> Result<(), LedgerError> {
        let Book::Draft { ledger, .. } = &mut *self.book else { return Ok(()) };
        ledger.same(a, b)
    }

    /// Prefers to print these counts, where the page has them.
    pub fn prefer(&mut self, names: &[&str]) {
        let Book::Draft { ledger, .. } = &mut *self.book else { return };
        names.iter().filter_map(|name| self.cells.get(*name)).for_each(|cell| ledger.prefer(*cell));
    }

    /// The same for counts by name, where the page has both.
    pub fn same_named(&mut self, a: &str, b: &str) -> Result<(), LedgerError> {
        match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => self.same(a, b),
            _ => Ok(()),
        }
    }

    /// The threshold, in the fair copy.
    pub fn threshold(&self) -> Option<u64> {
        match &*self.book {
            Book::Draft { .. } => None,
            Book::Fair { threshold, .. } => Some(threshold.get()),
        }
    }
}

/// The counts of a share.
#[derive(Clone, Copy)]
pub(super) struct SharedCells {
    pub numerator: CellId,
    pub denominator: CellId,
}
