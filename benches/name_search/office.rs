//! An office with a case for every person, their names indexed.

use std::collections::HashMap;
use std::error::Error;

use aiqyn::access::role::OrganisationKind;
use aiqyn::domain::id::{Author, CaseId, EventId, OrganisationId};
use aiqyn::store::{NameToken, Store, StoreError};
use aiqyn::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Token};
use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use uuid::Uuid;

use crate::database::Database;
use crate::people::People;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

/// The office.
pub struct Office<'a> {
    database: &'a Database,
    store: Store,
    organisation: OrganisationId,
}

/// The identifier of the n-th case, which is also that of its event.
fn numbered(n: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(n).unwrap_or_default() + 1)
}

impl<'a> Office<'a> {
    /// Files a bare case for each person, and indexes them all.
    pub fn filled(database: &'a Database, people: &People, key: &IndexKey) -> Result<Self, Box<dyn Error>> {
        let store = Store::open(database.url())?;
        store.migrate()?;
        let author = store.write(|transaction| {
            let organisation =
                transaction.add_organisation(Uuid::from_u128(1 << 100), "Benchmark", OrganisationKind::Ngo)?;
            transaction.member(organisation, "benchmark", Uuid::from_u128(1 << 101))
        })?;
        let office = Self { database, store, organisation: author.organisation };
        office.file(people.names().len(), author)?;
        let persons: Vec<(usize, &String)> = people.names().iter().enumerate().collect();
        for some in persons.chunks(2_000) {
            office.store.write(|transaction| {
                let tokens: Vec<NameToken> =
                    some.iter().flat_map(|(at, name)| stored(numbered(*at), &NameTokens::of(key, name))).collect();
                transaction.add_name_tokens(office.organisation, &tokens)
            })?;
        }
        office.store.write(|transaction| transaction.count_for_planner())?;
        // As the server does behind whoever searches.
        office.store.tend_name_index()?;
        Ok(office)
    }

    /// Cases and events that hold nothing but their identifiers.
    fn file(&self, count: usize, author: Author) -> Result<(), Box<dyn Error>> {
        let (numbers, id, open, close) = match self.database {
            Database::Sqlite { .. } => (
                format!(
                    "(with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) select i from n)"
                ),
                "unhex(printf('%032x', i))",
                "x'",
                "'",
            ),
            Database::Postgres { .. } => (
                format!("(select * from generate_series(1, {count}) as n(i))"),
                "decode(lpad(to_hex(i), 32, '0'), 'hex')",
                "decode('",
                "', 'hex')",
            ),
        };
        let literal = |id: Uuid| format!("{open}{}{close}", id.simple());
        let (organisation, actor) = (literal(author.organisation.0), literal(author.actor.0));
        self.tell(&format!(
            "insert into cases (id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version) \
             select {id}, 2026, i, {organisation}, 'kz', 'Asia/Almaty', 1 from {numbers} as numbers; \
             insert into events (id, case_id, sequence, kind, occurred_at, recorded_at, actor_id, organisation_id, payload) \
             select {id}, {id}, 1, 'file', '2026-01-01', 0, {actor}, {organisation}, '{{}}' from {numbers} as numbers",
        ))
    }

    fn tell(&self, statements: &str) -> Result<(), Box<dyn Error>> {
        match self.database {
            Database::Sqlite { url, .. } => SqliteConnection::establish(url)?.batch_execute(statements)?,
            Database::Postgres { url, .. } => PgConnection::establish(url)?.batch_execute(statements)?,
        }
        Ok(())
    }

    /// How many rows the index has.
    pub fn rows(&self) -> Result<i64, Box<dyn Error>> {
        let counted = diesel::sql_query("select count(*) as rows from name_tokens");
        let count: Count = match self.database {
            Database::Sqlite { url, .. } => counted.get_result(&mut SqliteConnection::establish(url)?)?,
            Database::Postgres { url, .. } => counted.get_result(&mut PgConnection::establish(url)?)?,
        };
        Ok(count.rows)
    }

    /// Looks for a name: how many tokens were read, how many hits they gave, and how many of those bear the very name.
    pub fn search(&self, key: &IndexKey, asked: &str) -> Result<[usize; 3], StoreError> {
        let query = NameQuery::of(key, asked);
        let words: Vec<Vec<[u8; 8]>> =
            query.words().iter().map(|word| word.tokens().iter().map(|token| token.0).collect()).collect();
        let found = self
            .store
            .read(|transaction| transaction.find_name_tokens(self.organisation, &words, query.must_match()))?;
        let mut by_event: HashMap<(CaseId, EventId), Vec<FoundWord>> = HashMap::new();
        for NameToken { case, event, word, token } in &found {
            by_event.entry((*case, *event)).or_default().push(FoundWord { word: *word, token: Token(*token) });
        }
        let scores: Vec<f64> =
            by_event.values().filter_map(|words| query.judge(words)).map(|score| score.value()).collect();
        Ok([found.len(), scores.len(), scores.iter().filter(|score| **score >= 1.0).count()])
    }
}

fn stored(id: Uuid, tokens: &NameTokens) -> Vec<NameToken> {
    let (case, event) = (CaseId(id), EventId(id));
    let of_word = |(word, tokens): (i32, &aiqyn::vault::names::WordTokens)| {
        tokens.all().map(|token| NameToken { case, event, word, token: token.0 }).collect::<Vec<_>>()
    };
    (0..).zip(&tokens.words).flat_map(of_word).collect()
}
