//! The ledger as equations: equal cells made one count, printed zeros left out, each relation once.
//!
//! It must never drop a relation that ties two counts together.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::{Ledger, Sum};

/// The counts and relations of a ledger, in the order of its cells.
pub(super) struct System {
    pub(super) counts: Vec<Count>,
    pub(super) relations: Vec<Relation>,
    count_of: Vec<usize>,
}

/// One count, in however many tables it stands.
pub(super) struct Count {
    pub(super) value: u64,
    /// Whether it stands anywhere but as a derived cell.
    pub(super) printed: bool,
    /// Whether it should rather be printed than others.
    pub(super) preferred: bool,
    /// Whether it is the total of some sum.
    pub(super) is_total: bool,
    /// The relations that it is in.
    pub(super) relations: Vec<usize>,
    /// Counts that relations tie together, however far apart, have one number.
    pub(super) component: usize,
}

impl Count {
    /// The least that a reader must allow it once it is not printed: printed zeros are shown.
    pub(super) fn floor(&self) -> i128 {
        i128::from(self.printed)
    }

    /// Whether a reader knows it whatever is withheld, and knows it to be 0.
    fn is_shown_zero(&self) -> bool {
        self.printed && self.value == 0
    }
}

/// Counts with coefficients: the weighted sum is 0.
pub(super) struct Relation {
    pub(super) terms: Vec<(usize, i64)>,
}

impl System {
    pub(super) fn new(ledger: &Ledger) -> Self {
        let (count_of, counts) = merge(ledger);
        let mut system = Self { counts, relations: Vec::new(), count_of };
        let mut seen = BTreeSet::new();
        for sum in ledger.sums() {
            let total = system.count_of[sum.total];
            system.counts[total].is_total |= sum.parts.len() > 1;
            let terms = system.terms(sum);
            if !terms.is_empty() && seen.insert(terms.clone()) {
                system.relate(terms);
            }
        }
        system.number_components();
        system
    }

    /// Which count a cell of the ledger shows.
    pub(super) fn count_of(&self, cell: usize) -> usize {
        self.count_of[cell]
    }

    fn terms(&self, sum: &Sum) -> Vec<(usize, i64)> {
        let mut terms = BTreeMap::new();
        for &part in &sum.parts {
            *terms.entry(self.count_of[part]).or_insert(0) += 1;
        }
        *terms.entry(self.count_of[sum.total]).or_insert(0) -= 1;
        terms.retain(|&count, coefficient| *coefficient != 0 && !self.counts[count].is_shown_zero());
        terms.into_iter().collect()
    }

    fn relate(&mut self, terms: Vec<(usize, i64)>) {
        for &(count, _) in &terms {
            self.counts[count].relations.push(self.relations.len());
        }
        self.relations.push(Relation { terms });
    }

    fn number_components(&mut self) {
        let mut numbered = vec![false; self.counts.len()];
        for first in 0..self.counts.len() {
            let mut next = vec![first];
            while let Some(count) = next.pop() {
                if std::mem::replace(&mut numbered[count], true) {
                    continue;
                }
                self.counts[count].component = first;
                for &relation in &self.counts[count].relations {
                    next.extend(self.relations[relation].terms.iter().map(|term| term.0));
                }
            }
        }
    }
}

/// Makes equal cells one count; counts are numbered by their first cell.
fn merge(ledger: &Ledger) -> (Vec<usize>, Vec<Count>) {
    let mut leader: Vec<usize> = (0..ledger.len()).collect();
    for &(a, b) in ledger.equal() {
        let (a, b) = (first(&leader, a), first(&leader, b));
        leader[a.max(b)] = a.min(b);
    }
    let mut count_of: Vec<usize> = Vec::with_capacity(ledger.len());
    let mut counts: Vec<Count> = Vec::new();
    for cell in 0..ledger.len() {
        let leading = first(&leader, cell);
        let count = if leading == cell {
            let value = ledger.value(cell);
            let (relations, component) = (Vec::new(), 0);
            let count = Count { value, printed: false, preferred: false, is_total: false, relations, component };
            counts.push(count);
            counts.len() - 1
        } else {
            count_of[leading] // a leader comes before its followers
        };
        counts[count].printed |= !ledger.is_derived(cell);
        counts[count].preferred |= ledger.is_preferred(cell);
        count_of.push(count);
    }
    (count_of, counts)
}

fn first(leader: &[usize], mut cell: usize) -> usize {
    while leader[cell] != cell {
        cell = leader[cell];
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_cells_become_one_printed_count() {
        let mut ledger = Ledger::new();
        let cells = [ledger.derive(3), ledger.derive(8), ledger.publish(3), ledger.derive(3)];
        ledger.same(cells[3], cells[2]).unwrap();
        ledger.same(cells[2], cells[0]).unwrap();
        let system = System::new(&ledger);
        assert_eq!((0..4).map(|cell| system.count_of(cell)).collect::<Vec<_>>(), [0, 1, 0, 0]);
        assert_eq!(system.counts.iter().map(|count| count.printed).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_relation_that_says_nothing_new_is_kept_once() {
        let mut ledger = Ledger::new();
        let (a, zero, unseen) = (ledger.publish(6), ledger.publish(0), ledger.derive(0));
        ledger.adds_up(a, &[a, zero]).unwrap(); // cancels out
        ledger.adds_up(a, &[a, unseen]).unwrap(); // a derived zero is not shown
        ledger.adds_up(a, &[unseen, a]).unwrap();
        let system = System::new(&ledger);
        assert_eq!(system.relations.len(), 1);
        assert_eq!(system.relations[0].terms, [(2, 1)]);
    }

    #[test]
    fn what_relations_tie_together_has_one_number() {
        let mut ledger = Ledger::new();
        let cells = [5, 3, 2, 9, 2].map(|value| ledger.publish(value));
        ledger.adds_up(cells[0], &[cells[1], cells[2]]).unwrap();
        ledger.same(cells[2], cells[4]).unwrap();
        let system = System::new(&ledger);
        assert_eq!(system.counts.iter().map(|count| count.component).collect::<Vec<_>>(), [0, 0, 0, 3]);
    }
}
