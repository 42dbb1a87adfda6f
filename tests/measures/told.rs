//! Cases told in words, tallied on the terms of the tests.

use std::sync::LazyLock;

use aiqyn::domain::case::Case;
use aiqyn::domain::code::{CodeEntry, CodeLists, ListName};
use aiqyn::domain::deadline::{AwaitedStep, Basis, DeadlineRule, Deadlines};
use aiqyn::domain::id::OrganisationId;
use aiqyn::measures::breakdown::{Breakdown, Dimension};
use aiqyn::measures::delay::{ComplaintClock, DelayMeasure};
use aiqyn::measures::delay_set::DelaySet;
use aiqyn::measures::figures::Share;
use aiqyn::measures::mandate::Mandate;
use aiqyn::measures::measured::MeasuredCase;
use aiqyn::measures::observed::{ObservationEnd, ObservedCase, ObservedVisit, OpenWait};
use aiqyn::measures::tally::Tally;
use aiqyn::measures::terms::Terms;
use proptest::prelude::*;
use uuid::Uuid;

static DEADLINES: LazyLock<Deadlines> = LazyLock::new(|| {
    use AwaitedStep as S;
    let rule = |(step, hours)| DeadlineRule {
        jurisdiction: "kz".parse().unwrap(),
        kind_of_place: None,
        step,
        hours,
        valid_from: None,
        valid_to: None,
        basis: Basis::Benchmark,
    };
    let safeguards = [(S::RegisterDetention, 3), (S::AccessToLawyer, 3), (S::AccessToDoctor, 3), (S::NotifyFamily, 12)];
    Deadlines::new(safeguards.into_iter().chain([(S::AnswerVisit, 24)]).map(rule).collect())
});

/// Prisons are covered, police offices never were, care homes are since 2019; of courts the list does not tell.
static LISTS: LazyLock<CodeLists> = LazyLock::new(|| {
    let mut lists = CodeLists::default();
    let turn = Some("2019-05-01".parse().unwrap());
    for (code, from, to, covered) in [
        ("prison", None, None, "covered"),
        ("police_office", None, None, "not_covered"),
        ("nursing_home", None, turn, "not_covered"),
        ("nursing_home", turn, None, "covered"),
        ("court", None, None, "unknown"),
    ] {
        let entry = CodeEntry {
            code: code.parse().unwrap(),
            valid_from: from,
            valid_to: to,
            kk: String::new(),
            ru: String::new(),
            en: String::new(),
            parent: None,
            iso: None,
            successors: Vec::new(),
            attributes: [("npm_coverage".to_owned(), covered.to_owned())].into(),
        };
        lists.add(ListName::KindOfPlace, entry);
    }
    lists
});

/// The terms of the tests: watched until the end of 30 June 2024 in Almaty.
pub fn terms() -> Terms<'static> {
    Terms {
        clock: ComplaintClock::Learnt,
        deadlines: &DEADLINES,
        mandate: Mandate::of(&LISTS),
        observed_until: ObservationEnd::at("2024-06-30T18:59:00Z".parse().unwrap()),
    }
}

/// A case as it is measured.
pub fn measured(case: &Case) -> MeasuredCase<'_> {
    MeasuredCase::of(case, OrganisationId(Uuid::from_u128(2)), "kz").unwrap()
}

/// Counts cases and their visits.
pub fn add<'a, T: Tally>(tally: &mut T, cases: impl IntoIterator<Item = &'a MeasuredCase<'a>>) {
    let terms = terms();
    let add_open = |tally: &mut T, wait: OpenWait| tally.add_open(&wait.until(&terms.observed_until));
    for case in cases {
        let observed = ObservedCase::of(case, &terms);
        tally.add_case(&observed, &terms);
        observed.open_waits().for_each(|wait| add_open(tally, wait));
        for visit in &case.visits {
            let observed = ObservedVisit::of(case, visit, &terms);
            tally.add_visit(&observed, &terms);
            observed.open_waits().for_each(|wait| add_open(tally, wait));
        }
    }
}

/// A tally of these cases.
pub fn tally<T: Tally + Default>(cases: &[Case]) -> T {
    let mut tally = T::default();
    let measured: Vec<_> = cases.iter().map(measured).collect();
    add(&mut tally, &measured);
    tally
}

/// So many of so many.
pub fn of(share: Share) -> (u64, u64) {
    (share.numerator.shown().unwrap(), share.denominator.shown().unwrap())
}

/// By anything, with some of the delays of each group.
pub fn any_breakdown() -> impl Strategy<Value = Breakdown> {
    let delays = prop::sample::subsequence(DelayMeasure::ALL.to_vec(), 0..=DelayMeasure::ALL.len());
    let delays_of_groups = prop_oneof![delays.prop_map(|delays| DelaySet::of(&delays)), Just(DelaySet::ALL)];
    let dimension = prop::sample::select(Dimension::ALL);
    (dimension, delays_of_groups).prop_map(|(dimension, delays_of_groups)| Breakdown { dimension, delays_of_groups })
}
