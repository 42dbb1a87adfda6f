//! Correcting an event: a new one that takes its place and says why. Nothing is edited.

use super::add_event::{AddEvent, action_of};
use super::error::ServiceError;
use super::guard::Subject;
use super::idempotent::Written;
use super::record_event::{no_kind, read_happening, take_kind};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::event::{Entry, Happening, HappeningKind, RETRACTION};
use crate::domain::field::{Form, Reading};
use crate::domain::id::EventId;
use crate::domain::sealed::PlainText;
use crate::domain::time::PartialTime;

impl Services {
    /// Records a correction. The form has `corrects`, `why`, `kind` (`retraction` where the event never
    /// happened), and the fields of that kind with `occurred_at`.
    ///
    /// # Errors
    /// [`ServiceError::Denied`] for whoever may not record what is taken away or put in its place;
    /// every field that is wrong; [`ServiceError::Refused`] where the history would no longer be
    /// legal; [`ServiceError::Stale`] where the case has changed since it was seen.
    pub fn correct_event(&self, caller: &Caller, request: &AddEvent) -> Result<Written, ServiceError> {
        let guarded = (Action::CorrectEvent, Subject::Case(request.case));
        self.add_event(caller, guarded, request, |permit, fields, reading, case| {
            let ReadCorrection { corrects, why, instead, occurred_at } = read(fields, reading)?;
            // Or a correction would be a way round the table: a note corrected to a dismissal is a dismissal.
            let corrected = case.effective().find(|effective| effective.event.id == corrects);
            let taken_away = corrected.map(|effective| effective.happening.kind());
            for kind in taken_away.into_iter().chain(instead.as_ref().map(Happening::kind)) {
                permit.also(action_of(kind))?;
            }
            let told_before = case.events().iter().find(|event| event.id == corrects).map(|event| event.occurred_at);
            let occurred_at = occurred_at.or(told_before).unwrap_or(PartialTime::minute(reading.now));
            Ok((Entry::Correction { corrects, why, instead }, occurred_at))
        })
    }
}

struct ReadCorrection {
    corrects: EventId,
    why: PlainText,
    instead: Option<Happening<PlainText>>,
    occurred_at: Option<PartialTime>,
}

fn read(fields: Vec<(String, String)>, reading: Reading<'_>) -> Result<ReadCorrection, ServiceError> {
    let (word, fields) = take_kind(fields);
    let mut form = Form::new(fields, reading);
    let corrects = form.take("corrects");
    let why = form.take("why");
    let told = match (word.as_str(), HappeningKind::named(&word)) {
        (RETRACTION, _) => Some((None, None)),
        (_, Some(kind)) => {
            let occurred_at: Option<PartialTime> = form.take("occurred_at");
            let happening = read_happening(kind, &mut form, occurred_at);
            happening.zip(occurred_at).map(|(happening, at)| (Some(happening), Some(at)))
        }
        (word, None) => {
            form.refuse("kind", no_kind(word));
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
