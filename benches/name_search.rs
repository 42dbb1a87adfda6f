//! What finding a name costs among 100,000 persons, one a case, whose names fall in frequency as real ones do:
//! from the words that were typed to the hits with their scores, on either backend.
//!
//! Only the store and the tokens have a part in it. No figure here fails anything: the machine may be
//! busy. docs/performance.md says what they should be. PostgreSQL is measured too where
//! `AIQYN_TEST_POSTGRES` is a `postgres://` address that may create databases.

#[path = "real_list/database.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest of it")]
mod database;
#[path = "name_search/office.rs"]
mod office;
#[path = "name_search/people.rs"]
mod people;
#[path = "real_list/table.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest of it")]
mod table;

use std::error::Error;
use std::time::Instant;

use aiqyn::vault::names::IndexKey;
use database::Database;
use office::Office;
use people::People;
use table::{Row, Table, Times};

/// How many persons.
const PERSONS: usize = 100_000;

/// What is looked for.
const SEARCHES: &[(&str, &str)] = &[
    ("the most frequent given name with a frequent surname", "Нұрлан Ахметов"),
    ("the same in English", "Nurlan Akhmetov"),
    ("the same with a slip in either word", "Нурлам Ахмитов"),
    ("the same with a patronymic", "Нұрлан Серікұлы Ахметов"),
    ("a frequent given name, a surname that nobody bears", "Айгүл Щварцман"),
    ("a surname that nobody bears", "Щварцман"),
    ("a frequent surname alone", "Ахметов"),
    ("the most frequent given name alone", "Нұрлан"),
    ("six words", "Нұрлан Серікұлы Ахметов Айгүл Қайрат Сериков"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let people = People::invented(PERSONS);
    let key = IndexKey::generate();
    println!("{PERSONS} persons; {}", people.frequencies());
    for database in Database::all()? {
        println!("\n# {}", database.name());
        let begun = Instant::now();
        let office = Office::filled(&database, &people, &key)?;
        println!("indexing: {:.1} s, {} rows", begun.elapsed().as_secs_f64(), office.rows()?);
        let mut table = Table::default();
        let rare = people.rarest();
        let searches = SEARCHES.iter().copied().chain([("the rarest name of all", rare.as_str())]);
        for (what, asked) in searches {
            let mut times = Times::default();
            let mut told = String::new();
            for _ in 0..50 {
                let begun = Instant::now();
                let [tokens, hits, same] = office.search(&key, asked)?;
                times.push(begun.elapsed());
                told = format!("{tokens} read, {hits} hits, {same} the same");
            }
            table.push(Row::of(&format!("{what} ({told})"), times, None));
        }
        print!("{table}");
    }
    Ok(())
}
