//! A record of the audit log as a row, and back. What is read is not believed: a column that this
//! program could not have written is told of, for the verifier to name the record.

use chrono::DateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::schema::audit_records;
use crate::audit::chain::{ChainHash, StoredRecord, Unreadable};
use crate::audit::{
    AuditAction, AuditEntry, AuditRecord, AuditSubject, Detail, Details, Outcome, Purpose, SubjectKind,
};
use crate::domain::id::{ActorId, OrganisationId};

#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = audit_records, treat_none_as_default_value = false)]
pub(super) struct AuditRow {
    sequence: i64,
    recorded_at: i64,
    actor_id: Option<Vec<u8>>,
    organisation_id: Option<Vec<u8>>,
    action: String,
    outcome: String,
    subject_kind: Option<String>,
    subject_id: Option<String>,
    purpose: Option<String>,
    details: String,
    previous_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl AuditRow {
    pub(super) fn new(record: &AuditRecord, previous: ChainHash, hash: ChainHash) -> Self {
        let entry = &record.entry;
        Self {
            sequence: record.sequence,
            recorded_at: entry.recorded_at.timestamp_micros(),
            actor_id: entry.actor.map(|actor| actor.0.as_bytes().to_vec()),
            organisation_id: entry.organisation.map(|organisation| organisation.0.as_bytes().to_vec()),
            action: entry.action.as_str().to_owned(),
            outcome: entry.outcome.as_str().to_owned(),
            subject_kind: entry.subject.as_ref().map(|subject| subject.kind.as_str().to_owned()),
            subject_id: entry.subject.as_ref().map(|subject| subject.id.as_str().to_owned()),
            purpose: entry.purpose.map(|purpose| purpose.as_str().to_owned()),
            details: entry.details.to_json(),
            previous_hash: previous.0.to_vec(),
            hash: hash.0.to_vec(),
        }
    }

    /// A row of which not even the columns can be read.
    pub(super) fn illegible(sequence: i64) -> StoredRecord {
        StoredRecord { sequence, record: Err(Unreadable("row")), previous_hash: Vec::new(), hash: Vec::new() }
    }

    pub(super) fn stored(self) -> StoredRecord {
        let record = self.entry().map(|entry| AuditRecord { sequence: self.sequence, entry });
        StoredRecord { sequence: self.sequence, record, previous_hash: self.previous_hash, hash: self.hash }
    }

    fn entry(&self) -> Result<AuditEntry, Unreadable> {
        let id = |bytes: &Option<Vec<u8>>, column| {
            bytes.as_ref().map(|bytes| Uuid::from_slice(bytes).map_err(|_| Unreadable(column))).transpose()
        };
        let purpose = |word: &String| Purpose::named(word).ok_or(Unreadable("purpose"));
        Ok(AuditEntry {
            recorded_at: DateTime::from_timestamp_micros(self.recorded_at).ok_or(Unreadable("time of recording"))?,
            actor: id(&self.actor_id, "actor")?.map(ActorId),
            organisation: id(&self.organisation_id, "organisation")?.map(OrganisationId),
            action: AuditAction::named(&self.action).ok_or(Unreadable("action"))?,
            outcome: Outcome::named(&self.outcome).ok_or(Unreadable("outcome"))?,
            subject: self.subject()?,
            purpose: self.purpose.as_ref().map(purpose).transpose()?,
            details: Details::stored(&self.details).ok_or(Unreadable("details"))?,
        })
    }

    fn subject(&self) -> Result<Option<AuditSubject>, Unreadable> {
        let (kind, id) = match (&self.subject_kind, &self.subject_id) {
            (None, None) => return Ok(None),
            (Some(kind), Some(id)) => (SubjectKind::named(kind), Detail::stored(id)),
            _ => return Err(Unreadable("subject")),
        };
        let subject = kind.zip(id).map(|(kind, id)| AuditSubject { kind, id });
        subject.map(Some).ok_or(Unreadable("subject"))
    }
}
