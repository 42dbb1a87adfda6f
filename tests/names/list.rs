//! The lists of real names: `names.csv`, and `held_out.csv`, which no rule was tuned on.

use std::collections::HashSet;

use aiqyn::vault::names::{FoundWord, IndexKey, NameQuery, NameTokens, Score};

/// How a spelling differs from the one that a name is stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The same.
    Same,
    /// Russian, of a Kazakh name, or without ё or the patronymic.
    Russian,
    /// Kazakh Latin of 2021.
    Latin,
    /// Of passports, the press and habit.
    English,
    /// A typical slip.
    Misspelt,
}

pub const KINDS: [Kind; 5] = [Kind::Same, Kind::Russian, Kind::Latin, Kind::English, Kind::Misspelt];

/// A person of the list.
pub struct Person {
    pub name: String,
    pub spellings: Vec<(Kind, String)>,
}

pub fn names() -> Vec<Person> {
    people(include_str!("names.csv"))
}

pub fn held_out() -> Vec<Person> {
    people(include_str!("held_out.csv"))
}

fn people(text: &str) -> Vec<Person> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let person = |row: csv::StringRecord| {
        let name = row[0].to_owned();
        let several = |column: usize| row[column].split('|').filter(|written| !written.is_empty());
        let columns = KINDS.into_iter().enumerate();
        let spellings = columns.flat_map(|(at, kind)| several(at).map(move |written| (kind, written.to_owned())));
        Person { spellings: spellings.collect(), name }
    };
    reader.records().map(|row| person(row.unwrap())).collect()
}

/// What of a stored name holds a token of the query.
pub fn found(query: &NameQuery, stored: &NameTokens) -> Vec<FoundWord> {
    let asked: HashSet<_> = query.words().iter().flat_map(|word| word.tokens().iter().copied()).collect();
    let tokens = (0..).zip(&stored.words).flat_map(|(word, tokens)| tokens.all().map(move |token| (word, token)));
    tokens.filter(|(_, token)| asked.contains(token)).map(|(word, token)| FoundWord { word, token }).collect()
}

/// The verdict on a stored name.
pub fn verdict(key: &IndexKey, asked: &str, stored: &str) -> Option<Score> {
    let query = NameQuery::of(key, asked);
    query.judge(&found(&query, &NameTokens::of(key, stored)))
}
