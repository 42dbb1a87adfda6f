//! How complaints end, when the endings compete.

use aiqyn::domain::case::Case;
use aiqyn::domain::milestone::Ending;
use aiqyn::measures::ending::EndingTally;
use aiqyn::measures::ending_figures::{BesideReport, EndingFigures};

use crate::support::{CaseInWords, filed};
use crate::told::{of, tally};

fn figures(cases: &[Case]) -> EndingFigures {
    tally::<EndingTally>(cases).figures()
}

/// Filed on the first of January, with this step on this day.
fn ended(step: &str, on: &str) -> Case {
    filed("2024-01-01").then("route", "2024-01-01").then(step, on)
}

/// Of four: dismissed after 10 days, charged after 20, lost after 30, open for 181.
fn four() -> [Case; 4] {
    [
        ended("dismiss", "2024-01-11"),
        ended("prosecute", "2024-01-21"),
        filed("2024-01-01").then("end_of_follow_up", "2024-01-31"),
        filed("2024-01-01"),
    ]
}

#[test]
fn each_complaint_ends_in_one_way_or_is_lost_or_open() {
    let figures = figures(&four());
    let ended: Vec<_> = figures.ended.iter().map(|row| (row.ending, row.count.shown().unwrap())).collect();
    assert_eq!(ended, [(Ending::Dismissed, 1), (Ending::Prosecuted, 1), (Ending::Withdrawn, 0)]);
    assert_eq!((figures.n, figures.lost, figures.open, figures.left_out), (4.into(), 1.into(), 1.into(), 0.into()));
}

#[test]
fn the_shares_of_every_ending_and_of_the_open_add_up_to_the_whole() {
    let figures = figures(&four());
    let by_a_month = &figures.by_horizon[0];
    assert_eq!((by_a_month.days, by_a_month.at_risk), (30, 2.into()));
    assert_eq!(by_a_month.still_open.estimate, Some(0.5));
    let shares: Vec<_> = by_a_month.endings.iter().map(|row| (row.share.estimate, row.events)).collect();
    assert_eq!(shares, [(Some(0.25), 1.into()), (Some(0.25), 1.into()), (Some(0.0), 0.into())]);
    let dismissed = by_a_month.endings[0].share;
    assert!(dismissed.lo < dismissed.estimate && dismissed.estimate < dismissed.hi);
}

#[test]
fn nothing_is_said_of_a_day_that_nobody_was_observed_so_long_for() {
    let figures = figures(&four());
    let (half_a_year, a_year) = (&figures.by_horizon[2], &figures.by_horizon[3]);
    assert!(half_a_year.days == 180 && half_a_year.still_open.estimate.is_some());
    assert!(a_year.days == 365 && a_year.still_open.estimate.is_none());
    assert!(a_year.endings.iter().all(|row| row.share.estimate.is_none()));
    assert_eq!(a_year.endings[0].events, 1.into(), "what was seen to end still counts");
}

#[test]
fn where_every_complaint_has_ended_the_shares_hold_for_ever() {
    let figures = figures(&[ended("dismiss", "2024-01-11"), ended("withdraw", "2024-01-21")]);
    let last = figures.by_horizon.last().unwrap();
    assert_eq!(last.still_open.estimate, Some(0.0));
    assert_eq!(last.endings[0].share.estimate, Some(0.5));
}

#[test]
fn the_first_ending_counts_but_charges_that_were_ever_brought_stand_beside_the_report() {
    let taken_up_again = ended("dismiss", "2024-01-11").then("reopen", "2024-02-01").then("prosecute", "2024-03-01");
    let figures = figures(&[taken_up_again]);
    assert_eq!(figures.ended[0].count, 1.into());
    assert_eq!(of(figures.reported.prosecuted), (1, 1));
}

#[test]
fn the_interval_lies_below_the_reported_bound_above_it_or_about_it() {
    let beside = |prosecuted: usize, others: usize| {
        let charged = std::iter::repeat_n(ended("prosecute", "2024-01-21"), prosecuted);
        let cases: Vec<_> = charged.chain(std::iter::repeat_n(filed("2024-01-01"), others)).collect();
        figures(&cases).reported.interval
    };
    assert_eq!(beside(0, 300), Some(BesideReport::Below));
    assert_eq!(beside(1, 50), Some(BesideReport::Includes));
    assert_eq!(beside(10, 50), Some(BesideReport::Above));
    assert_eq!(beside(0, 0), None);
}

#[test]
fn the_curve_of_an_ending_rises_where_complaints_ended_in_that_way() {
    let figures = figures(&four());
    let (ending, curve) = &figures.curves.endings[1];
    assert_eq!(*ending, Ending::Prosecuted);
    let points: Vec<_> = curve.points.iter().map(|p| (p.time, p.estimate, p.ended, p.at_risk)).collect();
    assert_eq!(points, [(0.0, 0.0, 0, 4), (20.0, 0.25, 1, 3), (181.0, 0.25, 1, 1)]);
    let open: Vec<_> = figures.curves.still_open.points.iter().map(|p| (p.time, p.estimate)).collect();
    assert_eq!(open, [(0.0, 1.0), (10.0, 0.75), (20.0, 0.5), (181.0, 0.5)]);
}
