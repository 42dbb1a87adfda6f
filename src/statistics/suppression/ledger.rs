//! The counts of a publication, and what a reader knows of how they add up.
//!
//! It must never hold a relation that its counts do not meet: an audit of wrong sums proves nothing.

/// A count of a [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(super) usize);

/// Why a relation is refused. The ledger is unchanged then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The parts do not sum to the total.
    #[error("the parts sum to {parts}, the total is {total}")]
    DoesNotAddUp {
        /// The total as entered.
        total: u64,
        /// The sum of the parts.
        parts: u128,
    },
    /// Two counts that are said to be the same are not.
    #[error("{a} and {b} cannot be the same count")]
    Differs {
        /// One count.
        a: u64,
        /// The other.
        b: u64,
    },
    /// The cell belongs to another ledger.
    #[error("no such cell in this ledger")]
    UnknownCell,
}

/// Counts and what a reader knows of how they add up.
///
/// Everything that leaves together belongs in one ledger: what is in two is not protected from being compared.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    cells: Vec<Cell>,
    sums: Vec<Sum>,
    equal: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    value: u64,
    derived: bool,
    preferred: bool,
}

/// A total and its parts, by the cells' places in the ledger.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A count that would be published.
    pub fn publish(&mut self, value: u64) -> CellId {
        self.add(Cell { value, derived: false, preferred: false })
    }

    /// A count that is never printed but that a reader could compute from published ones: a difference, a
    /// complement ("those not refused", "those that left between two times"). A small one is protected as well.
    pub fn derive(&mut self, value: u64) -> CellId {
        self.add(Cell { value, derived: true, preferred: false })
    }

    /// Prefers to print a count: others go first, where they will do as well. A small one is withheld all the same.
    pub fn prefer(&mut self, cell: CellId) {
        if let Some(cell) = self.cells.get_mut(cell.0) {
            cell.preferred = true;
        }
    }

    /// The total is the sum of the parts, and a reader knows it.
    ///
    /// # Errors
    /// When it is not, or when a cell is of another ledger.
    pub fn adds_up(&mut self, total: CellId, parts: &[CellId]) -> Result<(), LedgerError> {
        let mut sum = 0_u128;
        for &part in parts {
            sum += u128::from(self.value_of(part)?);
        }
        let value = self.value_of(total)?;
        if u128::from(value) != sum {
            return Err(LedgerError::DoesNotAddUp { total: value, parts: sum });
        }
        self.sums.push(Sum { total: total.0, parts: parts.iter().map(|part| part.0).collect() });
        Ok(())
    }

    /// Both are one count, in two tables, and a reader knows it.
    ///
    /// # Errors
    /// When their values differ, or when a cell is of another ledger.
    pub fn same(&mut self, a: CellId, b: CellId) -> Result<(), LedgerError> {
        let values = (self.value_of(a)?, self.value_of(b)?);
        if values.0 != values.1 {
            return Err(LedgerError::Differs { a: values.0, b: values.1 });
        }
        self.equal.push((a.0, b.0));
        Ok(())
    }

    fn add(&mut self, cell: Cell) -> CellId {
        self.cells.push(cell);
        CellId(self.cells.len() - 1)
    }

    fn value_of(&self, cell: CellId) -> Result<u64, LedgerError> {
        self.cells.get(cell.0).map(|cell| cell.value).ok_or(LedgerError::UnknownCell)
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn value(&self, cell: usize) -> u64 {
        self.cells[cell].value
    }

    pub(super) fn is_preferred(&self, cell: usize) -> bool {
        self.cells[cell].preferred
    }

    pub(super) fn is_derived(&self, cell: usize) -> bool {
        self.cells[cell].derived
    }

    pub(super) fn sums(&self) -> &[Sum] {
        &self.sums
    }

    pub(super) fn equal(&self) -> &[(usize, usize)] {
        &self.equal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_do_not_hold_are_refused() {
        let mut ledger = Ledger::new();
        let (a, b, total) = (ledger.publish(u64::MAX), ledger.publish(2), ledger.publish(9));
        let parts = u128::from(u64::MAX) + 2;
        assert_eq!(ledger.adds_up(total, &[a, b]), Err(LedgerError::DoesNotAddUp { total: 9, parts }));
        assert_eq!(ledger.same(b, total), Err(LedgerError::Differs { a: 2, b: 9 }));
    }

    #[test]
    fn cells_of_another_ledger_are_refused() {
        let stranger = CellId(7);
        let mut ledger = Ledger::new();
        let total = ledger.publish(0);
        assert_eq!(ledger.adds_up(total, &[stranger]), Err(LedgerError::UnknownCell));
        assert_eq!(ledger.adds_up(stranger, &[]), Err(LedgerError::UnknownCell));
        assert_eq!(ledger.same(total, stranger), Err(LedgerError::UnknownCell));
    }
}
