//! Looking for the words of a name in the blind index.

use std::collections::{HashMap, HashSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Integer};

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::key::Key;
use super::name_index::NameToken;
use super::schema::name_tokens;
use crate::domain::id::{CaseId, OrganisationId};

/// The most rows that one word of a search may bring. A word that has more is looked for by its first
/// token alone, and past this not all who bear it are told.
const MOST_ROWS: i64 = 20_000;

/// About how many rows a case has in the index: a person or two of three words, three tokens each.
const ROWS_OF_A_CASE: usize = 12;

/// How many cases go into one statement on SQLite, which takes more.
const CHUNK: usize = 1_000;

/// PostgreSQL takes some hundred tokens of which most are nobody's for half of the index, and would read all of it; so each
/// is looked up by itself. `offset 0` keeps the planner from undoing that.
const COUNT_EACH: &str = "select asked.word, sum(of_token.rows)::bigint as rows \
    from unnest($2, $3) as asked (word, token) cross join lateral \
    (select count(*) as rows from name_tokens where organisation_id = $1 and token = asked.token) as of_token \
    group by asked.word";

const READ_EACH: &str = "select found.token, found.case_id, found.event_id, found.word \
    from unnest($2) as asked (token) cross join lateral \
    (select * from name_tokens where organisation_id = $1 and token = asked.token offset 0) as found limit $3";

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

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    word: i32,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// The tokens of one word of a search.
type Word<'a> = Vec<&'a [u8]>;

/// What was found so far of a search.
#[derive(Default)]
struct Candidates {
    found: Vec<NameToken>,
    /// How many of the words that were read each case has.
    matched: HashMap<CaseId, usize>,
}

impl Candidates {
    fn add(&mut self, of_word: Vec<NameToken>) {
        let cases: HashSet<CaseId> = of_word.iter().map(|token| token.case).collect();
        for case in cases {
            *self.matched.entry(case).or_default() += 1;
        }
        self.found.extend(of_word);
    }

    /// Leaves only cases that have so many of the words that were read.
    fn keep(&mut self, needed: usize) {
        self.matched.retain(|_, words| *words >= needed);
        self.found.retain(|token| self.matched.contains_key(&token.case));
    }
}

impl Transaction<'_> {
    /// The tokens of a search that an organisation's index has, of the cases that may be a hit: those that have
    /// at least `must_match` of the words; not all of them where a word has more than 20,000 rows. Not each of them is a
    /// hit, for the words may be those of several names; the verdict is the caller's.
    ///
    /// `words` are the tokens of each word of the search, those of its usual spelling first. The words are
    /// counted before any row is read, and read from the rarest to the most frequent. A case that lacks more
    /// of them than a hit may lack is dropped at once, so that the frequent ones are read for few cases: where these have
    /// fewer rows than the word, through the index by case.
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
        let counted = self.rarest_first(organisation, words)?;
        let mut candidates = Candidates::default();
        let mut of_cases: Option<Vec<NameToken>> = None;
        for (read, (rows, tokens)) in counted.into_iter().enumerate() {
            let left = words.len().saturating_sub(read);
            let needed = must_match.max(1).saturating_sub(left);
            if needed == 0 {
                candidates.add(self.read_tokens(organisation, &tokens)?);
                continue;
            }
            candidates.keep(needed);
            let cases = &candidates.matched;
            if cases.is_empty() {
                break;
            }
            if of_cases.is_none() && rows > cases.len().saturating_mul(ROWS_OF_A_CASE) {
                of_cases = Some(self.read_cases(organisation, cases.keys().copied())?);
            }
            let of_word = match &of_cases {
                Some(rows) => {
                    let tokens: HashSet<&[u8]> = tokens.into_iter().collect();
                    rows.iter().filter(|row| tokens.contains(row.token.as_slice())).copied().collect()
                }
                None => self.read_tokens(organisation, &tokens)?,
            };
            candidates.add(of_word.into_iter().filter(|token| cases.contains_key(&token.case)).collect());
        }
        candidates.keep(must_match.max(1));
        Ok(candidates.found)
    }

    /// The words with the number of their rows, the rarest first.
    fn rarest_first<'a>(
        &mut self,
        organisation: Key,
        words: &'a [Vec<[u8; 8]>],
    ) -> Result<Vec<(usize, Word<'a>)>, StoreError> {
        let mut words: Vec<Word<'a>> =
            words.iter().map(|word| word.iter().map(<[u8; 8]>::as_slice).collect()).collect();
        let mut rows = self.count_words(organisation, &words)?;
        if rows.iter().any(|rows| *rows > MOST_ROWS) {
            for (word, _) in words.iter_mut().zip(&rows).filter(|(_, rows)| **rows > MOST_ROWS) {
                word.truncate(1);
            }
            rows = self.count_words(organisation, &words)?;
        }
        let rows = rows.into_iter().map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
        let mut counted: Vec<(usize, Word<'a>)> = rows.zip(words).collect();
        counted.sort_by_key(|(rows, _)| *rows);
        Ok(counted)
    }

    fn count_words(&mut self, organisation: Key, words: &[Word<'_>]) -> Result<Vec<i64>, StoreError> {
        use name_tokens as t;
        match self.connection {
            AnyConnection::Postgres(connection) => {
                let asked = (0_i32..).zip(words).flat_map(|(at, word)| word.iter().map(move |token| (at, *token)));
                let (numbers, tokens): (Vec<i32>, Vec<&[u8]>) = asked.unzip();
                let counted: Vec<Counted> = diesel::sql_query(COUNT_EACH)
                    .bind::<Binary, _>(organisation)
                    .bind::<Array<Integer>, _>(numbers)
                    .bind::<Array<Binary>, _>(tokens)
                    .load(connection)?;
                let rows: HashMap<i32, i64> = counted.into_iter().map(|counted| (counted.word, counted.rows)).collect();
                Ok((0..).zip(words).map(|(at, _)| rows.get(&at).copied().unwrap_or(0)).collect())
            }
            AnyConnection::Sqlite(connection) => {
                let of = t::table.filter(t::organisation_id.eq(organisation));
                let mut rows = Vec::with_capacity(words.len());
                for word in words {
                    rows.push(of.filter(t::token.eq_any(word)).count().get_result(connection)?);
                }
                Ok(rows)
            }
        }
    }

    fn read_tokens(&mut self, organisation: Key, tokens: &[&[u8]]) -> Result<Vec<NameToken>, StoreError> {
        use name_tokens as t;
        let rows: Vec<Row> = match self.connection {
            AnyConnection::Postgres(connection) => diesel::sql_query(READ_EACH)
                .bind::<Binary, _>(organisation)
                .bind::<Array<Binary>, _>(tokens)
                .bind::<BigInt, _>(MOST_ROWS)
                .load(connection)?,
            AnyConnection::Sqlite(connection) => {
                let of_tokens = t::table.filter(t::organisation_id.eq(organisation)).filter(t::token.eq_any(tokens));
                of_tokens.select(Row::as_select()).limit(MOST_ROWS).load(connection)?
            }
        };
        rows.into_iter().map(Row::read).collect()
    }

    fn read_cases(
        &mut self,
        organisation: Key,
        cases: impl Iterator<Item = CaseId>,
    ) -> Result<Vec<NameToken>, StoreError> {
        use name_tokens as t;
        let cases: Vec<Key> = cases.map(Key::from).collect();
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
