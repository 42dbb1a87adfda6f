//! Accounts: how a member signs in. What is secret in them is sealed or hashed.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{accounts as t, members, recovery_codes};
use crate::access::role::Roles;
use crate::domain::id::{ActorId, Author, OrganisationId};
use crate::domain::words;
use crate::vault::{LockedMemberKey, PublicKey};

words! {
    /// Where an account stands.
    AccountState {
        /// An invitation is out; nobody can sign in.
        Invited = "invited",
        /// The member can sign in.
        Active = "active",
        /// Nobody can sign in, and nothing is known but who did what.
        Disabled = "disabled",
    }
}

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The member and their organisation.
    pub member: Author,
    /// The name to sign in with.
    pub login: String,
    /// Where it stands.
    pub state: AccountState,
    /// The roles.
    pub roles: Roles,
    /// The hash of an invitation that is out, and until when it holds (microseconds since 1970).
    pub invitation: Option<(Vec<u8>, i64)>,
    /// The member's key pair under the password; none before enrolment.
    pub key: Option<LockedMemberKey>,
    /// The secret of the one-time codes, sealed to the member's key.
    pub one_time_codes: Option<Vec<u8>>,
    /// The last time step whose code was used.
    pub last_step: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = t)]
struct Row {
    member_id: Key,
    login: String,
    state: String,
    roles: String,
    invitation_hash: Option<Vec<u8>>,
    invitation_expires_at: Option<i64>,
    kdf: Option<String>,
    salt: Option<Vec<u8>>,
    public_key: Option<Vec<u8>>,
    private_key_sealed: Option<Vec<u8>>,
    totp_sealed: Option<Vec<u8>>,
    totp_last_step: i64,
}

impl Row {
    fn account(self, organisation: Key) -> Result<Account, StoreError> {
        let unreadable = |what: &str| StoreError::Unreadable(format!("account {}: {what}", self.member_id.0));
        let key = match (self.kdf, self.salt, self.public_key, self.private_key_sealed) {
            (Some(kdf), Some(salt), Some(public), Some(sealed)) => {
                let public_key = PublicKey::from_slice(&public).map_err(|_| unreadable("public key"))?;
                Some(LockedMemberKey { kdf, salt, public_key, sealed })
            }
            _ => None,
        };
        Ok(Account {
            member: Author { actor: self.member_id.into(), organisation: organisation.into() },
            state: AccountState::named(&self.state).ok_or_else(|| unreadable("state"))?,
            roles: Roles::parse(&self.roles).map_err(|_| unreadable("roles"))?,
            login: self.login,
            invitation: self.invitation_hash.zip(self.invitation_expires_at),
            key,
            one_time_codes: self.totp_sealed,
            last_step: self.totp_last_step,
        })
    }
}

/// Accounts, each with its member's organisation.
type WithOrganisation = diesel::dsl::Select<
    diesel::dsl::InnerJoin<t::table, members::table>,
    (diesel::dsl::AsSelect<Row, <super::connection::AnyConnection as Connection>::Backend>, members::organisation_id),
>;

fn with_organisation() -> WithOrganisation {
    t::table.inner_join(members::table).select((Row::as_select(), members::organisation_id))
}

impl Transaction<'_> {
    /// Adds an account for a member, with an invitation.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where the login is taken.
    pub fn add_account(&mut self, member: ActorId, login: &str, roles: &Roles, now: i64) -> Result<(), StoreError> {
        let row = (
            t::member_id.eq(Key::from(member)),
            t::login.eq(login),
            t::state.eq(AccountState::Invited.as_str()),
            t::roles.eq(roles.to_string()),
            t::created_at.eq(now),
        );
        diesel::insert_into(t::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The account with a login.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account_of_login(&mut self, login: &str) -> Result<Account, StoreError> {
        // PostgreSQL takes no text with a NUL in it, and nobody has such a login.
        if login.contains('\0') {
            return Err(StoreError::NotFound);
        }
        let (row, organisation): (Row, Key) = with_organisation().filter(t::login.eq(login)).first(self.connection)?;
        row.account(organisation)
    }

    /// A member's account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account(&mut self, member: ActorId) -> Result<Account, StoreError> {
        let (row, organisation): (Row, Key) =
            with_organisation().filter(t::member_id.eq(Key::from(member))).first(self.connection)?;
        row.account(organisation)
    }

    /// The accounts of one organisation, or of all, by login.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn accounts(&mut self, organisation: Option<OrganisationId>) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<(Row, Key)> = match organisation {
            Some(organisation) => with_organisation()
                .filter(members::organisation_id.eq(Key::from(organisation)))
                .order(t::login)
                .load(self.connection)?,
            None => with_organisation().order(t::login).load(self.connection)?,
        };
        rows.into_iter().map(|(row, organisation)| row.account(organisation)).collect()
    }

    /// Puts out an invitation and forgets everything that the member signed in with before.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn invite(&mut self, member: ActorId, invitation: &[u8], expires_at: i64) -> Result<(), StoreError> {
        self.forget_recovery_codes(member)?;
        let none = None::<Vec<u8>>;
        diesel::update(t::table.find(Key::from(member)))
            .set((
                t::state.eq(AccountState::Invited.as_str()),
                t::invitation_hash.eq(invitation),
                t::invitation_expires_at.eq(expires_at),
                t::kdf.eq(None::<String>),
                t::salt.eq(&none),
                t::public_key.eq(&none),
                t::private_key_sealed.eq(&none),
                t::totp_sealed.eq(&none),
            ))
            .execute(self.connection)?;
        Ok(())
    }

    /// Keeps what a member enrolled with, and lets them sign in.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn enrol(
        &mut self,
        member: ActorId,
        key: &LockedMemberKey,
        one_time_codes: &[u8],
        recovery_codes: &[[u8; 32]],
        now: i64,
    ) -> Result<(), StoreError> {
        diesel::update(t::table.find(Key::from(member)))
            .set((
                t::state.eq(AccountState::Active.as_str()),
                t::invitation_hash.eq(None::<Vec<u8>>),
                t::invitation_expires_at.eq(None::<i64>),
                t::totp_sealed.eq(one_time_codes),
                t::totp_last_step.eq(0),
            ))
            .execute(self.connection)?;
        self.set_password(member, key, now)?;
        self.forget_recovery_codes(member)?;
        for hash in recovery_codes {
            let row = (recovery_codes::hash.eq(hash.as_slice()), recovery_codes::member_id.eq(Key::from(member)));
            diesel::insert_into(recovery_codes::table).values(row).execute(self.connection)?;
        }
        Ok(())
    }

    /// Keeps a member's key under another password.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn set_password(&mut self, member: ActorId, key: &LockedMemberKey, now: i64) -> Result<(), StoreError> {
        diesel::update(t::table.find(Key::from(member)))
            .set((
                t::kdf.eq(&key.kdf),
                t::salt.eq(&key.salt),
                t::public_key.eq(key.public_key.bytes().as_slice()),
                t::private_key_sealed.eq(&key.sealed),
                t::password_changed_at.eq(now),
            ))
            .execute(self.connection)?;
        Ok(())
    }

    /// Notes the time step of a one-time code, unless it or a later one was used before. Returns
    /// whether it was fresh: two who use one code at the same time are told apart here.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn use_step(&mut self, member: ActorId, step: i64) -> Result<bool, StoreError> {
        let fresh = t::table.filter(t::member_id.eq(Key::from(member))).filter(t::totp_last_step.lt(step));
        Ok(diesel::update(fresh).set(t::totp_last_step.eq(step)).execute(self.connection)? == 1)
    }

    /// Uses a recovery code up. Returns whether there was one with that hash.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn use_recovery_code(&mut self, member: ActorId, hash: &[u8]) -> Result<bool, StoreError> {
        let code = recovery_codes::table
            .filter(recovery_codes::hash.eq(hash))
            .filter(recovery_codes::member_id.eq(Key::from(member)));
        Ok(diesel::delete(code).execute(self.connection)? == 1)
    }

    fn forget_recovery_codes(&mut self, member: ActorId) -> Result<(), StoreError> {
        let theirs = recovery_codes::table.filter(recovery_codes::member_id.eq(Key::from(member)));
        diesel::delete(theirs).execute(self.connection)?;
        Ok(())
    }

    /// Gives a member other roles.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn set_roles(&mut self, member: ActorId, roles: &Roles) -> Result<(), StoreError> {
        diesel::update(t::table.find(Key::from(member)))
            .set(t::roles.eq(roles.to_string()))
            .execute(self.connection)?;
        Ok(())
    }

    /// Lets nobody else change an account until this transaction ends.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn hold_account(&mut self, member: ActorId) -> Result<(), StoreError> {
        match diesel::update(t::table.find(Key::from(member))).set(t::state.eq(t::state)).execute(self.connection)? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// Shuts an account.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn disable(&mut self, member: ActorId) -> Result<(), StoreError> {
        self.forget_recovery_codes(member)?;
        diesel::update(t::table.find(Key::from(member)))
            .set((t::state.eq(AccountState::Disabled.as_str()), t::invitation_hash.eq(None::<Vec<u8>>)))
            .execute(self.connection)?;
        Ok(())
    }
}
