//! The first hours of a deprivation of liberty: whether each safeguard came in time.
//!
//! It is judged as the delays are, so that no indicator contradicts its delay: a safeguard that nobody recorded was,
//! as far as is known, still missing when the complaint was filed.

use super::delay::DelayMeasure;
use super::measured::MeasuredCase;
use super::observed::{ObservedCase, ObservedWait};
use super::wait::{LastSeen, Standing};
use crate::domain::complaint::Answer;

/// The circumstances in which a person is deprived of liberty by the police or the prison service, so that a time
/// of it should be on record.
const CUSTODY: [&str; 6] = ["arrest", "interrogation", "police_custody", "pre_trial_detention", "prison", "transfer"];

/// For each safeguard, whether it came within its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirstHours {
    pub(super) registered: Answer,
    pub(super) lawyer: Answer,
    pub(super) doctor: Answer,
    pub(super) family: Answer,
}

impl FirstHours {
    /// Those of a case; none where nothing tells of a deprivation of liberty.
    pub(super) fn of(case: &ObservedCase<'_>) -> Option<Self> {
        let in_time = |measure| case.waits.of(measure).map_or(Answer::Unknown, in_time);
        case.tells_of_custody.then(|| Self {
            registered: in_time(DelayMeasure::DeprivationToRegistration),
            lawyer: in_time(DelayMeasure::DeprivationToLawyer),
            doctor: in_time(DelayMeasure::DeprivationToDoctor),
            family: in_time(DelayMeasure::DeprivationToFamilyNotice),
        })
    }

    /// Whether every safeguard came in time.
    pub(super) fn all(self) -> Answer {
        let answers = [self.registered, self.lawyer, self.doctor, self.family];
        if answers.contains(&Answer::No) {
            Answer::No
        } else if answers.contains(&Answer::Unknown) {
            Answer::Unknown
        } else {
            Answer::Yes
        }
    }
}

impl MeasuredCase<'_> {
    /// Whether anything tells of a deprivation of liberty: its own time, that of a safeguard, or the circumstances.
    pub(super) fn tells_of_custody(&self) -> bool {
        let times = &self.milestones;
        let recorded = [times.deprived_of_liberty, times.registered, times.lawyer, times.doctor, times.family];
        recorded.iter().any(Option::is_some) || self.context.is_some_and(|context| CUSTODY.contains(&context))
    }
}

/// Whether a wait kept within its deadline. Not known where there is no deadline, where dates contradict each other,
/// or where it has not ended, as far as was seen, but was not seen to last longer than the deadline either.
pub(super) fn in_time(wait: &ObservedWait) -> Answer {
    wait.hours.map_or(Answer::Unknown, |hours| within(wait, hours))
}

/// Whether a wait kept within a number of hours, likewise.
pub(super) fn within(wait: &ObservedWait, hours: i32) -> Answer {
    match wait.standing {
        Standing::Over(delay, _) if !delay.is_within_hours(hours) => Answer::No,
        Standing::Over(_, LastSeen::Ended) => Answer::Yes,
        Standing::Over(..) | Standing::Open(_) | Standing::Contradictory => Answer::Unknown,
    }
}
