//! A change of counts that a reader cannot see: the true table plus the change agrees with all that is printed.
//!
//! Everything is checked in whole numbers. It must never trust what a solver says: a move that does not hold
//! exactly is none.

use super::system::System;

/// The farthest that a corner of a program lies from whole numbers is tried to be mended by: sixths.
const MULTIPLES: i32 = 6;

/// How near a solver's number must be to a whole one to be read as it.
const NEAR: f64 = 1e-6;

/// Changes that keep every relation. Each count appears once, and none with 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move(Vec<(usize, i128)>);

impl Move {
    /// Reads a solver's changes as whole numbers, if need be as a small multiple of them.
    pub(super) fn read(system: &System, changes: &[(usize, f64)]) -> Option<Self> {
        let multiple = (1..=MULTIPLES).map(f64::from).find_map(|times| whole(changes, times))?;
        let changes = Self(multiple);
        changes.keeps_every_relation(system).then_some(changes)
    }

    /// Who moves by how much.
    pub(super) fn changes(&self) -> &[(usize, i128)] {
        &self.0
    }

    /// The move from the true table that leads to where this one leads from another.
    pub(super) fn after(&self, system: &System, other: &[i128]) -> Self {
        let mut changes: Vec<i128> =
            other.iter().zip(&system.counts).map(|(value, count)| value - i128::from(count.value)).collect();
        for &(count, change) in &self.0 {
            changes[count] += change;
        }
        Self(changes.into_iter().enumerate().filter(|change| change.1 != 0).collect())
    }

    /// Whether no count falls below its floor.
    pub(super) fn is_possible(&self, system: &System) -> bool {
        self.times(system, 1, 1) > 0
    }

    fn keeps_every_relation(&self, system: &System) -> bool {
        let mut sums = std::collections::BTreeMap::new();
        for &(count, change) in &self.0 {
            for &relation in &system.counts[count].relations {
                let terms = &system.relations[relation].terms;
                let Ok(place) = terms.binary_search_by_key(&count, |term| term.0) else { return false };
                *sums.entry(relation).or_insert(0) += i128::from(terms[place].1) * change;
            }
        }
        sums.values().all(|&sum| sum == 0)
    }

    /// How often it can be made, forwards (`sign` 1) or backwards (−1), before a count falls below its floor.
    fn times(&self, system: &System, sign: i128, at_most: i128) -> i128 {
        let falling = self.0.iter().map(|&(count, change)| (count, sign * change)).filter(|change| change.1 < 0);
        let room = |count: usize| i128::from(system.counts[count].value) - system.counts[count].floor();
        falling.map(|(count, change)| room(count) / -change).fold(at_most, i128::min)
    }
}

fn whole(changes: &[(usize, f64)], times: f64) -> Option<Vec<(usize, i128)>> {
    let mut read = Vec::with_capacity(changes.len());
    for &(count, change) in changes {
        let (multiple, nearest) = (change * times, (change * times).round());
        let is_whole = (multiple - nearest).abs() <= NEAR * times && nearest.abs() <= 1e9; // false of NaN
        if !is_whole {
            return None;
        }
        #[allow(clippy::cast_possible_truncation)] // a whole number of at most 1e9
        let nearest = nearest as i64;
        if nearest != 0 {
            read.push((count, i128::from(nearest)));
        }
    }
    Some(read)
}

/// How far each count has been seen to move while nothing that is printed changed.
pub(super) struct Reach(Vec<(i128, i128)>);

impl Reach {
    /// Every count where it truly is.
    pub(super) fn new(system: &System) -> Self {
        Self(system.counts.iter().map(|count| (i128::from(count.value), i128::from(count.value))).collect())
    }

    /// Takes in a move, as far as it can be made both ways. Only for a move of counts that a reader does not see.
    ///
    /// Beyond `enough` times it is not followed.
    pub(super) fn take_in(&mut self, system: &System, seen: &Move, enough: i128) {
        for sign in [1, -1] {
            let times = seen.times(system, sign, enough);
            for &(count, change) in seen.0.iter().filter(|_| times > 0) {
                let moved = i128::from(system.counts[count].value) + sign * times * change;
                let (low, high) = &mut self.0[count];
                *low = moved.min(*low);
                *high = moved.max(*high);
            }
        }
    }

    /// The least and the greatest value seen.
    pub(super) fn of(&self, count: usize) -> (i128, i128) {
        self.0[count]
    }
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Ledger;
    use super::*;

    /// 3 + 9 = 12.
    fn sum() -> System {
        let mut ledger = Ledger::new();
        let cells = [3, 9, 12].map(|value| ledger.publish(value));
        ledger.adds_up(cells[2], &cells[..2]).unwrap();
        System::new(&ledger)
    }

    #[test]
    fn a_move_that_breaks_a_sum_is_none() {
        assert!(Move::read(&sum(), &[(0, 2.0), (1, -1.0)]).is_none());
        assert!(Move::read(&sum(), &[(0, f64::NAN), (1, f64::NAN)]).is_none());
        assert!(Move::read(&sum(), &[(0, 1e30), (1, -1e30)]).is_none());
    }

    #[test]
    fn fractions_are_read_as_a_multiple() {
        let read = Move::read(&sum(), &[(0, 0.5), (1, -0.499_999_999_9)]).unwrap();
        assert_eq!(read, Move(vec![(0, 1), (1, -1)]));
    }

    #[test]
    fn a_move_is_followed_until_a_count_would_be_zero() {
        let system = sum();
        let mut reach = Reach::new(&system);
        let seen = Move::read(&system, &[(0, 3.0), (1, -3.0)]).unwrap();
        reach.take_in(&system, &seen, 5);
        assert_eq!(reach.of(0), (3, 9));
        assert_eq!(reach.of(1), (3, 9));
        assert_eq!(reach.of(2), (12, 12));
    }
}
