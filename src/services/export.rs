//! Taking the data out: cases and their events, without any free text.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::domain::event::{Event, Happening, RETRACTION};
use crate::domain::field::FieldKind;
use crate::domain::id::{CaseId, EventId};
use crate::domain::milestone::Milestones;
use crate::domain::time::{PartialTime, Zone};
use crate::store::StoredCase;

/// How many cases are read at a time.
const AT_A_TIME: u16 = 500;

/// A case on its way out: codes and times.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ExportedCase {
    /// Its reference.
    pub reference: String,
    /// The headline.
    pub stage: &'static str,
    /// Where the investigation stands.
    pub investigation: &'static str,
    /// Where the latest visit stands.
    pub visit: &'static str,
    /// The region.
    pub region: Option<String>,
    /// The kind of place.
    pub kind_of_place: Option<String>,
    /// The agency complained of.
    pub agency: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The start of the complaint's clock.
    pub learnt_at: Option<String>,
    /// Filed.
    pub filed_at: Option<String>,
    /// Routed to internal security.
    pub routed_at: Option<String>,
    /// An investigation was opened.
    pub investigation_opened_at: Option<String>,
    /// Dismissed.
    pub dismissed_at: Option<String>,
    /// The dismissal was appealed.
    pub appealed_at: Option<String>,
    /// The appeal was answered.
    pub appeal_answered_at: Option<String>,
    /// Charges were brought.
    pub prosecuted_at: Option<String>,
    /// Withdrawn.
    pub withdrawn_at: Option<String>,
    /// The prosecution ended.
    pub closed_at: Option<String>,
}

/// An event on its way out: codes and times.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ExportedEvent {
    /// The reference of its case.
    pub reference: String,
    /// Its identifier.
    #[schema(value_type = String)]
    pub id: EventId,
    /// Its kind; `retraction` where it only takes an earlier one back.
    pub kind: &'static str,
    /// When it happened.
    pub occurred_at: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The event that it takes the place of.
    #[schema(value_type = Option<String>)]
    pub corrects: Option<EventId>,
    /// Whether it still counts.
    pub counts: bool,
    /// Its codes and times.
    #[schema(value_type = Object)]
    pub details: Value,
}

impl Services {
    /// Hands out every case, oldest first.
    ///
    /// # Errors
    /// Those of the database and of `take`.
    pub fn export_cases<E: From<ServiceError>>(
        &self,
        caller: &Caller,
        mut take: impl FnMut(ExportedCase) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_case(caller, |stored| take(exported_case(stored)))
    }

    /// Hands out every event of every case, oldest case first.
    ///
    /// # Errors
    /// Those of the database and of `take`.
    pub fn export_events<E: From<ServiceError>>(
        &self,
        caller: &Caller,
        mut take: impl FnMut(ExportedEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_case(caller, |stored| exported_events(stored).into_iter().try_for_each(&mut take))
    }

    /// A batch of cases, from after one on; the last one, where more may follow.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn export_some_cases(
        &self,
        caller: &Caller,
        after: Option<CaseId>,
    ) -> Result<(Vec<ExportedCase>, Option<CaseId>), ServiceError> {
        let (batch, next) = self.some_cases(caller, after)?;
        Ok((batch.iter().map(exported_case).collect(), next))
    }

    /// The events of a batch of cases, from after one on; the last case, where more may follow.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn export_some_events(
        &self,
        caller: &Caller,
        after: Option<CaseId>,
    ) -> Result<(Vec<ExportedEvent>, Option<CaseId>), ServiceError> {
        let (batch, next) = self.some_cases(caller, after)?;
        Ok((batch.iter().flat_map(exported_events).collect(), next))
    }

    fn some_cases(
        &self,
        caller: &Caller,
        after: Option<CaseId>,
    ) -> Result<(Vec<StoredCase>, Option<CaseId>), ServiceError> {
        self.writing(caller, Action::Export, Subject::General, |tx, permit| {
            let batch = tx.case_batch(after, AT_A_TIME, permit.reader(Action::Export)?)?;
            permit.note(tx, AuditAction::Exported, |entry| entry.with("cases", batch.len()))?;
            let next = batch.last().filter(|_| batch.len() == usize::from(AT_A_TIME)).map(|last| last.record.id);
            Ok((batch, next))
        })
    }

    fn each_case<E: From<ServiceError>>(
        &self,
        caller: &Caller,
        mut take: impl FnMut(&StoredCase) -> Result<(), E>,
    ) -> Result<(), E> {
        // Written before the first row leaves: what was begun is known, however it ended.
        let reader = self.writing(caller, Action::Export, Subject::General, |tx, permit| {
            permit.note(tx, AuditAction::Exported, |entry| entry)?;
            permit.reader(Action::Export)
        })?;
        let mut last = None;
        loop {
            // A batch a transaction: an export must not hold one open for as long as its reader takes.
            let batch = self.reading(caller, Action::Export, Subject::General, |tx, _| {
                Ok::<_, ServiceError>(tx.case_batch(last, AT_A_TIME, reader)?)
            })?;
            let Some(end) = batch.last() else { return Ok(()) };
            last = Some(end.record.id);
            batch.iter().try_for_each(&mut take)?;
        }
    }
}

fn exported_case(stored: &StoredCase) -> ExportedCase {
    let case = &stored.case;
    let times = Milestones::of(case);
    let show = |time: Option<PartialTime>| time.map(|time| time.show(case.zone()));
    let complaint = case.complaint().map(|(_, file)| file);
    let position = case.position();
    ExportedCase {
        reference: stored.record.reference.to_string(),
        stage: position.stage().as_str(),
        investigation: position.investigation.as_str(),
        visit: position.visit.as_str(),
        region: complaint.and_then(|file| file.region.as_ref()).map(ToString::to_string),
        kind_of_place: complaint.and_then(|file| file.kind_of_place.as_ref()).map(ToString::to_string),
        agency: complaint.and_then(|file| file.agency.as_ref()).map(ToString::to_string),
        channel: complaint.map(|file| file.channel.to_string()),
        learnt_at: show(times.learnt),
        filed_at: show(times.filed),
        routed_at: show(times.routed),
        investigation_opened_at: show(times.investigation_opened),
        dismissed_at: show(times.dismissed),
        appealed_at: show(times.appealed),
        appeal_answered_at: show(times.appeal_answered),
        prosecuted_at: show(times.prosecuted),
        withdrawn_at: show(times.withdrawn),
        closed_at: show(times.closed),
    }
}

fn exported_events(stored: &StoredCase) -> Vec<ExportedEvent> {
    let counting: HashSet<EventId> = stored.case.effective().map(|effective| effective.event.id).collect();
    let reference = stored.record.reference.to_string();
    let export = |event: &Event| exported_event(&reference, event, stored.case.zone(), counting.contains(&event.id));
    stored.case.events().iter().map(export).collect()
}

fn exported_event(reference: &str, event: &Event, zone: Zone, counts: bool) -> ExportedEvent {
    let happening = event.entry.happening();
    ExportedEvent {
        reference: reference.to_owned(),
        id: event.id,
        kind: happening.map_or(RETRACTION, |happening| happening.kind().as_str()),
        occurred_at: event.occurred_at.show(zone),
        recorded_at: event.recorded_at,
        corrects: event.entry.corrects(),
        counts,
        details: happening.map_or(Value::Null, without_text),
    }
}

/// The payload without its texts, sealed as they are.
fn without_text(happening: &Happening) -> Value {
    let mut details = serde_json::to_value(happening).unwrap_or_default();
    if let Some(fields) = details.as_object_mut() {
        for field in happening.kind().fields().iter().filter(|field| field.kind == FieldKind::Text) {
            fields.remove(field.name);
        }
    }
    details
}
