//! Organisations and members: who an event is recorded by, and whom a case is shared with.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{members, organisations};
use crate::access::role::OrganisationKind;
use crate::domain::id::{ActorId, Author, OrganisationId};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRecord {
    /// Its identifier.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The public half of its recovery key; none before its keys were made.
    pub recovery_public_key: Option<Vec<u8>>,
}

type OrganisationRow = (Key, String, String, Option<Vec<u8>>);

fn record((id, name, kind, recovery_public_key): OrganisationRow) -> Result<OrganisationRecord, StoreError> {
    let kind = OrganisationKind::named(&kind).ok_or_else(|| StoreError::Unreadable("kind of organisation".into()))?;
    Ok(OrganisationRecord { id: id.into(), name, kind, recovery_public_key })
}

impl Transaction<'_> {
    /// The organisation that was set up first; none before `aiqyn init`.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn first_organisation(&mut self) -> Result<Option<OrganisationId>, StoreError> {
        let first = organisations::table
            .order(organisations::id)
            .select(organisations::id)
            .first::<Key>(self.connection)
            .optional()?;
        Ok(first.map(OrganisationId::from))
    }

    /// Adds an organisation. `id` should sort by time, so that the first stays first.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where one has that name.
    pub fn add_organisation(
        &mut self,
        id: Uuid,
        name: &str,
        kind: OrganisationKind,
    ) -> Result<OrganisationId, StoreError> {
        let row = (organisations::id.eq(Key(id)), organisations::name.eq(name), organisations::kind.eq(kind.as_str()));
        diesel::insert_into(organisations::table).values(row).execute(self.connection)?;
        Ok(OrganisationId(id))
    }

    /// An organisation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn organisation(&mut self, id: OrganisationId) -> Result<OrganisationRecord, StoreError> {
        record(organisations::table.find(Key::from(id)).first(self.connection)?)
    }

    /// Every organisation, in the order of setting up.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn organisations(&mut self) -> Result<Vec<OrganisationRecord>, StoreError> {
        let rows: Vec<OrganisationRow> = organisations::table.order(organisations::id).load(self.connection)?;
        rows.into_iter().map(record).collect()
    }

    /// Keeps the public half of an organisation's recovery key.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn set_recovery_key(&mut self, id: OrganisationId, public_key: &[u8]) -> Result<(), StoreError> {
        diesel::update(organisations::table.find(Key::from(id)))
            .set(organisations::recovery_public_key.eq(public_key))
            .execute(self.connection)?;
        Ok(())
    }

    /// The member of an organisation with a name, made with the identifier `new` where there is none.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn member(&mut self, organisation: OrganisationId, name: &str, new: Uuid) -> Result<Author, StoreError> {
        if let Some(actor) = self.member_named(organisation, name)? {
            return Ok(Author { actor, organisation });
        }
        // On PostgreSQL another one may be making the same member just now: then that one is taken.
        let row = MemberRow { id: Key(new), organisation_id: organisation.into(), name };
        let made = diesel::insert_into(members::table).values(row);
        match self.connection {
            AnyConnection::Postgres(connection) => made.on_conflict_do_nothing().execute(connection)?,
            AnyConnection::Sqlite(connection) => made.execute(connection)?,
        };
        let actor = self.member_named(organisation, name)?.ok_or(StoreError::NotFound)?;
        Ok(Author { actor, organisation })
    }

    /// The member of an organisation with a name.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn member_named(&mut self, organisation: OrganisationId, name: &str) -> Result<Option<ActorId>, StoreError> {
        // PostgreSQL takes no text with a NUL in it, and nobody is called so.
        if name.contains('\0') {
            return Ok(None);
        }
        let named = members::organisation_id.eq(Key::from(organisation)).and(members::name.eq(name));
        let known = members::table.filter(named).select(members::id).first::<Key>(self.connection);
        Ok(known.optional()?.map(ActorId::from))
    }

    /// The names of members, with the organisation of each.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn names_of_members(
        &mut self,
        members: &[ActorId],
    ) -> Result<HashMap<ActorId, (OrganisationId, String)>, StoreError> {
        let keys: Vec<Key> = members.iter().copied().map(Key::from).collect();
        let columns = (members::id, (members::organisation_id, members::name));
        let named = members::table.filter(members::id.eq_any(keys)).select(columns);
        let rows: Vec<(Key, (Key, String))> = named.load(self.connection)?;
        Ok(rows.into_iter().map(|(id, (organisation, name))| (id.into(), (organisation.into(), name))).collect())
    }

    /// Adds a member to an organisation.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where one has that name.
    pub fn add_member(&mut self, organisation: OrganisationId, name: &str, new: Uuid) -> Result<ActorId, StoreError> {
        let row = MemberRow { id: Key(new), organisation_id: organisation.into(), name };
        diesel::insert_into(members::table).values(row).execute(self.connection)?;
        Ok(ActorId(new))
    }
}

#[derive(Insertable)]
#[diesel(table_name = members)]
struct MemberRow<'a> {
    id: Key,
    organisation_id: Key,
    name: &'a str,
}
