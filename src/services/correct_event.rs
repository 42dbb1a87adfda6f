//! Correcting an event: a new one that takes its place and says why. Nothing is edited.

use super::error::ServiceError;
use super::idempotent::Written;
use super::record_event::{check_version, read_happening};
use super::{Caller, Services, sealing};
use crate::domain::event::{Entry, Event, Happening, HappeningKind, RETRACTION};
use crate::domain::field::{FieldProblem, Form, Reading};
use crate::domain::id::{CaseId, CaseVersion, EventId};
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;
use crate::store::Idempotency;

/// A correction.
#[derive(Clone, Debug)]
pub struct CorrectEvent {
    /// The case.
    pub case: CaseId,
    /// The version that the writer has seen.
    pub seen: CaseVersion,
    /// The fields: `corrects`, `why`, `kind` (`retraction` where the event never happened), and the
    /// fields of that kind with `occurred_at`.
    pub fields: Vec<(String, String)>,
    /// The key under which it happens once.
    pub idempotency: Option<Idempotency>,
}

struct ReadCorrection {
    corrects: EventId,
    why: PlainText,
    instead: Option<Happening<PlainText>>,
    occurred_at: Option<PartialTime>,
}

impl Services {
    /// Records a correction.
    ///
    /// # Errors
    /// Every field that is wrong; [`ServiceError::Refused`] where the history would no longer be
    /// legal; [`ServiceError::Stale`] where the case has changed since it was seen.
    pub fn correct_event(&self, caller: Caller, request: &CorrectEvent) -> Result<Written, ServiceError> {
        let codes = self.code_lists()?;
        self.write_once(caller, request.idempotency.as_ref(), |tx| {
            let stored = tx.case(request.case)?;
            check_version(stored.record.version, request.seen)?;
            let correction = read(
                request.fields.clone(),
                Reading { codes: &codes, on: None, zone: stored.case.zone(), now: self.now() },
            )?;
            let id = EventId(sealing::new_id());
            let told_before = stored
                .case
                .events()
                .iter()
                .find(|event| event.id == correction.corrects)
                .map(|event| event.occurred_at);
            let now = self.now();
            let event = Event {
                id,
                occurred_at: correction.occurred_at.or(told_before).unwrap_or(PartialTime::minute(now)),
                recorded_at: now,
                recorded_by: caller.author,
                entry: Entry::Correction {
                    corrects: correction.corrects,
                    why: sealing::seal_reason(self.vault, id, &correction.why),
                    instead: correction.instead.map(|happening| sealing::seal(self.vault, id, happening)),
                },
            };
            let after =
                stored.case.record(event).map_err(|refusal| ServiceError::refused(refusal, stored.case.zone()))?;
            let deadlines = tx.deadlines()?;
            let record = tx.add_event(&stored.record, &after, &deadlines)?;
            Ok(Written { case: record.id, reference: record.reference, event: id, version: record.version })
        })
    }
}

fn read(mut fields: Vec<(String, String)>, reading: Reading<'_>) -> Result<ReadCorrection, ServiceError> {
    let at = fields.iter().position(|(name, _)| name == "kind");
    let kind = at.map(|at| fields.swap_remove(at).1).unwrap_or_default();
    let mut form = Form::new(fields, reading);
    let corrects = form.take("corrects");
    let why = form.take("why");
    let told = match (kind.trim(), HappeningKind::named(kind.trim())) {
        (RETRACTION, _) => Some((None, None)),
        (_, Some(kind)) => {
            let occurred_at: Option<PartialTime> = form.take("occurred_at");
            let happening = read_happening(kind, &mut form, occurred_at);
            happening.zip(occurred_at).map(|(happening, at)| (Some(happening), Some(at)))
        }
        ("", None) => {
            form.refuse("kind", FieldProblem::Missing);
            None
        }
        (_, None) => {
            form.refuse("kind", FieldProblem::UnknownKind);
            None
        }
    };
    let read = corrects.zip(why).zip(told).map(|((corrects, why), (instead, occurred_at))| ReadCorrection {
        corrects,
        why,
        instead,
        occurred_at,
    });
    form.finish(read).map_err(ServiceError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_has_a_field_that_a_correction_takes_for_itself() {
        for kind in HappeningKind::all() {
            for field in kind.fields() {
                assert!(!["kind", "occurred_at", "corrects", "why"].contains(&field.name), "{kind}: {}", field.name);
            }
        }
    }
}
