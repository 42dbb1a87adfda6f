//! The form of a step or a fact: its fields, when it happened, and what makes that it is recorded once and upon what
//! its writer has seen.

use uuid::Uuid;

use crate::domain::case::Case;
use crate::domain::event::{Happening, HappeningKind};
use crate::domain::fact::Fact;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::id::EventId;
use crate::domain::time::PartialTime;
use crate::domain::visit::{VisitState, VisitStepKind};
use crate::i18n::{labels, text};
use crate::web::pages::form::{Described, Field, Form, Posted};
use crate::web::pages::naming::Naming;

/// When it happened: in the form of every event.
pub const OCCURRED_AT: FieldSpec = FieldSpec { name: "occurred_at", kind: FieldKind::Time, required: true };

/// The fields of a kind, as a form sends them to a use case.
pub fn fields(kind: HappeningKind, posted: &Posted) -> Vec<(String, String)> {
    posted.fields(std::iter::once(&OCCURRED_AT).chain(kind.fields()))
}

/// The form of a kind of event in a case.
pub fn form(naming: &Naming, case: &Case, kind: HappeningKind, posted: &Posted) -> Form {
    let described = Described {
        language: naming.language,
        codes: &naming.codes,
        zone: case.zone(),
        now: naming.now,
        events: events(naming, case, kind),
    };
    let when = described.field(&OCCURRED_AT, labels::field(naming.language, "occurred_at"), posted);
    let when = when.with_hint(text(naming.language, "page-time-hint", &[]));
    let fields: Vec<Field> = std::iter::once(when).chain(described.fields(kind, posted)).collect();
    Form::new(fields)
}

/// The events that a field of the kind may name: refused requests, or earlier facts whose fate is told.
fn events(naming: &Naming, case: &Case, kind: HappeningKind) -> Vec<(String, String)> {
    let label = |id: EventId, at: PartialTime, what: String| {
        (id.to_string(), format!("{what}, {}", naming.time(at, case.zone())))
    };
    if kind == HappeningKind::Visit(VisitStepKind::RequestVisit) {
        let refused = case.visits().iter().filter(|visit| visit.state == VisitState::Refused && !visit.renewed);
        return refused
            .map(|visit| label(visit.request, visit.requested_at, labels::of(naming.language, kind)))
            .collect();
    }
    let alike = case.effective().filter(|effective| effective.happening.kind() == kind && begins(effective.happening));
    alike
        .map(|effective| label(effective.root, effective.event.occurred_at, labels::of(naming.language, kind)))
        .collect()
}

/// Whether a fact is told for the first time, and not only what became of an earlier one.
fn begins(happening: &Happening) -> bool {
    match happening {
        Happening::Fact(Fact::CourtMotion(motion)) => motion.about.is_none(),
        Happening::Fact(Fact::ReparationClaim(claim)) => claim.about.is_none(),
        Happening::Fact(Fact::ExpulsionProceeding(proceeding)) => proceeding.about.is_none(),
        _ => false,
    }
}

/// A key that makes that a form counts once, however often its button is pressed.
pub fn once() -> String {
    Uuid::now_v7().to_string()
}
