//! Sealed keys: of organisations for their members, of cases for organisations. No row here opens anything by itself.

use diesel::prelude::*;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{index_keys, key_grants, organisation_keys, organisations};
use crate::access::role::OrganisationKind;
use crate::domain::id::{ActorId, OrganisationId, OrganisationKeyId};
use crate::vault::PublicKey;

/// A version of an organisation's key, as everybody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationKey {
    /// Its identifier.
    pub id: OrganisationKeyId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its version, from 1.
    pub version: i32,
    /// The public half.
    pub public: PublicKey,
    /// The private half, sealed to the recovery key.
    pub sealed_for_recovery: Vec<u8>,
}

type KeyRow = (Key, Key, i32, Vec<u8>, Vec<u8>);

fn organisation_key((id, organisation, version, public, sealed): KeyRow) -> Result<OrganisationKey, StoreError> {
    let public = PublicKey::from_slice(&public).map_err(|_| StoreError::Unreadable("public key".into()))?;
    Ok(OrganisationKey {
        id: id.into(),
        organisation: organisation.into(),
        version,
        public,
        sealed_for_recovery: sealed,
    })
}

const COLUMNS: (
    organisation_keys::id,
    organisation_keys::organisation_id,
    organisation_keys::version,
    organisation_keys::public_key,
    organisation_keys::sealed_for_recovery,
) = (
    organisation_keys::id,
    organisation_keys::organisation_id,
    organisation_keys::version,
    organisation_keys::public_key,
    organisation_keys::sealed_for_recovery,
);

impl Transaction<'_> {
    /// Adds a version of an organisation's key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where another rotation took the version.
    pub fn add_organisation_key(&mut self, key: &OrganisationKey, now: i64) -> Result<(), StoreError> {
        use organisation_keys as t;
        let row = (
            t::id.eq(Key::from(key.id)),
            t::organisation_id.eq(Key::from(key.organisation)),
            t::version.eq(key.version),
            t::public_key.eq(key.public.bytes().as_slice()),
            t::sealed_for_recovery.eq(&key.sealed_for_recovery),
            t::created_at.eq(now),
        );
        diesel::insert_into(t::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The newest version of each of these organisations' keys; an organisation without one is left out.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn newest_keys(&mut self, organisations: &[OrganisationId]) -> Result<Vec<OrganisationKey>, StoreError> {
        use organisation_keys as t;
        let ids: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
        let rows: Vec<KeyRow> = t::table
            .filter(t::organisation_id.eq_any(ids))
            .order((t::organisation_id, t::version.desc()))
            .select(COLUMNS)
            .load(self.connection)?;
        let mut keys = rows.into_iter().map(organisation_key).collect::<Result<Vec<_>, _>>()?;
        keys.dedup_by_key(|key| key.organisation);
        Ok(keys)
    }

    /// Every version of an organisation's key, the newest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn organisation_keys(&mut self, organisation: OrganisationId) -> Result<Vec<OrganisationKey>, StoreError> {
        use organisation_keys as t;
        let rows: Vec<KeyRow> = t::table
            .filter(t::organisation_id.eq(Key::from(organisation)))
            .order(t::version.desc())
            .select(COLUMNS)
            .load(self.connection)?;
        rows.into_iter().map(organisation_key).collect()
    }

    /// The Ombudsman's offices: whoever is given visit requests.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn ombudsmans_offices(&mut self) -> Result<Vec<OrganisationId>, StoreError> {
        let offices: Vec<Key> = organisations::table
            .filter(organisations::kind.eq(OrganisationKind::Ombudsman.as_str()))
            .select(organisations::id)
            .load(self.connection)?;
        Ok(offices.into_iter().map(OrganisationId::from).collect())
    }

    /// Keeps an organisation's key sealed to a member.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where the member has it.
    pub fn add_grant(&mut self, member: ActorId, key: OrganisationKeyId, sealed: &[u8]) -> Result<(), StoreError> {
        let row = (
            key_grants::member_id.eq(Key::from(member)),
            key_grants::organisation_key_id.eq(Key::from(key)),
            key_grants::sealed.eq(sealed),
        );
        diesel::insert_into(key_grants::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The organisation's keys that are sealed to a member.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn grants_of(&mut self, member: ActorId) -> Result<Vec<(OrganisationKeyId, Vec<u8>)>, StoreError> {
        let rows: Vec<(Key, Vec<u8>)> = key_grants::table
            .filter(key_grants::member_id.eq(Key::from(member)))
            .select((key_grants::organisation_key_id, key_grants::sealed))
            .load(self.connection)?;
        Ok(rows.into_iter().map(|(key, sealed)| (key.into(), sealed)).collect())
    }

    /// The members who hold a version of an organisation's key.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn holders_of(&mut self, key: OrganisationKeyId) -> Result<Vec<ActorId>, StoreError> {
        let rows: Vec<Key> = key_grants::table
            .filter(key_grants::organisation_key_id.eq(Key::from(key)))
            .select(key_grants::member_id)
            .load(self.connection)?;
        Ok(rows.into_iter().map(ActorId::from).collect())
    }

    /// Takes every organisation's key from a member.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn remove_grants(&mut self, member: ActorId) -> Result<usize, StoreError> {
        let theirs = key_grants::table.filter(key_grants::member_id.eq(Key::from(member)));
        Ok(diesel::delete(theirs).execute(self.connection)?)
    }

    /// Removes a version of an organisation's key, with the copies of it. Nothing may be sealed to it any more.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn remove_organisation_key(&mut self, key: OrganisationKeyId) -> Result<(), StoreError> {
        let copies = key_grants::table.filter(key_grants::organisation_key_id.eq(Key::from(key)));
        diesel::delete(copies).execute(self.connection)?;
        diesel::delete(organisation_keys::table.find(Key::from(key))).execute(self.connection)?;
        Ok(())
    }

    /// Keeps the key of an organisation's blind index, in the place of an earlier copy.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn set_index_key(
        &mut self,
        organisation: OrganisationId,
        under: OrganisationKeyId,
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        diesel::delete(index_keys::table.find(Key::from(organisation))).execute(self.connection)?;
        let row = (
            index_keys::organisation_id.eq(Key::from(organisation)),
            index_keys::organisation_key_id.eq(Key::from(under)),
            index_keys::sealed.eq(sealed),
        );
        diesel::insert_into(index_keys::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The sealed key of an organisation's blind index, and the version that it is sealed to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] before its keys were made.
    pub fn index_key(&mut self, organisation: OrganisationId) -> Result<(OrganisationKeyId, Vec<u8>), StoreError> {
        let (under, sealed): (Key, Vec<u8>) = index_keys::table
            .find(Key::from(organisation))
            .select((index_keys::organisation_key_id, index_keys::sealed))
            .first(self.connection)?;
        Ok((under.into(), sealed))
    }
}
