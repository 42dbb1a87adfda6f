//! The invented cases are legal, give the picture that the report draws, and stay as they are.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::LazyLock;

use aiqyn::demonstration::{InventedCase, InventedEvent, Plan, invent};
use aiqyn::domain::case::Case;
use aiqyn::domain::code::CodeLists;
use aiqyn::domain::event::{Entry, Event, Happening, HappeningKind};
use aiqyn::domain::field::{Form, Reading};
use aiqyn::domain::id::{ActorId, Author, OrganisationId};
use aiqyn::domain::milestone::{Ending, Milestones};
use aiqyn::domain::sealed::{PlainText, Sealed};
use aiqyn::domain::time::Precision;
use aiqyn::domain::visit::VisitState;
use aiqyn::store::seeded_code_lists;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

static CODES: LazyLock<CodeLists> = LazyLock::new(|| seeded_code_lists().unwrap());

fn now() -> DateTime<Utc> {
    "2026-07-01T09:30:15.123456789Z".parse().unwrap()
}

fn usual() -> Plan {
    Plan::up_to(now())
}

/// The usual plan told with other seeds: what holds must not hang on one of them.
fn twelve_tellings() -> impl Iterator<Item = (Plan, Vec<InventedCase>)> {
    (1..=12).map(|seed| Plan { seed, ..usual() }).map(|plan| (plan, invent(&plan, &CODES)))
}

fn stored(case: &InventedCase) -> Vec<Event> {
    let nobody = Author { actor: ActorId(Uuid::nil()), organisation: OrganisationId(Uuid::nil()) };
    let seal = |happening: Happening<PlainText>| {
        happening
            .map_text(&mut |_, text| Ok::<_, Infallible>(Sealed::from_envelope(text.expose().to_owned())))
            .unwrap_or_else(|never| match never {})
    };
    case.events
        .iter()
        .map(|event| Event {
            id: event.id,
            entry: Entry::New(seal(event.occurrence.happening.clone())),
            occurred_at: event.occurrence.occurred_at,
            recorded_at: event.recorded_at,
            recorded_by: nobody,
        })
        .collect()
}

fn replayed(invented: &[InventedCase]) -> Vec<Case> {
    invented.iter().map(|case| Case::replay(case.zone, stored(case)).unwrap()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "numbers of cases are small")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn ended(cases: &[Case], ending: Ending) -> usize {
    cases.iter().filter(|case| Milestones::of(case).first_ending == Some(ending)).count()
}

fn prosecuted(cases: &[Case]) -> usize {
    cases.iter().filter(|case| Milestones::of(case).prosecuted.is_some()).count()
}

#[test]
fn the_same_plan_gives_the_same_cases() {
    let told = invent(&usual(), &CODES);
    assert!(told == invent(&usual(), &CODES));
    assert!(told != invent(&Plan { seed: 2, ..usual() }, &CODES));
}

#[test]
fn no_plan_is_too_small_or_too_odd() {
    for cases in [0, 1, 2, 7, 50, 1_000] {
        assert_eq!(invent(&Plan { cases, ..usual() }, &CODES).len(), cases);
    }
    let backwards = Plan { from: "2030-01-01".parse().unwrap(), ..usual() };
    assert_eq!(replayed(&invent(&backwards, &CODES)).len(), 400);
    assert!(invent(&usual(), &CodeLists::default()).is_empty());
}

#[test]
fn an_older_plan_keeps_to_the_codes_of_its_time() {
    let plan = Plan { from: "2014-01-01".parse().unwrap(), ..Plan::up_to("2020-03-01T00:00:00Z".parse().unwrap()) };
    let cases = invent(&plan, &CODES);
    assert_eq!(replayed(&cases).len(), 400);
    assert_every_event_fits_its_form(&cases);
}

#[test]
fn every_case_replays_event_by_event_as_it_is_recorded() {
    for (_, invented) in twelve_tellings() {
        for case in &invented {
            let events = stored(case);
            let mut told = Case::replay(case.zone, events[..1].to_vec()).unwrap();
            for event in &events[1..] {
                told = told.record(event.clone()).unwrap();
            }
        }
    }
}

#[test]
fn nothing_lies_in_the_future_and_each_case_is_recorded_in_order() {
    for (plan, invented) in twelve_tellings() {
        for case in &invented {
            assert!(case.events.is_sorted_by(|a, b| a.recorded_at < b.recorded_at));
            for event in &case.events {
                assert!(event.occurrence.occurred_at.earliest(plan.zone) <= event.recorded_at);
                assert!(event.recorded_at <= plan.until);
                assert_eq!(event.recorded_at.timestamp_subsec_nanos() % 1_000, 0, "cut to microseconds");
            }
        }
    }
}

/// Whoever filled in the forms by hand could have entered the same: every field is there, and
/// every code is one of the day.
fn assert_every_event_fits_its_form(invented: &[InventedCase]) {
    for case in invented {
        for event in &case.events {
            let happening = &event.occurrence.happening;
            let time = event.occurrence.occurred_at;
            for on in [time.first_day(case.zone), time.last_day(case.zone)] {
                let mut form = Form::new(
                    fields(happening),
                    Reading { codes: &CODES, on: Some(on), zone: case.zone, now: event.recorded_at },
                );
                let read = happening.kind().read(&mut form);
                let read =
                    form.finish(read).unwrap_or_else(|errors| panic!("{} on {on}: {errors:?}", happening.kind()));
                assert!(read == *happening, "{}", happening.kind());
            }
        }
    }
}

fn fields(happening: &Happening<PlainText>) -> Vec<(String, String)> {
    let serde_json::Value::Object(object) = serde_json::to_value(happening).unwrap() else { unreachable!() };
    let text = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let mut fields = Vec::new();
    for (name, value) in object {
        match value {
            serde_json::Value::Array(values) => {
                fields.extend(values.into_iter().map(|value| (name.clone(), text(value))));
            }
            value => fields.push((name, text(value))),
        }
    }
    fields
}

#[test]
fn every_event_fits_its_form_and_every_code_its_day() {
    for (_, invented) in twelve_tellings() {
        assert_every_event_fits_its_form(&invented);
    }
}

#[test]
fn every_kind_of_event_happens() {
    for (plan, invented) in twelve_tellings() {
        let kinds: BTreeSet<HappeningKind> =
            invented.iter().flat_map(|case| &case.events).map(|event| event.occurrence.happening.kind()).collect();
        let missing: Vec<HappeningKind> = HappeningKind::all().filter(|kind| !kinds.contains(kind)).collect();
        assert_eq!(missing, vec![], "seed {}", plan.seed);
    }
}

#[test]
fn some_are_prosecuted_but_fewer_than_two_in_a_hundred() {
    for (plan, invented) in twelve_tellings() {
        let number = prosecuted(&replayed(&invented));
        assert!((4..=7).contains(&number), "seed {}: {number}", plan.seed);
    }
}

#[test]
fn most_are_dismissed_few_are_withdrawn_and_some_are_open() {
    for (_, invented) in twelve_tellings() {
        let cases = replayed(&invented);
        let dismissed = share(ended(&cases, Ending::Dismissed), cases.len());
        assert!((0.75..0.90).contains(&dismissed), "{dismissed}");
        let withdrawn = share(ended(&cases, Ending::Withdrawn), cases.len());
        assert!((0.03..0.08).contains(&withdrawn), "{withdrawn}");
        let open = cases.iter().filter(|case| Milestones::of(case).first_ending.is_none()).count();
        assert!(open >= 20, "{open}");
    }
}

#[test]
fn visits_are_refused_on_the_grounds_of_the_report() {
    for (_, invented) in twelve_tellings() {
        let cases = replayed(&invented);
        let grounds: BTreeSet<String> = cases
            .iter()
            .flat_map(|case| case.visits())
            .filter_map(|visit| visit.refusal_ground.as_ref().map(ToString::to_string))
            .collect();
        for ground in ["no_written_evidence", "not_signed_by_victim", "mere_suspicion", "outside_mandate"] {
            assert!(grounds.contains(ground), "{ground}");
        }
    }
}

#[test]
fn a_third_asks_for_a_visit_and_some_wait_for_it_now() {
    for (plan, invented) in twelve_tellings() {
        let cases = replayed(&invented);
        let asked = share(cases.iter().filter(|case| !case.visits().is_empty()).count(), cases.len());
        assert!((0.28..0.40).contains(&asked), "{asked}");
        let waits: Vec<TimeDelta> = cases
            .iter()
            .flat_map(|case| case.visits())
            .filter(|visit| visit.state == VisitState::Requested)
            .map(|visit| plan.until - visit.requested_at.earliest(plan.zone))
            .collect();
        let overdue = waits.iter().filter(|wait| **wait > TimeDelta::hours(24)).count();
        assert!(overdue >= 3 && overdue < waits.len(), "{overdue} of {}", waits.len());
    }
}

#[test]
fn regions_of_before_and_after_2022_appear() {
    for (_, invented) in twelve_tellings() {
        let cases = replayed(&invented);
        let regions: BTreeSet<&str> = cases
            .iter()
            .filter_map(|case| case.complaint()?.1.region.as_ref())
            .map(|region| region.code().as_str())
            .collect();
        for region in ["karaganda_until_2022", "east_kazakhstan_until_2022", "karaganda", "abai", "almaty_city"] {
            assert!(regions.contains(region), "{region}");
        }
    }
}

#[test]
fn times_are_known_with_different_precision_and_recorded_with_different_lags() {
    let invented = invent(&usual(), &CODES);
    let events: Vec<&InventedEvent> = invented.iter().flat_map(|case| &case.events).collect();
    for precision in [Precision::Minute, Precision::Day, Precision::Month] {
        let number = events.iter().filter(|event| event.occurrence.occurred_at.precision() == precision).count();
        assert!(share(number, events.len()) > 0.01, "{precision:?}: {number}");
    }
    let late = |event: &&&InventedEvent| {
        event.recorded_at - event.occurrence.occurred_at.end(usual().zone) > TimeDelta::days(14)
    };
    let late = share(events.iter().filter(late).count(), events.len());
    assert!((0.02..0.30).contains(&late), "{late}");
}

#[test]
fn some_steps_are_recorded_after_steps_that_followed_them() {
    let out_of_order = |case: &&Case| !case.steps().map(|event| event.recorded_at).is_sorted();
    assert!(replayed(&invent(&usual(), &CODES)).iter().filter(out_of_order).count() >= 5);
}

#[test]
fn contacts_belong_to_nobody() {
    for case in invent(&usual(), &CODES) {
        for event in case.events {
            let mut contacts = Vec::new();
            let Ok(_) = event.occurrence.happening.map_text(&mut |field, text| {
                contacts.extend((field == "contact").then(|| text.expose().to_owned()));
                Ok::<_, Infallible>(text)
            });
            for contact in contacts {
                assert!(contact.starts_with("+7 700 000 00 ") || contact.ends_with("@example.org"), "{contact}");
            }
        }
    }
}
