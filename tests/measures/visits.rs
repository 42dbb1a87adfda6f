//! Urgent visits: what becomes of requests, and why.

use aiqyn::domain::case::Case;
use aiqyn::measures::visit_measure::VisitMeasure as M;
use aiqyn::measures::visit_tally::{VisitFigures, VisitTally};

use crate::support::{CaseInWords, case, filed};
use crate::told::{of, tally};

fn figures(cases: &[Case]) -> VisitFigures {
    tally::<VisitTally>(cases).figures()
}

/// Numerator, denominator and what is not known of one share.
fn share(figures: &VisitFigures, measure: M) -> (u64, u64, u64) {
    let row = figures.shares.iter().find(|row| row.measure == measure).unwrap();
    let (numerator, denominator) = of(row.figures.share);
    (numerator, denominator, row.figures.unknown.shown().unwrap())
}

/// A case in which a visit was asked for, and what came then.
fn asked(request: &str, then: &[&str]) -> Case {
    then.iter().zip(4..).fold(filed("2024-03-01").then(request, "2024-03-03"), |case, (step, day)| {
        case.then(step, &format!("2024-03-{day:02}"))
    })
}

fn refused(ground: &str) -> Case {
    asked("request_visit", &[&format!("refuse_visit ground={ground}")])
}

#[test]
fn an_answer_is_measured_of_all_that_needed_one_and_of_those_that_came() {
    let figures = figures(&[
        asked("request_visit", &["approve_visit"]),
        asked("request_visit", &["refuse_visit"]),
        asked("request_visit", &[]),
        asked("request_visit", &["lapse_visit"]),
        asked("request_visit approval=not_required", &["carry_out_visit"]),
    ]);
    assert_eq!((figures.requests, figures.needing_approval), (5.into(), 4.into()));
    assert_eq!((figures.answered, figures.waiting), (2.into(), 1.into()));
    assert_eq!(share(&figures, M::Approved), (1, 4, 0));
    assert_eq!(share(&figures, M::Refused), (1, 4, 0));
    assert_eq!(share(&figures, M::Waiting), (1, 4, 0));
    assert_eq!(share(&figures, M::ApprovedOfAnswered), (1, 2, 0));
    assert_eq!(share(&figures, M::RefusedOfAnswered), (1, 2, 0));
}

#[test]
fn a_request_ends_in_the_way_in_which_it_ended() {
    let figures = figures(&[
        asked("request_visit", &["approve_visit", "carry_out_visit"]),
        asked("request_visit", &["approve_visit", "deny_access"]),
        asked("request_visit", &["approve_visit", "lapse_visit"]),
        asked("request_visit", &["cancel_visit"]),
        asked("request_visit", &["refuse_visit"]),
    ]);
    assert_eq!(share(&figures, M::CarriedOut), (1, 5, 0));
    assert_eq!(share(&figures, M::AccessDenied), (1, 3, 0));
    assert_eq!(share(&figures, M::Lapsed), (1, 5, 0));
    assert_eq!(share(&figures, M::Cancelled), (1, 5, 0));
}

#[test]
fn refusals_are_told_by_their_ground() {
    let grounds = ["mere_suspicion", "security", "mere_suspicion", "no_written_evidence", "not_signed_by_victim"];
    let figures = figures(&grounds.map(refused));
    let by_ground: Vec<_> =
        figures.refusals_by_ground.iter().map(|row| (row.code.as_str(), of(row.share).0, of(row.share).1)).collect();
    let told =
        [("mere_suspicion", 2, 5), ("no_written_evidence", 1, 5), ("not_signed_by_victim", 1, 5), ("security", 1, 5)];
    assert_eq!(by_ground, told);
    assert_eq!(share(&figures, M::RefusedForWantOfEvidence), (4, 5, 0));
}

#[test]
fn refusals_are_told_by_the_evidence_that_was_offered() {
    let figures = figures(&[
        asked("request_visit evidence=none", &["refuse_visit"]),
        asked("request_visit evidence=oral", &["refuse_visit"]),
        asked("request_visit evidence=oral", &["approve_visit"]),
        asked("request_visit evidence=oral", &[]),
        asked("request_visit evidence=written_and_signed", &["approve_visit"]),
    ]);
    let by_evidence: Vec<_> =
        figures.refused_by_evidence.iter().map(|row| (row.evidence.as_str(), of(row.share))).collect();
    assert_eq!(by_evidence, [("none", (1, 1)), ("oral", (1, 2)), ("written", (0, 0)), ("written_and_signed", (0, 1))]);
}

#[test]
fn the_mandate_of_the_day_of_the_request_counts_and_what_it_does_not_tell_is_apart() {
    let home = |day| case(&[("file", "2018-01-01"), ("request_visit kind_of_place=nursing_home", day)]);
    let figures = figures(&[
        asked("request_visit kind_of_place=prison", &[]),
        asked("request_visit kind_of_place=police_office", &[]),
        asked("request_visit kind_of_place=court", &[]),
        asked("request_visit kind_of_place=not_on_the_list", &[]),
        home("2019-04-30"),
        home("2019-05-01"),
    ]);
    assert_eq!(share(&figures, M::OutsideMandate), (2, 4, 2));
}

#[test]
fn whether_a_visit_was_announced_is_told_of_those_of_which_it_is_known() {
    let visit = |told: &str| asked("request_visit", &["approve_visit", &format!("carry_out_visit {told}")]);
    let figures = figures(&[
        visit("announced=yes private_interview=yes"),
        visit("announced=no private_interview=unknown"),
        visit("announced=unknown private_interview=no"),
        asked("request_visit", &[]),
    ]);
    assert_eq!(share(&figures, M::Announced), (1, 2, 1));
    assert_eq!(share(&figures, M::PrivateInterview), (1, 2, 1));
}

#[test]
fn a_refusal_is_renewed_once_however_often_it_is() {
    let renewal = "request_visit renews=2";
    let twice = asked("request_visit", &["refuse_visit", renewal, "refuse_visit", renewal]);
    assert_eq!(share(&figures(&[twice]), M::Renewed), (1, 2, 0));
}

#[test]
fn a_renewal_that_names_a_corrected_request_still_renews_it() {
    let case = asked("request_visit", &["refuse_visit"]);
    let corrected = case.correct(2, "request_visit evidence=written", "2024-03-02").unwrap();
    let renewed = corrected.then("request_visit renews=4", "2024-03-09");
    assert_eq!(share(&figures(&[renewed, refused("security")]), M::Renewed), (1, 2, 0));
}

#[test]
fn without_visits_there_is_no_share() {
    let figures = figures(&[filed("2024-03-01")]);
    assert_eq!(figures.requests, 0.into());
    assert!(figures.shares.iter().all(|row| row.figures.share.share.is_none()));
    assert!(figures.refusals_by_ground.is_empty());
}
