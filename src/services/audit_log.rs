//! The audit log: writing a record, proving the log whole, searching it, signing its end, and carrying
//! erasures into a database that was restored from an older backup.

use std::collections::{BTreeSet, HashMap};

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::{Action, Denial};
use crate::audit::chain::{Broken, ChainHash, Fault, Verified, Verifier};
use crate::audit::{AuditAction, AuditRecord, Checkpoint, Detail, Outcome, SignedCheckpoint, SigningKey, SubjectKind};
use crate::domain::id::{ActorId, CaseId, Reference};
use crate::store::{AuditFilter, StoreError, Transaction};

/// How many records are read at once.
const BATCH: u16 = 1_000;

/// What became of the erasures of a checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct AppliedErasures {
    /// Cases whose keys were destroyed now.
    pub erased: usize,
    /// Cases that had been erased here already.
    pub known: usize,
    /// Cases that this database does not have.
    pub not_here: usize,
}

impl Services {
    /// Reads the whole log and holds it against the checkpoints kept beside it and those given. `progress` is
    /// told how many records of how many have been read. That it was verified is recorded.
    ///
    /// # Errors
    /// Those of the database. That the log is broken is no error but the answer.
    pub fn verify_audit(
        &self,
        caller: &Caller,
        given: &[Checkpoint],
        progress: impl FnMut(u64, u64),
    ) -> Result<Result<Verified, Broken>, ServiceError> {
        self.reading(caller, Action::ReadAudit, Subject::General, |tx, _| runs_the_installation(tx, caller))?;
        let verdict = self.read_audit(caller, given, progress)?;
        let entry = self.audit_entry(caller, AuditAction::AuditVerified);
        let entry = match &verdict {
            Ok(verified) => entry.with("records", verified.records).with("vouched_until", verified.vouched_until),
            Err(broken) => {
                let fault = Detail::word(broken.fault.as_str());
                entry.ended(Outcome::Failed).with("broken_at", broken.sequence).with("fault", fault)
            }
        };
        let noted = self.writing(caller, Action::ReadAudit, Subject::General, |tx, _| {
            Ok::<_, ServiceError>(tx.append_audit(&entry)?)
        });
        match (noted, &verdict) {
            (Err(error), Ok(_)) => Err(error),
            // A log that is broken at its very end may not even take another record; what is broken must be told.
            _ => Ok(verdict),
        }
    }

    fn read_audit(
        &self,
        caller: &Caller,
        given: &[Checkpoint],
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Result<Verified, Broken>, ServiceError> {
        let kept = self.checkpoints(caller)?;
        let head = self.store.read(|tx| Ok::<_, StoreError>(tx.audit_head()?.sequence));
        // Where the last record has no hash, the reader will name it; its number is but for the progress.
        let total = u64::try_from(head.unwrap_or(0)).unwrap_or(0);
        let kept = kept.iter().filter_map(|checkpoint| checkpoint.verify(None).ok());
        // Those given come last: where two differ, it is they that were out of reach.
        let signed = kept.chain(given.iter().cloned()).map(|checkpoint| (checkpoint.sequence(), checkpoint.hash()));
        let mut verifier = Verifier::against(signed);
        let (mut last, mut done) = (i64::MIN, 0);
        loop {
            // A batch a transaction: records are only added, and a long reader would keep SQLite's log from being cut.
            let batch = self.reading(caller, Action::ReadAudit, Subject::General, |tx, _| {
                Ok::<_, ServiceError>(tx.audit_records_after(last, BATCH)?)
            })?;
            let Some(end) = batch.last() else { return Ok(verifier.finish()) };
            last = end.sequence;
            if let Err(broken) = batch.iter().try_for_each(|record| verifier.read(record)) {
                return Ok(Err(broken));
            }
            done += u64::try_from(batch.len()).unwrap_or(0);
            progress(done, total.max(done));
        }
    }

    /// Up to `limit` records, the newest first, from before the number `before` on. That it was read is recorded.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search_audit(
        &self,
        caller: &Caller,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Vec<AuditRecord>, ServiceError> {
        self.writing(caller, Action::ReadAudit, Subject::General, |tx, permit| {
            let own = permit.author()?.organisation;
            // An auditor looks after the doings of their own organisation; those of the first one, which runs
            // the installation, after everybody's.
            let sees_all = runs_the_installation(tx, caller).is_ok();
            let organisation = if sees_all { filter.organisation } else { Some(own) };
            let found = tx.search_audit(&AuditFilter { organisation, ..filter.clone() }, before, limit)?;
            permit.note(tx, AuditAction::AuditRead, |entry| {
                let entry = entry.with("records", found.len());
                match (found.first(), found.last()) {
                    (Some(newest), Some(oldest)) => entry.with("from", oldest.sequence).with("to", newest.sequence),
                    _ => entry,
                }
            })?;
            Ok(found)
        })
    }

    /// By which names people know the members that records are of or about: their logins, and what the console and the
    /// public are called. Those of other organisations are for whoever runs the installation alone.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn audit_names(
        &self,
        caller: &Caller,
        records: &[AuditRecord],
    ) -> Result<HashMap<ActorId, String>, ServiceError> {
        let subjects = records.iter().filter_map(|record| record.entry.subject.as_ref());
        let subjects = subjects.filter(|subject| subject.kind == SubjectKind::Member);
        let subjects = subjects.filter_map(|member| member.id.as_str().parse().ok());
        let members: BTreeSet<ActorId> =
            records.iter().filter_map(|record| record.entry.actor).chain(subjects).collect();
        let members: Vec<ActorId> = members.into_iter().collect();
        self.reading(caller, Action::ReadAudit, Subject::General, |tx, permit| {
            let own = permit.author()?.organisation;
            let sees_all = runs_the_installation(tx, caller).is_ok();
            let names = tx.names_of_members(&members)?.into_iter();
            let seen = names.filter(|(_, (organisation, _))| sees_all || *organisation == own);
            Ok(seen.map(|(member, (_, name))| (member, name)).collect())
        })
    }

    /// The member whom the log may be searched for by a name: one of the caller's organisation, and for whoever runs the
    /// installation everybody who has a login.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn audit_member(&self, caller: &Caller, name: &str) -> Result<Option<ActorId>, ServiceError> {
        self.reading(caller, Action::ReadAudit, Subject::General, |tx, permit| {
            if let Some(member) = tx.member_named(permit.author()?.organisation, name)? {
                return Ok(Some(member));
            }
            if runs_the_installation(tx, caller).is_err() {
                return Ok(None);
            }
            match tx.account_of_login(name) {
                Ok(account) => Ok(Some(account.member.actor)),
                Err(StoreError::NotFound) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }

    /// By which references people know the cases that records are about.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn audit_references(
        &self,
        caller: &Caller,
        records: &[AuditRecord],
    ) -> Result<HashMap<CaseId, Reference>, ServiceError> {
        let subjects = records.iter().filter_map(|record| record.entry.subject.as_ref());
        let cases = subjects.filter(|subject| subject.kind == SubjectKind::Case);
        let ids: Vec<CaseId> = cases.filter_map(|case| case.id.as_str().parse().ok()).collect();
        self.reading(caller, Action::ReadAudit, Subject::General, |tx, _| {
            let records = tx.case_records(&ids)?.into_iter();
            Ok(records.map(|(case, record)| (case, record.reference)).collect())
        })
    }

    /// What a subject is stored as: the identifier of a case for its reference, and anything else as it is.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where no case has that reference.
    pub fn audit_subject(&self, caller: &Caller, name: &str) -> Result<String, ServiceError> {
        match name.parse() {
            // PostgreSQL takes no text with a NUL in it.
            Err(_) if name.contains('\0') => Err(ServiceError::NotFound),
            Ok(reference) => self
                .reading(caller, Action::ReadAudit, Subject::General, |tx, _| Ok(tx.case_id(reference)?.to_string())),
            Err(_) => Ok(name.to_owned()),
        }
    }

    /// Signs the end of the log as it is now, with every erasure so far, and keeps the checkpoint beside the
    /// log. The last record that it vouches for says that it was made.
    ///
    /// # Errors
    /// Those of the database.
    pub fn make_checkpoint(&self, caller: &Caller, key: &SigningKey) -> Result<SignedCheckpoint, ServiceError> {
        let now = self.now();
        self.writing(caller, Action::ReadAudit, Subject::General, |tx, _| {
            let entry = self
                .audit_entry(caller, AuditAction::CheckpointMade)
                .with("public_key", Detail::bytes(key.public().as_bytes()));
            let record = tx.append_audit(&entry)?;
            let head = tx.audit_head()?;
            let checkpoint = Checkpoint::new(record.sequence, head.hash, now, tx.erasures()?, key);
            let signed = checkpoint.sign(key);
            tx.add_checkpoint(checkpoint.sequence(), now, &signed)?;
            Ok(signed)
        })
    }

    /// The checkpoints that are kept beside the log, the oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn checkpoints(&self, caller: &Caller) -> Result<Vec<SignedCheckpoint>, ServiceError> {
        self.reading(caller, Action::ReadAudit, Subject::General, |tx, _| {
            runs_the_installation(tx, caller)?;
            Ok(tx.checkpoints()?)
        })
    }

    /// Holds one record against a checkpoint, without reading the log. It says only that the hash still
    /// stands there; that the records fit their hashes is for [`Self::verify_audit`].
    ///
    /// # Errors
    /// Those of the database. That the checkpoint vouches for another record is no error but the answer.
    pub fn check_against(&self, caller: &Caller, checkpoint: &Checkpoint) -> Result<Result<(), Broken>, ServiceError> {
        let sequence = checkpoint.sequence();
        let (hash, end) = self.reading(caller, Action::ReadAudit, Subject::General, |tx, _| {
            Ok::<_, ServiceError>((tx.audit_hash(sequence)?, tx.audit_head()?.sequence))
        })?;
        let fault = match hash.map(<[u8; 32]>::try_from) {
            Some(Ok(hash)) if ChainHash(hash) == checkpoint.hash() => return Ok(Ok(())),
            Some(_) => Fault::NotAsSigned { vouched_until: 0 },
            None if end < sequence => {
                let first = end.saturating_add(1);
                return Ok(Err(Broken { sequence: first, fault: Fault::CutOff { until: sequence } }));
            }
            None => Fault::Missing,
        };
        Ok(Err(Broken { sequence, fault }))
    }

    /// Erases every case that was erased when the checkpoint was made and is not here: after a restore from
    /// an older backup.
    ///
    /// # Errors
    /// Those of the database; then nothing has been erased.
    pub fn apply_erasures(&self, caller: &Caller, checkpoint: &Checkpoint) -> Result<AppliedErasures, ServiceError> {
        let about = |action| self.audit_entry(caller, action).with("checkpoint", checkpoint.sequence());
        let (applied, files) = self.writing(caller, Action::Maintain, Subject::General, |tx, permit| {
            let author = permit.author()?;
            let mut applied = AppliedErasures::default();
            let (mut entries, mut files) = (Vec::new(), Vec::new());
            // All cases first and the records last: whoever has the turn at the log holds up everybody.
            for erasure in checkpoint.erasures() {
                match tx.erase_case_keys(erasure.case, erasure.erased_at, author.actor) {
                    Ok(keys) => {
                        applied.erased += 1;
                        files.extend(tx.delete_documents_of(erasure.case)?);
                        entries.push(
                            about(AuditAction::CaseErased)
                                .about(SubjectKind::Case, erasure.case)
                                .with("reason", Detail::word("checkpoint"))
                                .with("erased_at", erasure.erased_at)
                                .with("keys", keys.sealed_keys),
                        );
                    }
                    Err(StoreError::Duplicate) => applied.known += 1,
                    Err(StoreError::NotFound) => applied.not_here += 1,
                    Err(error) => return Err(ServiceError::from(error)),
                }
            }
            // What the backup brings back may have been ended since: tokens, and sessions of members who left.
            let sessions = tx.end_all_sessions()?;
            entries.push(
                about(AuditAction::ErasuresApplied).with("erased", applied.erased).with("sessions_ended", sessions),
            );
            tx.append_audits(&entries)?;
            Ok((applied, files))
        })?;
        self.delete_files(&files);
        self.store.forget_freed_pages()?;
        Ok(applied)
    }
}

/// The log as a whole is the affair of the first organisation's auditors, and of the console.
pub(super) fn runs_the_installation(tx: &mut Transaction<'_>, caller: &Caller) -> Result<(), ServiceError> {
    let own = caller.author()?.organisation;
    let may = caller.roles().is_none() || tx.first_organisation()? == Some(own);
    if may { Ok(()) } else { Err(ServiceError::Denied(Denial::NotTheirRole)) }
}
