//! What is asked of every urgent visit, and who counts in the answer.
//!
//! Where a question is about the Ombudsman's answer, only requests that needed approval count.

use super::mandate::Coverage;
use super::measured::{MeasuredCase, MeasuredVisit};
use super::observed::ObservedVisit;
use super::proportion::known;
use super::terms::Terms;
use crate::domain::complaint::Answer;
use crate::domain::visit::VisitState;
use crate::domain::words;

words! {
    /// A share of visits that is measured.
    VisitMeasure {
        /// Of the requests that needed approval: approved.
        Approved = "approved",
        /// Of the requests that needed approval: refused.
        Refused = "refused",
        /// Of the requests that needed approval: neither answered nor ended otherwise.
        Waiting = "waiting",
        /// Of the answered requests: approved.
        ApprovedOfAnswered = "approved_of_answered",
        /// Of the answered requests: refused.
        RefusedOfAnswered = "refused_of_answered",
        /// Of the refusals: for want of written evidence, of the victim's signature, or of more than a suspicion.
        RefusedForWantOfEvidence = "refused_for_want_of_evidence",
        /// Of the refusals: followed by a request that renews the refused one.
        Renewed = "renewed",
        /// Of all requests: for a kind of place that the mandate did not cover on the day of the request. Not known
        /// where the list of kinds of place does not tell.
        OutsideMandate = "outside_mandate",
        /// Of the approved requests: the place did not let the visitors in.
        AccessDenied = "access_denied",
        /// Of all requests: overtaken by events.
        Lapsed = "lapsed",
        /// Of all requests: called off by those who asked.
        Cancelled = "cancelled",
        /// Of all requests: carried out.
        CarriedOut = "carried_out",
        /// Of the visits: the place was told beforehand.
        Announced = "announced",
        /// Of the visits: the detainee was seen in private.
        PrivateInterview = "private_interview",
    }
}

impl VisitMeasure {
    /// The grounds that ask for evidence before a visit which is to find it (2014 submission to the Committee, art. 2).
    const WANT_OF_EVIDENCE: [&str; 3] = ["no_written_evidence", "not_signed_by_victim", "mere_suspicion"];

    /// The answer for a visit; none where it does not count.
    pub(super) fn answer(self, observed: &ObservedVisit<'_>) -> Option<Answer> {
        let visit = observed.visit;
        match self {
            Self::Approved => visit.needs_approval.then(|| known(visit.is_approved())),
            Self::Refused => visit.needs_approval.then(|| known(visit.is_refused())),
            Self::Waiting => visit.needs_approval.then(|| known(visit.is_waiting())),
            Self::ApprovedOfAnswered => visit.is_answered().then(|| known(visit.is_approved())),
            Self::RefusedOfAnswered => visit.is_answered().then(|| known(visit.is_refused())),
            Self::RefusedForWantOfEvidence => visit
                .is_refused()
                .then(|| known(visit.refusal_ground.is_some_and(|ground| Self::WANT_OF_EVIDENCE.contains(&ground)))),
            Self::Renewed => visit.is_refused().then(|| known(visit.renewed)),
            Self::OutsideMandate => Some(observed.outside_mandate),
            Self::AccessDenied => visit.is_approved().then(|| known(visit.state == VisitState::AccessDenied)),
            Self::Lapsed => Some(known(visit.state == VisitState::Lapsed)),
            Self::Cancelled => Some(known(visit.state == VisitState::Cancelled)),
            Self::CarriedOut => Some(known(visit.carried_out.is_some())),
            Self::Announced => visit.announced,
            Self::PrivateInterview => visit.private_interview,
        }
    }
}

impl MeasuredVisit<'_> {
    /// Whether it needs an answer and waits for it.
    pub(super) fn is_waiting(&self) -> bool {
        self.needs_approval && self.state == VisitState::Requested
    }

    /// Whether it needed an answer and got one.
    pub(super) fn is_answered(&self) -> bool {
        self.needs_approval && self.answered.is_some()
    }

    /// Whether it needed an answer and was approved.
    pub(super) fn is_approved(&self) -> bool {
        self.needs_approval && self.approved.is_some()
    }

    /// Whether it needed an answer and was refused.
    pub(super) fn is_refused(&self) -> bool {
        self.is_answered() && self.approved.is_none()
    }
}

/// Whether it was for a kind of place that the mandate did not cover on the day of the request.
pub(super) fn outside_mandate(case: &MeasuredCase<'_>, visit: &MeasuredVisit<'_>, terms: &Terms<'_>) -> Answer {
    match terms.mandate.coverage(visit.kind_of_place, visit.requested.first_day(case.zone)) {
        Coverage::NotCovered => Answer::Yes,
        Coverage::Covered => Answer::No,
        Coverage::Unknown => Answer::Unknown,
    }
}
