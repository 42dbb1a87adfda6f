//! From a history to its milestones, and from those to what is awaited and until when.

use crate::support::{CaseInWords, at, case, filed, id, zone};
use aiqyn::domain::case::Case;
use aiqyn::domain::deadline::{AwaitedStep, Basis, DeadlineRule, Deadlines, Wait, due_at, waits};
use aiqyn::domain::milestone::{Ending, Milestones, Outcome};
use aiqyn::domain::time::{Delay, PartialTime};
use chrono::{DateTime, NaiveDate, Utc};

fn milestones(told: &[(&str, &str)]) -> Milestones {
    Milestones::of(&case(told))
}

fn day(text: &str) -> Option<PartialTime> {
    Some(at(text))
}

// The clock of the complaint

#[test]
fn the_clock_starts_with_the_filing_where_nothing_earlier_is_known() {
    let known = milestones(&[("file", "2024-03-05")]);
    assert_eq!((known.learnt, known.filed), (day("2024-03-05"), day("2024-03-05")));
}

#[test]
fn the_clock_starts_when_anybody_learnt_of_the_allegation() {
    let known = milestones(&[
        ("file", "2024-03-05"),
        ("learn_of_allegation", "2024-03-03"),
        ("learn_of_allegation", "2024-02-28"),
        ("learn_of_allegation", "2024-03-01"),
    ]);
    assert_eq!((known.learnt, known.filed), (day("2024-02-28"), day("2024-03-05")));
}

#[test]
fn who_learns_of_it_after_the_filing_does_not_move_the_clock() {
    let known = milestones(&[("file", "2024-03-05"), ("learn_of_allegation", "2024-03-06")]);
    assert_eq!(known.learnt, day("2024-03-05"));
}

#[test]
fn a_corrected_time_moves_the_clock() {
    let case = filed("2024-03-05").then("learn_of_allegation", "2024-03-01");
    let corrected = case.correct(2, "learn_of_allegation", "2024-03-04").unwrap();
    assert_eq!(Milestones::of(&corrected).learnt, day("2024-03-04"));
    assert_eq!(Milestones::of(&case.retract(2).unwrap()).learnt, day("2024-03-05"));
}

// First responses and endings

#[test]
fn any_step_of_an_authority_is_a_first_response() {
    for answer in ["route", "open_investigation", "dismiss"] {
        let known = milestones(&[("file", "2024-03-01"), (answer, "2024-03-04")]);
        assert_eq!(known.first_response, day("2024-03-04"), "{answer}");
    }
    let later = milestones(&[("file", "2024-03-01"), ("route", "2024-03-04"), ("prosecute", "2024-03-09")]);
    assert_eq!(later.first_response, day("2024-03-04"));
}

#[test]
fn a_withdrawal_or_a_visit_is_no_response() {
    let known = milestones(&[("file", "2024-03-01"), ("request_visit", "2024-03-02"), ("withdraw", "2024-03-04")]);
    assert_eq!(known.first_response, None);
    assert_eq!((known.withdrawn, known.first_ending), (day("2024-03-04"), Some(Ending::Withdrawn)));
}

#[test]
fn taking_up_a_withdrawn_complaint_is_a_response() {
    let known = milestones(&[("file", "2024-03-01"), ("withdraw", "2024-03-04"), ("reopen", "2024-03-08")]);
    assert_eq!(known.first_response, day("2024-03-08"));
}

#[test]
fn the_first_of_each_milestone_counts() {
    let known = milestones(&[
        ("file", "2024-03-01"),
        ("dismiss", "2024-03-02"),
        ("reopen", "2024-03-03"),
        ("dismiss", "2024-03-04"),
        ("reopen", "2024-03-05"),
        ("prosecute", "2024-03-06"),
        ("convict", "2024-03-07"),
    ]);
    assert_eq!(known.dismissed, day("2024-03-02"));
    assert_eq!(known.reopened, day("2024-03-03"));
    assert_eq!(known.prosecuted, day("2024-03-06"));
    assert_eq!((known.closed, known.outcome), (day("2024-03-07"), Some(Outcome::Convicted)));
    assert_eq!(known.first_ending, Some(Ending::Dismissed));
}

#[test]
fn the_first_is_what_happened_first_and_not_what_was_recorded_first() {
    let late = case(&[("file", "2024-03-01"), ("dismiss", "2024-03-09")]).then("open_investigation", "2024-03-02");
    assert_eq!(Milestones::of(&late).first_response, day("2024-03-02"));
}

#[test]
fn each_verdict_has_its_outcome() {
    for (verdict, outcome) in
        [("discontinue", Outcome::Discontinued), ("acquit", Outcome::Acquitted), ("convict", Outcome::Convicted)]
    {
        let known = milestones(&[
            ("file", "2024-03-01"),
            ("route", "2024-03-02"),
            ("prosecute", "2024-03-03"),
            (verdict, "2024-03-04"),
        ]);
        assert_eq!(known.outcome, Some(outcome));
    }
}

#[test]
fn an_investigation_is_opened_also_by_taking_it_up_again() {
    let known = milestones(&[("file", "2024-03-01"), ("dismiss", "2024-03-02"), ("reopen", "2024-03-09")]);
    assert_eq!(known.investigation_opened, day("2024-03-09"));
    let before = milestones(&[
        ("file", "2024-03-01"),
        ("open_investigation", "2024-03-02"),
        ("dismiss", "2024-03-03"),
        ("reopen", "2024-03-09"),
    ]);
    assert_eq!(before.investigation_opened, day("2024-03-02"));
}

#[test]
fn a_dismissal_is_internal_securitys_own_where_nobody_investigated_in_between() {
    let straight = milestones(&[("file", "2024-03-01"), ("route", "2024-03-02"), ("dismiss", "2024-03-03")]);
    assert!(straight.dismissed_by_internal_security);
    let unrouted = milestones(&[("file", "2024-03-01"), ("dismiss", "2024-03-03")]);
    assert!(!unrouted.dismissed_by_internal_security);
    let investigated = milestones(&[
        ("file", "2024-03-01"),
        ("route", "2024-03-02"),
        ("open_investigation", "2024-03-03"),
        ("dismiss", "2024-03-04"),
    ]);
    assert!(!investigated.dismissed_by_internal_security);
}

#[test]
fn a_later_dismissal_does_not_change_whose_the_first_one_was() {
    let known = milestones(&[
        ("file", "2024-03-01"),
        ("route", "2024-03-02"),
        ("dismiss", "2024-03-03"),
        ("reopen", "2024-03-04"),
        ("dismiss", "2024-03-05"),
    ]);
    assert!(known.dismissed_by_internal_security);
}

// Appeals

#[test]
fn an_appeal_is_answered_either_way() {
    for answer in ["uphold_dismissal", "reopen"] {
        let known = milestones(&[
            ("file", "2024-03-01"),
            ("dismiss", "2024-03-02"),
            ("appeal", "2024-03-03"),
            (answer, "2024-04-03"),
        ]);
        assert_eq!((known.appealed, known.appeal_answered), (day("2024-03-03"), day("2024-04-03")), "{answer}");
    }
}

#[test]
fn an_investigation_taken_up_again_without_an_appeal_answers_none() {
    let known = milestones(&[("file", "2024-03-01"), ("dismiss", "2024-03-02"), ("reopen", "2024-03-03")]);
    assert_eq!((known.reopened, known.appeal_answered), (day("2024-03-03"), None));
}

#[test]
fn the_answer_to_a_second_appeal_does_not_answer_the_first() {
    let known = milestones(&[
        ("file", "2024-03-01"),
        ("dismiss", "2024-03-02"),
        ("appeal", "2024-03-03"),
        ("withdraw", "2024-03-04"),
        ("reopen", "2024-03-05"),
        ("dismiss", "2024-03-06"),
        ("appeal", "2024-03-07"),
        ("uphold_dismissal", "2024-03-08"),
    ]);
    assert_eq!((known.appealed, known.appeal_answered), (day("2024-03-03"), None));
    assert_eq!(known.appeal_withdrawn, day("2024-03-04"));
}

// Safeguards

#[test]
fn of_each_safeguard_the_earliest_time_counts() {
    let known = milestones(&[
        ("file", "2024-03-09"),
        ("safeguard safeguard=deprivation_of_liberty", "2024-03-01T22:10"),
        ("safeguard safeguard=registration", "2024-03-02T05:00"),
        ("safeguard safeguard=registration", "2024-03-02T04:00"),
        ("safeguard safeguard=access_to_lawyer", "2024-03-04"),
        ("safeguard safeguard=access_to_lawyer", "2024-03-05"),
        ("safeguard safeguard=access_to_doctor", "2024-03"),
        ("safeguard safeguard=notice_to_family", "2024-03-03"),
    ]);
    assert_eq!(known.deprived_of_liberty, day("2024-03-01T22:10"));
    assert_eq!(known.registered, day("2024-03-02T04:00"));
    assert_eq!(known.lawyer, day("2024-03-04"));
    assert_eq!(known.doctor, day("2024-03"));
    assert_eq!(known.family, day("2024-03-03"));
    let waited = Delay::between(known.deprived_of_liberty.unwrap(), known.registered.unwrap(), zone()).unwrap();
    assert_eq!((waited.days() * 24.0 * 60.0).round(), 350.0);
}

#[test]
fn what_never_happened_has_no_time() {
    let known = milestones(&[("file", "2024-03-01")]);
    let rest = Milestones { learnt: day("2024-03-01"), filed: day("2024-03-01"), ..Milestones::default() };
    assert_eq!(known, rest);
}

// Deadlines

const LAND: &str = "kz";

fn rule(kind_of_place: Option<&str>, step: AwaitedStep, hours: i32) -> DeadlineRule {
    DeadlineRule {
        jurisdiction: LAND.parse().unwrap(),
        kind_of_place: kind_of_place.map(|kind| kind.parse().unwrap()),
        step,
        hours,
        valid_from: None,
        valid_to: None,
        basis: Basis::Benchmark,
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    at(text).earliest(zone())
}

#[test]
fn a_rule_for_the_kind_of_place_comes_before_one_for_any() {
    let step = AwaitedStep::AnswerVisit;
    for rules in [
        vec![rule(None, step, 72), rule(Some("prison"), step, 24)],
        vec![rule(Some("prison"), step, 24), rule(None, step, 72)],
    ] {
        let deadlines = Deadlines::new(rules);
        let hours = |kind| deadlines.hours(LAND, kind, step, date("2024-03-01"));
        assert_eq!(hours(Some("prison")), Some(24));
        assert_eq!(hours(Some("army")), Some(72));
        assert_eq!(hours(None), Some(72));
    }
}

#[test]
fn a_rule_for_one_kind_of_place_says_nothing_of_another() {
    let deadlines = Deadlines::new(vec![rule(Some("prison"), AwaitedStep::AnswerVisit, 24)]);
    assert_eq!(deadlines.hours(LAND, Some("army"), AwaitedStep::AnswerVisit, date("2024-03-01")), None);
    assert_eq!(deadlines.hours(LAND, None, AwaitedStep::AnswerVisit, date("2024-03-01")), None);
}

#[test]
fn a_rule_holds_for_its_jurisdiction_and_step_only() {
    let deadlines = Deadlines::new(vec![rule(None, AwaitedStep::Route, 24)]);
    assert_eq!(deadlines.hours(LAND, None, AwaitedStep::Route, date("2024-03-01")), Some(24));
    assert_eq!(deadlines.hours("kg", None, AwaitedStep::Route, date("2024-03-01")), None);
    assert_eq!(deadlines.hours(LAND, None, AwaitedStep::Decide, date("2024-03-01")), None);
}

#[test]
fn a_rule_holds_from_its_first_day_until_the_day_before_its_last() {
    let until = DeadlineRule { valid_to: Some(date("2015-01-01")), ..rule(None, AwaitedStep::Route, 72) };
    let from = DeadlineRule { valid_from: Some(date("2015-01-01")), ..rule(None, AwaitedStep::Route, 24) };
    let deadlines = Deadlines::new(vec![from, until]);
    let hours = |since| deadlines.hours(LAND, None, AwaitedStep::Route, date(since));
    assert_eq!(hours("2014-12-31"), Some(72));
    assert_eq!(hours("2015-01-01"), Some(24));
}

#[test]
fn an_expired_rule_for_the_kind_of_place_gives_way_to_the_one_for_any() {
    let old = DeadlineRule { valid_to: Some(date("2015-01-01")), ..rule(Some("prison"), AwaitedStep::Route, 24) };
    let deadlines = Deadlines::new(vec![old, rule(None, AwaitedStep::Route, 72)]);
    assert_eq!(deadlines.hours(LAND, Some("prison"), AwaitedStep::Route, date("2015-01-01")), Some(72));
}

#[test]
fn a_wait_runs_from_the_minute_or_from_the_end_of_the_day_or_month() {
    assert_eq!(due_at(at("2024-03-04T15:20"), 24, zone()), instant("2024-03-05T15:20"));
    assert_eq!(due_at(at("2024-03-04"), 24, zone()), instant("2024-03-06"));
    assert_eq!(due_at(at("2024-03-04"), 3, zone()), instant("2024-03-05T03:00"));
    assert_eq!(due_at(at("2024-03"), 24, zone()), instant("2024-04-02"));
}

#[test]
fn no_number_of_hours_is_too_large() {
    assert!(due_at(at("2200-12"), i32::MAX, zone()) > due_at(at("1900-01"), i32::MIN, zone()));
}

// What is awaited

/// What a case waits for, in words, and since when.
fn awaited(case: &Case) -> Vec<(AwaitedStep, String)> {
    let since = |wait: Wait| (wait.step, wait.since.show(zone()));
    waits(case, &Milestones::of(case), &Deadlines::default(), LAND).into_iter().map(since).collect()
}

fn since(step: AwaitedStep, when: &str) -> (AwaitedStep, String) {
    (step, when.to_owned())
}

#[test]
fn a_complaint_waits_for_a_response_and_for_routing_since_it_was_known() {
    let case = filed("2024-03-05").then("learn_of_allegation", "2024-03-01");
    let both = [since(AwaitedStep::FirstResponse, "2024-03-01"), since(AwaitedStep::Route, "2024-03-01")];
    assert_eq!(awaited(&case), both);
}

#[test]
fn an_investigation_waits_for_a_decision_since_its_last_step() {
    let routed = filed("2024-03-01").then("route", "2024-03-02");
    assert_eq!(awaited(&routed), [since(AwaitedStep::Decide, "2024-03-02")]);
    let opened = routed.then("open_investigation", "2024-03-09").then("note", "2024-03-20");
    assert_eq!(awaited(&opened), [since(AwaitedStep::Decide, "2024-03-09")]);
    let reopened = opened.then("dismiss", "2024-04-01").then("reopen", "2024-04-20");
    assert_eq!(awaited(&reopened), [since(AwaitedStep::Decide, "2024-04-20")]);
}

#[test]
fn an_appeal_waits_for_its_answer() {
    let case = filed("2024-03-01").then("dismiss", "2024-03-02").then("appeal", "2024-03-03");
    assert_eq!(awaited(&case), [since(AwaitedStep::AnswerAppeal, "2024-03-03")]);
}

#[test]
fn a_visit_waits_for_its_answer_and_then_to_be_carried_out() {
    let requested = filed("2024-03-01").then("dismiss", "2024-03-02").then("request_visit", "2024-03-05");
    assert_eq!(awaited(&requested), [since(AwaitedStep::AnswerVisit, "2024-03-05")]);
    let approved = requested.then("approve_visit", "2024-03-08");
    assert_eq!(awaited(&approved), [since(AwaitedStep::CarryOutVisit, "2024-03-08")]);
    for end in ["carry_out_visit", "deny_access", "cancel_visit", "lapse_visit"] {
        assert_eq!(awaited(&approved.then(end, "2024-03-09")), [], "{end}");
    }
    assert_eq!(awaited(&requested.then("refuse_visit", "2024-03-09")), []);
}

#[test]
fn only_the_visit_that_is_open_is_awaited() {
    let renewed = filed("2024-03-01")
        .then("withdraw", "2024-03-02")
        .then("request_visit", "2024-03-05")
        .then("refuse_visit", "2024-03-06")
        .then("request_visit renews=3", "2024-03-07");
    let all = waits(&renewed, &Milestones::of(&renewed), &Deadlines::default(), LAND);
    assert_eq!(
        all.iter().map(|wait| (wait.step, wait.request)).collect::<Vec<_>>(),
        [(AwaitedStep::AnswerVisit, Some(id(5)))]
    );
}

#[test]
fn both_regions_wait_side_by_side() {
    let case = filed("2024-03-01").then("route", "2024-03-02").then("request_visit", "2024-03-03");
    assert_eq!(
        awaited(&case),
        [since(AwaitedStep::Decide, "2024-03-02"), since(AwaitedStep::AnswerVisit, "2024-03-03")]
    );
}

#[test]
fn nothing_is_awaited_where_a_case_rests_or_has_ended() {
    let dismissed = filed("2024-03-01").then("dismiss", "2024-03-02");
    let withdrawn = filed("2024-03-01").then("withdraw", "2024-03-02");
    let prosecuted = filed("2024-03-01").then("route", "2024-03-02").then("prosecute", "2024-03-03");
    let closed = prosecuted.then("convict", "2024-03-04");
    for case in [dismissed, withdrawn, prosecuted, closed] {
        assert_eq!(awaited(&case), [], "{}", case.stage());
    }
}

#[test]
fn nothing_is_awaited_after_the_end_of_what_is_known() {
    let case = filed("2024-03-01").then("request_visit", "2024-03-02").then("end_of_follow_up", "2024-05-01");
    assert_eq!(awaited(&case), []);
    assert_eq!(Milestones::of(&case).follow_up_ended, day("2024-05-01"));
    assert_eq!(awaited(&case.retract(3).unwrap()).len(), 3);
}

#[test]
fn a_wait_without_a_rule_has_no_deadline() {
    let case = filed("2024-03-01");
    let all = waits(&case, &Milestones::of(&case), &Deadlines::default(), LAND);
    assert!(all.iter().all(|wait| wait.due_at.is_none()));
}

#[test]
fn a_visit_is_judged_by_its_own_kind_of_place_and_the_investigation_by_the_complaints() {
    let deadlines = Deadlines::new(vec![
        rule(Some("prison"), AwaitedStep::AnswerVisit, 24),
        rule(Some("army"), AwaitedStep::AnswerVisit, 48),
        rule(Some("prison"), AwaitedStep::Route, 24),
        rule(Some("army"), AwaitedStep::Route, 48),
    ]);
    let case = case(&[("file kind_of_place=army", "2024-03-01"), ("request_visit kind_of_place=prison", "2024-03-01")]);
    let due: Vec<_> = waits(&case, &Milestones::of(&case), &deadlines, LAND)
        .into_iter()
        .filter_map(|wait| wait.due_at.map(|due| (wait.step, due)))
        .collect();
    assert_eq!(due, [(AwaitedStep::Route, instant("2024-03-04")), (AwaitedStep::AnswerVisit, instant("2024-03-03"))]);
}

#[test]
fn a_case_of_which_something_is_known_again_is_followed_again() {
    let case = filed("2024-03-01").then("end_of_follow_up", "2024-05-01");
    let asked = case.then("request_visit", "2024-06-01");
    assert_eq!(Milestones::of(&asked).follow_up_ended, None);
    assert_eq!(Milestones::of(&asked.then("end_of_follow_up", "2024-07-01")).follow_up_ended, day("2024-07-01"));
}

#[test]
fn a_step_after_the_end_of_follow_up_shows_that_the_case_goes_on() {
    let case = filed("2024-03-01").then("end_of_follow_up", "2024-05-01").then("route", "2024-06-01");
    assert_eq!(Milestones::of(&case).follow_up_ended, None);
}
