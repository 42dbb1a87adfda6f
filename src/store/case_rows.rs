//! A case and its events as rows, and back.

use chrono::DateTime;
use diesel::prelude::*;

use super::cases::{CaseRecord, StoredCase};
use super::error::StoreError;
use super::key::Key;
use super::schema::{cases, events};
use crate::domain::case::Case;
use crate::domain::event::{Entry, Event, HappeningKind, RETRACTION};
use crate::domain::id::{Author, CaseId, CaseVersion, EventId, Reference};
use crate::domain::sealed::Sealed;
use crate::domain::time::{PartialTime, Zone};

#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = cases, treat_none_as_default_value = false)]
pub(super) struct CaseRow {
    pub(super) id: Key,
    pub(super) reference_year: i32,
    pub(super) reference_number: i32,
    pub(super) organisation_id: Key,
    pub(super) jurisdiction: String,
    pub(super) time_zone: String,
    pub(super) version: i32,
    pub(super) origin: Option<Vec<u8>>,
}

#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub(super) struct EventRow {
    pub(super) id: Key,
    pub(super) case_id: Key,
    pub(super) sequence: i32,
    pub(super) kind: String,
    pub(super) occurred_at: String,
    pub(super) recorded_at: i64,
    pub(super) actor_id: Key,
    pub(super) organisation_id: Key,
    pub(super) corrects: Option<Key>,
    pub(super) correction_reason: Option<String>,
    pub(super) payload: String,
}

impl EventRow {
    pub(super) fn new(case: CaseId, sequence: i32, event: &Event) -> Result<Self, StoreError> {
        let happening = event.entry.happening();
        let payload = happening
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let reason = match &event.entry {
            Entry::New(_) => None,
            Entry::Correction { why, .. } => Some(why.envelope().to_owned()),
        };
        Ok(Self {
            id: event.id.into(),
            case_id: case.into(),
            sequence,
            kind: happening.map_or(RETRACTION, |happening| happening.kind().as_str()).to_owned(),
            occurred_at: event.occurred_at.to_string(),
            recorded_at: event.recorded_at.timestamp_micros(),
            actor_id: event.recorded_by.actor.into(),
            organisation_id: event.recorded_by.organisation.into(),
            corrects: event.entry.corrects().map(Key::from),
            correction_reason: reason,
            payload: payload.unwrap_or_default(),
        })
    }

    pub(super) fn event(self) -> Result<Event, StoreError> {
        let id = EventId::from(self.id);
        let unreadable = |what: &str| StoreError::Unreadable(format!("event {id}: {what}"));
        let happening = if self.kind == RETRACTION {
            None
        } else {
            let kind = HappeningKind::named(&self.kind).ok_or_else(|| unreadable("kind"))?;
            Some(kind.from_payload(&self.payload).map_err(|_| unreadable("payload"))?)
        };
        let entry = match (self.corrects, happening) {
            (None, Some(happening)) => Entry::New(happening),
            (Some(corrects), instead) => {
                let why = self.correction_reason.ok_or_else(|| unreadable("reason"))?;
                Entry::Correction { corrects: corrects.into(), why: Sealed::from_envelope(why), instead }
            }
            (None, None) => return Err(unreadable("kind")),
        };
        Ok(Event {
            id,
            entry,
            occurred_at: PartialTime::parse(&self.occurred_at, Zone::default()).map_err(|_| unreadable("time"))?,
            recorded_at: DateTime::from_timestamp_micros(self.recorded_at)
                .ok_or_else(|| unreadable("time of recording"))?,
            recorded_by: Author { actor: self.actor_id.into(), organisation: self.organisation_id.into() },
        })
    }
}

impl CaseRow {
    pub(super) fn record(&self) -> CaseRecord {
        CaseRecord {
            id: self.id.into(),
            reference: Reference { year: self.reference_year, number: self.reference_number },
            organisation: self.organisation_id.into(),
            jurisdiction: self.jurisdiction.clone(),
            version: CaseVersion(self.version),
        }
    }

    pub(super) fn zone(&self) -> Result<Zone, StoreError> {
        Zone::named(&self.time_zone).ok_or_else(|| StoreError::Unreadable(format!("time zone {}", self.time_zone)))
    }
}

pub(super) fn replay(row: &CaseRow, rows: Vec<EventRow>) -> Result<StoredCase, StoreError> {
    let record = row.record();
    let events = rows.into_iter().map(EventRow::event).collect::<Result<Vec<_>, _>>()?;
    let case = Case::replay(row.zone()?, events)
        .map_err(|refusal| StoreError::Unreadable(format!("case {}: {refusal}", record.reference)))?;
    Ok(StoredCase { record, case })
}
