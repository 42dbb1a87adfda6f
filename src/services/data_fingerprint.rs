//! A fingerprint of the data behind figures: whoever has the same data gets the same one, in whatever order they
//! are read. Nothing can be counted from it: identifiers of cases, which are random, are hashed in.

use sha2::{Digest, Sha256};

use crate::store::MeasuredRow;

/// The sum of the SHA-256 of each row, identifier and packed measures, as 256-bit numbers without carry beyond them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DataFingerprint([u8; 32]);

impl DataFingerprint {
    /// Takes a case in.
    pub(super) fn add(&mut self, row: &MeasuredRow<'_>) {
        let digest = Sha256::new().chain_update(row.id.0.as_bytes()).chain_update(row.packed).finalize();
        self.add_number(&digest.into());
    }

    /// Takes in what another one has.
    pub(super) fn merge(&mut self, other: Self) {
        self.add_number(&other.0);
    }

    /// Its 32 bytes.
    pub(super) fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// Adds a number, the least byte first.
    fn add_number(&mut self, number: &[u8; 32]) {
        let mut carried = false;
        for (sum, byte) in self.0.iter_mut().zip(number) {
            let (partly, over) = sum.overflowing_add(*byte);
            let (whole, over_again) = partly.overflowing_add(u8::from(carried));
            *sum = whole;
            carried = over || over_again;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_and_the_parts_are_no_matter() {
        let numbers: Vec<[u8; 32]> = (0..50u8).map(|n| Sha256::digest([n]).into()).collect();
        let sum = |numbers: &[[u8; 32]]| {
            let mut sum = DataFingerprint::default();
            numbers.iter().for_each(|number| sum.add_number(number));
            sum
        };
        let whole = sum(&numbers);
        let (some, others) = numbers.split_at(17);
        let mut parts = sum(others);
        parts.merge(sum(some));
        assert_eq!(parts, whole);
        assert_ne!(sum(others), whole);
    }

    #[test]
    fn a_sum_that_runs_over_begins_again() {
        let mut sum = DataFingerprint([255; 32]);
        let mut one = [0; 32];
        one[0] = 1;
        sum.add_number(&one);
        assert_eq!(sum.bytes(), [0; 32]);
    }
}
