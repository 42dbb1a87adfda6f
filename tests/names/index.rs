//! The stored index, on both backends.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use aiqyn::access::role::OrganisationKind;
use aiqyn::domain::id::{CaseId, EventId, OrganisationId};
use aiqyn::store::{NameToken, Store, StoreError, Transaction, Waiting};
use aiqyn::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Token};
use proptest::collection::vec;
use proptest::prop_assert_eq;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
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
        let rows = (1..=count).map(|number| {
            let id = literal(case(number).0);
            format!(
                "insert into cases (id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version) \
                 values ({id}, 2026, {number}, {organisation}, 'kz', 'Asia/Almaty', 1); \
                 insert into events (id, case_id, sequence, kind, occurred_at, recorded_at, actor_id, organisation_id, payload) \
                 values ({id}, {id}, 1, 'file', '2026-01-01', 0, {actor}, {organisation}, '{{}}');"
            )
        });
        backend.execute(&rows.collect::<String>()).unwrap();
        Self { store, organisation: author.organisation, key: IndexKey::generate() }
    }

    fn indexes(&self, number: u128, name: &str) {
        let (case, event) = (case(number), EventId(case(number).0));
        let mut tokens = Vec::new();
        for (word, of_word) in (0..).zip(NameTokens::of(&self.key, name).words) {
            tokens.extend(of_word.all().map(|token| NameToken { case, event, word, token: token.0 }));
        }
        self.writes(|transaction| transaction.add_name_tokens(self.organisation, &tokens));
    }

    /// Over other connections, and how often the table was read whole over the earlier ones.
    fn opened_anew(self, backend: &Backend) -> (Self, i64) {
        let Self { store, organisation, key } = self;
        drop(store);
        let read_whole = times_read_whole(backend);
        (Self { store: Store::open(&backend.url).unwrap(), organisation, key }, read_whole)
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

    fn writes<T>(&self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>) -> T {
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

/// Words by which people are looked for: frequent ones and rare ones, misspelt ones, and one that nobody bears.
const ASKED: [&str; 12] = [
    "Нұрлан",
    "Нурлан",
    "Нурлам",
    "Серік",
    "Айгүл",
    "Серікұлы",
    "Ахметов",
    "Akhmetov",
    "Ахмитов",
    "Оспанова",
    "Жолжақсынов",
    "Щварцман",
];

/// Three of five are Нұрлан, and one in ninety has the rare surname.
fn invented(number: u128) -> String {
    let given = ["Нұрлан", "Серік", "Нұрлан", "Айгүл", "Нұрлан"][usize::try_from(number % 5).unwrap()];
    let patronymic = ["", "Серікұлы", "Нұрланұлы"][usize::try_from(number / 5 % 3).unwrap()];
    let surname = ["Ахметов", "Оспанов", "Ахметов", "Серіков", "Нұрланов", "Ахмедов"];
    let surname =
        if number % 90 == 7 { "Жолжақсынов" } else { surname[usize::try_from(number / 7 % 6).unwrap()] };
    format!("{given} {patronymic} {surname}")
}

#[test]
fn whoever_would_be_found_by_reading_every_name_is_found() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 360);
        for number in 1..=360 {
            office.indexes(number, &invented(number));
        }
        if backend.is_postgres() {
            // Every token that there is has 200 rows now: PostgreSQL expects as many of each that it is asked for.
            let others = "insert into name_tokens (organisation_id, token, case_id, event_id, word) \
                select organisation_id, decode(substr(md5((n % 500)::text), 1, 16), 'hex'), id, id, n \
                from cases, generate_series(1, 100000) as n where reference_number = 1; analyze name_tokens";
            backend.execute(others).unwrap();
        }
        let (office, read_whole) = office.opened_anew(backend);
        let words_of = |number| {
            let of_words = (0..).zip(NameTokens::of(&office.key, &invented(number)).words);
            of_words
                .flat_map(|(word, of)| of.all().map(|token| FoundWord { word, token }).collect::<Vec<_>>())
                .collect()
        };
        let stored: Vec<Vec<FoundWord>> = (1..=360).map(words_of).collect();
        let words = vec(select(&ASKED[..]), 1..=6);
        let mut runner = TestRunner::new(Config { cases: 200, ..Config::default() });
        let outcome = runner.run(&words, |words| {
            let asked = words.join(" ");
            let query = NameQuery::of(&office.key, &asked);
            let hits = (1..).zip(&stored).filter(|(_, words)| query.judge(words).is_some());
            prop_assert_eq!(office.finds(&asked), hits.map(|(number, _)| number).collect::<BTreeSet<u128>>());
            Ok(())
        });
        outcome.unwrap();
        drop(office);
        assert_eq!(times_read_whole(backend), read_whole, "the table was read where the index serves");
    });
}

/// How often the whole table was read over connections that are closed; SQLite does not count it.
fn times_read_whole(backend: &Backend) -> i64 {
    if !backend.is_postgres() {
        return 0;
    }
    // A connection tells its counts when it ends, which nobody waits for.
    let others = "select count(*) as number from pg_stat_activity \
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()";
    let begun = Instant::now();
    while backend.number(others) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "a connection stays open");
        std::thread::sleep(Duration::from_millis(10));
    }
    backend.number("select seq_scan as number from pg_stat_user_tables where relname = 'name_tokens'")
}

#[test]
fn an_organisation_searches_its_own_index_alone() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 1);
        office.indexes(1, "Нұрлан Ахметов");
        let another = OrganisationId(Uuid::from_u128(901));
        assert_eq!(office.finds_as(another, "Нұрлан Ахметов"), BTreeSet::new());
        office.writes(|transaction| transaction.forget_name_tokens(another, &[case(1)]));
        assert_eq!(office.finds("Нұрлан Ахметов"), BTreeSet::from([1]));
        office.writes(|transaction| transaction.forget_name_tokens(office.organisation, &[case(1)]));
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
        office.writes(|transaction| transaction.name_index_done(ngo, &[case(1)]));
        assert_eq!(waiting(Waiting::Earliest(9)), [case(2), case(3)]);
    });
}

/// What others write while an office indexes its first case, and what is left when both are done.
fn meanwhile(
    office: &Office,
    indexes: &str,
    others: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError> + Send,
) {
    let (case, event) = (case(1), EventId(case(1).0));
    std::thread::scope(|scope| {
        office.writes(|transaction| {
            assert_eq!(transaction.waiting_for_name_index(office.organisation, Waiting::Earliest(9))?, [case]);
            scope.spawn(|| office.store.write(others).unwrap());
            // Long enough for whoever does not wait to be done.
            std::thread::sleep(Duration::from_millis(300));
            let word = NameTokens::of(&office.key, indexes).words.remove(0);
            let tokens: Vec<NameToken> =
                word.all().map(|token| NameToken { case, event, word: 0, token: token.0 }).collect();
            transaction.add_name_tokens(office.organisation, &tokens)?;
            transaction.name_index_done(office.organisation, &[case])
        });
    });
}

#[test]
fn a_name_that_comes_while_its_case_is_indexed_is_indexed_next() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 1);
        let ngo = office.organisation;
        office.writes(|transaction| transaction.wait_for_name_index(ngo, case(1)));
        meanwhile(&office, "Ахметов", |transaction| transaction.wait_for_name_index(ngo, case(1)));
        let waiting = office.writes(|transaction| transaction.waiting_for_name_index(ngo, Waiting::Earliest(9)));
        assert_eq!(waiting, [case(1)]);
    });
}

#[test]
fn nothing_is_left_of_a_case_that_is_forgotten_while_it_is_indexed() {
    for_each_backend(|backend| {
        let office = Office::with_cases(backend, 1);
        let ngo = office.organisation;
        for all in [true, false] {
            office.writes(|transaction| transaction.wait_for_name_index(ngo, case(1)));
            meanwhile(&office, "Ахметов", |transaction| {
                if all { transaction.forget_names_of(case(1)) } else { transaction.forget_names_for(ngo, case(1)) }
            });
            assert_eq!(office.finds("Ахметов"), BTreeSet::new(), "forgotten by everybody: {all}");
        }
    });
}
