//! From many cases to the figures of data quality.

use serde::Serialize;

use super::count::Count;
use super::counters::{Counters, merge_counters};
use super::figures::Share;
use super::measured::{LATE_AFTER_DAYS, MeasuredCase};
use super::observed::{Awaited, ObservedCase, ObservedVisit, ObservedWaits, StillOpen};
use super::quality::{ImportantCode, ImportantDate, RecordingMeasure};
use super::tally::Tally;
use super::terms::Terms;
use super::wait::Standing;
use crate::domain::time::{PartialTime, Precision};

/// The figures of data quality.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QualityFigures {
    /// How precisely dates are known, in the order of [`ImportantDate::ALL`].
    pub dates: Vec<DateQuality>,
    /// How often codes are not known, in the order of [`ImportantCode::ALL`].
    pub codes: Vec<CodeQuality>,
    /// How cases were recorded, in the order of [`RecordingMeasure::ALL`].
    pub recording: Vec<RecordingShare>,
}

/// How precisely one date is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DateQuality {
    /// Which.
    pub date: ImportantDate,
    /// To the minute.
    pub minute: Count,
    /// To the day.
    pub day: Count,
    /// To the month.
    pub month: Count,
    /// Not at all, though it should be there.
    pub missing: Share,
}

/// How often one code is not known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CodeQuality {
    /// Which.
    pub code: ImportantCode,
    /// Of the complaints: not known.
    pub missing: Share,
}

/// One share that tells how cases were recorded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RecordingShare {
    /// Which.
    pub measure: RecordingMeasure,
    /// The share.
    pub share: Share,
}

/// Gathers the figures of data quality.
#[derive(Clone, Debug, Default)]
pub struct QualityTally {
    cases: u64,
    dates: [DateCounts; ImportantDate::ALL.len()],
    codes_missing: [u64; ImportantCode::ALL.len()],
    recording: RecordingCounts,
}

#[derive(Clone, Copy, Debug, Default)]
struct DateCounts {
    minute: u64,
    day: u64,
    month: u64,
    missing: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct RecordingCounts {
    filings_late: u64,
    corrected_cases: u64,
    events: u64,
    events_late: u64,
    entries: u64,
    corrections: u64,
    retractions: u64,
    waits: u64,
    contradictory: u64,
}

impl Tally for QualityTally {
    fn add_case(&mut self, observed: &ObservedCase<'_>, _: &Terms<'_>) {
        let case = observed.case;
        self.cases += 1;
        for (date, counts) in ImportantDate::ALL.iter().zip(&mut self.dates) {
            counts.extend(date.of_case(observed));
        }
        for (code, missing) in ImportantCode::ALL.iter().zip(&mut self.codes_missing) {
            *missing += u64::from(!code.is_known(case));
        }
        self.recording.add_case(case);
        self.recording.add_waits(&observed.waits);
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, _: &Terms<'_>) {
        for (date, counts) in ImportantDate::ALL.iter().zip(&mut self.dates) {
            counts.extend(date.of_visit(visit.visit));
        }
        self.recording.add_waits(&visit.waits);
    }

    fn add_open(&mut self, wait: &StillOpen) {
        if wait.awaited != Awaited::AnyEnding {
            self.recording.add_wait(wait.lasted.is_none());
        }
    }

    fn merge(&mut self, other: Self) {
        merge_counters(self, other);
    }
}

impl Counters for QualityTally {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let Self { cases, dates, codes_missing, recording } = self;
        see(cases);
        let of_date = |DateCounts { minute, day, month, missing }: &'c mut DateCounts| [minute, day, month, missing];
        dates.iter_mut().flat_map(of_date).chain(codes_missing).for_each(&mut *see);
        let RecordingCounts { filings_late, corrected_cases, events, events_late, .. } = recording;
        [filings_late, corrected_cases, events, events_late].into_iter().for_each(&mut *see);
        let RecordingCounts { entries, corrections, retractions, waits, contradictory, .. } = recording;
        [entries, corrections, retractions, waits, contradictory].into_iter().for_each(see);
    }
}

impl QualityTally {
    /// The figures.
    #[must_use]
    pub fn figures(&self) -> QualityFigures {
        let dates = ImportantDate::ALL.iter().zip(&self.dates);
        let codes = ImportantCode::ALL.iter().zip(&self.codes_missing);
        let recording = RecordingMeasure::ALL.iter();
        QualityFigures {
            dates: dates.map(|(date, counts)| counts.figures(*date)).collect(),
            codes: codes
                .map(|(code, missing)| CodeQuality { code: *code, missing: Share::of(*missing, self.cases) })
                .collect(),
            recording: recording
                .map(|measure| RecordingShare { measure: *measure, share: self.recording.share(*measure, self.cases) })
                .collect(),
        }
    }
}

impl Extend<Option<PartialTime>> for DateCounts {
    fn extend<I: IntoIterator<Item = Option<PartialTime>>>(&mut self, times: I) {
        for time in times {
            *match time.map(PartialTime::precision) {
                Some(Precision::Minute) => &mut self.minute,
                Some(Precision::Day) => &mut self.day,
                Some(Precision::Month) => &mut self.month,
                None => &mut self.missing,
            } += 1;
        }
    }
}

impl DateCounts {
    fn figures(&self, date: ImportantDate) -> DateQuality {
        let all = self.minute + self.day + self.month + self.missing;
        DateQuality {
            date,
            minute: self.minute.into(),
            day: self.day.into(),
            month: self.month.into(),
            missing: Share::of(self.missing, all),
        }
    }
}

impl RecordingCounts {
    fn add_case(&mut self, case: &MeasuredCase<'_>) {
        let recording = &case.recording;
        self.filings_late += u64::from(i64::from(recording.filing_lag_days) > LATE_AFTER_DAYS);
        self.corrected_cases += u64::from(recording.corrected > 0 || recording.retracted > 0);
        self.events += u64::from(recording.events);
        self.events_late += u64::from(recording.late);
        self.entries += u64::from(recording.entries);
        self.corrections += u64::from(recording.corrected);
        self.retractions += u64::from(recording.retracted);
    }

    fn add_waits(&mut self, waits: &ObservedWaits) {
        for wait in waits.each() {
            match wait.standing {
                Standing::Over(..) => self.add_wait(false),
                Standing::Open(_) => {}
                Standing::Contradictory => self.add_wait(true),
            }
        }
    }

    fn add_wait(&mut self, is_contradictory: bool) {
        self.waits += 1;
        self.contradictory += u64::from(is_contradictory);
    }

    fn share(&self, measure: RecordingMeasure, cases: u64) -> Share {
        match measure {
            RecordingMeasure::FilingRecordedLate => Share::of(self.filings_late, cases),
            RecordingMeasure::EventsRecordedLate => Share::of(self.events_late, self.events),
            RecordingMeasure::Corrections => Share::of(self.corrections, self.entries),
            RecordingMeasure::Retractions => Share::of(self.retractions, self.entries),
            RecordingMeasure::CorrectedComplaints => Share::of(self.corrected_cases, cases),
            RecordingMeasure::ContradictoryWaits => Share::of(self.contradictory, self.waits),
        }
    }
}
