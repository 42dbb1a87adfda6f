//! The delays: from which milestone to which, and what ends the wait otherwise.

use super::measured::{MeasuredCase, MeasuredVisit};
use super::wait::Wait;
use crate::domain::deadline::AwaitedStep;
use crate::domain::milestone::{Ending, Milestones};
use crate::domain::time::{PartialTime, Zone};
use crate::domain::words;

words! {
    /// When the clock of a complaint starts.
    #[derive(Default)]
    ComplaintClock {
        /// When an authority or the organisation first learnt of the allegation (CAT art. 12 and 13), or
        /// with the filing where that came first.
        #[default]
        Learnt = "learnt",
        /// With the formal filing.
        Filed = "filed",
    }
}

impl ComplaintClock {
    /// When the clock of a complaint with these milestones started; none without a filing.
    #[must_use]
    pub fn start(self, times: &Milestones) -> Option<PartialTime> {
        match self {
            Self::Learnt => times.learnt,
            Self::Filed => times.filed,
        }
    }
}

words! {
    /// A delay that is measured.
    DelayMeasure {
        /// From the start of the complaint's clock to its routing to internal security. Ends otherwise: another
        /// step of an authority, or withdrawal.
        FilingToRouting = "filing_to_routing",
        /// From routing to the first decision (dismissal or charges). Ends otherwise: withdrawal.
        RoutingToDecision = "routing_to_decision",
        /// From the start of the complaint's clock to the first step of any authority. Ends otherwise: withdrawal.
        FilingToFirstResponse = "filing_to_first_response",
        /// From the start of the complaint's clock to a dismissal that comes before any other ending.
        FilingToDismissal = "filing_to_dismissal",
        /// From the start of the complaint's clock to charges that come before any other ending.
        FilingToProsecution = "filing_to_prosecution",
        /// From a visit request that needs approval to its approval or refusal. Ends otherwise: cancelled, lapsed.
        VisitRequestToAnswer = "visit_request_to_answer",
        /// From a visit request to the visit. Ends otherwise: refused, denied, cancelled, lapsed.
        VisitRequestToVisit = "visit_request_to_visit",
        /// From the approval to the visit. Ends otherwise: denied, cancelled, lapsed.
        VisitApprovalToVisit = "visit_approval_to_visit",
        /// From the first appeal to its answer. Ends otherwise: withdrawal.
        AppealToAnswer = "appeal_to_answer",
        /// From the actual deprivation of liberty to its registration; a missing time counts as still
        /// missing when the complaint was filed.
        DeprivationToRegistration = "deprivation_to_registration",
        /// From the actual deprivation of liberty to the first access to a lawyer, likewise.
        DeprivationToLawyer = "deprivation_to_lawyer",
        /// From the actual deprivation of liberty to the first access to a doctor, likewise.
        DeprivationToDoctor = "deprivation_to_doctor",
        /// From the actual deprivation of liberty to notice to the family, likewise.
        DeprivationToFamilyNotice = "deprivation_to_family_notice",
    }
}

impl DelayMeasure {
    /// The safeguards of the first hours.
    pub const FIRST_HOURS: &[Self] = &[
        Self::DeprivationToRegistration,
        Self::DeprivationToLawyer,
        Self::DeprivationToDoctor,
        Self::DeprivationToFamilyNotice,
    ];

    /// Those that are measured on visits, not on cases.
    pub const OF_VISITS: &[Self] = &[Self::VisitRequestToAnswer, Self::VisitRequestToVisit, Self::VisitApprovalToVisit];

    /// Whether it is measured on visits, not on cases.
    #[must_use]
    pub fn is_of_visits(self) -> bool {
        Self::OF_VISITS.contains(&self)
    }

    /// The step whose deadline it is held against; none where there can be none.
    #[must_use]
    pub fn awaited_step(self) -> Option<AwaitedStep> {
        match self {
            Self::FilingToRouting => Some(AwaitedStep::Route),
            Self::RoutingToDecision => Some(AwaitedStep::Decide),
            Self::FilingToFirstResponse => Some(AwaitedStep::FirstResponse),
            Self::VisitRequestToAnswer => Some(AwaitedStep::AnswerVisit),
            Self::VisitApprovalToVisit => Some(AwaitedStep::CarryOutVisit),
            Self::AppealToAnswer => Some(AwaitedStep::AnswerAppeal),
            Self::DeprivationToRegistration => Some(AwaitedStep::RegisterDetention),
            Self::DeprivationToLawyer => Some(AwaitedStep::AccessToLawyer),
            Self::DeprivationToDoctor => Some(AwaitedStep::AccessToDoctor),
            Self::DeprivationToFamilyNotice => Some(AwaitedStep::NotifyFamily),
            Self::FilingToDismissal | Self::FilingToProsecution | Self::VisitRequestToVisit => None,
        }
    }

    /// The horizon of its restricted mean and of its curve, in days: long enough to see most of what matters of such
    /// a wait, short enough to be observed in most cases. A year for what becomes of a complaint, a month for an
    /// appeal and for a visit that is urgent, a week for the safeguards of the first hours.
    #[must_use]
    pub fn horizon_days(self) -> u32 {
        match self {
            Self::FilingToRouting
            | Self::RoutingToDecision
            | Self::FilingToFirstResponse
            | Self::FilingToDismissal
            | Self::FilingToProsecution => 365,
            Self::AppealToAnswer
            | Self::VisitRequestToAnswer
            | Self::VisitRequestToVisit
            | Self::VisitApprovalToVisit => 30,
            Self::DeprivationToRegistration
            | Self::DeprivationToLawyer
            | Self::DeprivationToDoctor
            | Self::DeprivationToFamilyNotice => 7,
        }
    }

    /// The wait in a case; none where it never began, or the measure is one of visits.
    #[must_use]
    pub fn of_case(self, case: &MeasuredCase<'_>, clock: ComplaintClock) -> Option<Wait> {
        let times = &case.milestones;
        let clock_start = clock.start(times);
        let (start, end, otherwise) = match self {
            Self::FilingToRouting => {
                let other_steps = [times.investigation_opened, times.dismissed, times.prosecuted, times.withdrawn];
                (clock_start, times.routed, earliest(other_steps, case.zone))
            }
            Self::RoutingToDecision => {
                (times.routed, earliest([times.dismissed, times.prosecuted], case.zone), times.withdrawn)
            }
            Self::FilingToFirstResponse => (clock_start, times.first_response, times.withdrawn),
            Self::FilingToDismissal => ending(times, clock_start, Ending::Dismissed),
            Self::FilingToProsecution => ending(times, clock_start, Ending::Prosecuted),
            Self::AppealToAnswer => (times.appealed, times.appeal_answered, times.appeal_withdrawn),
            Self::DeprivationToRegistration => return safeguard(times, times.registered),
            Self::DeprivationToLawyer => return safeguard(times, times.lawyer),
            Self::DeprivationToDoctor => return safeguard(times, times.doctor),
            Self::DeprivationToFamilyNotice => return safeguard(times, times.family),
            Self::VisitRequestToAnswer | Self::VisitRequestToVisit | Self::VisitApprovalToVisit => return None,
        };
        Some(Wait { start: start?, end, otherwise, lost: times.follow_up_ended })
    }

    /// The wait in a visit; none where it never began, or the measure is one of cases.
    #[must_use]
    pub fn of_visit(self, case: &MeasuredCase<'_>, visit: &MeasuredVisit<'_>) -> Option<Wait> {
        let (start, end) = match self {
            Self::VisitRequestToAnswer if visit.needs_approval => (visit.requested, visit.answered),
            Self::VisitRequestToVisit => (visit.requested, visit.carried_out),
            Self::VisitApprovalToVisit => (visit.approved?, visit.carried_out),
            _ => return None,
        };
        Some(Wait { start, end, otherwise: visit.ended, lost: case.milestones.follow_up_ended })
    }
}

fn earliest<const N: usize>(times: [Option<PartialTime>; N], zone: Zone) -> Option<PartialTime> {
    times.into_iter().flatten().reduce(|first, time| if time.begins_before(first, zone) { time } else { first })
}

/// From the clock's start to one of the three endings that compete: where another came first, that
/// one ends the wait.
fn ending(
    times: &Milestones,
    start: Option<PartialTime>,
    wanted: Ending,
) -> (Option<PartialTime>, Option<PartialTime>, Option<PartialTime>) {
    let at = times.first_ending_at();
    if times.first_ending == Some(wanted) { (start, at, None) } else { (start, None, at) }
}

/// A safeguard that nobody recorded was, as far as is known, still missing when the complaint was
/// filed. Nothing is known of it after that, so it is not counted as missing until today: it is never open.
fn safeguard(times: &Milestones, end: Option<PartialTime>) -> Option<Wait> {
    Some(Wait { start: times.deprived_of_liberty?, end, otherwise: None, lost: Some(times.filed?) })
}
