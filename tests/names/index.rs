//! The stored index, on both backends.

use std::collections::BTreeSet;

use aiqyn::access::role::OrganisationKind;
use aiqyn::domain::id::{CaseId, EventId, OrganisationId};
use aiqyn::store::{NameToken, Store, StoreError, Waiting};
use aiqyn::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Token};
use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use uuid::Uuid;

use crate::backend::{Backend, for_each_backend};

/// An office with numbered cases that hold nothing, and its index.
struct Office {
    store: Store,
    organisation: OrganisationId,
    key: IndexKey,
}

fn case(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(number))
}

impl Office {
    fn with_cases(backend: &Backend, count: u128) -> Self {
        let store = Store::open(&backend.url).unwrap();
        store.migrate().unwrap();
        let author = store
            .write(|transaction| {
                let organisation = transaction.add_organisation(Uuid::from_u128(900), "NGO", OrganisationKind::Ngo)?;
                transaction.add_organisation(Uuid::from_u128(901), "Another", OrganisationKind::Ngo)?;
                transaction.member(organisation, "member", Uuid::from_u128(902))
            })
            .unwrap();
        let literal = |id: Uuid| {
            let hex = id.simple();
            if backend.is_postgres() { format!("decode('{hex}', 'hex')") } else { format!("x'{hex}'") }
        };
        let (organisation, actor) = (literal(author.organisation.0), literal(author.actor.0));
        for number in 1..=count {
            let id = literal(case(number).0);
            let rows = format!(
                "insert into cases (id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version) \
                 values ({id}, 2026, {number}, {organisation}, 'kz', 'Asia/Almaty', 1); \
                 insert into events (id, case_id, sequence, kind, occurred_at, recorded_at, actor_id, organisation_id, payload) \
                 values ({id}, {id}, 1, 'file', '2026-01-01', 0, {actor}, {organisation}, '{{}}')"
            );
            if backend.is_postgres() {
                PgConnection::establish(&backend.url).unwrap().batch_execute(&rows).unwrap();
            } else {
                SqliteConnection::establish(&backend.url).unwrap().batch_execute(&rows).unwrap();
            }
        }
        Self { store, organisation: author.organisation, key: IndexKey::generate() }
    }

    fn indexes(&self, number: u128, name: &str) {
        let tokens = NameTokens::of(&self.key, name);
        let of_words = (0..).zip(&tokens.words);
        let tokens: Vec<NameToken> = of_words
            .flat_map(|(word, tokens)| tokens.all().map(|token| NameToken { word, token: token.0 }).collect::<Vec<_>>())
            .collect();
        let event = EventId(case(number).0);
        self.store
            .write(|transaction| transaction.add_name_tokens(self.organisation, case(number), event, &tokens))
            .unwrap();
    }

    fn finds(&self, asked: &str) -> BTreeSet<u128> {
        self.finds_as(self.organisation, asked)
    }

    fn finds_as(&self, organisation: OrganisationId, asked: &str) -> BTreeSet<u128> {
        let query = NameQuery::of(&self.key, asked);
        let words: Vec<Vec<[u8; 8]>> =
            query.words().iter().map(|word| word.tokens().iter().map(|token| token.0).collect()).collect();
        let found = self
            .store
            .read(|transaction| transaction.find_name_tokens(organisation, &words, query.must_match()))
            .unwrap();
        let cases: BTreeSet<CaseId> = found.iter().map(|token| token.case).collect();
        let is_hit = |wanted: &CaseId| {
            let of_case = found.iter().filter(|token| token.case == *wanted);
            let words: Vec<FoundWord> =
                of_case.map(|token| FoundWord { word: token.word, token: Token(token.token) }).collect();
            query.judge(&words).is_some()
        };
        cases.into_iter().filter(is_hit).map(|case| case.0.as_u128()).collect()
    }

    fn writes<T>(&self, work: impl FnOnce(&mut aiqyn::store::Transaction<'_>) -> Result<T, StoreError>) -> T {
        self.store.write(work).unwrap()
    }
}

#[test]
fn a_case_is_found_by_another_spelling_of_its_name() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 3);
        office.indexes(1, "Нұрлан Ахметов");
        office.indexes(2, "Айгүл Ахметова");
        office.indexes(3, "Нұрлан Оспанов");
        assert_eq!(office.finds("Nurlan Akhmetov"), BTreeSet::from([1]));
        assert_eq!(office.finds("Ахмитов Нурлан"), BTreeSet::from([1]));
        assert_eq!(office.finds("Нурлан"), BTreeSet::from([1, 3]));
        assert_eq!(office.finds("Серік Сериков"), BTreeSet::new());
        assert_eq!(office.finds(""), BTreeSet::new());
    });
}

#[test]
fn a_frequent_word_beside_a_rare_one_is_read_for_the_cases_of_the_rare_one() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 60);
        for number in 1..60 {
            office.indexes(number, "Нұрлан Ахметов");
        }
        office.indexes(60, "Нұрлан Жолжақсынов");
        assert_eq!(office.finds("Нурлан Жолжаксынов"), BTreeSet::from([60]));
        assert_eq!(office.finds("Нурлан Серікұлы Жолжаксынов"), BTreeSet::from([60]));
        assert_eq!(office.finds("Нұрлан Ахметов").len(), 59);
    });
}

#[test]
fn an_organisation_searches_its_own_index_alone() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 1);
        office.indexes(1, "Нұрлан Ахметов");
        let another = OrganisationId(Uuid::from_u128(901));
        assert_eq!(office.finds_as(another, "Нұрлан Ахметов"), BTreeSet::new());
        office.writes(|transaction| transaction.forget_name_tokens(another, case(1)));
        assert_eq!(office.finds("Нұрлан Ахметов"), BTreeSet::from([1]));
        office.writes(|transaction| transaction.forget_name_tokens(office.organisation, case(1)));
        assert_eq!(office.finds("Нұрлан Ахметов"), BTreeSet::new());
    });
}

#[test]
fn nothing_is_left_of_the_names_of_a_case_that_is_forgotten() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 2);
        let ngo = office.organisation;
        office.indexes(1, "Нұрлан Ахметов");
        office.indexes(2, "Нұрлан Ахметов");
        office.writes(|transaction| transaction.wait_for_name_index(ngo, case(1)));
        office.writes(|transaction| transaction.forget_names_of(case(1)));
        assert_eq!(office.finds("Ахметов"), BTreeSet::from([2]));
        assert!(office.writes(|transaction| transaction.waiting_for_name_index(ngo, Waiting::Earliest(10))).is_empty());
    });
}

#[test]
fn cases_wait_until_they_are_indexed_and_once_only() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 3);
        let ngo = office.organisation;
        for number in [2, 1, 3, 2] {
            office.writes(|transaction| transaction.wait_for_name_index(ngo, case(number)));
        }
        let waiting = |which| office.writes(|transaction| transaction.waiting_for_name_index(ngo, which));
        assert_eq!(waiting(Waiting::Earliest(2)), [case(1), case(2)]);
        assert_eq!(waiting(Waiting::Latest(2)), [case(3), case(2)]);
        office.writes(|transaction| transaction.name_index_done(ngo, case(1)));
        assert_eq!(waiting(Waiting::Earliest(9)), [case(2), case(3)]);
    });
}
