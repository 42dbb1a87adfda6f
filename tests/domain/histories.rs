//! Histories in words: late records, vague times, corrections, renewals, and what is refused.

use crate::support::{CaseInWords, at, case, event, filed, gist, history, id, replay, words};
use aiqyn::domain::case::{Case, MOST_EVENTS, MOST_STEPS};
use aiqyn::domain::event::{Event, HappeningKind};
use aiqyn::domain::fact::FactKind;
use aiqyn::domain::refusal::Refusal;
use aiqyn::domain::visit::VisitState;
use chrono::TimeDelta;

fn kind(word: &str) -> HappeningKind {
    HappeningKind::named(word).unwrap()
}

// What a case begins with

#[test]
fn a_case_begins_with_its_filing() {
    assert_eq!(replay(Vec::new()), Err(Refusal::NotFiled));
    assert_eq!(replay(history(&[("note", "2024-03-01")])), Err(Refusal::NotFiled));
    assert_eq!(filed("2024-03-01").stands(), ("filed", "not_requested", "filed"));
}

#[test]
fn a_case_is_filed_once() {
    let refusal = filed("2024-03-01").try_then("file", "2024-03-02").unwrap_err();
    assert!(matches!(refusal, Refusal::IllegalStep { step, .. } if step == kind("file")), "{refusal:?}");
}

#[test]
fn a_visit_may_have_been_asked_for_before_anything_was_filed() {
    let case = filed("2024-03-04").then("request_visit", "2024-03-01").then("approve_visit", "2024-03-02");
    assert_eq!(case.told(), ["request_visit", "approve_visit", "file"]);
    assert_eq!(case.stands(), ("filed", "approved", "visit_approved"));
}

// Late records

#[test]
fn a_step_that_is_written_down_late_finds_its_place() {
    let case = case(&[("file", "2024-03-01"), ("dismiss", "2024-03-09")]).then("route", "2024-03-02");
    assert_eq!(case.told(), ["file", "route", "dismiss"]);
    assert_eq!(case.stands(), ("dismissed", "not_requested", "dismissed"));
}

#[test]
fn a_late_step_that_would_break_a_later_one_is_refused_for_its_sake() {
    let case = case(&[("file", "2024-03-01"), ("route", "2024-03-05")]);
    let refusal = case.try_then("withdraw", "2024-03-02").unwrap_err();
    let Refusal::BreaksLaterStep { later, later_at, position, permitted } = refusal else { panic!("{refusal:?}") };
    assert_eq!((later, later_at), (kind("route"), at("2024-03-05")));
    assert_eq!(position.investigation.as_str(), "withdrawn");
    assert_eq!(words(&permitted), ["reopen", "request_visit"]);
}

#[test]
fn a_late_step_that_never_was_possible_is_refused_for_its_own_sake() {
    let case = case(&[("file", "2024-03-01"), ("dismiss", "2024-03-05")]);
    let refusal = case.try_then("appeal", "2024-03-02").unwrap_err();
    let Refusal::IllegalStep { step, occurred_at, position, permitted } = refusal else { panic!("{refusal:?}") };
    assert_eq!((step, occurred_at), (kind("appeal"), at("2024-03-02")));
    assert_eq!(position.investigation.as_str(), "filed");
    assert_eq!(words(&permitted), ["route", "open_investigation", "dismiss", "withdraw", "request_visit"]);
}

#[test]
fn a_refusal_says_in_words_where_the_case_stood() {
    let refusal = filed("2024-03-01").try_then("approve_visit", "2024-03-02").unwrap_err();
    let said = "`approve_visit` is not possible while the investigation is filed and the visit not_requested";
    assert_eq!(refusal.to_string(), said);
}

#[test]
fn a_late_visit_cannot_run_beside_another() {
    let case = case(&[("file", "2024-03-01"), ("request_visit", "2024-03-02"), ("refuse_visit", "2024-03-09")]);
    assert!(matches!(case.try_then("request_visit", "2024-03-05"), Err(Refusal::IllegalStep { .. })));
    assert!(matches!(case.try_then("request_visit", "2024-03-01"), Err(Refusal::BreaksLaterStep { .. })));
}

// Vague times

#[test]
fn a_day_and_a_minute_of_it_stand_in_either_order() {
    let day_first = case(&[("file", "2024-03-01"), ("route", "2024-03-04"), ("dismiss", "2024-03-04T09:00")]);
    assert_eq!(day_first.told(), ["file", "route", "dismiss"]);
    let minute_first = case(&[("file", "2024-03-01"), ("route", "2024-03-04T17:00"), ("dismiss", "2024-03-04")]);
    assert_eq!(minute_first.told(), ["file", "route", "dismiss"]);
}

#[test]
fn on_one_day_only_a_legal_order_is_taken() {
    let case = case(&[("file", "2024-03-04"), ("dismiss", "2024-03-05")]).then("route", "2024-03-05");
    assert_eq!(case.told(), ["file", "route", "dismiss"]);
}

#[test]
fn two_minutes_of_one_day_are_in_order_whatever_was_recorded_first() {
    let case = case(&[("file", "2024-03-04T08:00"), ("dismiss", "2024-03-04T10:00")]);
    assert_eq!(case.then("route", "2024-03-04T09:59").told(), ["file", "route", "dismiss"]);
    assert!(matches!(case.try_then("route", "2024-03-04T10:01"), Err(Refusal::IllegalStep { .. })));
}

#[test]
fn within_one_minute_the_recorded_order_holds() {
    let case = case(&[("file", "2024-03-04T08:00"), ("dismiss", "2024-03-04T08:00"), ("reopen", "2024-03-04T08:00")]);
    assert_eq!(case.told(), ["file", "dismiss", "reopen"]);
}

#[test]
fn a_month_holds_whatever_happened_in_it() {
    let case = case(&[("file", "2024-03"), ("dismiss", "2024-03-20"), ("route", "2024-03"), ("appeal", "2024-04")]);
    assert_eq!(case.told(), ["file", "route", "dismiss", "appeal"]);
}

#[test]
fn a_month_does_not_reach_into_the_next() {
    let case = case(&[("file", "2024-03"), ("dismiss", "2024-04-01")]);
    assert_eq!(case.then("route", "2024-03").told(), ["file", "route", "dismiss"]);
    assert!(matches!(case.try_then("route", "2024-05"), Err(Refusal::IllegalStep { .. })));
    assert!(matches!(case.try_then("withdraw", "2024-03"), Err(Refusal::BreaksLaterStep { .. })));
}

#[test]
fn a_visit_asked_for_on_the_day_of_the_verdict_was_asked_for_before_it() {
    let case = case(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("prosecute", "2024-03-03")])
        .then("convict", "2024-03-09")
        .then("request_visit", "2024-03-09");
    assert_eq!(case.told(), ["file", "route", "prosecute", "request_visit", "convict"]);
}

#[test]
fn days_begin_and_end_in_the_zone_of_the_case() {
    // 20:30 in UTC on the 4th is half past one on the 5th in Almaty.
    let case = case(&[("file", "2024-03-04"), ("dismiss", "2024-03-04T20:30Z")]);
    assert!(matches!(case.try_then("route", "2024-03-05T02:00"), Err(Refusal::IllegalStep { .. })));
    assert_eq!(case.then("route", "2024-03-05").told(), ["file", "route", "dismiss"]);
    assert_eq!(case.then("route", "2024-03-04").told(), ["file", "route", "dismiss"]);
}

// Urgent visits

#[test]
fn no_visit_is_requested_once_the_investigation_is_closed() {
    let case = case(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("prosecute", "2024-03-03")])
        .then("acquit", "2024-04-01");
    assert!(matches!(case.try_then("request_visit", "2024-04-02"), Err(Refusal::IllegalStep { .. })));
}

#[test]
fn a_visit_that_is_open_when_the_investigation_closes_goes_on() {
    let case = case(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("prosecute", "2024-03-03")])
        .then("request_visit", "2024-03-04")
        .then("acquit", "2024-04-01")
        .then("approve_visit", "2024-04-02")
        .then("carry_out_visit", "2024-04-03");
    assert_eq!(case.stands(), ("closed", "visited", "closed"));
}

#[test]
fn without_approval_a_visit_is_carried_out_only_where_none_is_needed() {
    let asked = filed("2024-03-01");
    let needs = asked.then("request_visit approval=required", "2024-03-02");
    assert!(matches!(needs.try_then("carry_out_visit", "2024-03-03"), Err(Refusal::IllegalStep { .. })));
    let unsaid = asked.then("request_visit", "2024-03-02");
    assert!(matches!(unsaid.try_then("carry_out_visit", "2024-03-03"), Err(Refusal::IllegalStep { .. })));
    let free = asked.then("request_visit approval=not_required", "2024-03-02");
    assert_eq!(free.then("carry_out_visit", "2024-03-03").stands(), ("filed", "visited", "filed"));
}

#[test]
fn a_refused_request_can_be_renewed() {
    let refused = filed("2024-03-01").then("request_visit", "2024-03-02").then("refuse_visit", "2024-03-05");
    let renewed = refused.then("request_visit renews=2", "2024-03-06").then("approve_visit", "2024-03-07");
    let states: Vec<_> = renewed.visits().iter().map(|visit| (visit.request, visit.state)).collect();
    assert_eq!(states, [(id(2), VisitState::Refused), (id(4), VisitState::Approved)]);
}

#[test]
fn only_a_refused_request_can_be_renewed() {
    let lapsed = filed("2024-03-01").then("request_visit", "2024-03-02").then("lapse_visit", "2024-03-05");
    for named in [1, 2, 3, 4] {
        let renewal = format!("request_visit renews={named}");
        assert_eq!(lapsed.try_then(&renewal, "2024-03-06"), Err(Refusal::NotARefusedRequest), "{named}");
    }
    let unknown = lapsed.try_then("request_visit renews=99", "2024-03-06");
    assert_eq!(unknown, Err(Refusal::UnknownEvent { field: "renews", event: id(99) }));
}

#[test]
fn a_visit_has_the_times_of_its_answer_and_its_end() {
    let requested = filed("2024-03-01").then("request_visit", "2024-03-02");
    let times = |case: &Case| {
        let visit = &case.visits()[0];
        (visit.answered_at(), visit.carried_out_at, visit.ended_at)
    };
    assert_eq!(times(&requested), (None, None, None));
    let refused = requested.then("refuse_visit", "2024-03-03");
    assert_eq!(times(&refused), (Some(at("2024-03-03")), None, Some(at("2024-03-03"))));
    let approved = requested.then("approve_visit", "2024-03-03");
    assert_eq!(times(&approved), (Some(at("2024-03-03")), None, None));
    let visited = approved.then("carry_out_visit", "2024-03-04");
    assert_eq!(times(&visited), (Some(at("2024-03-03")), Some(at("2024-03-04")), Some(at("2024-03-04"))));
    for end in ["deny_access", "cancel_visit", "lapse_visit"] {
        let ended = approved.then(end, "2024-03-04");
        assert_eq!(times(&ended), (Some(at("2024-03-03")), None, Some(at("2024-03-04"))), "{end}");
    }
}

#[test]
fn a_renewal_cannot_come_before_the_refusal() {
    let refused = filed("2024-03-01").then("request_visit", "2024-03-05").then("refuse_visit", "2024-03-06");
    assert!(matches!(refused.try_then("request_visit renews=2", "2024-03-04"), Err(Refusal::BreaksLaterStep { .. })));
    let complete = case(&[
        ("file", "2024-03-01"),
        ("request_visit", "2024-03-05"),
        ("refuse_visit", "2024-03-06"),
        ("request_visit", "2024-03-02"),
        ("cancel_visit", "2024-03-03"),
    ]);
    assert_eq!(complete.correct(4, "request_visit renews=2", "2024-03-02"), Err(Refusal::NotARefusedRequest));
}

#[test]
fn a_renewal_goes_on_naming_a_request_that_was_corrected() {
    let refused = filed("2024-03-01").then("request_visit", "2024-03-02").then("refuse_visit", "2024-03-05");
    let corrected = refused.correct(2, "request_visit evidence=written", "2024-03-03").unwrap();
    for named in [2, 4] {
        let renewed = corrected.then(&format!("request_visit renews={named}"), "2024-03-06");
        assert_eq!(renewed.visits()[0].request, id(2));
        assert_eq!(renewed.visits()[0].requested_at, at("2024-03-03"));
    }
}

#[test]
fn a_refusal_that_a_renewal_rests_on_cannot_become_something_else() {
    let renewed = filed("2024-03-01")
        .then("request_visit", "2024-03-02")
        .then("refuse_visit", "2024-03-05")
        .then("request_visit renews=2", "2024-03-06");
    assert_eq!(renewed.correct(3, "cancel_visit", "2024-03-05"), Err(Refusal::NotARefusedRequest));
    assert!(matches!(renewed.retract(3), Err(Refusal::BreaksLaterStep { .. })));
}

// Corrections

#[test]
fn a_correction_stands_where_the_corrected_event_stood() {
    let case = case(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("request_visit", "2024-03-02")]);
    let corrected = case.correct(2, "open_investigation", "2024-03-02").unwrap();
    assert_eq!(corrected.told(), ["file", "open_investigation", "request_visit"]);
}

#[test]
fn a_time_is_corrected_and_the_order_follows() {
    let case = case(&[("file", "2024-03-05"), ("route", "2024-03-09")]).then("dismiss", "2024-03-12");
    let earlier = case.correct(1, "file", "2024-03-01").unwrap();
    assert_eq!(earlier.complaint().unwrap().0.occurred_at, at("2024-03-01"));
    let refusal = case.correct(1, "file", "2024-03-10").unwrap_err();
    assert!(matches!(refusal, Refusal::IllegalStep { .. } | Refusal::BreaksLaterStep { .. }), "{refusal:?}");
}

#[test]
fn the_last_of_several_corrections_counts() {
    let case = case(&[("file", "2024-03-01"), ("dismiss", "2024-03-09")]);
    let once = case.correct(2, "withdraw", "2024-03-09").unwrap();
    let twice = once.correct(3, "route", "2024-03-02").unwrap();
    assert_eq!(twice.told(), ["file", "route"]);
    assert_eq!(twice.events().len(), 4);
}

#[test]
fn what_has_been_corrected_cannot_be_corrected_again() {
    let corrected = filed("2024-03-01").then("route", "2024-03-03").correct(2, "route", "2024-03-02").unwrap();
    let already = Err(Refusal::AlreadyCorrected { event: id(2), by: id(3) });
    assert_eq!(corrected.correct(2, "route", "2024-03-04"), already);
    assert_eq!(corrected.retract(2), already);
}

#[test]
fn the_filing_can_be_corrected_but_not_retracted() {
    let case = filed("2024-03-01");
    assert!(case.correct(1, "file channel=letter", "2024-03-01").is_ok());
    assert_eq!(case.retract(1), Err(Refusal::FilingRetracted));
    assert_eq!(case.correct(1, "note", "2024-03-01"), Err(Refusal::FilingRetracted));
    let corrected = case.correct(1, "file channel=letter", "2024-03-01").unwrap();
    assert_eq!(corrected.retract(2), Err(Refusal::FilingRetracted));
}

#[test]
fn an_event_that_the_case_does_not_have_cannot_be_corrected() {
    let unknown = |number| Err(Refusal::UnknownEvent { field: "corrects", event: id(number) });
    assert_eq!(filed("2024-03-01").correct(7, "file", "2024-03-01"), unknown(7));
    assert_eq!(filed("2024-03-01").correct(2, "file", "2024-03-01"), unknown(2), "itself");
}

#[test]
fn a_retraction_that_would_break_a_later_step_is_refused() {
    let case = case(&[("file", "2024-03-01"), ("dismiss", "2024-03-02"), ("appeal", "2024-03-03")]);
    let refusal = case.retract(2).unwrap_err();
    assert!(matches!(refusal, Refusal::BreaksLaterStep { later, .. } if later == kind("appeal")), "{refusal:?}");
    assert_eq!(case.retract(3).unwrap().retract(2).unwrap().told(), ["file"]);
}

#[test]
fn a_retraction_can_be_taken_back() {
    let case = filed("2024-03-01").then("route", "2024-03-02");
    let back = case.retract(2).unwrap().correct(3, "route", "2024-03-02").unwrap();
    assert_eq!(gist(&back), gist(&case));
}

// Facts

#[test]
fn facts_never_change_where_a_case_stands() {
    let closed = case(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("prosecute", "2024-03-03")])
        .then("request_visit", "2024-03-04")
        .then("convict", "2024-05-01");
    for fact in FactKind::ALL {
        for when in ["2023-12", "2024-03-03", "2024-06-01T12:00"] {
            let after = closed.then(fact.as_str(), when);
            assert_eq!(after.position(), closed.position(), "{fact}");
            assert_eq!(after.visits(), closed.visits(), "{fact}");
        }
    }
}

#[test]
fn the_fate_of_a_claim_names_an_event_of_the_case() {
    let claimed = filed("2024-03-01").then("reparation_claim", "2024-03-02");
    assert!(claimed.try_then("reparation_claim fate=granted about=2", "2024-04-01").is_ok());
    for stranger in [3, 9] {
        let fate = format!("reparation_claim fate=granted about={stranger}");
        let unknown = Err(Refusal::UnknownEvent { field: "about", event: id(stranger) });
        assert_eq!(claimed.try_then(&fate, "2024-04-01"), unknown);
    }
}

#[test]
fn a_claim_cannot_be_corrected_into_the_fate_of_itself() {
    let claimed = filed("2024-03-01").then("court_motion", "2024-03-02");
    let unknown = Err(Refusal::UnknownEvent { field: "about", event: id(2) });
    assert_eq!(claimed.correct(2, "court_motion fate=granted about=2", "2024-03-02"), unknown);
}

#[test]
fn a_fate_cannot_name_what_is_recorded_only_after_it() {
    let events = history(&[
        ("file", "2024-03-01"),
        ("court_motion fate=granted about=3", "2024-04-02"),
        ("court_motion", "2024-03-02"),
    ]);
    assert_eq!(replay(events), Err(Refusal::UnknownEvent { field: "about", event: id(3) }));
}

// Bounds

#[test]
fn an_event_is_recorded_once() {
    let twice: Vec<Event> =
        [("file", "2024-03-01"), ("note", "2024-03-02")].map(|(told, at)| event(1, told, at)).into();
    assert_eq!(replay(twice), Err(Refusal::AlreadyRecorded { event: id(1) }));
}

#[test]
fn the_future_is_refused() {
    let case = filed("2024-03-01");
    let mut tomorrow = event(2, "route", "2024-03-02");
    tomorrow.recorded_at = at("2024-03-02").earliest(case.zone()) - TimeDelta::seconds(1);
    assert_eq!(case.record(tomorrow.clone()), Err(Refusal::InTheFuture));
    tomorrow.recorded_at += TimeDelta::seconds(1);
    assert!(case.record(tomorrow).is_ok(), "the day has begun");
}

#[test]
fn a_refused_event_leaves_the_case_as_it_was() {
    let case = filed("2024-03-01").then("request_visit", "2024-03-02");
    let before = case.clone();
    for told in ["appeal", "carry_out_visit", "request_visit renews=9", "court_motion about=9"] {
        assert!(case.try_then(told, "2024-03-03").is_err());
        assert_eq!(case, before);
    }
}

#[test]
fn a_case_has_so_many_events_and_steps_and_no_more() {
    let mut events = history(&[("file", "2024-03-01")]);
    let note = |number: usize| event(number as u128, "note", "2024-03-02");
    events.extend((2..=MOST_EVENTS).map(note));
    let full = replay(events).unwrap();
    assert_eq!(full.record(note(MOST_EVENTS + 1)), Err(Refusal::TooMany));

    let step = |number: usize| {
        let told = if number.is_multiple_of(2) { "dismiss" } else { "reopen" };
        event(number as u128, told, &format!("{}-{:02}", 2000 + number / 12, 1 + number % 12))
    };
    let mut events = history(&[("file", "2000-01")]);
    events.extend((2..=MOST_STEPS).map(step));
    let full = replay(events.clone()).unwrap();
    assert_eq!(full.record(step(MOST_STEPS + 1)), Err(Refusal::TooMany));
}
