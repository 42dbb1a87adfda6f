//! What must hold of every tally, whatever is counted.

use aiqyn::domain::case::Case;
use aiqyn::measures::delay::DelayMeasure;
use aiqyn::measures::delay_tally::DelayTally;
use aiqyn::measures::indicator::{Article, Indicator};
use aiqyn::measures::indicator_tally::IndicatorTally;
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::quality::RecordingMeasure;
use aiqyn::measures::quality_tally::QualityTally;
use aiqyn::measures::tally::Tally;
use aiqyn::measures::visit_tally::VisitTally;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{replay, walks::legal_walks};
use crate::told::{add, measured};

/// Every figure of these cases, counted in parts of a size which are then put together.
fn counted<'a>(cases: &'a [MeasuredCase<'a>], part: usize) -> Value {
    fn merged<'a, T: Tally + Default>(cases: &'a [MeasuredCase<'a>], part: usize) -> T {
        cases.chunks(part).fold(T::default(), |mut whole, cases| {
            let mut tally = T::default();
            add(&mut tally, cases);
            whole.merge(tally);
            whole
        })
    }
    serde_json::json!({
        "visits": merged::<VisitTally>(cases, part).figures(),
        "indicators": merged::<IndicatorTally>(cases, part).figures(),
        "quality": merged::<QualityTally>(cases, part).figures(),
    })
}

/// Every share in a tree of figures.
fn shares(value: &Value) -> Vec<(u64, u64)> {
    match value {
        Value::Object(fields) => match (fields.get("numerator"), fields.get("denominator")) {
            (Some(numerator), Some(denominator)) => {
                vec![(numerator.as_u64().unwrap(), denominator.as_u64().unwrap())]
            }
            _ => fields.values().flat_map(shares).collect(),
        },
        Value::Array(items) => items.iter().flat_map(shares).collect(),
        _ => Vec::new(),
    }
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let case = legal_walks(40).prop_map(|events| replay(events).unwrap());
    prop::collection::vec(case, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_same_cases_give_the_same_figures_in_any_order_and_any_parts(cases in cases(), part in 1usize..6) {
        let mut cases: Vec<_> = cases.iter().map(measured).collect();
        let as_told = counted(&cases, usize::MAX);
        cases.reverse();
        prop_assert_eq!(&as_told, &counted(&cases, part));
    }

    #[test]
    fn no_share_is_larger_than_the_whole(cases in cases()) {
        let cases: Vec<_> = cases.iter().map(measured).collect();
        let shares = shares(&counted(&cases, usize::MAX));
        prop_assert!(shares.len() > 60);
        prop_assert!(shares.iter().all(|(numerator, denominator)| numerator <= denominator), "{:?}", shares);
    }

    #[test]
    fn as_many_waits_are_contradictory_as_the_delays_leave_out(cases in cases()) {
        let cases: Vec<_> = cases.iter().map(measured).collect();
        let left_out: u64 = DelayMeasure::ALL.iter().map(|delay| {
            let mut tally = DelayTally::new(*delay);
            add(&mut tally, &cases);
            serde_json::to_value(tally.figures()).unwrap()["left_out"].as_u64().unwrap()
        }).sum();
        let mut quality = QualityTally::default();
        add(&mut quality, &cases);
        let figures = quality.figures();
        let row = figures.recording.iter().find(|row| row.measure == RecordingMeasure::ContradictoryWaits).unwrap();
        prop_assert_eq!(row.share.numerator, left_out.into());
    }
}

#[test]
fn the_indicators_stand_in_the_order_of_the_articles_and_every_article_has_some() {
    let articles: Vec<_> = Indicator::ALL.iter().map(|indicator| indicator.article()).collect();
    assert!(articles.is_sorted());
    assert!(Article::ALL.iter().all(|article| articles.contains(article)));
}

#[test]
fn what_is_not_known_is_sent_beside_the_share() {
    let figures = serde_json::to_value(IndicatorTally::default().figures()).unwrap();
    let first = &figures["indicators"][0];
    assert_eq!((&first["indicator"], &first["article"]), (&"registered_in_time".into(), &"2".into()));
    assert_eq!(
        (&first["share"]["denominator"], &first["share"]["share"], &first["unknown"]),
        (&0.into(), &Value::Null, &0.into())
    );
}
