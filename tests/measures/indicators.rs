//! The indicators, article by article.

use aiqyn::domain::case::Case;
use aiqyn::measures::indicator::Indicator::{self, *};
use aiqyn::measures::indicator_tally::{IndicatorFigures, IndicatorTally};

use crate::support::{CaseInWords, case, filed};
use crate::told::{of, tally};

fn figures(cases: &[Case]) -> IndicatorFigures {
    tally::<IndicatorTally>(cases).figures()
}

/// Numerator, denominator and what is not known of one indicator.
fn indicator(cases: &[Case], indicator: Indicator) -> (u64, u64, u64) {
    let figures = figures(cases);
    let row = figures.indicators.iter().find(|row| row.indicator == indicator).unwrap();
    let (numerator, denominator) = of(row.figures.share);
    (numerator, denominator, row.figures.unknown.shown().unwrap())
}

/// A case with these facts on the day after its filing.
fn with(facts: &[&str]) -> Case {
    facts.iter().fold(filed("2024-03-01"), |case, fact| case.then(fact, "2024-03-02"))
}

// Article 2: the first hours

const DEPRIVED: (&str, &str) = ("safeguard safeguard=deprivation_of_liberty", "2024-02-28T08:00");

/// Deprived of liberty at eight, with the lawyer then or never; filed on the first of March unless said otherwise.
fn lawyer(at: Option<&str>, filed: &str) -> Case {
    let deprived = case(&[("file", filed), DEPRIVED]);
    at.map_or(deprived.clone(), |at| deprived.then("safeguard safeguard=access_to_lawyer", at))
}

#[test]
fn a_safeguard_came_within_its_deadline_or_it_did_not() {
    let cases = [lawyer(Some("2024-02-28T11:00"), "2024-03-01"), lawyer(Some("2024-02-28T11:01"), "2024-03-01")];
    assert_eq!(indicator(&cases, LawyerInTime), (1, 2, 0));
    // Where only the day is known, a day begun counts in the authority's favour.
    assert_eq!(indicator(&[lawyer(Some("2024-02-28"), "2024-03-01")], LawyerInTime), (1, 1, 0));
}

#[test]
fn a_safeguard_that_nobody_recorded_was_still_missing_at_the_filing() {
    assert_eq!(indicator(&[lawyer(None, "2024-03-01")], LawyerInTime), (0, 1, 0));
    assert_eq!(indicator(&[lawyer(None, "2024-02-28T10:00")], LawyerInTime), (0, 0, 1), "it could still come in time");
}

#[test]
fn where_the_deprivation_of_liberty_has_no_time_the_safeguards_are_not_known() {
    let in_custody = case(&[("file context=arrest", "2024-03-01")]);
    let with_a_lawyer = filed("2024-03-01").then("safeguard safeguard=access_to_lawyer", "2024-02-29");
    let at_liberty = case(&[("file context=street", "2024-03-01")]);
    assert_eq!(indicator(&[in_custody, with_a_lawyer, at_liberty], LawyerInTime), (0, 0, 2));
}

#[test]
fn a_safeguard_before_the_deprivation_of_liberty_is_a_wrong_date() {
    assert_eq!(indicator(&[lawyer(Some("2024-02-27"), "2024-03-01")], LawyerInTime), (0, 0, 1));
}

#[test]
fn all_safeguards_came_in_time_only_where_each_did() {
    let safeguards = [
        ("safeguard safeguard=registration", "2024-02-28T10:00"),
        ("safeguard safeguard=access_to_lawyer", "2024-02-28T10:30"),
        ("safeguard safeguard=access_to_doctor", "2024-02-28T11:00"),
        ("safeguard safeguard=notice_to_family", "2024-02-28T20:00"),
    ];
    let told = |safeguards: &[(&str, &str)]| case(&[&[("file", "2024-03-01"), DEPRIVED], safeguards].concat());
    let late = told(&safeguards[..3]).then("safeguard safeguard=notice_to_family", "2024-02-28T20:01");
    assert_eq!(indicator(&[told(&safeguards), late], AllSafeguardsInTime), (1, 2, 0));
    assert_eq!(indicator(&[told(&safeguards)], FamilyToldInTime), (1, 1, 0));
    assert_eq!(indicator(&[told(&safeguards)], RegisteredInTime), (1, 1, 0));
    assert_eq!(indicator(&[told(&safeguards)], DoctorInTime), (1, 1, 0));
}

// Article 2: visits

#[test]
fn visits_are_refused_late_or_outside_the_mandate() {
    let request = ("request_visit kind_of_place=police_office", "2024-03-03T08:00");
    let answered = |step, at| case(&[("file", "2024-03-01"), request, (step, at)]);
    let cases = [
        answered("refuse_visit ground=mere_suspicion", "2024-03-04T08:00"),
        answered("refuse_visit ground=security", "2024-03-04T08:01"),
        answered("approve_visit", "2024-03-03T09:00"),
        case(&[("file", "2024-03-01"), request]),
        case(&[("file", "2024-03-01"), ("request_visit kind_of_place=court", "2024-06-30T20:00")]),
    ];
    assert_eq!(indicator(&cases, VisitsOutsideMandate), (4, 4, 1));
    assert_eq!(indicator(&cases, VisitsRefused), (2, 3, 0));
    assert_eq!(indicator(&cases, VisitsRefusedForWantOfEvidence), (1, 2, 0));
    assert_eq!(indicator(&cases, VisitsAnsweredInTime), (2, 4, 1), "the last request can still be answered in time");
}

// Article 3

#[test]
fn the_risk_of_torture_is_argued_and_then_looked_into_or_not() {
    let proceeding = |argued, examined, fate| {
        with(&[&format!("expulsion_proceeding risk_argued={argued} risk_examined={examined} fate={fate}")])
    };
    let cases = [
        proceeding("yes", "yes", "granted"),
        proceeding("yes", "yes", "refused"),
        proceeding("yes", "no", "refused"),
        proceeding("yes", "unknown", "not_considered"),
        proceeding("yes", "unknown", "pending"),
        proceeding("no", "no", "refused"),
        proceeding("unknown", "unknown", "granted"),
    ];
    assert_eq!(indicator(&cases, RiskArgued), (5, 6, 1));
    assert_eq!(indicator(&cases, RiskExamined), (2, 3, 2));
    assert_eq!(indicator(&cases, RemovalStopped), (1, 4, 1));
    assert_eq!(indicator(&cases, RemovalWithRiskNotExamined), (1, 2, 1));
}

#[test]
fn what_is_told_later_of_a_proceeding_is_its_fate_and_no_second_proceeding() {
    let told = with(&["expulsion_proceeding", "expulsion_proceeding fate=granted about=2"]);
    assert_eq!(indicator(&[told], RemovalStopped), (1, 1, 0));
}

// Article 11

#[test]
fn deaths_and_self_harm_are_inquired_into_or_not() {
    let cases = [
        with(&["custody_incident incident=death independent_inquiry=yes"]),
        with(&["custody_incident incident=suicide independent_inquiry=no"]),
        with(&["custody_incident incident=death independent_inquiry=unknown"]),
        with(&[
            "custody_incident incident=self_harm independent_inquiry=no",
            "custody_incident incident=attempted_suicide independent_inquiry=yes",
        ]),
    ];
    assert_eq!(indicator(&cases, DeathInCustody), (3, 4, 0));
    assert_eq!(indicator(&cases, DeathInquired), (1, 2, 1));
    assert_eq!(indicator(&cases, SelfHarmInquired), (1, 2, 0));
}

// Articles 12 and 13

#[test]
fn complaints_are_routed_dismissed_and_prosecuted() {
    let cases = [
        case(&[("file", "2024-03-01"), ("route", "2024-03-04"), ("dismiss", "2024-03-09")]),
        case(&[("file", "2024-03-01"), ("open_investigation", "2024-03-04"), ("dismiss", "2024-03-09")]),
        case(&[("file", "2024-03-01"), ("route", "2024-03-04"), ("prosecute", "2024-03-09")]),
        filed("2024-03-01"),
    ];
    assert_eq!(indicator(&cases, RoutedToInternalSecurity), (2, 4, 0));
    assert_eq!(indicator(&cases, DismissedByInternalSecurity), (1, 4, 0));
    assert_eq!(indicator(&cases, Prosecuted), (1, 4, 0));
}

#[test]
fn only_who_was_watched_for_thirty_days_is_said_to_have_had_no_response_in_them() {
    let no_response = |told: &[(&str, &str)]| indicator(&[case(told)], NoResponseIn30Days);
    assert_eq!(no_response(&[("file", "2024-03-01"), ("route", "2024-03-31")]), (0, 1, 0));
    assert_eq!(no_response(&[("file", "2024-03-01"), ("route", "2024-04-01")]), (1, 1, 0));
    assert_eq!(no_response(&[("file", "2024-05-30")]), (1, 1, 0));
    assert_eq!(no_response(&[("file", "2024-05-31")]), (0, 0, 1));
    assert_eq!(no_response(&[("file", "2024-03-01"), ("withdraw", "2024-03-20")]), (0, 0, 1));
    assert_eq!(no_response(&[("file", "2024-03-01"), ("end_of_follow_up", "2024-05-20")]), (1, 1, 0));
    let known_earlier = [("file", "2024-03-01"), ("learn_of_allegation", "2024-02-01"), ("route", "2024-03-04")];
    assert_eq!(no_response(&known_earlier), (1, 1, 0), "the clock started when it became known");
}

#[test]
fn an_examination_is_independent_where_anybody_independent_examined() {
    let examined = |answers: &[&str]| {
        let facts: Vec<_> = answers.iter().map(|answer| format!("medical_examination independent={answer}")).collect();
        with(&facts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let cases = [examined(&["no", "yes", "unknown"]), examined(&["no"]), examined(&["no", "unknown"]), examined(&[])];
    assert_eq!(indicator(&cases, IndependentExamination), (1, 3, 1));
}

#[test]
fn findings_that_support_the_allegation_lead_to_charges_or_to_a_dismissal() {
    let found = |consistency: &str, steps: &[(&str, &str)]| {
        let told = case(&[&[("file", "2024-03-01"), ("route", "2024-03-04")], steps].concat());
        told.then(&format!("medical_examination consistency={consistency}"), "2024-03-02")
    };
    let (prosecuted, dismissed) = ([("prosecute", "2024-03-09")], [("dismiss", "2024-03-09")]);
    let cases = [
        found("consistent_with", &prosecuted),
        found("diagnostic_of", &dismissed),
        found("typical_of", &[]),
        found("not_consistent", &dismissed),
    ];
    assert_eq!(indicator(&cases, ProsecutedWithFindings), (1, 3, 0));
    assert_eq!(indicator(&cases, DismissedWithFindings), (1, 3, 0));
}

#[test]
fn a_complaint_is_withdrawn_under_pressure_where_that_is_alleged() {
    let withdrawn = |pressure| filed("2024-03-01").then(&format!("withdraw pressure_alleged={pressure}"), "2024-03-09");
    let twice = withdrawn("yes").then("reopen", "2024-03-12").then("withdraw pressure_alleged=no", "2024-03-20");
    let cases = [twice, withdrawn("no"), withdrawn("unknown"), filed("2024-03-01")];
    assert_eq!(indicator(&cases, WithdrawnUnderPressure), (1, 2, 1));
}

#[test]
fn reprisals_are_counted_by_complaint_and_by_kind() {
    let cases = [
        with(&["reprisal reprisal=threat", "reprisal reprisal=threat", "reprisal reprisal=against_lawyer"]),
        with(&["reprisal reprisal=false_report_charge"]),
        with(&[]),
    ];
    assert_eq!(indicator(&cases, Reprisal), (2, 3, 0));
    assert_eq!(indicator(&cases, ChargedInReprisal), (1, 3, 0));
    assert_eq!(indicator(&cases, ReprisalAgainstDefender), (1, 3, 0));
    assert_eq!(indicator(&cases, ReprisalsAgainstDefenders), (1, 4, 0));
    let kinds = figures(&cases).reprisals_by_kind;
    let kinds: Vec<_> = kinds.iter().map(|row| (row.code.as_str(), of(row.share))).collect();
    assert_eq!(kinds, [("against_lawyer", (1, 4)), ("false_report_charge", (1, 4)), ("threat", (2, 4))]);
}

#[test]
fn victims_of_trafficking_are_charged_or_not() {
    let victim = || case(&[("file context=trafficking", "2024-03-01")]);
    let cases = [victim().then("reprisal reprisal=new_charge", "2024-03-02"), victim(), with(&["reprisal"])];
    assert_eq!(indicator(&cases, TraffickingVictimCharged), (1, 2, 0));
}

// Article 14

#[test]
fn reparation_is_claimed_and_granted_or_not() {
    let claim = |fate, forms| format!("reparation_claim fate={fate} forms={forms}");
    let convicted = case(&[
        ("file", "2024-03-01"),
        ("route", "2024-03-02"),
        ("prosecute", "2024-03-04"),
        ("convict", "2024-03-09"),
        (&claim("granted", "compensation+rehabilitation"), "2024-03-10"),
    ]);
    let cases = [
        convicted,
        with(&[&claim("refused", "compensation"), &claim("not_considered", "satisfaction")]),
        with(&[&claim("pending", "compensation")]),
        with(&[]),
    ];
    assert_eq!(indicator(&cases, ReparationClaimed), (3, 4, 0));
    assert_eq!(indicator(&cases, ReparationClaimedIfProsecuted), (1, 1, 0));
    assert_eq!(indicator(&cases, ReparationGranted), (1, 3, 1));
    assert_eq!(indicator(&cases, ReparationRefused), (1, 3, 1));
    assert_eq!(indicator(&cases, ReparationNotConsidered), (1, 3, 1));
    assert_eq!(indicator(&cases, ReparationRefusedWithoutConviction), (2, 2, 1));
    assert_eq!(indicator(&cases, ReparationRefusedAfterConviction), (0, 1, 0));
    let forms = figures(&cases).reparation_by_form;
    let forms: Vec<_> = forms.iter().map(|row| (row.form.as_str(), of(row.asked), of(row.granted))).collect();
    assert_eq!(
        forms,
        [("compensation", (3, 4), (1, 2)), ("rehabilitation", (1, 4), (1, 1)), ("satisfaction", (1, 4), (0, 1))]
    );
}

// Article 15

#[test]
fn where_a_confession_was_sought_its_exclusion_may_be() {
    let sought = || case(&[("file purposes=punishment+confession", "2024-03-01")]);
    let cases = [
        sought().then("court_motion", "2024-03-02").then("court_motion fate=granted about=2", "2024-03-04"),
        sought().then("court_motion fate=refused", "2024-03-02").then("court_motion fate=not_considered", "2024-03-02"),
        sought().then("court_motion fate=pending", "2024-03-02"),
        sought(),
        filed("2024-03-01"),
    ];
    assert_eq!(indicator(&cases, ConfessionSought), (4, 5, 0));
    assert_eq!(indicator(&cases, ExclusionSought), (3, 4, 0));
    assert_eq!(indicator(&cases, ExclusionGranted), (1, 3, 1));
    assert_eq!(indicator(&cases, ExclusionRefused), (1, 3, 1));
    assert_eq!(indicator(&cases, ExclusionNotConsidered), (1, 3, 1));
}
