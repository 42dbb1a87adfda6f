//! What counts in each indicator: the answers that a case or a visit gives to its question.

use super::delay::DelayMeasure;
use super::first_hours::{FirstHours, in_time, within};
use super::indicator::Indicator;
use super::measured::{MeasuredCase, MeasuredExpulsion};
use super::observed::{Awaited, ObservedCase, ObservedVisit, StillOpen};
use super::proportion::{Proportion, known};
use super::visit_measure::VisitMeasure;
use crate::domain::complaint::Answer;
use crate::domain::fact::{Consistency, Fate};

const DEATHS: [&str; 2] = ["death", "suicide"];
const SELF_HARM: [&str; 2] = ["attempted_suicide", "self_harm"];
const CHARGES: [&str; 2] = ["new_charge", "false_report_charge"];
const DEFENDERS: [&str; 2] = ["against_lawyer", "against_defender"];
const TRAFFICKING: &str = "trafficking";
const HOURS_IN_30_DAYS: i32 = 30 * 24;

impl Indicator {
    /// Counts what a case says to it. What is asked of visits is not asked here.
    pub(super) fn count_case(
        self,
        observed: &ObservedCase<'_>,
        first_hours: Option<FirstHours>,
        into: &mut Proportion,
    ) {
        let case = observed.case;
        let (times, facts) = (&case.milestones, &case.facts);
        let prosecuted = times.prosecuted.is_some();
        match self {
            Self::RegisteredInTime => into.extend(first_hours.map(|hours| hours.registered)),
            Self::LawyerInTime => into.extend(first_hours.map(|hours| hours.lawyer)),
            Self::DoctorInTime => into.extend(first_hours.map(|hours| hours.doctor)),
            Self::FamilyToldInTime => into.extend(first_hours.map(|hours| hours.family)),
            Self::AllSafeguardsInTime => into.extend(first_hours.map(FirstHours::all)),
            Self::VisitsOutsideMandate
            | Self::VisitsAnsweredInTime
            | Self::VisitsRefused
            | Self::VisitsRefusedForWantOfEvidence => {}

            Self::RiskArgued => into.extend(facts.expulsions.iter().map(|proceeding| proceeding.risk_argued)),
            Self::RiskExamined => into.extend(argued(case).map(|proceeding| proceeding.risk_examined)),
            Self::RemovalStopped => into.extend(argued(case).map(|proceeding| is(proceeding.fate, Fate::Granted))),
            Self::RemovalWithRiskNotExamined => {
                let failed = argued(case).filter(|proceeding| failed(proceeding.fate) == Answer::Yes);
                into.extend(failed.map(|proceeding| not(proceeding.risk_examined)));
            }

            Self::DeathInCustody => into.count(known(facts.incidents.iter().any(|i| DEATHS.contains(&i.kind)))),
            Self::DeathInquired => into.extend(inquiries(case, &DEATHS)),
            Self::SelfHarmInquired => into.extend(inquiries(case, &SELF_HARM)),

            Self::RoutedToInternalSecurity => into.count(known(times.routed.is_some())),
            Self::DismissedByInternalSecurity => into.count(known(times.dismissed_by_internal_security)),
            Self::NoResponseIn30Days => into.extend(no_response_in_30_days(observed)),
            Self::Prosecuted => into.count(known(prosecuted)),
            Self::IndependentExamination => into.count(independent_examination(case)),
            Self::ProsecutedWithFindings => into.extend(has_findings(case).then(|| known(prosecuted))),
            Self::DismissedWithFindings => into.extend(has_findings(case).then(|| known(times.dismissed.is_some()))),
            Self::WithdrawnUnderPressure => into.extend(case.pressure_to_withdraw),
            Self::Reprisal => into.count(known(!facts.reprisals.is_empty())),
            Self::ChargedInReprisal => into.count(suffered(case, &CHARGES)),
            Self::TraffickingVictimCharged => {
                into.extend((case.context == Some(TRAFFICKING)).then(|| suffered(case, &CHARGES)));
            }

            Self::ReparationClaimed => into.count(known(!facts.claims.is_empty())),
            Self::ReparationClaimedIfProsecuted => {
                into.extend(prosecuted.then(|| known(!facts.claims.is_empty())));
            }
            Self::ReparationGranted => into.extend(facts.claims.iter().map(|claim| is(claim.fate, Fate::Granted))),
            Self::ReparationRefused => into.extend(facts.claims.iter().map(|claim| is(claim.fate, Fate::Refused))),
            Self::ReparationNotConsidered => {
                into.extend(facts.claims.iter().map(|claim| is(claim.fate, Fate::NotConsidered)));
            }
            Self::ReparationRefusedWithoutConviction if !case.is_convicted() => into.extend(failed_claims(case)),
            Self::ReparationRefusedAfterConviction if case.is_convicted() => into.extend(failed_claims(case)),
            Self::ReparationRefusedWithoutConviction | Self::ReparationRefusedAfterConviction => {}

            Self::ConfessionSought => into.count(known(case.to_obtain_a_confession)),
            Self::ExclusionSought => {
                into.extend(case.to_obtain_a_confession.then(|| known(!facts.motions.is_empty())));
            }
            Self::ExclusionGranted => into.extend(facts.motions.iter().map(|fate| is(*fate, Fate::Granted))),
            Self::ExclusionRefused => into.extend(facts.motions.iter().map(|fate| is(*fate, Fate::Refused))),
            Self::ExclusionNotConsidered => {
                into.extend(facts.motions.iter().map(|fate| is(*fate, Fate::NotConsidered)));
            }

            Self::ReprisalAgainstDefender => into.count(suffered(case, &DEFENDERS)),
            Self::ReprisalsAgainstDefenders => {
                into.extend(facts.reprisals.iter().map(|kind| known(DEFENDERS.contains(kind))));
            }
        }
    }

    /// Counts what a visit says to it. What is asked of cases is not asked here.
    pub(super) fn count_visit(self, visit: &ObservedVisit<'_>, into: &mut Proportion) {
        match self {
            Self::VisitsOutsideMandate => into.extend(VisitMeasure::OutsideMandate.answer(visit)),
            Self::VisitsRefused => into.extend(VisitMeasure::RefusedOfAnswered.answer(visit)),
            Self::VisitsRefusedForWantOfEvidence => {
                into.extend(VisitMeasure::RefusedForWantOfEvidence.answer(visit));
            }
            Self::VisitsAnsweredInTime => {
                let wait = visit.waits.of(DelayMeasure::VisitRequestToAnswer);
                into.extend(wait.filter(|wait| !wait.is_open()).map(in_time));
            }
            _ => {}
        }
    }

    /// The indicator to which a wait that goes on says something, and what it says.
    pub(super) fn of_open(wait: &StillOpen) -> Option<(Self, Answer)> {
        let lasted_longer = |hours| wait.lasted.is_some_and(|lasted| !lasted.is_within_hours(hours));
        let if_longer = |longer, answer| if longer { answer } else { Answer::Unknown };
        match wait.awaited {
            Awaited::Delay(DelayMeasure::FilingToFirstResponse) => {
                Some((Self::NoResponseIn30Days, if_longer(lasted_longer(HOURS_IN_30_DAYS), Answer::Yes)))
            }
            Awaited::Delay(DelayMeasure::VisitRequestToAnswer) => {
                Some((Self::VisitsAnsweredInTime, if_longer(wait.hours.is_some_and(lasted_longer), Answer::No)))
            }
            _ => None,
        }
    }
}

fn not(answer: Answer) -> Answer {
    match answer {
        Answer::Yes => Answer::No,
        Answer::No => Answer::Yes,
        Answer::Unknown => Answer::Unknown,
    }
}

/// Whether it met with this fate; not known while nothing is decided.
fn is(fate: Fate, this: Fate) -> Answer {
    if fate == Fate::Pending { Answer::Unknown } else { known(fate == this) }
}

/// Whether it was refused or left without consideration; not known while nothing is decided.
fn failed(fate: Fate) -> Answer {
    not(is(fate, Fate::Granted))
}

/// The removal proceedings in which the risk of torture was argued.
fn argued<'c>(case: &'c MeasuredCase<'_>) -> impl Iterator<Item = &'c MeasuredExpulsion<'c>> {
    case.facts.expulsions.iter().filter(|proceeding| proceeding.risk_argued == Answer::Yes)
}

/// Whether each incident of these kinds was independently inquired into.
fn inquiries(case: &MeasuredCase<'_>, kinds: &[&str]) -> impl Iterator<Item = Answer> {
    let incidents = case.facts.incidents.iter().filter(|incident| kinds.contains(&incident.kind));
    incidents.map(|incident| incident.independent_inquiry)
}

/// Whether each claim for reparation was refused or left without consideration.
fn failed_claims(case: &MeasuredCase<'_>) -> impl Iterator<Item = Answer> {
    case.facts.claims.iter().map(|claim| failed(claim.fate))
}

/// Whether a reprisal of one of these kinds is on record.
fn suffered(case: &MeasuredCase<'_>, kinds: &[&str]) -> Answer {
    known(case.facts.reprisals.iter().any(|kind| kinds.contains(kind)))
}

/// Whether a medical examination found at least what is consistent with the allegation.
fn has_findings(case: &MeasuredCase<'_>) -> bool {
    case.facts.examinations.iter().any(|examination| examination.consistency != Consistency::NotConsistent)
}

/// Whether anybody independent examined; not known where that is not known of any examiner and none surely was.
fn independent_examination(case: &MeasuredCase<'_>) -> Answer {
    let has = |answer| case.facts.examinations.iter().any(|examination| examination.independent == answer);
    if !has(Answer::Yes) && has(Answer::Unknown) { Answer::Unknown } else { known(has(Answer::Yes)) }
}

/// None where the wait goes on: that is counted by itself.
fn no_response_in_30_days(case: &ObservedCase<'_>) -> Option<Answer> {
    match case.waits.of(DelayMeasure::FilingToFirstResponse) {
        None => Some(Answer::Unknown),
        Some(wait) if wait.is_open() => None,
        Some(wait) => Some(not(within(wait, HOURS_IN_30_DAYS))),
    }
}
