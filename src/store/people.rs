//! Organisations and members: who an event is recorded by.

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Transaction;
use super::error::StoreError;
use super::key::Key;
use super::schema::{members, organisations};
use crate::domain::id::{Author, OrganisationId};

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
    pub fn add_organisation(&mut self, id: Uuid, name: &str) -> Result<OrganisationId, StoreError> {
        diesel::insert_into(organisations::table)
            .values((organisations::id.eq(Key(id)), organisations::name.eq(name)))
            .execute(self.connection)?;
        Ok(OrganisationId(id))
    }

    /// The member of an organisation with a name, made with the identifier `new` where there is none.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn member(&mut self, organisation: OrganisationId, name: &str, new: Uuid) -> Result<Author, StoreError> {
        let named = members::organisation_id.eq(Key::from(organisation)).and(members::name.eq(name));
        let known = members::table.filter(named).select(members::id).first::<Key>(self.connection).optional()?;
        let actor = match known {
            Some(key) => key,
            None => {
                let row = (
                    members::id.eq(Key(new)),
                    members::organisation_id.eq(Key::from(organisation)),
                    members::name.eq(name),
                );
                diesel::insert_into(members::table).values(row).execute(self.connection)?;
                Key(new)
            }
        };
        Ok(Author { actor: actor.into(), organisation })
    }
}
