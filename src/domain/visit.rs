//! The urgent-visit region of the state machine: an NPM member asks to see somebody, and the
//! Ombudsman's office answers, or does not.

use super::code::{CodeIn, list};
use super::complaint::Answer;
use super::id::EventId;
use super::payload::{family, field_words, payload, words};

words! {
    /// Where the latest urgent visit stands.
    VisitState {
        /// None was ever asked for.
        NotRequested = "not_requested",
        /// Asked for; no answer yet.
        Requested = "requested",
        /// Approved; not yet carried out.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// Carried out.
        Visited = "visited",
        /// Approved, but the place did not let the visitors in.
        AccessDenied = "access_denied",
        /// Called off by those who asked.
        Cancelled = "cancelled",
        /// Overtaken by events.
        Lapsed = "lapsed",
    }
}

words! {
    /// The evidence offered with a request.
    Evidence {
        /// None.
        None = "none",
        /// By word of mouth.
        Oral = "oral",
        /// In writing, not signed by the alleged victim.
        Written = "written",
        /// In writing and signed by the alleged victim.
        WrittenAndSigned = "written_and_signed",
    }
}
field_words!(Evidence);

words! {
    /// Whether the place may be visited only with the Ombudsman's approval.
    Approval {
        /// It may not be visited without.
        Required = "required",
        /// It may be visited at any time.
        NotRequired = "not_required",
    }
}
field_words!(Approval);

payload! {
    /// An urgent visit is asked for.
    RequestVisit {
        /// The place, where it is on the list.
        place: Option<CodeIn<list::Place>>,
        /// The kind of place.
        kind_of_place: CodeIn<list::KindOfPlace>,
        /// The evidence that exists.
        evidence: Evidence,
        /// Whether approval is needed. Left out, it is what the code list says of the kind of place.
        approval: Option<Approval>,
        /// The refused request that this one renews.
        renews: Option<EventId>,
        @texts {
            /// Why it is urgent.
            urgency
        }
    }
}

payload! {
    /// The request is approved.
    ApproveVisit {
        /// The body that approves.
        approving_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// The request is refused.
    RefuseVisit {
        /// The body that refuses.
        refusing_body: Option<CodeIn<list::Agency>>,
        /// The ground given.
        ground: CodeIn<list::VisitRefusalGround>,
    }
}

payload! {
    /// The visit takes place.
    CarryOutVisit {
        /// Whether the place was told beforehand.
        announced: Answer,
        /// Whether the detainee was seen in private.
        private_interview: Answer,
        @texts {
            /// What the visitors found.
            findings
        }
    }
}

payload! {
    /// The place does not let the visitors in.
    DenyAccess {
        /// The body that denied access.
        denied_by: CodeIn<list::Agency>,
    }
}

payload! {
    /// Those who asked call it off.
    CancelVisit {
        @texts {
            /// Why. A correction has a `why` of its own, so this one is called otherwise.
            reason
        }
    }
}

payload! {
    /// The request is overtaken by events.
    LapseVisit {
        /// By which.
        reason: CodeIn<list::LapseReason>,
    }
}

family! {
    /// A step of an urgent visit.
    VisitStep,
    /// The kinds of step of an urgent visit.
    VisitStepKind {
        /// Asked for.
        RequestVisit = "request_visit",
        /// Approved.
        ApproveVisit = "approve_visit",
        /// Refused.
        RefuseVisit = "refuse_visit",
        /// Carried out.
        CarryOutVisit = "carry_out_visit",
        /// Access denied.
        DenyAccess = "deny_access",
        /// Called off.
        CancelVisit = "cancel_visit",
        /// Overtaken by events.
        LapseVisit = "lapse_visit",
    }
}

use VisitState as S;
use VisitStepKind as K;

const NOT_OPEN: &[S] = &[S::NotRequested, S::Refused, S::Visited, S::AccessDenied, S::Cancelled, S::Lapsed];

/// Every legal step: its kind, the states it may leave, the state it leads to. Two conditions stand
/// beside the table: no visit is requested once the investigation is closed, and one is carried out
/// without an answer only where no approval is needed.
pub const TRANSITIONS: &[(K, &[S], S)] = &[
    (K::RequestVisit, NOT_OPEN, S::Requested),
    (K::ApproveVisit, &[S::Requested], S::Approved),
    (K::RefuseVisit, &[S::Requested], S::Refused),
    (K::CarryOutVisit, &[S::Approved, S::Requested], S::Visited),
    (K::DenyAccess, &[S::Approved], S::AccessDenied),
    (K::CancelVisit, &[S::Requested, S::Approved], S::Cancelled),
    (K::LapseVisit, &[S::Requested, S::Approved], S::Lapsed),
];

impl VisitStepKind {
    /// Whether it answers a request: what the Ombudsman's office does.
    #[must_use]
    pub fn is_answer(self) -> bool {
        matches!(self, Self::ApproveVisit | Self::RefuseVisit)
    }
}

impl VisitState {
    /// Whether a visit is open: asked for, and neither refused nor ended.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Approved)
    }

    /// The state after a step by the table alone; `None` where the step is illegal here.
    #[must_use]
    pub fn after(self, step: VisitStepKind) -> Option<Self> {
        TRANSITIONS.iter().find(|(kind, from, _)| *kind == step && from.contains(&self)).map(|(_, _, to)| *to)
    }
}
