//! Gray's test: do groups end in one particular way equally often and equally soon, when several endings compete?
//!
//! Gray (1988), Annals of Statistics 16:1141, with ρ = 0, in the computational form of R's `cmprsk`. The log-rank
//! test of one ending compares its hazard among those who still wait; this compares the cumulative incidence.
//!
//! At a time t with `d1` endings of the kind asked for and `d2` of the others, and for each group g: `n` at risk,
//! `S` the Kaplan–Meier curve of any ending, `F` the cumulative incidence, both just before t;
//! `R = n (1 - F)/S` stands for those who have not ended in this way, among whom those who ended otherwise still are.
//! The score of a group is `Σ (d1_g - d1 R_g/ΣR)`, summed over t.
//!
//! The endings of the kind and the others vary independently, under the pooled incidence `F0 = Σ d1/Σr` with
//! `r = n/S`. With `w_ig = r_i (1[i=g] - r_g/Σr)`, its sum `c_ig = Σ w_ig d1/(Σr (1 - F0))` up to t, `C` the same at
//! the end, `S'` the curve after t and `q = (1 - F0)/S'`, F0 after t, the variance adds up over t and g from
//!
//! ```text
//! endings of the kind  weights w_ig + (1 - q) (C_ig - c_ig)   variance d1 S/(Σr n), corrected for ties
//! the other endings    weights           - q  (C_ig - c_ig)   variance d2_g S²/n²,  corrected for ties
//! ```
//!
//! C is known only at the end, so its products are gathered on the way and joined there: one pass,
//! O(m k³) for m distinct times and k groups.

mod sums; // what one test gathers on the way
mod waiting; // what all tests have in common

use std::num::NonZeroU32;

use self::sums::Sums;
use self::waiting::Waiting;
use super::event_table::{Endpoint, EventTable};
use super::joint_times::JointTimes;

/// What the test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrayTest {
    /// The statistic; `None` where the groups cannot all be compared: fewer than two, nobody ended in this way, or
    /// a group in which nobody was at risk when somebody did.
    pub chi2: Option<f64>,
    /// Degrees of freedom: the number of groups that have rows, less one.
    pub df: usize,
    /// The p-value; `None` with `chi2`.
    pub p: Option<f64>,
}

/// Why the test cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrayError {
    /// The test reckons with those who ended otherwise as if they were still waiting, which is defined only where
    /// everybody is watched from the origin on.
    #[error("Gray's test is not defined with delayed entry")]
    DelayedEntry,
}

/// Gray's test between groups for one ending. A group without rows has no part in it.
///
/// # Errors
/// When a wait came under observation late.
pub fn gray_test(groups: &[&EventTable], ending: NonZeroU32) -> Result<GrayTest, GrayError> {
    let groups = groups_with_rows(groups)?;
    let mut sums = [Sums::new(groups.len())];
    add_times(&mut sums, &groups, &[Endpoint::Ending(ending)]);
    let [sums] = sums;
    Ok(sums.test())
}

/// Gray's tests for several endings, in their order, by one walk over the tables.
///
/// # Errors
/// When a wait came under observation late.
pub fn gray_tests(groups: &[&EventTable], endings: &[NonZeroU32]) -> Result<Vec<GrayTest>, GrayError> {
    let groups = groups_with_rows(groups)?;
    let kinds: Vec<Endpoint> = endings.iter().copied().map(Endpoint::Ending).collect();
    let mut sums: Vec<Sums> = kinds.iter().map(|_| Sums::new(groups.len())).collect();
    add_times(&mut sums, &groups, &kinds);
    Ok(sums.into_iter().map(Sums::test).collect())
}

fn groups_with_rows<'table>(groups: &[&'table EventTable]) -> Result<Vec<&'table EventTable>, GrayError> {
    if groups.iter().any(|table| !table.entries().is_empty()) {
        return Err(GrayError::DelayedEntry);
    }
    Ok(groups.iter().copied().filter(|table| !table.is_empty()).collect())
}

/// Adds all times to the sums of each kind.
fn add_times(sums: &mut [Sums], groups: &[&EventTable], kinds: &[Endpoint]) {
    let mut waiting = Waiting::new(groups.len());
    let mut walk = JointTimes::new(groups, kinds);
    while let Some(at_time) = walk.next() {
        waiting.advance(&at_time.groups);
        for (kind, sums) in sums.iter_mut().enumerate() {
            sums.add_time(&waiting, &at_time.groups, at_time.events(kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::{Ending, Observation};
    use super::*;

    fn table(rows: &[(f64, u32)]) -> EventTable {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        EventTable::new(&rows)
    }

    fn first() -> NonZeroU32 {
        NonZeroU32::MIN
    }

    #[test]
    fn alike_groups_do_not_differ() {
        let a = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 0)]);
        let test = gray_test(&[&a, &a], first()).unwrap();
        assert!(test.chi2.unwrap().abs() < 1e-20);
        assert_eq!(test.df, 1);
    }

    #[test]
    fn a_group_without_rows_has_no_part_in_it() {
        let a = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 0)]);
        let b = table(&[(1.0, 2), (2.0, 2), (3.0, 1), (5.0, 1)]);
        let with = gray_test(&[&a, &table(&[]), &b], first());
        assert_eq!(with, gray_test(&[&a, &b], first()));
    }

    #[test]
    fn nothing_to_compare_is_not_a_result() {
        let (a, open) = (table(&[(1.0, 1), (2.0, 0)]), table(&[(1.0, 0)]));
        for groups in [vec![], vec![&a], vec![&open, &open]] {
            assert_eq!(gray_test(&groups, first()).unwrap().chi2, None);
        }
    }

    #[test]
    fn several_endings_at_once_are_each_alone() {
        let a = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 0)]);
        let b = table(&[(1.0, 2), (2.0, 2), (3.0, 1), (5.0, 1)]);
        let endings = [1, 2, 3].map(|ending| NonZeroU32::new(ending).unwrap());
        let alone = endings.map(|ending| gray_test(&[&a, &b], ending).unwrap());
        assert_eq!(gray_tests(&[&a, &b], &endings).unwrap(), alone);
    }

    #[test]
    fn more_groups_than_a_processor_takes_at_a_time_are_all_compared() {
        let groups: Vec<_> = (0..7_u32)
            .map(|g| table(&(0..40).map(|t| (f64::from(t + t * g % 5), (t * 3 + g) % 3)).collect::<Vec<_>>()))
            .collect();
        let forth: Vec<_> = groups.iter().collect();
        let back: Vec<_> = groups.iter().rev().collect();
        let [forth, back] = [forth, back].map(|groups| gray_test(&groups, first()).unwrap());
        assert_eq!((forth.df, back.df), (6, 6));
        assert!((forth.chi2.unwrap() - back.chi2.unwrap()).abs() < 1e-9, "{forth:?} is not {back:?}");
    }

    #[test]
    fn delayed_entry_is_refused() {
        let late = Observation::entering_late(1.0, 2.0, Ending::from_outcome(1)).unwrap();
        let late = EventTable::new(&[late]);
        assert_eq!(gray_test(&[&late, &late], first()), Err(GrayError::DelayedEntry));
    }
}
