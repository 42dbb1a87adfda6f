//! What is withheld cannot be worked out: readers who know all that is printed and how it adds up try to, by trying
//! every table of whole numbers and by linear programming. They are written apart from the engine.

#![allow(clippy::cast_precision_loss)] // counts of a few thousand

mod attack;
mod publication;

use aiqyn::statistics::{Ledger, Threshold};
use proptest::prelude::*;

use attack::{by_programming, by_trial};
use publication::{Publication, Tables, cube, hierarchy, linked, rates, row, seeded, table};

fn threshold(of: u64) -> Threshold {
    Threshold::new(of).unwrap()
}

/// Small counts, zeros among them, and now and then a larger one.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..5_u64, 2 => 5..12_u64, 1 => 12..40_u64]
}

fn grid(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<u64>>> {
    (rows, columns).prop_flat_map(|(rows, columns)| {
        prop::collection::vec(prop::collection::vec(count(), columns..=columns), rows..=rows)
    })
}

/// Any of the shapes that a publication is made of.
fn publications() -> impl Strategy<Value = Publication> {
    let two = (1..4_usize).prop_flat_map(|rows| (grid(rows..rows + 1, 2..4), grid(rows..rows + 1, 2..3)));
    let layers = (2..4_usize, 2..4_usize)
        .prop_flat_map(|(rows, columns)| prop::collection::vec(grid(rows..rows + 1, columns..columns + 1), 2..4));
    prop_oneof![
        layers.prop_map(|layers| cube(&layers)),
        prop::collection::vec(count(), 1..8).prop_map(|parts| row(&parts)),
        grid(2..5, 2..5).prop_map(|cells| table(&cells)),
        two.prop_map(|(left, right)| linked(&left, &right)),
        prop::collection::vec(prop::collection::vec(count(), 1..4), 1..4).prop_map(|regions| hierarchy(&regions)),
        prop::collection::vec((count(), count()), 1..5).prop_map(|groups| rates(&groups)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_trial_of_all_tables_tells_a_withheld_count(
        publication in publications(),
        of in prop::sample::select(vec![2, 3, 5, 10]),
    ) {
        let withheld = publication.withhold(of);
        prop_assert_eq!(by_trial(&publication, &withheld, of), Vec::<usize>::new());
    }

    #[test]
    fn no_small_count_is_ever_printed(publication in publications(), of in 2..12_u64) {
        let withheld = publication.withhold(of);
        for (cell, &value) in publication.values.iter().enumerate() {
            prop_assert!(value == 0 || value >= of || withheld[cell], "a {} is printed", value);
            prop_assert!(value > 0 || !withheld[cell] || publication.derived[cell], "a zero is withheld");
        }
    }

    #[test]
    fn nothing_is_withheld_where_nothing_is_small(cells in grid(1..5, 1..5)) {
        let large: Vec<Vec<u64>> = cells.iter().map(|row| row.iter().map(|&count| count * 5).collect()).collect();
        let publication = table(&large);
        prop_assert!(!publication.withhold(5).contains(&true));
    }

    #[test]
    fn the_same_publication_gets_the_same_answer(publication in publications()) {
        prop_assert_eq!(publication.withhold(5), publication.withhold(5));
    }
}

#[test]
fn both_attacks_find_what_only_primary_suppression_leaves() {
    // One small count in a row of a table with margins: its row's total tells it.
    let weak = table(&[vec![3, 20, 30], vec![40, 50, 60]]);
    let primary = weak.only_small(5);
    assert_eq!(by_trial(&weak, &primary, 5), [weak.cell(0, 0)]);
    assert_eq!(by_programming(&weak, &primary, 5), [weak.cell(0, 0)]);
}

#[test]
fn both_attacks_find_what_needs_several_sums_at_once() {
    // Two withheld in every row and column but one: no sum alone tells, the sum of the first two rows less the
    // sums of the first two columns does.
    let weak = table(&[vec![11, 12, 3, 30], vec![13, 14, 31, 32], vec![33, 34, 7, 8], vec![35, 36, 9, 10]]);
    let mut hidden = vec![false; weak.values.len()];
    for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 2), (2, 3), (3, 2), (3, 3)] {
        hidden[weak.cell(row, column)] = true;
    }
    assert!(by_trial(&weak, &hidden, 5).contains(&weak.cell(0, 2)));
    assert_eq!(by_programming(&weak, &hidden, 5), [weak.cell(0, 2)]);
}

#[test]
fn both_attacks_find_a_small_complement_that_is_never_printed() {
    let weak = rates(&[(38, 2), (20, 30)]);
    let nothing = vec![false; weak.values.len()];
    assert!(!by_trial(&weak, &nothing, 5).is_empty());
    assert!(!by_programming(&weak, &nothing, 5).is_empty());
}

#[test]
fn a_reader_who_knows_that_zeros_are_shown_gains_nothing() {
    let weak = row(&[1; 7]);
    assert_eq!(by_trial(&weak, &weak.only_small(5), 5).len(), 7, "7 withheld parts of 7");
    assert!(by_trial(&weak, &weak.withhold(5), 5).is_empty());
}

#[test]
fn larger_tables_withstand_linear_programming() {
    for seed in 0..6 {
        let publication = Tables { tables: 3, rows: 12, columns: 6, sparse: seed % 3 }.fill(seed);
        for of in [2, 5, 10] {
            let withheld = publication.withhold(of);
            assert_eq!(by_programming(&publication, &withheld, of), Vec::<usize>::new(), "seed {seed}, {of}");
        }
    }
}

#[test]
fn primary_suppression_alone_leaves_much_to_find() {
    let publication = Tables { tables: 3, rows: 12, columns: 6, sparse: 0 }.fill(1);
    assert!(!by_programming(&publication, &publication.only_small(5), 5).is_empty());
}

#[test]
fn a_region_with_few_complaints_is_protected_across_all_tables() {
    let mut random = seeded(7);
    let mut cells = |_| vec![random(3), random(2), 20 + random(30), 10 + random(30)];
    let mut left: Vec<Vec<u64>> = (0..5).map(&mut cells).collect();
    left[2] = vec![1, 1, 1, 0];
    let right: Vec<Vec<u64>> = left.iter().map(|row| vec![row[0] + row[2], row[1] + row[3]]).collect();
    let publication = linked(&left, &right);
    let withheld = publication.withhold(5);
    assert!(by_trial(&publication, &withheld, 5).is_empty());
    assert!(by_programming(&publication, &withheld, 5).is_empty());
}

#[test]
fn an_annex_of_many_tables_is_decided_soon_and_keeps_most_of_its_figures() {
    // 25 tables of 20 rows and 6 columns that share their row totals: 3,171 counts. A minute is far more than it takes
    // (docs/suppression.md), and far less than a search that has lost its way.
    let started = std::time::Instant::now();
    let of = |hidden: Vec<bool>| hidden.into_iter().filter(|hidden| *hidden).count();
    for (sparse, most) in [(0, 2.1), (1, 1.7), (2, 1.25)] {
        let publication = Tables { tables: 25, rows: 20, columns: 6, sparse }.fill(3);
        let (small, all) = (of(publication.only_small(5)), of(publication.withhold(5)));
        assert!(all as f64 <= most * small as f64, "{all} withheld for {small} small ones");
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn an_empty_ledger_and_lone_counts_are_no_matter() {
    let mut ledger = Ledger::new();
    assert_eq!(ledger.withhold(threshold(5)).count(), 0);
    let (small, large) = (ledger.publish(4), ledger.publish(5));
    let withheld = ledger.withhold(threshold(5));
    assert!(withheld.hides(small) && !withheld.hides(large));
    assert_eq!(ledger.withhold(threshold(2)).count(), 0);
    assert_eq!(ledger.withhold(threshold(10)).count(), 2);
}
