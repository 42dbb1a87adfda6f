//! The figures of a delay.

use aiqyn::domain::case::Case;
use aiqyn::measures::delay::DelayMeasure::{self, *};
use aiqyn::measures::delay_figures::{DelayFigures, MedianBounds};
use aiqyn::measures::delay_tally::DelayTally;

use crate::support::{CaseInWords, case, filed};
use crate::told::{add, measured};

fn figures(delay: DelayMeasure, cases: &[Case]) -> DelayFigures {
    let mut tally = DelayTally::new(delay);
    let measured: Vec<_> = cases.iter().map(measured).collect();
    add(&mut tally, &measured);
    tally.figures()
}

/// Filed on the first of March, routed on this day of it, or watched until the end of June.
fn routed(on: Option<&str>) -> Case {
    on.map_or_else(|| filed("2024-03-01"), |on| filed("2024-03-01").then("route", on))
}

#[test]
fn the_plain_mean_of_what_has_ended_stands_beside_the_mean_that_does_not_forget_the_open() {
    let cases = [routed(Some("2024-03-03")), routed(Some("2024-03-05")), routed(None), routed(None)];
    let figures = figures(FilingToRouting, &cases);
    assert_eq!(figures.mean_of_ended, Some(3.0));
    // Half wait on: (2 + 4 + 365 + 365) / 4, carried on past the 121 days that they were seen.
    let mean = figures.restricted_mean;
    assert_eq!((mean.horizon_days, mean.estimate, mean.carried_on), (365, Some(184.0), true));
    assert!(mean.lo < mean.estimate && mean.estimate < mean.hi && mean.hi <= Some(365.0));
}

#[test]
fn there_is_no_mean_of_nothing() {
    let figures = figures(FilingToRouting, &[routed(None)]);
    assert_eq!((figures.mean_of_ended, figures.restricted_mean.estimate), (None, Some(365.0)));
    let nothing = self::figures(FilingToRouting, &[]);
    assert_eq!((nothing.n, nothing.restricted_mean.estimate, nothing.curve.points.len()), (0.into(), None, 0));
}

#[test]
fn a_median_that_hangs_on_months_is_given_with_its_bounds() {
    let to_the_day = [routed(Some("2024-03-03")), routed(Some("2024-03-05")), routed(Some("2024-03-11"))];
    assert_eq!(figures(FilingToRouting, &to_the_day).median_bounds, None);
    let [first, _, last] = to_the_day;
    let figures = figures(FilingToRouting, &[first, routed(Some("2024-03")), last]);
    // Some time in March: after 0 to 30 days, for which 15 are counted.
    assert_eq!(figures.median.estimate, Some(10.0));
    assert_eq!(figures.median_bounds, Some(MedianBounds { shortest: Some(2.0), longest: Some(10.0) }));
    assert_eq!(figures.precision.month, 1.into());
}

#[test]
fn a_decision_without_a_recorded_routing_is_left_out_for_want_of_a_date() {
    let decided = filed("2024-03-01").then("dismiss", "2024-03-20");
    let routed = routed(Some("2024-03-05")).then("dismiss", "2024-03-20");
    let figures = figures(RoutingToDecision, &[decided, routed, filed("2024-03-01")]);
    assert_eq!((figures.n, figures.missing_start), (1.into(), 1.into()));
}

#[test]
fn a_safeguard_in_custody_without_the_deprivation_of_liberty_is_left_out_for_want_of_a_date() {
    let in_custody = case(&[("file context=arrest", "2024-03-01")]);
    let with_a_lawyer = filed("2024-03-01").then("safeguard safeguard=access_to_lawyer", "2024-02-29");
    let known = filed("2024-03-01").then("safeguard safeguard=deprivation_of_liberty", "2024-02-28");
    let at_liberty = case(&[("file context=street", "2024-03-01")]);
    let figures = figures(DeprivationToDoctor, &[in_custody, with_a_lawyer, known, at_liberty]);
    assert_eq!((figures.n, figures.lost, figures.missing_start), (1.into(), 1.into(), 2.into()));
}

#[test]
fn the_curve_begins_with_everybody_waiting_and_tells_how_many_were_at_risk() {
    let cases = [routed(Some("2024-03-01")), routed(Some("2024-03-05")), routed(Some("2024-03-11")), routed(None)];
    let curve = figures(FilingToRouting, &cases).curve;
    let points: Vec<_> = curve.points.iter().map(|p| (p.time, p.estimate, p.ended, p.at_risk)).collect();
    assert_eq!(
        points,
        [(0.0, 1.0, 0, 4), (0.0, 0.75, 1, 4), (4.0, 0.5, 2, 3), (10.0, 0.25, 3, 2), (121.0, 0.25, 3, 1)]
    );
    assert_eq!(curve.at_risk[..3], [(0.0, 4.into()), (30.0, 1.into()), (90.0, 1.into())]);
}

#[test]
fn a_curve_goes_no_further_than_its_horizon() {
    let answered = case(&[("file", "2024-01-01"), ("request_visit", "2024-01-02"), ("approve_visit", "2024-04-01")]);
    let curve = figures(VisitRequestToAnswer, &[answered]).curve;
    assert_eq!(
        curve.points.iter().map(|point| (point.time, point.estimate)).collect::<Vec<_>>(),
        [(0.0, 1.0), (30.0, 1.0)]
    );
    assert_eq!(curve.at_risk.last(), Some(&(30.0, 1.into())));
}

#[test]
fn a_curve_of_many_corners_keeps_an_even_choice_of_them() {
    let cases: Vec<Case> = (0..400)
        .map(|number| {
            let at = format!("2024-03-{:02}T{:02}:00", 2 + number / 24, number % 24);
            filed("2024-03-01T00:00").then("route", &at)
        })
        .collect();
    let points = figures(FilingToRouting, &cases).curve.points;
    assert_eq!(points.len(), 199);
    assert_eq!(points.last().map(|last| (last.estimate, last.ended)), Some((0.0, 400)));
    assert!(points.is_sorted_by(|a, b| a.time < b.time && a.ended < b.ended));
    assert!(points.windows(2).all(|pair| pair[1].ended - pair[0].ended <= 3));
}
