//! Cases that are kept in memory are counted as if each had just been measured.

use aiqyn::domain::case::Case;
use aiqyn::domain::id::{CaseId, OrganisationId};
use aiqyn::domain::time::PartialTime;
use aiqyn::measures::breakdown::Breakdown;
use aiqyn::measures::delay::{ComplaintClock, DelayMeasure};
use aiqyn::measures::gathering::Gathering;
use aiqyn::measures::known_cases::{ArrangedCases, KnownCases, KnownQuestion, KnownReader, Span};
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::selection::Selection;
use aiqyn::measures::statistics::{DrawnGroups, Statistics};
use aiqyn::measures::terms::Terms;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::{CaseInWords, filed, replay, walks::legal_walks};
use crate::told::{any_breakdown, measured, terms};

fn day(number: u64) -> NaiveDate {
    "2024-06-01".parse::<NaiveDate>().unwrap() + Days::new(number)
}

/// When the walks begin that cases are made of.
fn first_day_of_walks() -> NaiveDate {
    "2001-01-01".parse().unwrap()
}

/// A case with the days from which and until which it was known so.
#[derive(Debug)]
struct Told<'a> {
    id: CaseId,
    span: Span,
    case: MeasuredCase<'a>,
}

/// A case as it was known in some versions: each with the number of days for which it was known so.
#[derive(Clone, Debug)]
struct Versions {
    known_from: u64,
    versions: Vec<(Case, u64)>,
    is_known_still: bool,
}

/// Each version knows some of what happened: more than the one before, as little, or less, as after a correction.
fn any_versions() -> impl Strategy<Value = Vec<Versions>> {
    let lasts = prop::collection::vec((any::<prop::sample::Index>(), 0..6_u64), 1..6);
    let case = (legal_walks(40), lasts, 0..20_u64, any::<bool>());
    let versions = case.prop_map(|(events, lasts, known_from, is_known_still)| {
        let known = |last: prop::sample::Index| replay(events[..=last.index(events.len())].to_vec()).unwrap();
        let versions = lasts.into_iter().map(|(last, days)| (known(last), days)).collect();
        Versions { known_from, versions, is_known_still }
    });
    prop::collection::vec(versions, 0..10)
}

fn told(cases: &[Versions]) -> Vec<Told<'_>> {
    let mut all = Vec::new();
    let mut regions = [Some("almaty"), Some("astana"), None].into_iter().cycle();
    for (number, Versions { known_from, versions, is_known_still }) in (0_u128..).zip(cases) {
        let mut from = *known_from;
        for (place, (case, days)) in versions.iter().enumerate() {
            let is_known_still = *is_known_still && place + 1 == versions.len();
            let mut measured = measured(case);
            measured.region = regions.next().flatten();
            // A visit need not be at the place of its case, nor where another was.
            let kinds = ["prison", "police_office"].into_iter().cycle().skip(place);
            measured.visits.iter_mut().zip(kinds).for_each(|(visit, kind)| visit.kind_of_place = kind);
            // So that the clocks differ; in every third case in some versions only.
            if number % 2 == 0 && (number % 3 > 0 || place % 2 == 0) {
                measured.milestones.learnt = PartialTime::parse("2000-12-20", measured.zone).ok();
            }
            measured.organisation = OrganisationId(Uuid::from_u128(2 + number % 2));
            let span = Span { from: day(from), to: (!is_known_still).then(|| day(from + days)) };
            all.push(Told { id: CaseId(Uuid::from_u128(number)), span, case: measured });
            from += days;
        }
    }
    all
}

fn any_selection() -> impl Strategy<Value = Selection> {
    let region = prop::option::of(prop::sample::select(vec!["almaty", "astana", "nowhere"]));
    let kind = prop::option::weighted(0.2, Just("police_office"));
    (region, kind).prop_map(|(region, kind)| Selection {
        region: region.map(str::to_owned),
        kind_of_place: kind.map(str::to_owned),
        ..Selection::default()
    })
}

/// Counted one by one, as far as they were known on a day and may be read.
fn one_by_one(cases: &[&Told<'_>], by: Option<Breakdown>, selection: &Selection, terms: &Terms<'_>) -> Statistics {
    let mut gathering = Gathering::new(by);
    cases.iter().for_each(|told| gathering.add(&told.case, selection, terms));
    gathering.finish(DrawnGroups::Each)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_kept_is_counted_as_if_it_had_just_been_measured(
        cases in any_versions(),
        by in prop::option::of(any_breakdown()),
        clock in prop::sample::select(ComplaintClock::ALL),
        selection in any_selection(),
        known_on in 0..30_u64,
        filed_from in prop::option::of(0..12_u64),
        reads in prop::option::of(any::<bool>()),
        is_arranged in any::<bool>(),
        parts in 1..3_usize,
    ) {
        let all = told(&cases);
        let terms = Terms { clock, ..terms() };
        let known_on = day(known_on);
        let filed_from = filed_from.map(|days| first_day_of_walks() + Days::new(days));
        let reader = reads.map(|only_with_visit| KnownReader {
            organisation: OrganisationId(Uuid::from_u128(3)),
            shared: vec![CaseId(Uuid::from_u128(0)), CaseId(Uuid::from_u128(999))],
            only_with_visit,
        });
        let is_asked_for = |told: &&Told<'_>| {
            let may_read = |reader: &KnownReader| {
                (told.case.organisation == reader.organisation || reader.shared.contains(&told.id))
                    && !(reader.only_with_visit && told.case.visits.is_empty())
            };
            told.span.from <= known_on
                && told.span.to.is_none_or(|to| known_on < to)
                && filed_from.is_none_or(|from| told.case.filed_day >= from)
                && reader.as_ref().is_none_or(may_read)
        };
        let asked: Vec<&Told<'_>> = all.iter().filter(is_asked_for).collect();

        let question = KnownQuestion { known_on, filed_from, filed_to: None, selection: &selection, reader: reader.as_ref() };
        let mut gathered = [Gathering::new(by), Gathering::new(None)];
        for part in 0..parts {
            let mut gatherings = [Gathering::new(by), Gathering::new(None)];
            let mut kept = KnownCases::default();
            for told in all.iter().skip(part).step_by(parts) {
                // Neither the clock nor the end of the observation has a part in what is kept.
                kept.add(told.id, told.span, &told.case, &crate::told::terms()).unwrap();
            }
            if is_arranged {
                kept.arrange().unwrap().gather(&question, &terms, &mut gatherings);
            } else {
                kept.gather(&question, &terms, &mut gatherings);
            }
            gathered.iter_mut().zip(gatherings).for_each(|(gathered, part)| gathered.merge(part));
        }
        let [broken_down, whole] = gathered.map(|gathering| gathering.finish(DrawnGroups::Each));
        prop_assert_eq!(broken_down, one_by_one(&asked, by, &selection, &terms));
        prop_assert_eq!(whole, one_by_one(&asked, None, &selection, &terms));
    }
}

#[test]
fn what_is_known_otherwise_since_a_day_is_counted_once_on_each() {
    let before = filed("2024-06-01");
    let before = before.then("route", "2024-06-02");
    let after = before.then("dismiss", "2024-06-03");
    // What else is known of another case must not be taken for it when it has been arranged.
    let (id, from) = (CaseId(Uuid::from_u128(7)), day(2));
    let span = |from| Span { from, to: None };
    let mut kept = KnownCases::default();
    let other = CaseId(Uuid::from_u128(8));
    kept.add(other, Span { from: day(0), to: Some(day(1)) }, &measured(&before), &terms()).unwrap();
    kept.add(id, span(day(0)), &measured(&before), &terms()).unwrap();
    kept.add(other, Span { from: day(1), to: Some(day(1)) }, &measured(&before), &terms()).unwrap();
    let mut kept = kept.arrange().unwrap();
    let mut late = KnownCases::default();
    late.add(id, span(from), &measured(&after), &terms()).unwrap();
    assert_eq!(late.first_days().collect::<Vec<_>>(), [(id, from)]);
    let counted = |kept: &ArrangedCases, known_on| {
        let all = Selection::default();
        let question = KnownQuestion { known_on, filed_from: None, filed_to: None, selection: &all, reader: None };
        let mut gathering = [Gathering::new(None)];
        kept.gather(&question, &terms(), &mut gathering);
        late.gather(&question, &terms(), &mut gathering);
        let [gathering] = gathering;
        let all = gathering.finish(DrawnGroups::Each).all;
        let ended = |measure: DelayMeasure| all.delays[measure as usize].figures.ended.shown().unwrap();
        let [routed, dismissed] = [DelayMeasure::FilingToRouting, DelayMeasure::FilingToDismissal].map(ended);
        (all.cases.shown().unwrap(), routed, dismissed)
    };
    kept.end(id, from);
    assert_eq!((counted(&kept, day(1)), counted(&kept, day(2))), ((1, 1, 0), (1, 1, 1)));
    kept.reopen(id);
    assert_eq!(counted(&kept, day(2)), (2, 2, 1), "as before it was ended");
}
