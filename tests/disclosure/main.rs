//! What leaves the system: the figures of invented cases, released and attacked.

mod attack;
mod cells;
mod reader;
mod told;

use std::sync::{Arc, LazyLock};

use aiqyn::measures::count::Count;
use aiqyn::measures::disclosure::{BREAKDOWNS, Released};
use aiqyn::measures::rate::RateMeasure;
use aiqyn::measures::statistics::{Figures, Statistics};
use aiqyn::statistics::suppression::Threshold;

use crate::attack::Attack;
use crate::cells::cells;
use crate::reader::Reader;
use crate::told::invented;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::of(&invented(1, 4000).one_by_one()));

/// Figures as they are, and as they leave the system.
struct Publication {
    whole: Statistics,
    breakdowns: Vec<Arc<Statistics>>,
    released: Released,
}

impl Publication {
    fn of(seed: u64, cases: usize) -> Self {
        let cases = invented(seed, cases);
        let whole = cases.statistics(None);
        let breakdowns: Vec<_> = BREAKDOWNS.iter().map(|by| Arc::new(cases.statistics(Some(*by)))).collect();
        let released = Released::of(&whole, &breakdowns, Threshold::default()).unwrap();
        Self { whole, breakdowns, released }
    }

    fn attack(&self) -> Attack<'static> {
        Attack::on(&READER, &self.released, &self.whole, &self.breakdowns)
    }
}

#[test]
fn no_small_count_is_told_of_whichever_cases() {
    let is_small = |count: &Option<u64>| count.is_some_and(|count| count > 0 && count < 5);
    for (seed, size) in [(1, 12), (2, 40), (3, 90), (4, 200), (5, 1000)] {
        let released = Publication::of(seed, size).released;
        let groups = released.breakdowns().iter().flat_map(|statistics| &statistics.groups).map(|(_, figures)| figures);
        for figures in [&released.whole().all].into_iter().chain(groups) {
            for (name, count) in cells(figures) {
                assert!(!is_small(&count), "{name} is {count:?} of {size} cases");
            }
        }
    }
}

#[test]
fn what_is_withheld_cannot_be_worked_out_by_linear_programming() {
    for (seed, size) in [(1, 12), (2, 40), (3, 90), (8, 150), (9, 300), (10, 500), (11, 500), (7, 600), (6, 2000)] {
        let (exposed, withheld) = Publication::of(seed, size).attack().exposed();
        assert!(exposed.is_empty(), "{} of {withheld} in {size} cases of telling {seed}: {exposed:#?}", exposed.len());
        assert!(withheld > 20);
    }
}

#[test]
fn the_attack_finds_what_withholding_small_counts_alone_leaves_open() {
    for (seed, size) in [(8, 150), (10, 500)] {
        let (exposed, withheld) = Publication::of(seed, size).attack().with_small_counts_alone_withheld().exposed();
        assert!(exposed.len() > 10, "{} of {withheld}", exposed.len());
    }
}

#[test]
fn the_main_figures_are_told_where_they_are_large_enough() {
    for (seed, size) in [(7, 600), (10, 500), (11, 500), (12, 500), (13, 1500)] {
        let Publication { whole, released, .. } = Publication::of(seed, size);
        let count = |figures: &Figures, measure| figures.rate(measure).unwrap().of_all.numerator;
        for measure in [RateMeasure::Routed, RateMeasure::Dismissed, RateMeasure::Prosecuted] {
            let known = count(&whole.all, measure);
            let expected = if known.shown().is_some_and(|count| count >= 5) { known } else { Count::WITHHELD };
            assert_eq!(count(&released.whole().all, measure), expected, "{measure}, telling {seed}");
        }
        assert_eq!(released.whole().all.cases, whole.all.cases);
    }
}

#[test]
fn every_breakdown_stands_beside_the_same_whole() {
    let released = Publication::of(6, 300).released;
    for (by, statistics) in BREAKDOWNS.iter().zip(released.breakdowns()) {
        assert_eq!((statistics.by, &statistics.all), (Some(*by), &released.whole().all));
        assert_eq!(released.by(*by), Some(statistics));
    }
}

#[test]
fn estimates_are_no_finer_than_they_are_printed() {
    let released = Publication::of(5, 1000).released;
    let delays: Vec<_> = released.whole().all.delays.iter().map(|row| &row.figures).collect();
    let waits: Vec<f64> = delays.iter().filter_map(|delay| delay.restricted_mean.estimate).collect();
    let shares: Vec<f64> = delays.iter().flat_map(|delay| &delay.curve.points).map(|point| point.estimate).collect();
    assert!(waits.len() > 5 && shares.len() > 50, "{} {}", waits.len(), shares.len());
    let is_told_to_the_hundredth = |value: &f64| ((value * 100.0).round() / 100.0 - value).abs() < 1e-9;
    assert!(waits.iter().chain(&shares).all(is_told_to_the_hundredth), "{waits:?} {shares:?}");
}
