//! The keys of organisations: made at set-up, given to members, rotated.

use super::error::ServiceError;
use super::guard::Subject;
use super::sessions::open_vault;
use super::{Caller, Services, sealing};
use crate::access::permission::Action;
use crate::access::role::OrganisationKind;
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::field::FieldProblem;
use crate::domain::id::{ActorId, OrganisationId, OrganisationKeyId};
use crate::store::{AccountState, OrganisationKey, OrganisationRecord, SealedKey, StoreError, Transaction};
use crate::vault::{OpenedVault, OrganisationKeyPair, PublicKey, RecoveryKey, Secret};

/// How many sealed keys a rotation takes at a time.
const AT_A_TIME: i64 = 500;

/// An organisation that has just been set up.
#[derive(Debug)]
pub struct NewOrganisation {
    /// The organisation.
    pub id: OrganisationId,
    /// Its recovery key; it is kept nowhere.
    pub recovery_key: RecoveryKey,
    /// Its opened vault, for whoever fills it at once, as the demo does.
    pub vault: OpenedVault,
}

impl Services {
    /// Every organisation.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn organisations(&self, caller: &Caller) -> Result<Vec<OrganisationRecord>, ServiceError> {
        self.reading(caller, Action::ListOrganisations, Subject::General, |tx, permit| {
            permit.author()?;
            Ok(tx.organisations()?)
        })
    }

    /// Adds an organisation with its keys. The first one runs the installation, and its administrators add the others.
    ///
    /// # Errors
    /// That the name is missing or taken.
    pub fn add_organisation(
        &self,
        caller: &Caller,
        name: &str,
        kind: OrganisationKind,
    ) -> Result<NewOrganisation, ServiceError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ServiceError::invalid("name", FieldProblem::Missing));
        }
        let first = self.store.read(|tx| tx.first_organisation())?.ok_or(ServiceError::NotSetUp)?;
        self.writing(caller, Action::ManageOrganisations, Subject::Organisation(first), |tx, permit| {
            let new = self.make_organisation(tx, name, kind)?;
            permit.note(tx, AuditAction::OrganisationAdded, |entry| entry.about(SubjectKind::Organisation, new.id))?;
            Ok(new)
        })
    }

    pub(super) fn make_organisation(
        &self,
        tx: &mut Transaction<'_>,
        name: &str,
        kind: OrganisationKind,
    ) -> Result<NewOrganisation, ServiceError> {
        // It stands in lists, letters and on the console.
        if name.contains(char::is_control) {
            return Err(ServiceError::invalid("name", FieldProblem::ControlCharacter));
        }
        let id = tx.add_organisation(sealing::new_id(), name, kind).map_err(|error| match error {
            StoreError::Duplicate => ServiceError::invalid("name", FieldProblem::Taken),
            other => other.into(),
        })?;
        self.make_first_keys(tx, id)
    }

    /// Makes the first keys of an organisation.
    pub(super) fn make_first_keys(
        &self,
        tx: &mut Transaction<'_>,
        id: OrganisationId,
    ) -> Result<NewOrganisation, ServiceError> {
        let recovery_key = RecoveryKey::generate();
        let recovery_public = recovery_key.public()?;
        tx.set_recovery_key(id, recovery_public.bytes())?;
        let pair = OrganisationKeyPair::generate(OrganisationKeyId(sealing::new_id()))?;
        self.keep_key(tx, id, 1, &pair, &recovery_public)?;
        tx.set_index_key(id, pair.id, &pair.seal_index_key(id, &Secret::generate())?)?;
        Ok(NewOrganisation { id, recovery_key, vault: OpenedVault::new(id, vec![pair]) })
    }

    fn keep_key(
        &self,
        tx: &mut Transaction<'_>,
        organisation: OrganisationId,
        version: i32,
        pair: &OrganisationKeyPair,
        recovery: &PublicKey,
    ) -> Result<(), ServiceError> {
        let key = OrganisationKey {
            id: pair.id,
            organisation,
            version,
            public: *pair.public(),
            sealed_for_recovery: pair.seal_for_recovery(recovery)?,
        };
        Ok(tx.add_organisation_key(&key, self.now().timestamp_micros())?)
    }

    /// Gives a member the organisation's key, by a member who holds it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where they are no member of the caller's organisation or do not wait;
    /// [`ServiceError::NoKey`] where the caller does not hold the key.
    pub fn admit_member(&self, caller: &Caller, member: ActorId) -> Result<(), ServiceError> {
        self.writing(caller, Action::AdmitMember, Subject::Member(member), |tx, permit| {
            let vault = caller.vault().ok_or(ServiceError::NoKey)?;
            give_keys(tx, vault, member)?;
            permit.note(tx, AuditAction::MemberAdmitted, |entry| entry.about(SubjectKind::Member, member))
        })
    }

    /// Gives a member the organisation's key, by the recovery key.
    ///
    /// # Errors
    /// That the recovery key is mistyped or another organisation's.
    pub fn admit_by_recovery_key(
        &self,
        caller: &Caller,
        member: ActorId,
        recovery_key: &str,
    ) -> Result<(), ServiceError> {
        let wrong = || ServiceError::invalid("recovery_key", FieldProblem::WrongRecoveryKey);
        let key = RecoveryKey::parse(recovery_key).map_err(|_| wrong())?;
        self.writing(caller, Action::Recover, Subject::Member(member), |tx, permit| {
            let organisation = tx.account(member)?.member.organisation;
            let keys = tx.organisation_keys(organisation)?;
            let open = |stored: &OrganisationKey| {
                OrganisationKeyPair::recover(stored.id, &key, &stored.sealed_for_recovery).map_err(|_| wrong())
            };
            let vault = OpenedVault::new(organisation, keys.iter().map(open).collect::<Result<_, _>>()?);
            give_keys(tx, &vault, member)?;
            permit.note(tx, AuditAction::RecoveryKeyUsed, |entry| entry.about(SubjectKind::Member, member))
        })
    }

    /// Makes a new key pair for the caller's organisation and seals everything to it anew. The data keys are
    /// retired: whoever is to be shut out may have kept them. Returns how many there were.
    ///
    /// # Errors
    /// [`ServiceError::NoKey`] where the caller does not hold the newest version.
    pub fn rotate_keys(&self, caller: &Caller) -> Result<usize, ServiceError> {
        let organisation = caller.author()?.organisation;
        self.opening(caller, Action::RotateKeys, Subject::Organisation(organisation), |tx, permit| {
            let author = permit.author()?;
            // The keys as they are now: another rotation may have come in between.
            let key = caller.key().ok_or(ServiceError::NoKey)?;
            let vault = open_vault(tx, organisation, key)?.ok_or(ServiceError::NoKey)?;
            let old = tx.organisation_keys(organisation)?;
            let newest = old.first().ok_or(ServiceError::NoKey)?;
            let record = tx.organisation(organisation)?;
            let recovery = record.recovery_public_key.as_deref().ok_or(ServiceError::NoKey)?;
            let pair = OrganisationKeyPair::generate(OrganisationKeyId(sealing::new_id()))?;
            self.keep_key(tx, organisation, newest.version + 1, &pair, &PublicKey::from_slice(recovery)?)?;
            for holder in tx.holders_of(newest.id)? {
                // Nobody is shut out or given another role meanwhile, or they would get the new key all the same.
                tx.hold_account(holder)?;
                let account = tx.account(holder)?;
                let may = account.state == AccountState::Active && account.roles.open_sealed_data();
                let Some(locked) = account.key.filter(|_| may) else { continue };
                tx.add_grant(holder, pair.id, &pair.seal_for_member(holder, &locked.public_key)?)?;
            }
            let (under, sealed) = tx.index_key(organisation)?;
            let index_key = vault.open_index_key(under, &sealed)?;
            tx.set_index_key(organisation, pair.id, &pair.seal_index_key(organisation, &index_key)?)?;
            let mut sealed_anew = 0;
            for old in &old {
                sealed_anew += seal_anew(tx, &vault, old.id, &pair)?;
                tx.remove_organisation_key(old.id)?;
            }
            permit.note(tx, AuditAction::KeyRotated, |entry| {
                entry.by(author).about(SubjectKind::Organisation, organisation).with("data_keys", sealed_anew)
            })?;
            Ok(sealed_anew)
        })
    }
}

/// Seals every version of an organisation's key to a member.
fn give_keys(tx: &mut Transaction<'_>, vault: &OpenedVault, member: ActorId) -> Result<(), ServiceError> {
    tx.hold_account(member)?;
    let account = tx.account(member)?;
    let may = account.state == AccountState::Active && account.roles.open_sealed_data();
    let locked = account.key.filter(|_| may && account.member.organisation == vault.organisation());
    let locked = locked.ok_or(ServiceError::NotFound)?;
    tx.remove_grants(member)?;
    for pair in vault.keys() {
        tx.add_grant(member, pair.id, &pair.seal_for_member(member, &locked.public_key)?)?;
    }
    Ok(())
}

/// Seals to a new version what is sealed to an old one.
fn seal_anew(
    tx: &mut Transaction<'_>,
    vault: &OpenedVault,
    old: OrganisationKeyId,
    new: &OrganisationKeyPair,
) -> Result<usize, ServiceError> {
    let mut sealed_anew = 0;
    loop {
        let batch = tx.keys_sealed_under(old, AT_A_TIME)?;
        if batch.is_empty() {
            return Ok(sealed_anew);
        }
        sealed_anew += batch.len();
        tx.retire_data_keys(&batch.iter().map(|key| key.data_key).collect::<Vec<_>>())?;
        for key in batch {
            let ring = vault.open_keys([(key.data_key, key.under, key.sealed.as_slice())])?;
            let data_key = ring.key(key.data_key).ok_or(ServiceError::NoKey)?;
            let sealed = data_key.seal_for(new.id, new.public())?;
            tx.replace_sealed_key(&SealedKey { under: new.id, sealed, ..key })?;
        }
    }
}
