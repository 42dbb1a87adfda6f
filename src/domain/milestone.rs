//! The milestones of a case: when each thing that delays are measured by first happened.

use super::case::Case;
use super::event::Happening;
use super::fact::{Fact, SafeguardKind};
use super::investigation::{InvestigationState, InvestigationStep, InvestigationStepKind};
use super::order::{Position, Step};
use super::payload::words;
use super::time::PartialTime;
use super::visit::Approval;

words! {
    /// How a complaint ended first. The three compete: what was dismissed first counts as dismissed
    /// even where it is taken up again later.
    Ending {
        /// Dismissed.
        Dismissed = "dismissed",
        /// Charges were brought.
        Prosecuted = "prosecuted",
        /// Withdrawn.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How a prosecution ended.
    Outcome {
        /// Discontinued.
        Discontinued = "discontinued",
        /// Acquitted.
        Acquitted = "acquitted",
        /// Convicted.
        Convicted = "convicted",
    }
}

/// When each thing first happened; none where it has not, or is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The clock of the complaint: any authority or organisation learnt of the allegation, or it
    /// was filed, whichever came first.
    pub learnt: Option<PartialTime>,
    /// Filed.
    pub filed: Option<PartialTime>,
    /// Routed to internal security.
    pub routed: Option<PartialTime>,
    /// An investigation was opened (or taken up again).
    pub investigation_opened: Option<PartialTime>,
    /// Any authority took a step on it.
    pub first_response: Option<PartialTime>,
    /// Dismissed.
    pub dismissed: Option<PartialTime>,
    /// Whether that first dismissal came straight from internal security, with no investigation.
    pub dismissed_by_internal_security: bool,
    /// The dismissal was appealed.
    pub appealed: Option<PartialTime>,
    /// That appeal was answered, either way.
    pub appeal_answered: Option<PartialTime>,
    /// The complaint was withdrawn while that appeal waited.
    pub appeal_withdrawn: Option<PartialTime>,
    /// Taken up again after a dismissal or withdrawal.
    pub reopened: Option<PartialTime>,
    /// Charges were brought.
    pub prosecuted: Option<PartialTime>,
    /// The prosecution ended.
    pub closed: Option<PartialTime>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Withdrawn.
    pub withdrawn: Option<PartialTime>,
    /// Which of the three endings came first.
    pub first_ending: Option<Ending>,
    /// Deprived of liberty.
    pub deprived_of_liberty: Option<PartialTime>,
    /// The detention was registered.
    pub registered: Option<PartialTime>,
    /// First access to a lawyer.
    pub lawyer: Option<PartialTime>,
    /// First access to a doctor.
    pub doctor: Option<PartialTime>,
    /// The family was told.
    pub family: Option<PartialTime>,
    /// Nothing is known after this; none where a later step shows that it was.
    pub follow_up_ended: Option<PartialTime>,
}

impl Milestones {
    /// Reads them off a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let mut milestones = Self::default();
        let mut position = Position::START;
        for event in case.steps() {
            let Some(Happening::Investigation(step)) = event.entry.happening() else { continue };
            milestones.note_step(step, event.occurred_at, position.investigation);
            let kind = super::event::HappeningKind::Investigation(step.kind());
            position = position.after(Step { kind, approval: Approval::Required }).unwrap_or(position);
        }
        (milestones.appeal_answered, milestones.appeal_withdrawn) = end_of_first_appeal(case);
        milestones.learnt = milestones.filed;
        for (event, fact) in case.facts() {
            let known_again =
                || case.steps().any(|step| event.occurred_at.is_surely_before(step.occurred_at, case.zone()));
            if matches!(fact, Fact::EndOfFollowUp(_)) && known_again() {
                continue;
            }
            milestones.note_fact(fact, event.occurred_at, case.zone());
        }
        milestones
    }

    /// When the first of the three endings came; none where none has.
    #[must_use]
    pub fn first_ending_at(&self) -> Option<PartialTime> {
        match self.first_ending? {
            Ending::Dismissed => self.dismissed,
            Ending::Prosecuted => self.prosecuted,
            Ending::Withdrawn => self.withdrawn,
        }
    }

    fn note_step(&mut self, step: &InvestigationStep, at: PartialTime, from: InvestigationState) {
        use InvestigationStepKind as K;
        let kind = step.kind();
        if matches!(kind, K::Route | K::OpenInvestigation | K::Dismiss | K::Reopen | K::Prosecute) {
            self.first_response.get_or_insert(at);
        }
        if matches!(kind, K::OpenInvestigation | K::Reopen) {
            self.investigation_opened.get_or_insert(at);
        }
        let ending = match kind {
            K::Dismiss => Some(Ending::Dismissed),
            K::Prosecute => Some(Ending::Prosecuted),
            K::Withdraw => Some(Ending::Withdrawn),
            _ => None,
        };
        self.first_ending = self.first_ending.or(ending);
        if kind == K::Dismiss && self.dismissed.is_none() {
            self.dismissed_by_internal_security = from == InvestigationState::RoutedToInternalSecurity;
        }
        self.outcome = match kind {
            K::Discontinue => Some(Outcome::Discontinued),
            K::Acquit => Some(Outcome::Acquitted),
            K::Convict => Some(Outcome::Convicted),
            _ => self.outcome,
        };
        let first = match kind {
            K::File => &mut self.filed,
            K::Route => &mut self.routed,
            K::Dismiss => &mut self.dismissed,
            K::Appeal => &mut self.appealed,
            K::Reopen => &mut self.reopened,
            K::Prosecute => &mut self.prosecuted,
            K::Discontinue | K::Acquit | K::Convict => &mut self.closed,
            K::Withdraw => &mut self.withdrawn,
            K::OpenInvestigation | K::UpholdDismissal => return,
        };
        first.get_or_insert(at);
    }

    fn note_fact(&mut self, fact: &Fact, at: PartialTime, zone: super::time::Zone) {
        let first = match fact {
            Fact::LearnOfAllegation(_) => &mut self.learnt,
            Fact::EndOfFollowUp(_) => &mut self.follow_up_ended,
            Fact::Safeguard(safeguard) => match safeguard.safeguard {
                SafeguardKind::DeprivationOfLiberty => &mut self.deprived_of_liberty,
                SafeguardKind::Registration => &mut self.registered,
                SafeguardKind::AccessToLawyer => &mut self.lawyer,
                SafeguardKind::AccessToDoctor => &mut self.doctor,
                SafeguardKind::NoticeToFamily => &mut self.family,
            },
            _ => return,
        };
        if first.is_none_or(|known| at.begins_before(known, zone)) {
            *first = Some(at);
        }
    }
}

/// When the first appeal was answered, and when it was withdrawn: at most one of the two, also where
/// a second appeal gets its own answer.
fn end_of_first_appeal(case: &Case) -> (Option<PartialTime>, Option<PartialTime>) {
    use InvestigationStepKind as K;
    let investigation = case.steps().filter_map(|event| match event.entry.happening() {
        Some(Happening::Investigation(step)) => Some((step.kind(), event.occurred_at)),
        _ => None,
    });
    match investigation.skip_while(|(kind, _)| *kind != K::Appeal).nth(1) {
        Some((K::UpholdDismissal | K::Reopen, at)) => (Some(at), None),
        Some((K::Withdraw, at)) => (None, Some(at)),
        _ => (None, None),
    }
}
