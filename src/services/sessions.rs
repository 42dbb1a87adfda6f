//! One's own sessions: who a request comes from, which sessions there are, ending them.

use std::cell::Cell;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::caller::CallerSession;
use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services, sealing};
use crate::access::permission::{Action, Denial, Scope};
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::id::{ActorId, SessionId};
use crate::store::{Account, AccountState, SessionKind, SessionRecord, StoreError, Transaction};
use crate::vault::{MemberKey, OpenedVault, OrganisationKeyPair, SessionSecret};

/// A browser's session ends when it is not used for so long.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// It ends then at the latest.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);
/// The longest that an API token holds, in days.
pub const LONGEST_TOKEN_DAYS: i64 = 366;
/// The most characters of the name that its owner gives a token.
const LONGEST_NAME: usize = 100;
/// How often the time of the last use is written: each time is a commit.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// How long a request waits while the use of others is noted, where its own session would soon end.
const NOTED_WITHIN: Duration = Duration::from_secs(1);

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// For how many days it holds, from 1 to [`LONGEST_TOKEN_DAYS`].
    pub days: i64,
}

impl Services {
    /// Who a request comes from. Without a secret it is nobody; with one that opens no session any more it is refused.
    ///
    /// # Errors
    /// [`ServiceError::SessionEnded`]; [`ServiceError::Vault`] where a key of theirs was moved or altered; those
    /// of the database.
    pub fn authenticate(&self, secret: Option<&SessionSecret>) -> Result<Caller, ServiceError> {
        let Some(secret) = secret else { return Ok(Caller::nobody()) };
        let now = self.now();
        let asking = Cell::new(None);
        let read = self.store.read(|tx| {
            let session = tx.session(&secret.hash())?.filter(|session| is_alive(session, now));
            let session = session.ok_or(ServiceError::SessionEnded)?;
            let account = tx.account(session.member)?;
            asking.set(Some(account.member));
            if account.state != AccountState::Active {
                return Err(ServiceError::SessionEnded);
            }
            let unseen = TimeDelta::microseconds(now.timestamp_micros().saturating_sub(session.seen_at));
            let is_ending = session.kind == SessionKind::Browser && unseen >= IDLE / 2;
            let patience = if is_ending { NOTED_WITHIN } else { Duration::ZERO };
            let stale = (unseen >= NOTED_EVERY).then_some((session.id, patience));
            Ok((caller_of(tx, secret, &session, account)?, stale))
        });
        if let (Err(ServiceError::Vault(_)), Some(member)) = (&read, asking.get()) {
            let refused = self.audit_entry(&Caller::nobody(), AuditAction::CiphertextRefused).by(member);
            self.note_apart(refused.about(SubjectKind::Member, member.actor), Action::OwnAccount);
        }
        let (caller, stale) = read?;
        if let Some((session, patience)) = stale {
            self.note_use(session, patience);
        }
        Ok(caller)
    }

    /// Notes that a session was used. One request at a time waits for that, so that pages which are only read can be read
    /// while a disk is slow; the others wait for their turn for so long, and else leave it to the next. Where it cannot be
    /// written the session ends the earlier.
    fn note_use(&self, session: SessionId, patience: Duration) {
        let Some(_alone) = self.noting_use.try_lock_for(patience) else { return };
        let now = self.now().timestamp_micros();
        let noted: Result<(), StoreError> = self.store.write(|tx| tx.touch_session(session, now));
        if let Err(error) = noted {
            tracing::warn!(%error, "that a session was used could not be noted");
        }
    }

    /// Begins a session and returns its secret, which is kept nowhere.
    pub(super) fn begin_session(
        &self,
        tx: &mut Transaction<'_>,
        key: &MemberKey,
        token: Option<&NewToken>,
    ) -> Result<(SessionId, SessionSecret), ServiceError> {
        let now = self.now();
        let secret = SessionSecret::generate();
        let id = SessionId(sealing::new_id());
        let opens = token.is_none_or(|token| token.scopes.contains(&Scope::Sealed));
        let lasts = token.map_or(LONGEST, |token| TimeDelta::days(token.days));
        let scopes: Vec<&str> = token.iter().flat_map(|token| &token.scopes).map(|scope| scope.as_str()).collect();
        let session = SessionRecord {
            id,
            member: key.member,
            kind: if token.is_some() { SessionKind::Token } else { SessionKind::Browser },
            name: token.map(|token| token.name.clone()),
            scopes: scopes.join(","),
            wrapped_key: if opens { secret.wrap(id, key) } else { Vec::new() },
            created_at: now.timestamp_micros(),
            seen_at: now.timestamp_micros(),
            expires_at: (now + lasts).timestamp_micros(),
            proved_at: token.is_none().then(|| now.timestamp_micros()),
        };
        tx.remove_expired_sessions(now.timestamp_micros(), (now - IDLE).timestamp_micros())?;
        tx.add_session(&session, &secret.hash())?;
        Ok((id, secret))
    }

    /// One's own sessions and tokens, the latest first.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn own_sessions(&self, caller: &Caller) -> Result<Vec<SessionRecord>, ServiceError> {
        let now = self.now();
        self.reading(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            let mut sessions = tx.sessions_of(permit.author()?.actor)?;
            sessions.retain(|session| is_alive(session, now));
            Ok(sessions)
        })
    }

    /// Signs out: ends the session that the caller came with.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn sign_out(&self, caller: &Caller) -> Result<(), ServiceError> {
        let session = caller.session().ok_or(ServiceError::Denied(Denial::NotSignedIn))?.id;
        self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            tx.end_session(permit.author()?.actor, session)?;
            permit.note(tx, AuditAction::SignOut, |entry| entry.about(SubjectKind::Session, session.0))
        })
    }

    /// Ends one of one's own sessions, or revokes a token.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where it is none of theirs.
    pub fn end_session(&self, caller: &Caller, session: SessionId) -> Result<(), ServiceError> {
        self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            let Some(kind) = tx.end_session(permit.author()?.actor, session)? else {
                return Err(ServiceError::NotFound);
            };
            let (action, subject) = match kind {
                SessionKind::Browser => (AuditAction::SessionEnded, SubjectKind::Session),
                SessionKind::Token => (AuditAction::TokenRevoked, SubjectKind::Token),
            };
            permit.note(tx, action, |entry| entry.about(subject, session.0))
        })
    }

    /// Logs out everywhere: ends every session and token but the one that the caller came with.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn end_other_sessions(&self, caller: &Caller) -> Result<usize, ServiceError> {
        self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            self.end_sessions_of(tx, permit.author()?.actor, caller.session().map(|session| session.id), |tx, ended| {
                permit.note(tx, AuditAction::SessionEnded, |entry| entry.with("sessions", ended))
            })
        })
    }

    /// Ends a member's sessions and has it noted, where there were any.
    pub(super) fn end_sessions_of(
        &self,
        tx: &mut Transaction<'_>,
        member: ActorId,
        but: Option<SessionId>,
        note: impl FnOnce(&mut Transaction<'_>, usize) -> Result<(), ServiceError>,
    ) -> Result<usize, ServiceError> {
        let ended = tx.end_sessions(member, but)?;
        if ended > 0 {
            note(tx, ended)?;
        }
        Ok(ended)
    }

    /// Makes an API token and returns its secret, which is shown once.
    ///
    /// # Errors
    /// What is wrong with its name, scopes or days; [`ServiceError::ProofNeeded`] where a token that opens
    /// sealed data is asked for without a fresh proof.
    pub fn make_token(&self, caller: &Caller, token: &NewToken) -> Result<SessionSecret, ServiceError> {
        self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            check_token(token)?;
            let key = caller.key().filter(|_| caller.has_fresh_proof(self.now()));
            let key = key.ok_or(ServiceError::ProofNeeded)?;
            let (id, secret) = self.begin_session(tx, key, Some(token))?;
            permit.note(tx, AuditAction::TokenMade, |entry| entry.about(SubjectKind::Token, id.0))?;
            Ok(secret)
        })
    }
}

fn check_token(token: &NewToken) -> Result<(), ServiceError> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, problem| errors.push(FieldError { field: field.to_owned(), problem });
    if token.name.trim().is_empty() {
        refuse("name", FieldProblem::Missing);
    } else if token.name.chars().count() > LONGEST_NAME {
        refuse("name", FieldProblem::TooLong { max: LONGEST_NAME });
    } else if token.name.contains(char::is_control) {
        refuse("name", FieldProblem::ControlCharacter);
    }
    if token.scopes.is_empty() {
        refuse("scopes", FieldProblem::Missing);
    }
    if !(1..=LONGEST_TOKEN_DAYS).contains(&token.days) {
        refuse("days", FieldProblem::Unreadable);
    }
    if errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(errors)) }
}

fn is_alive(session: &SessionRecord, now: DateTime<Utc>) -> bool {
    let idle = session.kind == SessionKind::Browser && session.seen_at < (now - IDLE).timestamp_micros();
    !idle && now.timestamp_micros() < session.expires_at
}

fn caller_of(
    tx: &mut Transaction<'_>,
    secret: &SessionSecret,
    session: &SessionRecord,
    account: Account,
) -> Result<Caller, ServiceError> {
    let instant = |micros: i64| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    let member = account.member;
    let key = if session.wrapped_key.is_empty() {
        None
    } else {
        Some(secret.unwrap_key(session.id, member.actor, &session.wrapped_key)?)
    };
    let vault = match &key {
        Some(key) if account.roles.open_sealed_data() => open_vault(tx, member.organisation, key)?,
        _ => None,
    };
    let scopes = session.scopes.split(',').filter_map(Scope::named).collect();
    let session = CallerSession {
        id: session.id,
        kind: session.kind,
        scopes,
        proved_at: session.proved_at.map(instant),
        expires_at: instant(session.expires_at),
    };
    Ok(Caller::member(member, account.roles, session, key, vault))
}

/// The vault that a member's key opens; none where they wait to be admitted.
pub(super) fn open_vault(
    tx: &mut Transaction<'_>,
    organisation: crate::domain::id::OrganisationId,
    key: &MemberKey,
) -> Result<Option<OpenedVault>, ServiceError> {
    let grants = tx.grants_of(key.member)?;
    let open = |(id, sealed): &(_, Vec<u8>)| OrganisationKeyPair::open(*id, key.member, &key.private, sealed);
    let keys = grants.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    Ok((!keys.is_empty()).then(|| OpenedVault::new(organisation, keys)))
}
