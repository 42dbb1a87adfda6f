//! The part of the system that one program looks at. It must never let a count move that is in a relation outside it.

use super::system::System;

/// A count in more relations than this is not looked beyond in a near scope: it ties table to table.
const TIES_TABLES: usize = 4;

/// Relations, and the counts that are in no other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// Ascending.
    pub(super) relations: Vec<usize>,
    /// Ascending.
    pub(super) counts: Vec<usize>,
}

impl Scope {
    /// The relations of a count, and as many steps on as said, from relation to count to relation.
    pub(super) fn near(system: &System, target: usize, steps: usize) -> Self {
        let mut within = vec![false; system.relations.len()];
        let mut edge = system.counts[target].relations.clone();
        for _ in 0..=steps {
            edge.retain(|&relation| !std::mem::replace(&mut within[relation], true));
            let counts = edge.iter().flat_map(|&relation| &system.relations[relation].terms).map(|term| term.0);
            let narrow = counts.filter(|&count| system.counts[count].relations.len() <= TIES_TABLES);
            edge = narrow.flat_map(|count| system.counts[count].relations.iter().copied()).collect();
        }
        Self::of(system, target, |relation| within[relation])
    }

    /// All that hangs together with a count.
    pub(super) fn whole(system: &System, target: usize) -> Self {
        let component = system.counts[target].component;
        let first = |relation: usize| system.relations[relation].terms.first();
        Self::of(system, target, |relation| {
            first(relation).is_some_and(|term| system.counts[term.0].component == component)
        })
    }

    fn of(system: &System, target: usize, is_within: impl Fn(usize) -> bool) -> Self {
        let relations: Vec<usize> = (0..system.relations.len()).filter(|&relation| is_within(relation)).collect();
        let terms = relations.iter().flat_map(|&relation| &system.relations[relation].terms).map(|term| term.0);
        let mut counts: Vec<usize> = terms.chain([target]).collect();
        counts.sort_unstable();
        counts.dedup();
        counts.retain(|&count| system.counts[count].relations.iter().all(|&relation| is_within(relation)));
        Self { relations, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{CellId, Ledger};
    use super::*;

    /// Places of two regions, the regions, the country.
    fn tree() -> System {
        let mut ledger = Ledger::new();
        let cells: Vec<CellId> = [1, 2, 3, 4, 3, 7, 10].map(|value| ledger.publish(value)).into();
        ledger.adds_up(cells[4], &cells[..2]).unwrap();
        ledger.adds_up(cells[5], &cells[2..4]).unwrap();
        ledger.adds_up(cells[6], &cells[4..6]).unwrap();
        System::new(&ledger)
    }

    #[test]
    fn what_is_tied_to_the_outside_stays_as_it_is() {
        assert_eq!(Scope::near(&tree(), 0, 0), Scope { relations: vec![0], counts: vec![0, 1] });
        assert_eq!(Scope::near(&tree(), 0, 1), Scope { relations: vec![0, 2], counts: vec![0, 1, 4, 6] });
    }

    #[test]
    fn the_whole_is_reached_in_enough_steps() {
        assert_eq!(Scope::near(&tree(), 0, 2), Scope::whole(&tree(), 6));
    }
}
