//! All figures of a question at once, whole and by group.

use aiqyn::domain::case::Case;
use aiqyn::measures::breakdown::{Breakdown, Dimension, NOT_KNOWN};
use aiqyn::measures::delay::DelayMeasure;
use aiqyn::measures::delay_set::DelaySet;
use aiqyn::measures::gathering::Gathering;
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::selection::Selection;
use aiqyn::measures::statistics::{DrawnGroups, Figures, Statistics};
use proptest::prelude::*;

use crate::support::{CaseInWords, case, replay, walks::legal_walks};
use crate::told::{any_breakdown, measured, terms};

fn gathering(cases: &[MeasuredCase<'_>], by: Option<Breakdown>, selection: &Selection) -> Gathering {
    let mut gathering = Gathering::new(by);
    cases.iter().for_each(|case| gathering.add(case, selection, &terms()));
    gathering
}

fn statistics(cases: &[Case], by: Option<Breakdown>, selection: &Selection) -> Statistics {
    let cases: Vec<_> = cases.iter().map(measured).collect();
    gathering(&cases, by, selection).finish(DrawnGroups::Each)
}

/// Gathered in parts of a size, which are then merged.
fn in_parts(cases: &[MeasuredCase<'_>], part: usize, by: Option<Breakdown>) -> Statistics {
    let all = Selection::default();
    let parts = cases.chunks(part).map(|part| gathering(part, by, &all));
    let merged = parts.reduce(|mut whole, part| {
        whole.merge(part);
        whole
    });
    merged.unwrap_or_else(|| Gathering::new(by)).finish(DrawnGroups::Each)
}

fn names(statistics: &Statistics) -> Vec<&str> {
    statistics.groups.iter().map(|(name, _)| name.as_str()).collect()
}

/// Filed in a region on the first of March and routed after so many days.
fn routed(region: &str, after_days: u32) -> Case {
    case(&[(&format!("file region={region}"), "2024-03-01"), ("route", &format!("2024-03-{:02}", 1 + after_days))])
}

/// A choice of one group of a breakdown.
type Choose = fn(String) -> Selection;

const CHOICES: &[(Dimension, Choose)] = &[
    (Dimension::Region, |code| Selection { region: Some(code), ..Selection::default() }),
    (Dimension::Agency, |code| Selection { agency: Some(code), ..Selection::default() }),
    (Dimension::KindOfPlace, |code| Selection { kind_of_place: Some(code), ..Selection::default() }),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_same_cases_give_the_same_statistics_in_any_order_and_any_parts(
        cases in prop::collection::vec(legal_walks(40).prop_map(|events| replay(events).unwrap()), 0..12),
        part in 1usize..6,
        by in prop::option::of(any_breakdown()),
    ) {
        let mut cases: Vec<_> = cases.iter().map(measured).collect();
        for (case, region) in cases.iter_mut().zip(["almaty", "astana", "pavlodar"].iter().cycle()) {
            case.region = Some(region);
        }
        let as_told = in_parts(&cases, 1000, by);
        cases.reverse();
        let in_parts = in_parts(&cases, part, by);
        prop_assert_eq!(serde_json::to_string(&as_told).unwrap(), serde_json::to_string(&in_parts).unwrap());
        prop_assert_eq!(as_told, in_parts);
    }

    #[test]
    fn the_whole_is_the_same_whether_it_is_broken_down_or_not(
        cases in prop::collection::vec(legal_walks(40).prop_map(|events| replay(events).unwrap()), 0..12),
        by in any_breakdown(),
    ) {
        let cases: Vec<_> = cases.iter().map(measured).collect();
        prop_assert_eq!(in_parts(&cases, 1000, None).all, in_parts(&cases, 1000, Some(by)).all);
    }

    #[test]
    fn the_groups_are_told_of_the_delays_that_are_asked_for_as_if_all_were(
        cases in prop::collection::vec(legal_walks(40).prop_map(|events| replay(events).unwrap()), 0..12),
        by in any_breakdown(),
        part in 1usize..6,
    ) {
        let cases: Vec<_> = cases.iter().map(measured).collect();
        let mut of_all_delays = in_parts(&cases, 1000, Some(by.dimension.into()));
        let is_told = |measure| by.delays_of_groups.contains(measure);
        of_all_delays.groups.iter_mut().for_each(|(_, figures)| figures.delays.retain(|row| is_told(row.measure)));
        of_all_delays.tests.retain(|test| is_told(test.measure));
        prop_assert_eq!(in_parts(&cases, part, Some(by)), of_all_delays);
    }

    #[test]
    fn a_group_has_the_figures_that_are_given_to_a_choice_of_it_alone(
        cases in prop::collection::vec(legal_walks(40).prop_map(|events| replay(events).unwrap()), 0..12),
    ) {
        let mut cases: Vec<_> = cases.iter().map(measured).collect();
        for (case, region) in cases.iter_mut().zip([Some("almaty"), None, Some("pavlodar")].iter().cycle()) {
            (case.region, case.agency) = (*region, *region);
        }
        let chosen = |selection: &Selection| gathering(&cases, None, selection).finish(DrawnGroups::Each);
        for (by, choose) in CHOICES {
            let broken_down = gathering(&cases, Some((*by).into()), &Selection::default()).finish(DrawnGroups::Each);
            for name in names(&broken_down).into_iter().filter(|name| *name != NOT_KNOWN) {
                let selection = choose(name.to_owned());
                prop_assert_eq!(broken_down.of_group(name), Some(chosen(&selection)), "{:?} {}", by, name);
            }
            prop_assert_eq!(broken_down.of_group(NOT_KNOWN), None);
        }
    }
}

/// Routed in five regions, in one of them once and in each further one once more.
fn routed_in_five_regions() -> Vec<Case> {
    let regions = ["aktobe", "almaty", "astana", "karaganda", "pavlodar"];
    (1..).zip(regions).flat_map(|(times, region)| (1..=times).map(move |after| routed(region, after))).collect()
}

#[test]
fn of_each_delay_the_curves_of_the_largest_groups_are_drawn_and_all_else_is_the_same() {
    let cases = routed_in_five_regions();
    let cases: Vec<_> = cases.iter().map(measured).collect();
    let gathering = gathering(&cases, Some(Dimension::Region.into()), &Selection::default());
    let largest = gathering.clone().finish(DrawnGroups::Largest);
    let each = gathering.finish(DrawnGroups::Each);

    let is_drawn = |figures: &Figures| !figures.delay(DelayMeasure::FilingToRouting).unwrap().curve.points.is_empty();
    assert!(each.groups.iter().all(|(_, figures)| is_drawn(figures)));
    let drawn: Vec<bool> = largest.groups.iter().map(|(_, figures)| is_drawn(figures)).collect();
    assert_eq!(drawn, [false, true, true, true, true]);
    assert_eq!(largest.all, each.all);
    assert_eq!(serde_json::to_string(&largest).unwrap(), serde_json::to_string(&each).unwrap());
}

#[test]
fn a_group_whose_curves_are_not_kept_has_to_be_asked_for_alone() {
    let cases = routed_in_five_regions();
    let cases: Vec<_> = cases.iter().map(measured).collect();
    let gathering = gathering(&cases, Some(Dimension::Region.into()), &Selection::default());
    for region in ["aktobe", "pavlodar"] {
        assert_eq!(gathering.clone().finish(DrawnGroups::Largest).of_group(region), None);
        assert!(gathering.clone().finish(DrawnGroups::Each).of_group(region).is_some());
    }
}

#[test]
fn a_group_of_which_not_all_delays_are_told_has_to_be_asked_for_alone() {
    let cases = [routed("almaty", 1), routed("pavlodar", 2)];
    let cases: Vec<_> = cases.iter().map(measured).collect();
    let of_group = |delays: &[DelayMeasure]| {
        let by = Breakdown { dimension: Dimension::Region, delays_of_groups: DelaySet::of(delays) };
        gathering(&cases, Some(by), &Selection::default()).finish(DrawnGroups::Each).of_group("almaty")
    };
    assert!(of_group(DelayMeasure::ALL).is_some());
    assert_eq!((of_group(&DelayMeasure::ALL[1..]), of_group(&[])), (None, None));
}

#[test]
fn groups_stand_by_name_each_with_its_own_cases() {
    let cases = [routed("pavlodar", 3), routed("almaty", 1), routed("almaty", 2)];
    let statistics = statistics(&cases, Some(Dimension::Region.into()), &Selection::default());
    assert_eq!(names(&statistics), ["almaty", "pavlodar"]);
    assert_eq!(statistics.all.cases, 3.into());
    assert_eq!(statistics.groups[0].1.cases, 2.into());
    assert_eq!(statistics.groups[1].1.delay(DelayMeasure::FilingToRouting).unwrap().mean_of_ended, Some(3.0));
}

#[test]
fn groups_that_get_one_name_become_one() {
    let cases = [routed("pavlodar", 3), routed("almaty", 1), routed("astana", 2)];
    let cases: Vec<_> = cases.iter().map(measured).collect();
    let gathering = gathering(&cases, Some(Dimension::Region.into()), &Selection::default());
    let statistics = gathering
        .rename(|name| if name == "almaty" { "pavlodar".into() } else { name.into() })
        .finish(DrawnGroups::Each);
    assert_eq!(names(&statistics), ["astana", "pavlodar"]);
    assert_eq!(statistics.groups[1].1.delay(DelayMeasure::FilingToRouting).unwrap().mean_of_ended, Some(2.0));
}

#[test]
fn a_visit_counts_where_it_was_to_take_place() {
    let case = case(&[
        ("file kind_of_place=police_office", "2024-03-01"),
        ("request_visit kind_of_place=prison", "2024-03-02"),
    ]);
    let of_prisons = Selection { kind_of_place: Some("prison".to_owned()), ..Selection::default() };
    let selected = statistics(std::slice::from_ref(&case), None, &of_prisons);
    assert_eq!((selected.all.cases, selected.all.visits.requests), (0.into(), 1.into()));
    let broken_down = statistics(&[case], Some(Dimension::KindOfPlace.into()), &Selection::default());
    assert_eq!(names(&broken_down), ["police_office", "prison"]);
    assert_eq!(broken_down.groups[0].1.visits.requests, 0.into());
}

#[test]
fn the_groups_are_compared_where_two_or_more_have_such_waits() {
    let quick = (1..9).map(|days| routed("almaty", days));
    let slow = (15..25).map(|days| routed("pavlodar", days));
    let cases: Vec<_> = quick.chain(slow).collect();
    let statistics = statistics(&cases, Some(Dimension::Region.into()), &Selection::default());
    let test = statistics.tests.iter().find(|test| test.measure == DelayMeasure::FilingToRouting).unwrap();
    assert_eq!((test.degrees_of_freedom, test.groups.len()), (1, 2));
    assert!(test.p < 0.001, "{test:?}");
    let expected: f64 = test.groups.iter().map(|group| group.expected).sum();
    assert!((expected - 18.0).abs() < 1e-9, "as many are expected to end as did: {test:?}");
    assert!(statistics.tests.iter().all(|test| !test.measure.is_of_visits()), "nobody asked for a visit");
}

#[test]
fn too_many_groups_are_not_compared() {
    let months = (0..31).map(|month| format!("20{:02}-{:02}-01", 20 + month / 12, 1 + month % 12));
    let complaint = |(number, filed): (u32, String)| {
        let filed_case = crate::support::filed(&filed);
        if number % 2 == 0 { filed_case } else { filed_case.then("route", &filed) }
    };
    let cases: Vec<_> = (0..).zip(months).map(complaint).collect();
    let compared = statistics(&cases[1..], Some(Dimension::Month.into()), &Selection::default());
    let too_many = statistics(&cases, Some(Dimension::Month.into()), &Selection::default());
    let points = |statistics: &Statistics| statistics.groups[0].1.delays[0].figures.curve.points.len();
    assert!(points(&compared) > 0 && !compared.tests.is_empty());
    assert_eq!((points(&too_many), too_many.tests.len()), (0, 0));
    assert!(!too_many.all.delays[0].figures.curve.points.is_empty());
}
