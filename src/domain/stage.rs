//! The one-word headline of a case in lists and filters.

use super::investigation::InvestigationState;
use super::payload::words;
use super::visit::VisitState;

words! {
    /// The visit's state where a visit is open, else the investigation's.
    Stage {
        /// A visit is asked for.
        VisitRequested = "visit_requested",
        /// A visit is approved.
        VisitApproved = "visit_approved",
        /// Filed.
        Filed = "filed",
        /// With internal security.
        RoutedToInternalSecurity = "routed_to_internal_security",
        /// Under investigation.
        UnderInvestigation = "under_investigation",
        /// Dismissed.
        Dismissed = "dismissed",
        /// Under appeal.
        UnderAppeal = "under_appeal",
        /// Prosecution.
        Prosecution = "prosecution",
        /// Closed.
        Closed = "closed",
        /// Withdrawn.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// The headline of a case whose two regions stand thus.
    #[must_use]
    pub fn of(investigation: InvestigationState, visit: VisitState) -> Self {
        match (visit, investigation) {
            (VisitState::Requested, _) => Self::VisitRequested,
            (VisitState::Approved, _) => Self::VisitApproved,
            (_, InvestigationState::Unfiled | InvestigationState::Filed) => Self::Filed,
            (_, InvestigationState::RoutedToInternalSecurity) => Self::RoutedToInternalSecurity,
            (_, InvestigationState::UnderInvestigation) => Self::UnderInvestigation,
            (_, InvestigationState::Dismissed) => Self::Dismissed,
            (_, InvestigationState::UnderAppeal) => Self::UnderAppeal,
            (_, InvestigationState::Prosecution) => Self::Prosecution,
            (_, InvestigationState::Closed) => Self::Closed,
            (_, InvestigationState::Withdrawn) => Self::Withdrawn,
        }
    }
}
