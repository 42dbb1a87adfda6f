//! The quality of the data: what is missing, coarse, late, corrected or contradictory.

use aiqyn::domain::case::Case;
use aiqyn::measures::measured::{MeasuredCase, Recording};
use aiqyn::measures::quality::{ImportantCode, ImportantDate, RecordingMeasure};
use aiqyn::measures::quality_tally::{QualityFigures, QualityTally};

use crate::support::{CaseInWords, case, filed};
use crate::told::{add, measured, of, tally};

fn figures(cases: &[Case]) -> QualityFigures {
    tally::<QualityTally>(cases).figures()
}

/// Known to the minute, the day, the month; missing, of how many.
fn date(cases: &[Case], date: ImportantDate) -> (u64, u64, u64, (u64, u64)) {
    let figures = figures(cases);
    let row = figures.dates.iter().find(|row| row.date == date).unwrap();
    let shown = |count: aiqyn::measures::count::Count| count.shown().unwrap();
    (shown(row.minute), shown(row.day), shown(row.month), of(row.missing))
}

fn recording(figures: &QualityFigures, measure: RecordingMeasure) -> (u64, u64) {
    of(figures.recording.iter().find(|row| row.measure == measure).unwrap().share)
}

#[test]
fn dates_are_known_to_the_minute_the_day_the_month_or_not_at_all() {
    let happened = |at: &str| case(&[(&format!("file incident_at={at}"), "2024-03-01")]);
    let cases = [happened("2024-02-28T03:00Z"), happened("2024-02-28"), happened("2024-02"), filed("2024-03-01T10:00")];
    assert_eq!(date(&cases, ImportantDate::Incident), (1, 1, 1, (1, 4)));
    assert_eq!(date(&cases, ImportantDate::Filing), (1, 3, 0, (0, 4)));
}

#[test]
fn that_an_allegation_was_known_before_the_filing_is_on_record_or_not() {
    let cases = [
        filed("2024-03-01").then("learn_of_allegation", "2024-02"),
        filed("2024-03-01").then("learn_of_allegation", "2024-03-04"),
        filed("2024-03-01"),
    ];
    assert_eq!(date(&cases, ImportantDate::Learnt), (0, 0, 1, (2, 3)));
}

#[test]
fn steps_that_have_not_been_taken_lack_no_date() {
    let cases = [case(&[("file", "2024-03-01"), ("route", "2024-03")]), filed("2024-03-01")];
    assert_eq!(date(&cases, ImportantDate::Routing), (0, 0, 1, (0, 1)));
    assert_eq!(date(&cases, ImportantDate::Dismissal), (0, 0, 0, (0, 0)));
    assert_eq!(date(&cases, ImportantDate::VisitRequest), (0, 0, 0, (0, 0)));
}

#[test]
fn times_of_the_first_hours_are_missed_only_where_somebody_was_held() {
    let cases = [
        case(&[("file context=police_custody", "2024-03-01")]),
        filed("2024-03-01").then("safeguard safeguard=access_to_lawyer", "2024-02-28T10:00"),
        case(&[("file context=army", "2024-03-01")]),
    ];
    assert_eq!(date(&cases, ImportantDate::DeprivationOfLiberty), (0, 0, 0, (2, 2)));
    assert_eq!(date(&cases, ImportantDate::AccessToLawyer), (1, 0, 0, (1, 2)));
}

#[test]
fn dates_of_visits_are_counted_by_visit() {
    let visited = case(&[
        ("file", "2024-03-01"),
        ("request_visit", "2024-03-02T10:00"),
        ("refuse_visit", "2024-03-04"),
        ("request_visit", "2024-03-05"),
    ]);
    let cases = [visited];
    assert_eq!(date(&cases, ImportantDate::VisitRequest), (1, 1, 0, (0, 2)));
    assert_eq!(date(&cases, ImportantDate::VisitAnswer), (0, 1, 0, (0, 1)));
}

#[test]
fn a_code_that_says_not_known_is_not_known() {
    let cases = [case(&[("file sex=unknown region=almaty", "2024-03-01")]), case(&[("file sex=male", "2024-03-01")])];
    let figures = figures(&cases);
    let missing = |code| of(figures.codes.iter().find(|row| row.code == code).unwrap().missing);
    assert_eq!(missing(ImportantCode::Sex), (1, 2));
    assert_eq!(missing(ImportantCode::Region), (1, 2));
    assert_eq!(missing(ImportantCode::Agency), (2, 2));
}

#[test]
fn late_recording_and_corrections_are_shares_of_what_was_recorded() {
    let told = filed("2024-03-01");
    let recorded = |recording| MeasuredCase { recording, ..measured(&told) };
    let late = Recording { entries: 4, events: 3, late: 2, corrected: 1, retracted: 0, filing_lag_days: 31 };
    let early = Recording { entries: 6, events: 3, late: 0, corrected: 0, retracted: 1, filing_lag_days: 30 };
    let untouched = Recording { entries: 1, events: 1, ..Recording::default() };
    let mut tally = QualityTally::default();
    add(&mut tally, &[late, early, untouched].map(recorded));
    let figures = tally.figures();
    assert_eq!(recording(&figures, RecordingMeasure::FilingRecordedLate), (1, 3));
    assert_eq!(recording(&figures, RecordingMeasure::EventsRecordedLate), (2, 7));
    assert_eq!(recording(&figures, RecordingMeasure::Corrections), (1, 11));
    assert_eq!(recording(&figures, RecordingMeasure::Retractions), (1, 11));
    assert_eq!(recording(&figures, RecordingMeasure::CorrectedComplaints), (2, 3));
}

#[test]
fn the_entries_of_a_case_are_read_off_it() {
    let corrected = filed("2024-03-01").then("route", "2024-03-04").correct(2, "route", "2024-03-05").unwrap();
    let recording = measured(&corrected.retract(3).unwrap()).recording;
    assert_eq!((recording.entries, recording.events), (4, 1));
    assert_eq!((recording.corrected, recording.retracted), (1, 1));
}

#[test]
fn a_wait_whose_end_lies_before_its_start_is_contradictory() {
    // Two waits of every complaint start with its clock and are not yet over; those of the safeguards are.
    let told = |lawyer| {
        filed("2024-03-01")
            .then("safeguard safeguard=deprivation_of_liberty", "2024-02-20")
            .then("safeguard safeguard=access_to_lawyer", lawyer)
    };
    let contradictory = |case| recording(&figures(&[case]), RecordingMeasure::ContradictoryWaits);
    let (none, all) = contradictory(told("2024-02-21"));
    assert_eq!(none, 0);
    assert_eq!(contradictory(told("2024-02-19")), (1, all));
}
