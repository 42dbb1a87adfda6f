//! Cases whose names an organisation has yet to index: only whoever holds its key can.

use diesel::prelude::*;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{name_tokens, names_to_index as t};
use crate::domain::id::{CaseId, OrganisationId};

impl Transaction<'_> {
    /// Notes that an organisation has names of a case to index.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn wait_for_index(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        let row = (t::organisation_id.eq(Key::from(organisation)), t::case_id.eq(Key::from(case)));
        match self.connection {
            AnyConnection::Postgres(connection) => {
                diesel::insert_into(t::table).values(row).on_conflict_do_nothing().execute(connection)?;
            }
            AnyConnection::Sqlite(connection) => {
                diesel::insert_or_ignore_into(t::table).values(row).execute(connection)?;
            }
        }
        Ok(())
    }

    /// Removes a case from an organisation's index, and from what it has yet to index.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_names(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        let (organisation, case) = (Key::from(organisation), Key::from(case));
        diesel::delete(t::table.find((organisation, case))).execute(self.connection)?;
        let tokens = name_tokens::table
            .filter(name_tokens::organisation_id.eq(organisation))
            .filter(name_tokens::case_id.eq(case));
        diesel::delete(tokens).execute(self.connection)?;
        Ok(())
    }
}
