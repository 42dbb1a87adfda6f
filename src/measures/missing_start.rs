//! Which waits are left out of a delay because nobody recorded when they began, though something tells that there
//! was such a wait.

use super::delay::DelayMeasure;
use super::measured::MeasuredVisit;
use super::observed::ObservedCase;

impl DelayMeasure {
    /// Whether a case had this wait, as far as can be told, without the date of its start. A complaint that was
    /// decided without a recorded routing; a deprivation of liberty that a safeguard or the circumstances tell of.
    /// The other waits start with a step that is always on record where they exist.
    pub(super) fn lacks_start_in_case(self, case: &ObservedCase<'_>) -> bool {
        let times = &case.case.milestones;
        match self {
            Self::RoutingToDecision => {
                times.routed.is_none() && (times.dismissed.is_some() || times.prosecuted.is_some())
            }
            Self::DeprivationToRegistration
            | Self::DeprivationToLawyer
            | Self::DeprivationToDoctor
            | Self::DeprivationToFamilyNotice => times.deprived_of_liberty.is_none() && case.tells_of_custody,
            _ => false,
        }
    }

    /// The same of a visit: one that needed approval and took place, without the date of the approval.
    pub(super) fn lacks_start_in_visit(self, visit: &MeasuredVisit<'_>) -> bool {
        self == Self::VisitApprovalToVisit
            && visit.needs_approval
            && visit.carried_out.is_some()
            && visit.approved.is_none()
    }
}
