//! The investigation region of the state machine: what the authorities do with a complaint.

use super::code::{CodeIn, list};
use super::complaint::{Answer, File};
use super::payload::{family, payload, words};

words! {
    /// Where the investigation stands.
    InvestigationState {
        /// Nothing has been filed yet. No case stays here.
        Unfiled = "unfiled",
        /// Filed; no authority has taken a step.
        Filed = "filed",
        /// With the Internal Security Department, or another body that looks into its own.
        RoutedToInternalSecurity = "routed_to_internal_security",
        /// A criminal investigation is open.
        UnderInvestigation = "under_investigation",
        /// Dismissed.
        Dismissed = "dismissed",
        /// The dismissal is under appeal.
        UnderAppeal = "under_appeal",
        /// Charges have been brought.
        Prosecution = "prosecution",
        /// The prosecution has ended.
        Closed = "closed",
        /// The complaint was withdrawn.
        Withdrawn = "withdrawn",
    }
}

payload! {
    /// The complaint is passed to a body that looks into its own agency.
    Route {
        /// The body that receives it.
        receiving_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// A criminal investigation is opened.
    OpenInvestigation {
        /// The body that investigates.
        investigating_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// The complaint is dismissed.
    Dismiss {
        /// The body that decides.
        deciding_body: CodeIn<list::Agency>,
        /// The ground given.
        ground: CodeIn<list::DismissalGround>,
    }
}

payload! {
    /// The dismissal is appealed.
    Appeal {
        /// The body appealed to.
        to_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// The appeal is rejected; the dismissal stands.
    UpholdDismissal {
        /// The body that decides.
        deciding_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// The investigation is taken up again.
    Reopen {
        /// The body that decides.
        deciding_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// Charges are brought.
    Prosecute {
        /// The body that brings them.
        prosecuting_body: CodeIn<list::Agency>,
        /// The article charged.
        charge: CodeIn<list::Charge>,
    }
}

payload! {
    /// The prosecution is discontinued.
    Discontinue {
        /// The court or body.
        deciding_body: CodeIn<list::Agency>,
        /// The ground given.
        ground: Option<CodeIn<list::DismissalGround>>,
    }
}

payload! {
    /// The accused are acquitted.
    Acquit {
        /// The court.
        deciding_body: CodeIn<list::Agency>,
    }
}

payload! {
    /// Somebody is convicted.
    Convict {
        /// The court.
        deciding_body: CodeIn<list::Agency>,
        /// The article of the conviction, where it is another than the one charged.
        charge: Option<CodeIn<list::Charge>>,
    }
}

payload! {
    /// The complaint is withdrawn.
    Withdraw {
        /// Whether pressure on the complainant is alleged.
        pressure_alleged: Answer,
    }
}

family! {
    /// A step of the investigation.
    InvestigationStep,
    /// The kinds of step of the investigation.
    InvestigationStepKind {
        /// The complaint is filed.
        File = "file",
        /// Passed to internal security.
        Route = "route",
        /// An investigation is opened.
        OpenInvestigation = "open_investigation",
        /// Dismissed.
        Dismiss = "dismiss",
        /// The dismissal is appealed.
        Appeal = "appeal",
        /// The dismissal is upheld.
        UpholdDismissal = "uphold_dismissal",
        /// Taken up again.
        Reopen = "reopen",
        /// Charges are brought.
        Prosecute = "prosecute",
        /// The prosecution is discontinued.
        Discontinue = "discontinue",
        /// Acquittal.
        Acquit = "acquit",
        /// Conviction.
        Convict = "convict",
        /// Withdrawn.
        Withdraw = "withdraw",
    }
}

use InvestigationState as S;
use InvestigationStepKind as K;

/// Every legal step: its kind, the states it may leave, the state it leads to. The one place where
/// this is written; replay, permitted steps and the diagram read it.
pub const TRANSITIONS: &[(K, &[S], S)] = &[
    (K::File, &[S::Unfiled], S::Filed),
    (K::Route, &[S::Filed], S::RoutedToInternalSecurity),
    (K::OpenInvestigation, &[S::Filed, S::RoutedToInternalSecurity], S::UnderInvestigation),
    (K::Dismiss, &[S::Filed, S::RoutedToInternalSecurity, S::UnderInvestigation], S::Dismissed),
    (K::Appeal, &[S::Dismissed], S::UnderAppeal),
    (K::UpholdDismissal, &[S::UnderAppeal], S::Dismissed),
    (K::Reopen, &[S::Dismissed, S::UnderAppeal, S::Withdrawn], S::UnderInvestigation),
    (K::Prosecute, &[S::RoutedToInternalSecurity, S::UnderInvestigation], S::Prosecution),
    (K::Discontinue, &[S::Prosecution], S::Closed),
    (K::Acquit, &[S::Prosecution], S::Closed),
    (K::Convict, &[S::Prosecution], S::Closed),
    (
        K::Withdraw,
        &[S::Filed, S::RoutedToInternalSecurity, S::UnderInvestigation, S::UnderAppeal, S::Prosecution],
        S::Withdrawn,
    ),
];

impl InvestigationState {
    /// The state after a step; `None` where the step is illegal here.
    #[must_use]
    pub fn after(self, step: InvestigationStepKind) -> Option<Self> {
        TRANSITIONS.iter().find(|(kind, from, _)| *kind == step && from.contains(&self)).map(|(_, _, to)| *to)
    }

    /// The steps that are legal here.
    pub fn permitted(self) -> impl Iterator<Item = InvestigationStepKind> {
        InvestigationStepKind::ALL.iter().copied().filter(move |step| self.after(*step).is_some())
    }
}
