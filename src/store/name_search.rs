//! Looking for the words of a name in the blind index.

use std::collections::{HashMap, HashSet};

use diesel::connection::SimpleConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary};

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::name_index::NameToken;
use super::schema::name_tokens;
use crate::domain::id::{CaseId, OrganisationId};

/// The most rows that are read of one word of a search. A word that has more is looked for by its first
/// token alone, and past this not all who bear it are told.
const MOST_ROWS: usize = 20_000;

/// About how many rows a case has in the index: a person or two of three words, three tokens each.
const ROWS_OF_A_CASE: usize = 12;

/// How many cases go into one statement on SQLite, which takes more.
const CHUNK: usize = 1_000;

/// PostgreSQL takes some hundred tokens of which most are nobody's for half of the index, and would read all of it; so each
/// is looked up by itself. `offset 0` keeps the planner from undoing that.
const COUNT_EACH: &str = "select asked.token, of_token.rows from unnest($2) as asked (token) cross join lateral \
    (select count(*) as rows from name_tokens where organisation_id = $1 and token = asked.token) as of_token \
    where of_token.rows > 0";

const READ_EACH: &str = "select found.token, found.case_id, found.event_id, found.word \
    from unnest($2) as asked (token) cross join lateral \
    (select * from name_tokens where organisation_id = $1 and token = asked.token offset 0) as found limit $3";

const READ_CASES_OF_EACH: &str = "select found.case_id from unnest($2) as asked (token) cross join lateral \
    (select case_id from name_tokens where organisation_id = $1 and token = asked.token offset 0) as found limit $3";

const READ_CASES: &str = "select found.token, found.case_id, found.event_id, found.word \
    from unnest($2) as asked (case_id) cross join lateral \
    (select * from name_tokens where organisation_id = $1 and case_id = asked.case_id offset 0) as found";

/// What PostgreSQL expects of such a query is far from what it does, and a query this short is over before it is compiled.
const WITHOUT_COMPILING: &str = "set local jit = off";

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = name_tokens)]
struct Row {
    token: Vec<u8>,
    case_id: Key,
    event_id: Key,
    word: i32,
}

impl Row {
    fn read(self) -> Result<NameToken, StoreError> {
        let token =
            self.token.try_into().map_err(|_| StoreError::Unreadable("a token of the name index".to_owned()))?;
        Ok(NameToken { case: self.case_id.into(), event: self.event_id.into(), word: self.word, token })
    }
}

#[derive(Queryable, QueryableByName)]
struct Counted {
    #[diesel(sql_type = Binary)]
    token: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = name_tokens)]
struct OfCase {
    case_id: Key,
}

/// One word of a search.
struct Word<'a> {
    tokens: Vec<&'a [u8]>,
    /// How many rows they have.
    rows: usize,
}

/// The cases that may yet be a hit, in order, each with how many of the words that were read it has. They come from the
/// index in order too, so that sorting them costs less than hashing would.
#[derive(Default)]
struct Candidates(Vec<(CaseId, usize)>);

impl Candidates {
    /// Adds the cases that have a word.
    fn add(&mut self, cases: Vec<CaseId>) {
        self.0.extend(cases.into_iter().map(|case| (case, 1)));
        self.0.sort_by_key(|(case, _)| *case);
        self.0.dedup_by(|again, first| {
            let is_same = again.0 == first.0;
            if is_same {
                first.1 += again.1;
            }
            is_same
        });
    }

    /// Counts a word, which these cases have, for those that are there already.
    fn count(&mut self, cases: &[CaseId]) {
        for (case, words) in &mut self.0 {
            *words += usize::from(cases.binary_search(case).is_ok());
        }
    }

    fn has(&self, case: CaseId) -> bool {
        self.0.binary_search_by_key(&case, |(case, _)| *case).is_ok()
    }

    /// Leaves only cases that have so many of the words that were read.
    fn keep(&mut self, needed: usize) {
        self.0.retain(|(_, words)| *words >= needed);
    }

    /// Whether a word of so many rows is sooner found by looking through these cases.
    fn are_fewer_than(&self, rows: usize) -> bool {
        self.0.len().saturating_mul(ROWS_OF_A_CASE) < rows
    }
}

impl Transaction<'_> {
    /// The tokens of a search that an organisation's index has, of the cases that may be a hit: those that have
    /// at least `must_match` of the words; not all of them where a word has more than 20,000 rows. Not each of them is a
    /// hit, for the words may be those of several names; the verdict is the caller's.
    ///
    /// `words` are the tokens of each word of the search, those of its usual spelling first. The words are
    /// counted before any row is read, and of several their cases read from the rarest to the most frequent. A case that lacks more
    /// of them than a hit may lack is dropped at once. As soon as those that are left have fewer rows than the next word, all
    /// else is looked for in these rows.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn find_name_tokens(
        &mut self,
        organisation: OrganisationId,
        words: &[Vec<[u8; 8]>],
        must_match: usize,
    ) -> Result<Vec<NameToken>, StoreError> {
        let organisation = Key::from(organisation);
        if let AnyConnection::Postgres(connection) = self.connection {
            connection.batch_execute(WITHOUT_COMPILING)?;
        }
        let words = self.rarest_first(organisation, words)?;
        if must_match > 1 {
            self.tokens_of_candidates(organisation, &words, must_match)
        } else {
            self.tokens_of_words(organisation, &words)
        }
    }

    /// Narrows the candidates down word by word, and reads what they have.
    fn tokens_of_candidates(
        &mut self,
        organisation: Key,
        words: &[Word<'_>],
        must_match: usize,
    ) -> Result<Vec<NameToken>, StoreError> {
        let mut candidates = Candidates::default();
        for (read, word) in words.iter().enumerate() {
            let left = words.len().saturating_sub(read);
            let needed = must_match.saturating_sub(left);
            if needed == 0 {
                candidates.add(self.cases_of(organisation, word)?);
                continue;
            }
            candidates.keep(needed);
            if candidates.are_fewer_than(word.rows) {
                return self.tokens_of_cases(organisation, &candidates, words, must_match);
            }
            candidates.count(&self.cases_of(organisation, word)?);
        }
        candidates.keep(must_match);
        if candidates.are_fewer_than(words.iter().map(|word| word.rows).sum()) {
            return self.tokens_of_cases(organisation, &candidates, words, must_match);
        }
        let mut found = self.tokens_of_words(organisation, words)?;
        found.retain(|row| candidates.has(row.case));
        Ok(found)
    }

    /// The words with the number of their rows, the rarest first.
    fn rarest_first<'a>(&mut self, organisation: Key, words: &'a [Vec<[u8; 8]>]) -> Result<Vec<Word<'a>>, StoreError> {
        let tokens: Vec<&[u8]> = words.iter().flatten().map(<[u8; 8]>::as_slice).collect();
        let rows = self.count_each(organisation, &tokens)?;
        let rows_of = |token: &[u8]| rows.get(token).copied().unwrap_or(0);
        let word = |tokens: &'a [[u8; 8]]| {
            let tokens = tokens.iter().map(<[u8; 8]>::as_slice).filter(|token| rows_of(token) > 0).collect::<Vec<_>>();
            Word { rows: tokens.iter().map(|token| rows_of(token)).sum(), tokens }
        };
        let whole_or_first = |tokens: &'a Vec<[u8; 8]>| {
            let whole = word(tokens);
            if whole.rows <= MOST_ROWS {
                return whole;
            }
            let first = word(tokens.get(..1).unwrap_or_default());
            Word { rows: first.rows.min(MOST_ROWS), ..first }
        };
        let mut counted: Vec<Word<'a>> = words.iter().map(whole_or_first).collect();
        counted.sort_by_key(|word| word.rows);
        Ok(counted)
    }

    /// How many rows each of these tokens has; those that have none are not told.
    fn count_each(&mut self, organisation: Key, tokens: &[&[u8]]) -> Result<HashMap<Vec<u8>, usize>, StoreError> {
        use name_tokens as t;
        let counted: Vec<Counted> = match self.connection {
            AnyConnection::Postgres(connection) => diesel::sql_query(COUNT_EACH)
                .bind::<Binary, _>(organisation)
                .bind::<Array<Binary>, _>(tokens)
                .load(connection)?,
            AnyConnection::Sqlite(connection) => {
                let of = t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(tokens));
                of.group_by(t::token).select((t::token, count_star())).load(connection)?
            }
        };
        Ok(counted.into_iter().map(|of| (of.token, usize::try_from(of.rows).unwrap_or(0))).collect())
    }

    /// The cases that have a word, in order.
    fn cases_of(&mut self, organisation: Key, word: &Word<'_>) -> Result<Vec<CaseId>, StoreError> {
        use name_tokens as t;
        if word.tokens.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<OfCase> = match self.connection {
            AnyConnection::Postgres(connection) => diesel::sql_query(READ_CASES_OF_EACH)
                .bind::<Binary, _>(organisation)
                .bind::<Array<Binary>, _>(&word.tokens)
                .bind::<BigInt, _>(MOST_ROWS as i64)
                .load(connection)?,
            AnyConnection::Sqlite(connection) => {
                let of_tokens =
                    t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(&word.tokens));
                of_tokens.select(OfCase::as_select()).limit(MOST_ROWS as i64).load(connection)?
            }
        };
        Ok(in_order(found.into_iter().map(|row| row.case_id.into())))
    }

    fn tokens_of_words(&mut self, organisation: Key, words: &[Word<'_>]) -> Result<Vec<NameToken>, StoreError> {
        use name_tokens as t;
        let mut found = Vec::new();
        for Word { tokens, .. } in words.iter().filter(|word| !word.tokens.is_empty()) {
            let rows: Vec<Row> = match self.connection {
                AnyConnection::Postgres(connection) => diesel::sql_query(READ_EACH)
                    .bind::<Binary, _>(organisation)
                    .bind::<Array<Binary>, _>(tokens)
                    .bind::<BigInt, _>(MOST_ROWS as i64)
                    .load(connection)?,
                AnyConnection::Sqlite(connection) => {
                    let of_tokens =
                        t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(tokens));
                    of_tokens.select(Row::as_select()).limit(MOST_ROWS as i64).load(connection)?
                }
            };
            found.extend(rows.into_iter().map(Row::read).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }

    /// The tokens of the words in those of the candidates that have enough of them.
    fn tokens_of_cases(
        &mut self,
        organisation: Key,
        candidates: &Candidates,
        words: &[Word<'_>],
        must_match: usize,
    ) -> Result<Vec<NameToken>, StoreError> {
        let asked: HashSet<&[u8]> = words.iter().flat_map(|word| word.tokens.iter().copied()).collect();
        let mut found = self.read_cases(organisation, candidates)?;
        found.retain(|row| asked.contains(row.token.as_slice()));
        let mut matching = Candidates::default();
        for word in words {
            let tokens: HashSet<&[u8]> = word.tokens.iter().copied().collect();
            let of_word = found.iter().filter(|row| tokens.contains(row.token.as_slice()));
            matching.add(in_order(of_word.map(|row| row.case)));
        }
        matching.keep(must_match);
        found.retain(|row| matching.has(row.case));
        Ok(found)
    }

    fn read_cases(&mut self, organisation: Key, candidates: &Candidates) -> Result<Vec<NameToken>, StoreError> {
        use name_tokens as t;
        let cases: Vec<Key> = candidates.0.iter().map(|(case, _)| Key::from(*case)).collect();
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = match self.connection {
            AnyConnection::Postgres(connection) => diesel::sql_query(READ_CASES)
                .bind::<Binary, _>(organisation)
                .bind::<Array<Binary>, _>(cases)
                .load(connection)?,
            AnyConnection::Sqlite(connection) => {
                let mut rows = Vec::new();
                for chunk in cases.chunks(CHUNK) {
                    let of_cases =
                        t::table.filter(t::organisation_id.eq(organisation)).filter(t::case_id.eq_any(chunk));
                    rows.extend(of_cases.select(Row::as_select()).load::<Row>(connection)?);
                }
                rows
            }
        };
        rows.into_iter().map(Row::read).collect()
    }
}

fn in_order(cases: impl Iterator<Item = CaseId>) -> Vec<CaseId> {
    let mut cases: Vec<CaseId> = cases.collect();
    cases.sort();
    cases.dedup();
    cases
}
