//! What leaves the system: invented cases, released as for an analyst and as for the annex, and attacked.

mod attack;
mod told;

use aiqyn::measures::breakdown::Dimension;
use aiqyn::measures::delay::DelayMeasure;
use aiqyn::measures::disclosure::{Kept, KeptDetail, Released};
use aiqyn::measures::rate::RateMeasure;
use aiqyn::measures::statistics::{Figures, Statistics};
use aiqyn::statistics::suppression::Threshold;
use serde_json::Value;

use crate::attack::attacked;
use crate::told::{Cases, invented};

const FOR_ANALYSTS: Kept<'_> = Kept { delays: DelayMeasure::ALL, rates: RateMeasure::ALL, detail: KeptDetail::Counts };
const FOR_THE_ANNEX: Kept<'_> = Kept {
    delays: &[DelayMeasure::FilingToFirstResponse],
    rates: &[RateMeasure::Dismissed, RateMeasure::Prosecuted],
    detail: KeptDetail::Estimates,
};
const BREAKDOWNS: &[Dimension] = &[Dimension::Year, Dimension::Region, Dimension::Agency, Dimension::AgeBand];

fn released(cases: &Cases, dimensions: &[Dimension], kept: Kept<'_>) -> Released {
    let breakdowns: Vec<Statistics> = dimensions.iter().map(|by| cases.statistics(Some(*by))).collect();
    Released::of(&cases.statistics(None), &breakdowns, kept, Threshold::default()).unwrap()
}

/// Every number in the JSON of figures, with where it stands.
fn numbers(value: &Value, at: &str, found: &mut Vec<(String, f64)>) {
    match value {
        Value::Number(number) => found.push((at.to_owned(), number.as_f64().unwrap())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| numbers(item, &format!("{at}/{place}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, item)| numbers(item, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

/// Fields of the figures that are numbers but count nobody.
const NOT_COUNTS: &[&str] = &[
    "estimate",
    "lo",
    "hi",
    "se",
    "share",
    "days",
    "horizon_days",
    "shortest",
    "longest",
    "longest_open",
    "mean_of_ended",
    "reported_below",
    "chi_square",
    "degrees_of_freedom",
    "p",
    "expected",
];

fn assert_no_small_count(statistics: &Statistics) {
    let mut found = Vec::new();
    numbers(&serde_json::to_value(statistics).unwrap(), "", &mut found);
    assert!(found.len() > 50);
    for (at, number) in found {
        let field = at.rsplit('/').next().unwrap();
        let is_count = !NOT_COUNTS.contains(&field);
        assert!(!(is_count && number > 0.0 && number < 5.0), "{at} is {number}");
    }
}

#[test]
fn no_small_count_is_told_of_whichever_cases() {
    for (seed, size) in [(1, 12), (2, 40), (3, 90), (4, 200)] {
        let cases = invented(seed, size);
        for kept in [FOR_ANALYSTS, FOR_THE_ANNEX] {
            for by in BREAKDOWNS {
                let released = released(&cases, &[*by], kept);
                assert_no_small_count(released.whole());
                released.breakdowns().iter().for_each(assert_no_small_count);
            }
        }
    }
}

#[test]
fn all_breakdowns_of_a_report_are_held_against_each_other() {
    let cases = invented(6, 300);
    let released = released(&cases, BREAKDOWNS, FOR_THE_ANNEX);
    assert_eq!(released.breakdowns().len(), BREAKDOWNS.len());
    released.breakdowns().iter().for_each(assert_no_small_count);
    assert_eq!(released.whole().all.cases.shown(), Some(300));
}

#[test]
fn what_is_withheld_cannot_be_worked_out_by_linear_programming() {
    for (seed, size) in [(7, 60), (8, 150)] {
        let cases = invented(seed, size);
        for by in [Dimension::Year, Dimension::AgeBand] {
            let released = released(&cases, &[by], FOR_ANALYSTS);
            let statistics = &released.breakdowns()[0];
            let exposed = attacked(statistics, &cases.statistics(Some(by)));
            assert!(exposed.is_empty(), "{size} cases by {by}: {exposed:?}");
        }
    }
}

#[test]
fn the_attack_finds_what_primary_suppression_alone_leaves_open() {
    let cases = invented(8, 150);
    let truth = cases.statistics(Some(Dimension::Year));
    let mut weak = truth.clone();
    let hide = |figures: &mut Figures| {
        for row in &mut figures.delays {
            let delay = &mut row.figures;
            for count in [&mut delay.n, &mut delay.ended, &mut delay.ended_otherwise, &mut delay.lost, &mut delay.open]
            {
                if count.shown().is_some_and(|count| count > 0 && count < 5) {
                    *count = aiqyn::measures::count::Count::WITHHELD;
                }
            }
        }
    };
    weak.groups.iter_mut().for_each(|(_, figures)| hide(figures));
    hide(&mut weak.all);
    assert!(!attacked(&weak, &truth).is_empty());
}

#[test]
fn the_main_figures_are_told_where_they_are_large_enough() {
    for seed in 10..13 {
        let cases = invented(seed, 500);
        let truth = cases.statistics(None);
        let released = released(&cases, BREAKDOWNS, FOR_THE_ANNEX);
        for measure in [RateMeasure::Routed, RateMeasure::Dismissed, RateMeasure::Prosecuted] {
            let count = |figures: &Figures| figures.rate(measure).unwrap().of_all.numerator.shown();
            let known = count(&truth.all);
            // A few prosecutions that other tables divide further can be lost with their parts.
            if known.is_some_and(|count| count >= 20) {
                assert_eq!(count(&released.whole().all), known, "{measure}, seed {seed}");
            }
        }
    }
}
