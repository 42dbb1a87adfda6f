//! The one door to the data: every use case names what it does and to what, and is let through or not
//! before it sees a row. What has no caller to ask (finding a session, setting up, tidying at start, the code
//! lists) goes to the store without it; decision 18 lists these.

use std::cell::Cell;

use super::error::ServiceError;
use super::view_case::{CaseName, resolve};
use super::{Caller, Services};
use crate::access::permission::{Action, Denial, Relation, Sight, Standing, decide};
use crate::access::role::{Role, Roles};
use crate::audit::{AuditAction, AuditEntry, Detail, Outcome, SubjectKind};
use crate::domain::id::{ActorId, Author, CaseId, DocumentId, EventId, OrganisationId};
use crate::store::{Reader, Source, StoreError, Transaction};

/// What a use case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// No case and no organisation.
    General,
    /// A case.
    Case(CaseName),
    /// A visit request.
    Request(EventId),
    /// A document: it is reached as its case is.
    Document(DocumentId),
    /// An organisation and its members.
    Organisation(OrganisationId),
    /// A member's account.
    Member(ActorId),
}

/// The leave to do something. Nothing but the guard makes one.
pub(super) struct Permit<'a> {
    caller: &'a Caller,
    case: Option<CaseId>,
    relation: Relation,
    refused: Option<&'a Cell<bool>>,
    services: &'a Services,
}

impl<'a> Permit<'a> {
    /// The leave to set up what has no members yet who could be asked.
    pub(super) fn of_set_up(services: &'a Services, console: &'a Caller) -> Self {
        Self { caller: console, case: None, relation: Relation::General, refused: None, services }
    }

    /// Who it is.
    pub(super) fn author(&self) -> Result<Author, ServiceError> {
        self.caller.author()
    }

    /// The case that it is about.
    pub(super) fn case(&self) -> Result<CaseId, ServiceError> {
        self.case.ok_or(ServiceError::NotFound)
    }

    /// That the same may be done by another action too, where only the form tells which one that is.
    ///
    /// # Errors
    /// Those of the guard.
    pub(super) fn also(&self, action: Action) -> Result<(), ServiceError> {
        let decided = decide(self.caller.standing(), action, self.relation).map_err(ServiceError::Denied);
        decided.and_then(|()| self.caller.check_session(action, self.services.now())).inspect_err(|_| {
            if let Some(refused) = self.refused {
                refused.set(true);
            }
        })
    }

    /// Whose cases a list, a figure or an export may be made of: none for all of them.
    pub(super) fn reader(&self, action: Action) -> Result<Option<Reader>, ServiceError> {
        self.caller.roles().map_or(Ok(None), |roles| self.reader_as(roles, action))
    }

    /// The same, by these of their roles alone.
    pub(super) fn reader_as(&self, roles: &Roles, action: Action) -> Result<Option<Reader>, ServiceError> {
        Ok(reader_of(self.author()?.organisation, roles, action))
    }

    /// Writes to the audit log what was done, in the transaction in which it is done.
    pub(super) fn note(
        &self,
        tx: &mut Transaction<'_>,
        action: AuditAction,
        entry: impl FnOnce(AuditEntry) -> AuditEntry,
    ) -> Result<(), ServiceError> {
        tx.append_audit(&entry(self.services.audit_entry(self.caller, action)))?;
        Ok(())
    }

    /// Writes several records of one kind.
    pub(super) fn note_each<T>(
        &self,
        tx: &mut Transaction<'_>,
        action: AuditAction,
        of: impl IntoIterator<Item = T>,
        entry: impl Fn(AuditEntry, T) -> AuditEntry,
    ) -> Result<(), ServiceError> {
        let begun = self.services.audit_entry(self.caller, action);
        let entries: Vec<AuditEntry> = of.into_iter().map(|item| entry(begun.clone(), item)).collect();
        tx.append_audits(&entries)?;
        Ok(())
    }

    /// Writes to the audit log that something sealed of a case was refused, where the rest goes on.
    pub(super) fn note_refused(
        &self,
        tx: &mut Transaction<'_>,
        action: Action,
        case: CaseId,
    ) -> Result<(), ServiceError> {
        self.note(tx, AuditAction::CiphertextRefused, |entry| {
            let entry = entry.about(SubjectKind::Case, case).ended(Outcome::Refused);
            entry.with("action", Detail::word(action.as_str()))
        })
    }
}

/// Whose cases a list, a figure or an export may be made of for somebody with these roles; none for all of them.
pub(super) fn reader_of(organisation: OrganisationId, roles: &Roles, action: Action) -> Option<Reader> {
    match action.sight(roles) {
        Sight::All => None,
        Sight::Readable => Some(Reader { organisation, only_with_visit: false }),
        Sight::WithVisit => Some(Reader { organisation, only_with_visit: true }),
    }
}

/// What a transaction is for.
#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

impl Services {
    /// Reads in one transaction, with leave.
    pub(super) fn reading<T, E: From<ServiceError> + From<StoreError>>(
        &self,
        caller: &Caller,
        action: Action,
        subject: Subject,
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with_leave(Access::Read, caller, (action, subject), work)
    }

    /// Writes in one transaction, with leave.
    pub(super) fn writing<T, E: From<ServiceError> + From<StoreError>>(
        &self,
        caller: &Caller,
        action: Action,
        subject: Subject,
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with_leave(Access::Write, caller, (action, subject), work)
    }

    /// Reads what figures are made of in one transaction, with leave: on the replica where there is one that helps, else on
    /// the primary. `if_behind` is whether one will do that lacks what was written last.
    pub(super) fn reading_figures<T>(
        &self,
        caller: &Caller,
        action: Action,
        if_behind: bool,
        work: impl Fn(&mut Transaction<'_>, &Permit<'_>, Source) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let refused = Cell::new(false);
        let guarded = |tx: &mut Transaction<'_>, source| {
            let permit = self.permit(tx, caller, (action, Subject::General), &refused)?;
            work(tx, &permit, source)
        };
        let result = self.on_the_replica_or_primary(if_behind, guarded);
        self.after(caller, action, Subject::General, refused.get());
        result
    }

    /// The same without leave, for what goes on behind.
    pub(super) fn on_the_replica_or_primary<T>(
        &self,
        if_behind: bool,
        work: impl Fn(&mut Transaction<'_>, Source) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        match self.store.read_replica(if_behind, &work) {
            // Whatever is wrong with the replica, the primary may do better.
            None | Some(Err(ServiceError::Store(_))) => self.store.read(|tx| work(tx, Source::Whole)),
            Some(read) => read,
        }
    }

    fn with_leave<T, E: From<ServiceError> + From<StoreError>>(
        &self,
        access: Access,
        caller: &Caller,
        asked: (Action, Subject),
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let refused = Cell::new(false);
        let guarded = |tx: &mut Transaction<'_>| {
            let permit = self.permit(tx, caller, asked, &refused)?;
            work(tx, &permit)
        };
        let result = match access {
            Access::Read => self.store.read(guarded),
            Access::Write => self.store.write(guarded),
        };
        self.after(caller, asked.0, asked.1, refused.get());
        result
    }

    /// As [`Services::writing`], for use cases that open texts: one that was moved or altered is refused,
    /// and that is written to the audit log.
    pub(super) fn opening<T>(
        &self,
        caller: &Caller,
        action: Action,
        subject: Subject,
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        self.with_leave_to_open(Access::Write, caller, (action, subject), work)
    }

    /// As [`Services::opening`], for use cases that look at a text, and write nothing but that it was opened. For whoever holds
    /// no key it stays closed, so that they wait for nobody who writes.
    pub(super) fn viewing<T>(
        &self,
        caller: &Caller,
        action: Action,
        subject: Subject,
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let access = if caller.vault().is_some() { Access::Write } else { Access::Read };
        self.with_leave_to_open(access, caller, (action, subject), work)
    }

    fn with_leave_to_open<T>(
        &self,
        access: Access,
        caller: &Caller,
        (action, subject): (Action, Subject),
        work: impl FnOnce(&mut Transaction<'_>, &Permit<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let result = self.with_leave(access, caller, (action, subject), work);
        if let Err(ServiceError::Vault(_)) = &result {
            self.note_apart(about(self.audit_entry(caller, AuditAction::CiphertextRefused), subject), action);
        }
        result
    }

    /// What is true of every record of a caller.
    pub(super) fn audit_entry(&self, caller: &Caller, action: AuditAction) -> AuditEntry {
        let entry = AuditEntry::new(action, self.now());
        match caller.author() {
            Ok(author) => entry.by(author),
            Err(_) => entry,
        }
    }

    fn permit<'a>(
        &'a self,
        tx: &mut Transaction<'_>,
        caller: &'a Caller,
        (action, subject): (Action, Subject),
        refused: &'a Cell<bool>,
    ) -> Result<Permit<'a>, ServiceError> {
        // Until leave is given it is refused, whatever goes wrong on the way.
        refused.set(true);
        // What a role may never do is refused before anything is looked up.
        let (relation, case) = match decide(caller.standing(), action, Relation::General) {
            Err(denial @ (Denial::NotSignedIn | Denial::NotTheirRole)) => {
                return Err(ServiceError::Denied(denial));
            }
            _ => self.relation(tx, caller, subject)?,
        };
        decide(caller.standing(), action, relation).map_err(ServiceError::Denied)?;
        caller.check_session(action, self.now())?;
        // Whoever gave themselves a role, and was never admitted by a holder of the key, takes nothing out and
        // destroys nothing.
        let wants_key = matches!(action, Action::EraseCase | Action::Export | Action::ShareCase);
        if wants_key && caller.roles().is_some() && caller.vault().is_none() {
            return Err(ServiceError::NoKey);
        }
        refused.set(false);
        Ok(Permit { caller, case, relation, refused: Some(refused), services: self })
    }

    fn relation(
        &self,
        tx: &mut Transaction<'_>,
        caller: &Caller,
        subject: Subject,
    ) -> Result<(Relation, Option<CaseId>), ServiceError> {
        let organisation = |caller: &Caller| Ok::<_, ServiceError>(caller.author()?.organisation);
        Ok(match subject {
            Subject::General => (Relation::General, None),
            Subject::Case(name) => {
                let case = resolve(tx, name)?;
                (relation_to_case(tx, case, organisation(caller)?)?, Some(case))
            }
            Subject::Document(document) => {
                let case = tx.document(document)?.case;
                (relation_to_case(tx, case, organisation(caller)?)?, Some(case))
            }
            Subject::Request(request) => {
                let own = organisation(caller)?;
                let (case, _) = tx.case_of_request(request)?;
                let standing = tx.standing(case, own)?;
                let given = tx.ombudsmans_offices()?.contains(&own);
                (Relation::Request { given, readable: standing.owned || standing.shared }, Some(case))
            }
            Subject::Organisation(of) => (self.administered(tx, caller, of)?, None),
            Subject::Member(member) => {
                let of = tx.account(member)?.member.organisation;
                (self.administered(tx, caller, of)?, None)
            }
        })
    }

    /// One's own organisation is; for administrators of the first one, which runs the installation, every one is.
    fn administered(
        &self,
        tx: &mut Transaction<'_>,
        caller: &Caller,
        of: OrganisationId,
    ) -> Result<Relation, ServiceError> {
        let own = caller.author()?.organisation;
        // A caseworker of the first organisation has no business with the members of another.
        let runs_all = caller.roles().is_none_or(|roles| roles.iter().any(|role| role == Role::Administrator));
        let administered = of == own || (runs_all && tx.first_organisation()? == Some(own));
        Ok(Relation::Organisation { administered })
    }

    /// Notes a refusal, once its transaction has been rolled back. Refusals of nobody are not written:
    /// the log would grow at the will of whoever can reach the server.
    fn after(&self, caller: &Caller, action: Action, subject: Subject, refused: bool) {
        if !refused || *caller.standing() == Standing::Nobody {
            return;
        }
        self.note_apart(about(self.audit_entry(caller, AuditAction::AccessRefused), subject), action);
    }

    /// Writes a refusal in a transaction of its own, as there is no other to write it in.
    pub(super) fn note_apart(&self, entry: AuditEntry, action: Action) {
        let entry = entry.ended(Outcome::Refused).with("action", Detail::word(action.as_str()));
        if let Err(error) = self.store.write(|tx| tx.append_audit(&entry)) {
            tracing::error!(%error, "a refusal could not be written to the audit log");
        }
    }
}

fn relation_to_case(
    tx: &mut Transaction<'_>,
    case: CaseId,
    organisation: OrganisationId,
) -> Result<Relation, ServiceError> {
    let standing = tx.standing(case, organisation)?;
    let (owned, shared, visit_requested) = (standing.owned, standing.shared, standing.visit_requested);
    Ok(Relation::Case { owned, shared, visit_requested })
}

/// The subject of a record, as far as it was named by an identifier.
fn about(entry: AuditEntry, subject: Subject) -> AuditEntry {
    match subject {
        Subject::General => entry,
        Subject::Case(CaseName::Id(id)) => entry.about(SubjectKind::Case, id),
        Subject::Case(CaseName::Reference(reference)) => entry.about(SubjectKind::Case, reference),
        Subject::Request(request) => entry.about(SubjectKind::VisitRequest, request),
        Subject::Document(id) => entry.about(SubjectKind::Document, id.0),
        Subject::Organisation(id) => entry.about(SubjectKind::Organisation, id),
        Subject::Member(id) => entry.about(SubjectKind::Member, id),
    }
}
