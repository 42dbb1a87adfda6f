//! Members: who may sign in, in which roles, by which invitation.

use chrono::{DateTime, TimeDelta, Utc};
use zeroize::Zeroizing;

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::set_up::WITHOUT_ACCOUNT;
use super::sign_in::judge_password;
use super::{Caller, Services, sealing};
use crate::access::one_time_code::{OneTimeCodeSecret, RECOVERY_CODE, new_recovery_codes};
use crate::access::permission::Action;
use crate::access::role::Roles;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::{ActorId, OrganisationId};
use crate::store::{Account, AccountState, StoreError, Transaction};
use crate::vault::{MemberKey, Purpose, Voucher, fingerprint};

/// The use of a voucher as an invitation, in its hash.
const INVITATION: &str = "invitation";
/// For how long an invitation holds.
const INVITATION_HOLDS: TimeDelta = TimeDelta::days(7);
/// The most characters of a login.
const LONGEST_LOGIN: usize = 60;

/// A member as administrators and key holders see them.
#[derive(Clone, Debug)]
pub struct MemberView {
    /// Their identifier.
    pub id: ActorId,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// The name to sign in with.
    pub login: String,
    /// Where the account stands.
    pub state: AccountState,
    /// The roles.
    pub roles: Roles,
    /// Whether they wait to be given the organisation's key.
    pub waits_for_key: bool,
    /// A short form of their public key, to be compared by telephone; none before they enrol.
    pub fingerprint: Option<String>,
}

/// An invitation, to be handed over by another way than this server.
#[derive(Debug)]
pub struct Invitation {
    /// The member.
    pub member: ActorId,
    /// The name to sign in with.
    pub login: String,
    /// The secret; it is kept nowhere.
    pub secret: Voucher,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
}

/// What a member gets at enrolment; it is shown once.
#[derive(Debug)]
pub struct Enrolled {
    /// The member.
    pub member: ActorId,
    /// The secret of the one-time codes, for an authenticator app.
    pub one_time_codes: OneTimeCodeSecret,
    /// Codes for when the app is lost, each good for once.
    pub recovery_codes: Vec<Voucher>,
}

impl Enrolled {
    /// The recovery codes as they are shown.
    #[must_use]
    pub fn print_recovery_codes(&self) -> Vec<Zeroizing<String>> {
        self.recovery_codes.iter().map(Voucher::print).collect()
    }
}

impl Services {
    /// The members of one organisation, or of all where the caller administers all.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn members(&self, caller: &Caller, organisation: OrganisationId) -> Result<Vec<MemberView>, ServiceError> {
        self.reading(caller, Action::ListMembers, Subject::Organisation(organisation), |tx, _| {
            let accounts = tx.accounts(Some(organisation))?;
            let newest = tx.newest_keys(&[organisation])?;
            let holders = match newest.first() {
                Some(key) => tx.holders_of(key.id)?,
                None => Vec::new(),
            };
            Ok(accounts.into_iter().map(|account| view(account, &holders)).collect())
        })
    }

    /// One member.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn member_view(&self, caller: &Caller, member: ActorId) -> Result<MemberView, ServiceError> {
        self.reading(caller, Action::ListMembers, Subject::Member(member), |tx, _| {
            let account = tx.account(member)?;
            let newest = tx.newest_keys(&[account.member.organisation])?;
            let holders = newest.first().map(|key| tx.holders_of(key.id)).transpose()?;
            Ok(view(account, &holders.unwrap_or_default()))
        })
    }

    /// The member with a login, for the console.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard.
    pub fn member_with_login(&self, caller: &Caller, login: &str) -> Result<ActorId, ServiceError> {
        self.reading(caller, Action::ListMembers, Subject::General, |tx, _| {
            Ok(tx.account_of_login(&login.trim().to_lowercase())?.member.actor)
        })
    }

    /// Makes an account and invites its member.
    ///
    /// # Errors
    /// What is wrong with the login, or that it is taken.
    pub fn invite_member(
        &self,
        caller: &Caller,
        organisation: OrganisationId,
        login: &str,
        roles: &Roles,
    ) -> Result<Invitation, ServiceError> {
        let login = read_login(login)?;
        self.writing(caller, Action::ManageMembers, Subject::Organisation(organisation), |tx, permit| {
            self.add_invited(tx, permit, organisation, login, roles)
        })
    }

    pub(super) fn add_invited(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        organisation: OrganisationId,
        login: String,
        roles: &Roles,
    ) -> Result<Invitation, ServiceError> {
        let taken = |error| match error {
            StoreError::Duplicate => ServiceError::invalid("login", FieldProblem::Taken),
            other => other.into(),
        };
        let member = tx.add_member(organisation, &login, sealing::new_id()).map_err(taken)?;
        tx.add_account(member, &login, roles, self.now().timestamp_micros()).map_err(taken)?;
        self.put_out_invitation(tx, permit, member, login)
    }

    /// Invites a member anew: for one who has forgotten the password. Their keys are gone, and somebody must
    /// admit them again.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn invite_again(&self, caller: &Caller, member: ActorId) -> Result<Invitation, ServiceError> {
        self.writing(caller, Action::ManageMembers, Subject::Member(member), |tx, permit| {
            let login = tx.account(member)?.login;
            tx.end_sessions(member, None)?;
            tx.forget_known_devices(member)?;
            let invitation = self.put_out_invitation(tx, permit, member, login)?;
            // Once the account is held: a rotation that came first may have given them one more.
            tx.remove_grants(member)?;
            Ok(invitation)
        })
    }

    fn put_out_invitation(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        member: ActorId,
        login: String,
    ) -> Result<Invitation, ServiceError> {
        let (secret, expires_at) = (Voucher::generate(), self.now() + INVITATION_HOLDS);
        tx.invite(member, &secret.hash(INVITATION, member), expires_at.timestamp_micros())?;
        permit.note(tx, AuditAction::MemberInvited, |entry| entry.about(SubjectKind::Member, member))?;
        Ok(Invitation { member, login, secret, expires_at })
    }

    /// Uses an invitation: the member chooses a password, and their keys are made. It costs one Argon2id.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`] for a login or an invitation that does not hold; why the password
    /// is not taken.
    pub fn enrol(&self, login: &str, invitation: &str, password: &str) -> Result<Enrolled, ServiceError> {
        let login = login.trim().to_lowercase();
        judge_password(password, &login)?;
        let nobody = Caller::nobody();
        let voucher = Voucher::parse(invitation).map_err(|_| ServiceError::WrongCredentials)?;
        let account = self.reading(&nobody, Action::SignIn, Subject::General, |tx, _| {
            let account = tx.account_of_login(&login).map_err(|error| match error {
                StoreError::NotFound => ServiceError::WrongCredentials,
                other => other.into(),
            })?;
            self.check_invitation(&account, &voucher)?;
            Ok::<_, ServiceError>(account)
        })?;
        let member = account.member.actor;
        let key = MemberKey::generate(member);
        let locked = key.lock(password)?;
        let one_time_codes = OneTimeCodeSecret::generate();
        let sealed = locked.public_key.seal(Purpose::OneTimeCodes, &[member.0], one_time_codes.expose())?;
        let recovery_codes = new_recovery_codes();
        let hashes: Vec<[u8; 32]> = recovery_codes.iter().map(|code| code.hash(RECOVERY_CODE, member)).collect();
        self.writing(&nobody, Action::SignIn, Subject::General, |tx, _| {
            // Read anew: it holds for once.
            self.check_invitation(&tx.account(member)?, &voucher)?;
            tx.enrol(member, &locked, &sealed, &hashes, self.now().timestamp_micros())?;
            let entry = self.audit_entry(&nobody, AuditAction::Enrolled).by(account.member);
            tx.append_audit(&entry.about(SubjectKind::Member, member))?;
            Ok(Enrolled { member, one_time_codes, recovery_codes })
        })
    }

    fn check_invitation(&self, account: &Account, voucher: &Voucher) -> Result<(), ServiceError> {
        use subtle::ConstantTimeEq;
        let Some((hash, expires_at)) = &account.invitation else { return Err(ServiceError::WrongCredentials) };
        let right: bool = voucher.hash(INVITATION, account.member.actor).as_slice().ct_eq(hash).into();
        let holds = self.now().timestamp_micros() < *expires_at;
        if right && holds && account.state == AccountState::Invited {
            Ok(())
        } else {
            Err(ServiceError::WrongCredentials)
        }
    }

    /// Gives a member other roles. Their sessions end; a member who may no longer read loses the key.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn change_roles(&self, caller: &Caller, member: ActorId, roles: &Roles) -> Result<(), ServiceError> {
        self.writing(caller, Action::ManageMembers, Subject::Member(member), |tx, permit| {
            tx.set_roles(member, roles)?;
            tx.end_sessions(member, None)?;
            if !roles.open_sealed_data() {
                tx.remove_grants(member)?;
            }
            permit.note(tx, AuditAction::MemberChanged, |entry| {
                let entry = entry.about(SubjectKind::Member, member);
                roles.iter().fold(entry, |entry, role| entry.with(role.as_str(), true))
            })
        })
    }

    /// Shuts a member out, at once.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn disable_member(&self, caller: &Caller, member: ActorId) -> Result<(), ServiceError> {
        self.writing(caller, Action::ManageMembers, Subject::Member(member), |tx, permit| {
            tx.disable(member)?;
            tx.end_sessions(member, None)?;
            tx.forget_known_devices(member)?;
            tx.remove_grants(member)?;
            permit.note(tx, AuditAction::MemberDisabled, |entry| entry.about(SubjectKind::Member, member))
        })
    }
}

fn view(account: Account, holders: &[ActorId]) -> MemberView {
    let id = account.member.actor;
    MemberView {
        id,
        organisation: account.member.organisation,
        login: account.login,
        state: account.state,
        waits_for_key: account.state == AccountState::Active
            && account.roles.open_sealed_data()
            && !holders.contains(&id),
        roles: account.roles,
        fingerprint: account.key.map(|key| fingerprint(&key.public_key)),
    }
}

/// A login: small letters, digits and a few signs, so that no two look alike.
pub(super) fn read_login(text: &str) -> Result<String, ServiceError> {
    let login = text.trim().to_lowercase();
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-@".contains(&byte);
    if login.is_empty() {
        Err(ServiceError::invalid("login", FieldProblem::Missing))
    } else if login.len() > LONGEST_LOGIN || !login.bytes().all(allowed) {
        Err(ServiceError::invalid("login", FieldProblem::NotALogin))
    } else if WITHOUT_ACCOUNT.contains(&login.as_str()) {
        Err(ServiceError::invalid("login", FieldProblem::Taken))
    } else {
        Ok(login)
    }
}
