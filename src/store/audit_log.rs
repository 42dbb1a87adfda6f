//! The audit log as rows: adding to its end, reading it in order, searching it, and its checkpoints. It
//! must never change or delete a record; triggers refuse it too.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::audit_rows::AuditRow;
use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{audit_checkpoints, audit_records as t};
use crate::audit::chain::{self, ChainHash, StoredRecord};
use crate::audit::{AuditAction, AuditEntry, AuditRecord, Outcome, SignedCheckpoint};
use crate::domain::id::{ActorId, OrganisationId};

/// Which records; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who did it.
    pub actor: Option<ActorId>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// What was done.
    pub action: Option<AuditAction>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The identifier of what it was done to.
    pub subject: Option<String>,
    /// Recorded at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Recorded before this instant.
    pub to: Option<DateTime<Utc>>,
}

/// The end of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// The number of the last record; 0 where there is none.
    pub sequence: i64,
    /// Its hash; where there is none, what stands before the first.
    pub hash: ChainHash,
}

/// Any number that nothing else of Aiqyn locks under: `aiqyn`, and 1 for the audit log.
const TURN: i64 = 0x61_69_71_79_6e_01;

impl Transaction<'_> {
    /// Adds a record. Whoever writes at the same time waits until this transaction ends: call it last, and
    /// hold rows of cases before rather than after, or two transactions may wait for each other.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where the last record has no hash to follow.
    pub fn append_audit(&mut self, entry: &AuditEntry) -> Result<AuditRecord, StoreError> {
        let mut appended = self.append_audits(std::slice::from_ref(entry))?;
        appended.pop().ok_or_else(|| StoreError::Unreadable("audit record".to_owned()))
    }

    /// Adds several records, one after the other.
    ///
    /// # Errors
    /// As [`Transaction::append_audit`].
    pub fn append_audits(&mut self, entries: &[AuditEntry]) -> Result<Vec<AuditRecord>, StoreError> {
        if let AnyConnection::Postgres(connection) = self.connection {
            // SQLite has one writer anyway. Read committed, so what the other one added is seen afterwards.
            diesel::sql_query(format!("select pg_advisory_xact_lock({TURN})")).execute(connection)?;
        }
        let AuditHead { mut sequence, mut hash } = self.audit_head()?;
        let (mut records, mut rows) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
        for entry in entries {
            sequence = sequence.checked_add(1).ok_or_else(|| StoreError::Unreadable("audit record".to_owned()))?;
            let record = AuditRecord { sequence, entry: entry.clone() };
            let own = chain::hash(hash, &record);
            rows.push(AuditRow::new(&record, hash, own));
            hash = own;
            records.push(record);
        }
        super::cases::insert_rows!(self.connection, t::table, &rows);
        Ok(records)
    }

    /// The end of the log.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where the last record has no hash to follow.
    pub fn audit_head(&mut self) -> Result<AuditHead, StoreError> {
        let last =
            t::table.order(t::sequence.desc()).select((t::sequence, t::hash)).first::<(i64, Vec<u8>)>(self.connection);
        let Some((sequence, hash)) = last.optional()? else {
            return Ok(AuditHead { sequence: 0, hash: ChainHash::genesis() });
        };
        let hash = hash.try_into().map_err(|_| StoreError::Unreadable(format!("audit record {sequence}")))?;
        Ok(AuditHead { sequence, hash: ChainHash(hash) })
    }

    /// Up to `limit` records after a number, in order, for verifying.
    ///
    /// # Errors
    /// Only those of the database; what a record holds is for the verifier to judge.
    pub fn audit_records_after(&mut self, sequence: i64, limit: u16) -> Result<Vec<StoredRecord>, StoreError> {
        let batch = t::table.filter(t::sequence.gt(sequence)).order(t::sequence).limit(limit.into());
        match batch.load::<AuditRow>(self.connection) {
            Ok(rows) => Ok(rows.into_iter().map(AuditRow::stored).collect()),
            // A value of another type (SQLite takes any): which record it is in must be named.
            Err(diesel::result::Error::DeserializationError(_)) => {
                let sequences: Vec<i64> = batch.select(t::sequence).load(self.connection)?;
                sequences.into_iter().map(|sequence| self.audit_record(sequence)).collect()
            }
            Err(error) => Err(error.into()),
        }
    }

    fn audit_record(&mut self, sequence: i64) -> Result<StoredRecord, StoreError> {
        match t::table.find(sequence).first::<AuditRow>(self.connection) {
            Ok(row) => Ok(row.stored()),
            Err(diesel::result::Error::DeserializationError(_)) => Ok(AuditRow::illegible(sequence)),
            Err(error) => Err(error.into()),
        }
    }

    /// The hash of a record; none where it is not there.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn audit_hash(&mut self, sequence: i64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(t::table.find(sequence).select(t::hash).first(self.connection).optional()?)
    }

    /// Up to `limit` records, the newest first, from before the number `before` on.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a record is none that this version writes.
    pub fn search_audit(
        &mut self,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        let mut query = t::table.order(t::sequence.desc()).limit(limit.into()).into_boxed();
        if let Some(before) = before {
            query = query.filter(t::sequence.lt(before));
        }
        if let Some(actor) = filter.actor {
            query = query.filter(t::actor_id.eq(Key::from(actor)));
        }
        if let Some(organisation) = filter.organisation {
            query = query.filter(t::organisation_id.eq(Key::from(organisation)));
        }
        if let Some(action) = filter.action {
            query = query.filter(t::action.eq(action.as_str()));
        }
        if let Some(outcome) = filter.outcome {
            query = query.filter(t::outcome.eq(outcome.as_str()));
        }
        if let Some(subject) = &filter.subject {
            query = query.filter(t::subject_id.eq(subject.clone()));
        }
        if let Some(from) = filter.from {
            query = query.filter(t::recorded_at.ge(from.timestamp_micros()));
        }
        if let Some(to) = filter.to {
            query = query.filter(t::recorded_at.lt(to.timestamp_micros()));
        }
        let rows: Vec<AuditRow> = query.load(self.connection)?;
        let record = |stored: StoredRecord| {
            let unreadable = |why| StoreError::Unreadable(format!("audit record {}: {why}", stored.sequence));
            stored.record.map_err(unreadable)
        };
        rows.into_iter().map(|row| record(row.stored())).collect()
    }

    /// Keeps a checkpoint.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one of that record.
    pub fn add_checkpoint(
        &mut self,
        sequence: i64,
        made_at: DateTime<Utc>,
        checkpoint: &SignedCheckpoint,
    ) -> Result<(), StoreError> {
        let document = checkpoint.to_json().map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let row = (
            audit_checkpoints::sequence.eq(sequence),
            audit_checkpoints::made_at.eq(made_at.timestamp_micros()),
            audit_checkpoints::document.eq(document),
        );
        diesel::insert_into(audit_checkpoints::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Every checkpoint that is kept, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where one is no checkpoint.
    pub fn checkpoints(&mut self) -> Result<Vec<SignedCheckpoint>, StoreError> {
        use audit_checkpoints as c;
        let rows: Vec<(i64, String)> =
            c::table.order(c::sequence).select((c::sequence, c::document)).load(self.connection)?;
        let read = |(sequence, document): (i64, String)| {
            SignedCheckpoint::parse(&document)
                .map_err(|fault| StoreError::Unreadable(format!("audit checkpoint {sequence}: {fault}")))
        };
        rows.into_iter().map(read).collect()
    }
}
