//! The blind index of names, and which cases still wait to be indexed. Here tokens are bytes: what they
//! say is known to `vault::names` alone, and no name ever comes here. `name_search` looks in it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;

use super::connection::{AnyConnection, Store, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{name_tokens, names_to_index};
use crate::domain::id::{CaseId, EventId, OrganisationId};

/// How many rows of five values go into one statement; both databases take more.
const CHUNK: usize = 1_000;

/// One token of one word, and where the name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameToken {
    /// The case.
    pub case: CaseId,
    /// The event in which the name stands: the filing, or the fact about a person.
    pub event: EventId,
    /// Which word of which name of the event; whoever adds them numbers them, each name's words apart from those of others.
    pub word: i32,
    /// The token.
    pub token: [u8; 8],
}

fn keys(cases: &[CaseId]) -> Vec<Key> {
    cases.iter().copied().map(Key::from).collect()
}

/// Of the cases that wait to be indexed so many at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Those that were made first.
    Earliest(u16),
    /// Those that were made last.
    Latest(u16),
}

/// What a query tells of rows that nobody else is at, and keeps them from others until the transaction ends.
macro_rules! taken {
    ($connection:expr, $query:expr) => {
        match $connection {
            AnyConnection::Postgres(connection) => $query.for_update().skip_locked().load(connection)?,
            AnyConnection::Sqlite(connection) => $query.load(connection)?,
        }
    };
}

impl Transaction<'_> {
    /// Adds the tokens of names.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where a word of the event has the token already.
    pub fn add_name_tokens(&mut self, organisation: OrganisationId, tokens: &[NameToken]) -> Result<(), StoreError> {
        use name_tokens as t;
        let row = |token: &NameToken| {
            (
                t::organisation_id.eq(Key::from(organisation)),
                t::token.eq(token.token.to_vec()),
                t::case_id.eq(Key::from(token.case)),
                t::event_id.eq(Key::from(token.event)),
                t::word.eq(token.word),
            )
        };
        for chunk in tokens.chunks(CHUNK) {
            let rows: Vec<_> = chunk.iter().map(row).collect();
            match self.connection {
                AnyConnection::Postgres(connection) => {
                    diesel::insert_into(t::table).values(rows).execute(connection)?
                }
                AnyConnection::Sqlite(connection) => diesel::insert_into(t::table).values(rows).execute(connection)?,
            };
        }
        Ok(())
    }

    /// Forgets the names of a case, for every organisation, whether indexed or waiting.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_names_of(&mut self, case: CaseId) -> Result<(), StoreError> {
        let case = Key::from(case);
        // In this order: whoever indexes the case at this moment is waited for, and their tokens are seen.
        diesel::delete(names_to_index::table.filter(names_to_index::case_id.eq(case))).execute(self.connection)?;
        diesel::delete(name_tokens::table.filter(name_tokens::case_id.eq(case))).execute(self.connection)?;
        Ok(())
    }

    /// The same for one organisation, when a share ends.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_names_for(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        self.name_index_done(organisation, &[case])?;
        self.forget_name_tokens(organisation, &[case])
    }

    /// Forgets what one organisation has indexed of some cases, before they are indexed anew.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_name_tokens(&mut self, organisation: OrganisationId, cases: &[CaseId]) -> Result<(), StoreError> {
        use name_tokens as t;
        let of_cases = t::case_id.eq_any(keys(cases)).and(t::organisation_id.eq(Key::from(organisation)));
        diesel::delete(t::table.filter(of_cases)).execute(self.connection)?;
        Ok(())
    }

    /// Marks a case as one whose names an organisation has still to index. Whoever indexes it at this moment is waited
    /// for: they may have read it before there was what is written now.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn wait_for_name_index(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        use names_to_index as t;
        let row = (t::organisation_id.eq(Key::from(organisation)), t::case_id.eq(Key::from(case)));
        match self.connection {
            AnyConnection::Postgres(connection) => {
                let marked = diesel::insert_into(t::table).values(row).on_conflict((t::organisation_id, t::case_id));
                marked.do_update().set(t::case_id.eq(excluded(t::case_id))).execute(connection)?
            }
            AnyConnection::Sqlite(connection) => {
                diesel::insert_into(t::table).values(row).on_conflict_do_nothing().execute(connection)?
            }
        };
        Ok(())
    }

    /// Takes some cases off the list of those that wait.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn name_index_done(&mut self, organisation: OrganisationId, cases: &[CaseId]) -> Result<(), StoreError> {
        use names_to_index as t;
        let of_cases = t::case_id.eq_any(keys(cases)).and(t::organisation_id.eq(Key::from(organisation)));
        diesel::delete(t::table.filter(of_cases)).execute(self.connection)?;
        Ok(())
    }

    /// Cases whose names an organisation has still to index, a few at a time; on PostgreSQL none of those that somebody
    /// else indexes at this moment. Nobody else indexes these until the transaction ends.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn waiting_for_name_index(
        &mut self,
        organisation: OrganisationId,
        waiting: Waiting,
    ) -> Result<Vec<CaseId>, StoreError> {
        use names_to_index as t;
        let all = t::table.filter(t::organisation_id.eq(Key::from(organisation))).select(t::case_id);
        // Identifiers rise with the time of their making.
        let cases: Vec<Key> = match waiting {
            Waiting::Earliest(limit) => taken!(self.connection, all.order(t::case_id.asc()).limit(limit.into())),
            Waiting::Latest(limit) => taken!(self.connection, all.order(t::case_id.desc()).limit(limit.into())),
        };
        Ok(cases.into_iter().map(CaseId::from).collect())
    }

    /// Whether an organisation has cases whose names are not indexed yet.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn has_names_to_index(&mut self, organisation: OrganisationId) -> Result<bool, StoreError> {
        use names_to_index as t;
        let all = t::table.filter(t::organisation_id.eq(Key::from(organisation))).select(t::case_id);
        // In order, that they are not looked for among those of others.
        Ok(all.order(t::case_id.desc()).first::<Key>(self.connection).optional()?.is_some())
    }
}

impl Store {
    /// Puts the index in order on PostgreSQL after many rows have come. Its planner would otherwise go on for a minute or more
    /// with plans that it made when there were few; and each row that was found would be looked up in the table as well,
    /// until it is known that everybody sees it. To be called as the index grows; not in a transaction.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn tend_name_index(&self) -> Result<(), StoreError> {
        self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => {
                // What is needed most comes first: the time for each is bounded.
                connection.batch_execute("analyze name_tokens, names_to_index")?;
                Ok(connection.batch_execute("vacuum name_tokens, names_to_index")?)
            }
            AnyConnection::Sqlite(_) => Ok(()),
        })
    }
}
