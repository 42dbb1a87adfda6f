//! What a complainant is told of where their complaint stands: the investigation in a few words. Urgent visits
//! are left out: a receipt that falls into the wrong hands must not tell a place that somebody is coming.

use super::case::Case;
use super::id::ActorId;
use super::investigation::InvestigationState;
use super::payload::words;

words! {
    /// Where a complaint stands, as its complainant is told.
    PublicState {
        /// It has come in, and nobody has done anything with it.
        Received = "received",
        /// Somebody of the organisation is at work on it.
        InWork = "in_work",
        /// With the authority's own internal security.
        PassedOn = "passed_on",
        /// A criminal investigation is open.
        Investigated = "investigated",
        /// The authorities have dismissed it.
        Dismissed = "dismissed",
        /// The dismissal is under appeal.
        Appealed = "appealed",
        /// Somebody is prosecuted.
        Prosecuted = "prosecuted",
        /// The proceedings have ended.
        Closed = "closed",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
    }
}

impl PublicState {
    /// Of a case that came in through a member without an account.
    #[must_use]
    pub fn of(case: &Case, door: ActorId) -> Self {
        let is_in_work = || case.events().iter().any(|event| event.recorded_by.actor != door);
        match case.position().investigation {
            InvestigationState::Unfiled | InvestigationState::Filed if is_in_work() => Self::InWork,
            InvestigationState::Unfiled | InvestigationState::Filed => Self::Received,
            InvestigationState::RoutedToInternalSecurity => Self::PassedOn,
            InvestigationState::UnderInvestigation => Self::Investigated,
            InvestigationState::Dismissed => Self::Dismissed,
            InvestigationState::UnderAppeal => Self::Appealed,
            InvestigationState::Prosecution => Self::Prosecuted,
            InvestigationState::Closed => Self::Closed,
            InvestigationState::Withdrawn => Self::Withdrawn,
        }
    }
}
