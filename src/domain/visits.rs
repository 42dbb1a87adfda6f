//! The urgent visits of a case, each from its request to its end.

use super::code::{CodeIn, list};
use super::complaint::Answer;
use super::correction::Effective;
use super::event::Happening;
use super::id::EventId;
use super::refusal::Refusal;
use super::time::PartialTime;
use super::visit::{RequestVisit, VisitState, VisitStep};

/// One urgent visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The request (the first of its chain of corrections).
    pub request: EventId,
    /// What was asked for.
    pub requested: RequestVisit,
    /// When it was asked for.
    pub requested_at: PartialTime,
    /// Where it stands.
    pub state: VisitState,
    /// Whether a later request renews it.
    pub renewed: bool,
    /// When it was approved.
    pub approved_at: Option<PartialTime>,
    /// When it was refused.
    pub refused_at: Option<PartialTime>,
    /// When it took place.
    pub carried_out_at: Option<PartialTime>,
    /// When it ended in any way: refused, carried out, access denied, cancelled, lapsed.
    pub ended_at: Option<PartialTime>,
    /// The ground of its refusal.
    pub refusal_ground: Option<CodeIn<list::VisitRefusalGround>>,
    /// Whether it was announced beforehand.
    pub announced: Option<Answer>,
    /// Whether the detainee was seen in private.
    pub private_interview: Option<Answer>,
}

impl Visit {
    /// When the Ombudsman's office answered, in whichever way.
    #[must_use]
    pub fn answered_at(&self) -> Option<PartialTime> {
        self.approved_at.or(self.refused_at)
    }

    fn requested(request: EventId, requested: &RequestVisit, at: PartialTime) -> Self {
        Self {
            request,
            requested: requested.clone(),
            requested_at: at,
            state: VisitState::Requested,
            renewed: false,
            approved_at: None,
            refused_at: None,
            carried_out_at: None,
            ended_at: None,
            refusal_ground: None,
            announced: None,
            private_interview: None,
        }
    }

    fn take(&mut self, step: &VisitStep, at: PartialTime) {
        if let Some(state) = self.state.after(step.kind()) {
            self.state = state;
        }
        match step {
            VisitStep::ApproveVisit(_) => self.approved_at = Some(at),
            VisitStep::RefuseVisit(refusal) => {
                self.refused_at = Some(at);
                self.refusal_ground = Some(refusal.ground.clone());
            }
            VisitStep::CarryOutVisit(visit) => {
                self.carried_out_at = Some(at);
                self.announced = Some(visit.announced);
                self.private_interview = Some(visit.private_interview);
            }
            VisitStep::RequestVisit(_)
            | VisitStep::DenyAccess(_)
            | VisitStep::CancelVisit(_)
            | VisitStep::LapseVisit(_) => {}
        }
        if !self.state.is_open() {
            self.ended_at = Some(at);
        }
    }
}

/// Gathers the visits from the steps of a case in their order, whose legality has been checked.
pub(super) fn follow_visits<'a>(
    steps: impl Iterator<Item = Effective<'a>>,
    root_of: impl Fn(EventId) -> Option<EventId>,
) -> Result<Vec<Visit>, Refusal> {
    let mut visits: Vec<Visit> = Vec::new();
    for effective in steps {
        let Happening::Visit(step) = effective.happening else { continue };
        let at = effective.event.occurred_at;
        if let VisitStep::RequestVisit(request) = step {
            note_renewal(&mut visits, request, &root_of)?;
            visits.push(Visit::requested(effective.root, request, at));
        } else if let Some(visit) = visits.last_mut() {
            visit.take(step, at);
        }
    }
    Ok(visits)
}

/// A renewal names a request before it that was refused.
fn note_renewal(
    earlier: &mut [Visit],
    request: &RequestVisit,
    root_of: impl Fn(EventId) -> Option<EventId>,
) -> Result<(), Refusal> {
    let Some(named) = request.renews else { return Ok(()) };
    let root = root_of(named).ok_or(Refusal::UnknownEvent { field: "renews", event: named })?;
    match earlier.iter_mut().find(|visit| visit.request == root) {
        Some(visit) if visit.state == VisitState::Refused => {
            visit.renewed = true;
            Ok(())
        }
        _ => Err(Refusal::NotARefusedRequest),
    }
}
