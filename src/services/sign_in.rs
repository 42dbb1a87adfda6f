//! Signing in: a password that opens the member's key, and a one-time code. Also proving it again, and
//! changing the password.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::login_throttle::{self, Admission};
use super::{Caller, Services};
use crate::access::one_time_code::{OneTimeCodeSecret, RECOVERY_CODE};
use crate::access::permission::{Action, Denial};
use crate::access::throttle::{self, Attempt, Claimed};
use crate::audit::{AuditAction, Detail, Outcome, SubjectKind};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::id::SessionId;
use crate::store::{Account, AccountState, StoreError, Transaction};
use crate::vault::{
    LONGEST_PASSWORD, LockedMemberKey, MemberKey, Purpose, SHORTEST_PASSWORD, SessionSecret, Voucher, WeakPassword,
    check_password,
};

/// The use of a voucher as the mark of a known browser, in its hash.
const DEVICE: &str = "known device";

/// What somebody proves with who they are.
#[derive(Clone)]
pub struct Proof {
    /// The password.
    pub password: String,
    /// A one-time code, or one of the recovery codes.
    pub code: String,
}

/// Which kind of code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeKind {
    OneTime,
    Recovery,
}

/// How often somebody has tried a login that nobody has, since it was last written down.
#[derive(Debug, Default)]
pub(super) struct UnknownLogins(Mutex<(i64, u64)>);

impl UnknownLogins {
    /// Counts one. Once a minute it says how many were not recorded before, and is to be recorded itself.
    fn count(&self, now: DateTime<Utc>) -> Option<u64> {
        let minute = now.timestamp().div_euclid(60);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 == minute {
            counted.1 += 1;
            return None;
        }
        let earlier = counted.1;
        *counted = (minute, 0);
        Some(earlier)
    }
}

/// Where an attempt to sign in comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The client's address, as far as the server can tell.
    pub address: IpAddr,
    /// The mark of a browser that somebody has signed in from before.
    pub device: Option<Voucher>,
}

impl Origin {
    /// The console of the server.
    #[must_use]
    pub fn console() -> Self {
        Self { address: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), device: None }
    }
}

/// A member who has signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The secret of the session, for the cookie alone.
    pub secret: SessionSecret,
    /// The session.
    pub session: SessionId,
    /// The mark by which the browser is known from now on.
    pub device: Voucher,
}

impl Services {
    /// Signs in. It costs one Argon2id, whether the login exists or not, and must not run on a thread that
    /// serves connections.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`], which does not say what was wrong; [`ServiceError::TooManyAttempts`].
    pub fn sign_in(&self, login: &str, proof: &Proof, origin: &Origin) -> Result<SignedIn, ServiceError> {
        let nobody = Caller::nobody();
        let login = login.trim().to_lowercase();
        let (account, subjects) = self.writing(&nobody, Action::SignIn, Subject::General, |tx, _| {
            let account = known_account(tx, &login)?;
            let claimed = match &account {
                Some((account, _)) => Claimed::Member(account.member.actor),
                None => Claimed::Nobody(&login),
            };
            let known_device = known_device(tx, account.as_ref().map(|(account, _)| account), origin)?;
            let tried = |proof| Attempt { claimed, address: origin.address, known_device, proof };
            let subjects = [throttle::Proof::Password, throttle::Proof::OneTimeCode]
                .map(|proof| tried(proof).subjects(&self.address_key));
            self.admit(tx, &subjects[0])?;
            Ok::<_, ServiceError>((account, subjects))
        })?;
        let Some((account, locked)) = account else {
            LockedMemberKey::pretend(&proof.password);
            return Err(self.failed_unknown_login(&subjects[0]));
        };
        let Ok(key) = locked.unlock(account.member.actor, &proof.password) else {
            return Err(self.failed_sign_in(&account, "password"));
        };
        self.writing(&nobody, Action::SignIn, Subject::General, |tx, _| self.admit(tx, &subjects[1]))?;
        let signed_in = self.writing(&nobody, Action::SignIn, Subject::General, |tx, _| {
            // Read anew: the account may have been shut, or have got another password, while this one was being tried.
            tx.hold_account(account.member.actor)?;
            let account = tx.account(account.member.actor)?;
            if account.state != AccountState::Active || account.key.as_ref() != Some(&locked) {
                return Err(ServiceError::WrongCredentials);
            }
            let kind = self.check_code(tx, &account, &key, &proof.code)?;
            login_throttle::succeeded(tx, &subjects.concat())?;
            login_throttle::forget_old(tx, self.now())?;
            let (member, now) = (account.member.actor, self.now().timestamp_micros());
            let device = match (&origin.device, known_device(tx, Some(&account), origin)?) {
                (Some(device), Some(_)) => device.clone(),
                _ => Voucher::generate(),
            };
            tx.add_known_device(&device.hash(DEVICE, member), member, now)?;
            let (session, secret) = self.begin_session(tx, &key, None)?;
            self.note_code(tx, &account, kind)?;
            let entry = self.audit_entry(&nobody, AuditAction::SignIn).by(account.member);
            tx.append_audit(&entry.about(SubjectKind::Session, session.0))?;
            Ok(SignedIn { secret, session, device })
        });
        match signed_in {
            Err(ServiceError::WrongCredentials) => Err(self.failed_sign_in(&account, "code")),
            other => other,
        }
    }

    /// Whether a browser is one that the member with this login has signed in from before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn knows_device(&self, login: &str, origin: &Origin) -> Result<bool, ServiceError> {
        let login = login.trim().to_lowercase();
        self.reading(&Caller::nobody(), Action::SignIn, Subject::General, |tx, _| {
            let account = known_account(tx, &login)?.map(|(account, _)| account);
            Ok(known_device(tx, account.as_ref(), origin)?.is_some())
        })
    }

    /// Lets an attempt try, and counts it as failed until it has gone well.
    pub(super) fn admit(&self, tx: &mut Transaction<'_>, subjects: &[throttle::Subject]) -> Result<(), ServiceError> {
        match login_throttle::admit(tx, subjects, self.now())? {
            Admission::Admitted => Ok(()),
            Admission::Wait(seconds) => Err(ServiceError::TooManyAttempts(seconds)),
        }
    }

    /// Notes that a member could not sign in.
    fn failed_sign_in(&self, account: &Account, what: &'static str) -> ServiceError {
        let entry = self.audit_entry(&Caller::nobody(), AuditAction::SignInFailed).ended(Outcome::Refused);
        let entry = entry.about(SubjectKind::Member, account.member.actor).with("wrong", Detail::word(what));
        noted(self.store.write(|tx| tx.append_audit(&entry)))
    }

    /// Notes that somebody tried a login that nobody has. The login is not written: it may be a password, typed into
    /// the wrong field; and of such logins there is a record a minute at most, with how many there were, or whoever can
    /// reach the server could fill the disk. The others cost a commit as well: how long an answer takes must not tell
    /// whether there is such a member.
    fn failed_unknown_login(&self, tried: &[throttle::Subject]) -> ServiceError {
        let Some(earlier) = self.unknown_logins.count(self.now()) else {
            return noted(self.store.write(|tx| login_throttle::write_again(tx, tried)));
        };
        let entry = self.audit_entry(&Caller::nobody(), AuditAction::SignInFailed).ended(Outcome::Refused);
        let entry = entry.with("not_recorded_before", earlier).with("wrong", Detail::word("login"));
        noted(self.store.write(|tx| tx.append_audit(&entry)))
    }

    /// Checks a one-time code or a recovery code, and uses it up.
    pub(super) fn check_code(
        &self,
        tx: &mut Transaction<'_>,
        account: &Account,
        key: &MemberKey,
        code: &str,
    ) -> Result<CodeKind, ServiceError> {
        let member = account.member.actor;
        if let Ok(voucher) = Voucher::parse(code) {
            let is_one = tx.use_recovery_code(member, &voucher.hash(RECOVERY_CODE, member))?;
            return if is_one { Ok(CodeKind::Recovery) } else { Err(ServiceError::WrongCredentials) };
        }
        let sealed = account.one_time_codes.as_deref().ok_or(ServiceError::WrongCredentials)?;
        let secret = key.private.open(Purpose::OneTimeCodes, &[member.0], sealed)?;
        let secret = OneTimeCodeSecret::from_slice(&secret)?;
        let step = secret.check(code, self.now(), account.last_step).ok_or(ServiceError::WrongCredentials)?;
        if tx.use_step(member, step)? { Ok(CodeKind::OneTime) } else { Err(ServiceError::WrongCredentials) }
    }

    /// Notes that a recovery code was used: last, as all records are.
    fn note_code(&self, tx: &mut Transaction<'_>, account: &Account, kind: CodeKind) -> Result<(), ServiceError> {
        if kind == CodeKind::Recovery {
            let entry = self.audit_entry(&Caller::nobody(), AuditAction::RecoveryCodeUsed).by(account.member);
            tx.append_audit(&entry)?;
        }
        Ok(())
    }

    /// Proves again who one is, for what needs a fresh proof. It costs one Argon2id.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`].
    pub fn prove_again(&self, caller: &Caller, proof: &Proof) -> Result<DateTime<Utc>, ServiceError> {
        let session = caller.session().ok_or(ServiceError::Denied(Denial::NotSignedIn))?.id;
        let (account, key, subjects) = self.unlock_own(caller, &proof.password)?;
        let now = self.now();
        let proved = self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit: &Permit<'_>| {
            let kind = self.check_code(tx, &account, &key, &proof.code)?;
            login_throttle::succeeded(tx, &subjects.concat())?;
            tx.prove_session(session, now.timestamp_micros())?;
            self.note_code(tx, &account, kind)?;
            permit.note(tx, AuditAction::Reauthenticated, |entry| entry.about(SubjectKind::Session, session.0))?;
            Ok(now)
        });
        match proved {
            Err(ServiceError::WrongCredentials) => Err(self.failed_sign_in(&account, "code")),
            other => other,
        }
    }

    /// Changes the password. All other sessions and tokens end. It costs two Argon2id.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`] for the old one; why the new one is not taken.
    pub fn change_password(&self, caller: &Caller, old: &str, new: &str) -> Result<(), ServiceError> {
        let (account, key, subjects) = self.unlock_own(caller, old)?;
        judge_password(new, &account.login)?;
        let locked = key.lock(new)?;
        let member = account.member.actor;
        self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            tx.set_password(member, &locked, self.now().timestamp_micros())?;
            // No code was given: what was counted against codes stays.
            login_throttle::succeeded(tx, &subjects[0])?;
            permit.note(tx, AuditAction::PasswordChanged, |entry| entry.about(SubjectKind::Member, member))?;
            tx.end_sessions(member, caller.session().map(|session| session.id))?;
            Ok(())
        })
    }

    /// Tries the password of whoever has signed in. Their session counts as a known device of its own:
    /// whoever finds it open must not guess at will.
    fn unlock_own(
        &self,
        caller: &Caller,
        password: &str,
    ) -> Result<(Account, MemberKey, [Vec<throttle::Subject>; 2]), ServiceError> {
        let session = caller.session().ok_or(ServiceError::Denied(Denial::NotSignedIn))?.id;
        let (account, subjects) = self.writing(caller, Action::OwnAccount, Subject::General, |tx, permit| {
            let member = permit.author()?.actor;
            let mut device = [0; 32];
            device.iter_mut().zip(session.0.as_bytes()).for_each(|(byte, id)| *byte = *id);
            let address = Origin::console().address;
            let tried =
                |proof| Attempt { claimed: Claimed::Member(member), address, known_device: Some(device), proof };
            let subjects = [throttle::Proof::Password, throttle::Proof::OneTimeCode]
                .map(|proof| tried(proof).subjects(&self.address_key));
            self.admit(tx, &subjects.concat())?;
            Ok::<_, ServiceError>((tx.account(member)?, subjects))
        })?;
        let locked = account.key.clone().ok_or(ServiceError::WrongCredentials)?;
        match locked.unlock(account.member.actor, password) {
            Ok(key) => Ok((account, key, subjects)),
            Err(_) => Err(self.failed_sign_in(&account, "password")),
        }
    }
}

/// What somebody is told who could not sign in, once that has been written.
fn noted<T>(written: Result<T, StoreError>) -> ServiceError {
    written.map_or_else(ServiceError::from, |_| ServiceError::WrongCredentials)
}

fn known_account(tx: &mut Transaction<'_>, login: &str) -> Result<Option<(Account, LockedMemberKey)>, ServiceError> {
    match tx.account_of_login(login) {
        Ok(account) if account.state == AccountState::Active => Ok(account.key.clone().map(|locked| (account, locked))),
        Ok(_) | Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The hash of a browser's mark, if it is one of this member's.
fn known_device(
    tx: &mut Transaction<'_>,
    account: Option<&Account>,
    origin: &Origin,
) -> Result<Option<[u8; 32]>, ServiceError> {
    let (Some(account), Some(device)) = (account, &origin.device) else { return Ok(None) };
    let hash = device.hash(DEVICE, account.member.actor);
    Ok(tx.is_known_device(&hash, account.member.actor)?.then_some(hash))
}

/// Judges a new password.
pub(super) fn judge_password(password: &str, login: &str) -> Result<(), ServiceError> {
    check_password(password, login).map_err(|weakness| {
        let problem = match weakness {
            WeakPassword::TooShort => FieldProblem::PasswordTooShort { min: SHORTEST_PASSWORD },
            WeakPassword::TooLong => FieldProblem::TooLong { max: LONGEST_PASSWORD },
            WeakPassword::Guessable => FieldProblem::PasswordGuessable,
        };
        ServiceError::Invalid(vec![FieldError { field: "password".to_owned(), problem }])
    })
}
