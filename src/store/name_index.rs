//! The blind index of names, and which cases still wait to be indexed. Here tokens are bytes: what they
//! say is known to `vault::names` alone, and no name ever comes here.

use std::collections::HashSet;

use diesel::prelude::*;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::schema::{name_tokens, names_to_index};
use crate::domain::id::{CaseId, EventId, OrganisationId};

/// The most rows that one word of a search may bring. A word that has more is looked for by its first
/// token alone, and past this not all who bear it are told.
const MOST_ROWS: i64 = 20_000;

/// About how many rows a case has in the index: a person or two of three words, three tokens each.
const ROWS_OF_A_CASE: i64 = 12;

/// How many values go into one statement; both databases take more.
const CHUNK: usize = 1_000;

/// One token of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameToken {
    /// Which word of which name of the event; the caller numbers them, each name's words apart from those of others.
    pub word: i32,
    /// The token.
    pub token: [u8; 8],
}

/// A token that was found, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FoundToken {
    /// The case.
    pub case: CaseId,
    /// The event in which the name stands: the filing, or the fact about a person.
    pub event: EventId,
    /// The word, as it was numbered when it was added.
    pub word: i32,
    /// The token.
    pub token: [u8; 8],
}

type Row = (Vec<u8>, Key, Key, i32);

const COLUMNS: (name_tokens::token, name_tokens::case_id, name_tokens::event_id, name_tokens::word) =
    (name_tokens::token, name_tokens::case_id, name_tokens::event_id, name_tokens::word);

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

impl FoundToken {
    fn read((token, case, event, word): Row) -> Result<Self, StoreError> {
        let token = token.try_into().map_err(|_| StoreError::Unreadable("a token of the name index".to_owned()))?;
        Ok(Self { case: case.into(), event: event.into(), word, token })
    }
}

impl Transaction<'_> {
    /// Adds the tokens of the names that stand in an event.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where a word of the event has the token already.
    pub fn add_name_tokens(
        &mut self,
        organisation: OrganisationId,
        case: CaseId,
        event: EventId,
        tokens: &[NameToken],
    ) -> Result<(), StoreError> {
        use name_tokens as t;
        let row = |token: &NameToken| {
            (
                t::organisation_id.eq(Key::from(organisation)),
                t::token.eq(token.token.to_vec()),
                t::case_id.eq(Key::from(case)),
                t::event_id.eq(Key::from(event)),
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
        diesel::delete(name_tokens::table.filter(name_tokens::case_id.eq(case))).execute(self.connection)?;
        diesel::delete(names_to_index::table.filter(names_to_index::case_id.eq(case))).execute(self.connection)?;
        Ok(())
    }

    /// Forgets what one organisation has indexed of a case: before it is indexed anew, or when a share ends.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn forget_name_tokens(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        use name_tokens as t;
        let of_case = t::case_id.eq(Key::from(case)).and(t::organisation_id.eq(Key::from(organisation)));
        diesel::delete(t::table.filter(of_case)).execute(self.connection)?;
        Ok(())
    }

    /// Marks a case as one whose names an organisation has still to index.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn wait_for_name_index(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        use names_to_index as t;
        let row = (t::organisation_id.eq(Key::from(organisation)), t::case_id.eq(Key::from(case)));
        match self.connection {
            AnyConnection::Postgres(connection) => {
                diesel::insert_into(t::table).values(row).on_conflict_do_nothing().execute(connection)?
            }
            AnyConnection::Sqlite(connection) => {
                diesel::insert_into(t::table).values(row).on_conflict_do_nothing().execute(connection)?
            }
        };
        Ok(())
    }

    /// Takes a case off the list of those that wait.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn name_index_done(&mut self, organisation: OrganisationId, case: CaseId) -> Result<(), StoreError> {
        diesel::delete(names_to_index::table.find((Key::from(organisation), Key::from(case))))
            .execute(self.connection)?;
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
        let waiting = t::table.filter(t::organisation_id.eq(Key::from(organisation)));
        Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(self.connection)?)
    }

    /// The tokens of a search that an organisation's index has, of all cases that may be a hit: those that have
    /// at least `must_match` of the words. Others may be among them; the verdict is the caller's.
    ///
    /// `words` are the tokens of each word of the search, those of its usual spelling first. The words are
    /// counted before any row is read. A hit lacks `words - must_match` words at most, so it has one of the
    /// rarest `words - must_match + 1`: those are read whole. A word that is frequent beside them is read for
    /// the cases that they have left, through the index by case.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn find_name_tokens(
        &mut self,
        organisation: OrganisationId,
        words: &[Vec<[u8; 8]>],
        must_match: usize,
    ) -> Result<Vec<FoundToken>, StoreError> {
        let organisation = Key::from(organisation);
        let mut counted = Vec::with_capacity(words.len());
        for word in words {
            let tokens: Vec<&[u8]> = word.iter().map(<[u8; 8]>::as_slice).collect();
            let rows = self.count_tokens(organisation, &tokens)?;
            if rows > MOST_ROWS {
                let usual: Vec<&[u8]> = tokens.into_iter().take(1).collect();
                counted.push((self.count_tokens(organisation, &usual)?, usual));
            } else {
                counted.push((rows, tokens));
            }
        }
        counted.sort_by_key(|(rows, _)| *rows);
        let whole = (words.len() + 1).saturating_sub(must_match.max(1));
        let mut found = HashSet::new();
        for (_, tokens) in counted.iter().take(whole) {
            found.extend(self.read_tokens(organisation, tokens)?);
        }
        let cases: HashSet<CaseId> = found.iter().map(|token| token.case).collect();
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let (mut by_token, mut by_case) = (Vec::new(), HashSet::new());
        let rows_by_case = i64::try_from(cases.len()).unwrap_or(i64::MAX).saturating_mul(ROWS_OF_A_CASE);
        for (rows, tokens) in counted.into_iter().skip(whole) {
            if rows > rows_by_case {
                by_case.extend(tokens);
            } else {
                by_token.push(tokens);
            }
        }
        for tokens in by_token {
            found.extend(
                self.read_tokens(organisation, &tokens)?.into_iter().filter(|token| cases.contains(&token.case)),
            );
        }
        if !by_case.is_empty() {
            let of_cases = self.read_cases(organisation, &cases)?;
            found.extend(of_cases.into_iter().filter(|token| by_case.contains(token.token.as_slice())));
        }
        Ok(found.into_iter().collect())
    }

    fn count_tokens(&mut self, organisation: Key, tokens: &[&[u8]]) -> Result<i64, StoreError> {
        use name_tokens as t;
        let of_tokens = t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(tokens));
        Ok(of_tokens.count().get_result(self.connection)?)
    }

    fn read_tokens(&mut self, organisation: Key, tokens: &[&[u8]]) -> Result<Vec<FoundToken>, StoreError> {
        use name_tokens as t;
        let of_tokens = t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(tokens));
        let rows: Vec<Row> = of_tokens.select(COLUMNS).limit(MOST_ROWS).load(self.connection)?;
        rows.into_iter().map(FoundToken::read).collect()
    }

    fn read_cases(&mut self, organisation: Key, cases: &HashSet<CaseId>) -> Result<Vec<FoundToken>, StoreError> {
        use name_tokens as t;
        let cases: Vec<Key> = cases.iter().copied().map(Key::from).collect();
        let mut found = Vec::new();
        for chunk in cases.chunks(CHUNK) {
            let of_cases = t::table.filter(t::organisation_id.eq(organisation)).filter(t::case_id.eq_any(chunk));
            let rows: Vec<Row> = of_cases.select(COLUMNS).load(self.connection)?;
            found.extend(rows.into_iter().map(FoundToken::read).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }
}
