//! Recall by kind of spelling, and false hits, on the lists of real names. docs/names.md quotes what is printed here.

use std::collections::BTreeMap;

use aiqyn::vault::names::{IndexKey, NameQuery, NameTokens};

use crate::list::{KINDS, Kind, Person, found, held_out, names, verdict};

/// How many of the searches found whom they should and whom they should not.
#[derive(Default)]
struct Tally {
    searches: u32,
    found: u32,
    first: u32,
    others: u32,
    with_others: u32,
}

struct Measured(BTreeMap<Kind, Tally>);

impl Measured {
    /// Looks for every person under every spelling, among everybody of the list under their first one.
    fn of(people: &[Person]) -> Self {
        let key = IndexKey::generate();
        let stored: Vec<NameTokens> = people.iter().map(|person| NameTokens::of(&key, &person.name)).collect();
        let mut by_kind: BTreeMap<Kind, Tally> = BTreeMap::new();
        for (at, person) in people.iter().enumerate() {
            for (kind, written) in &person.spellings {
                let query = NameQuery::of(&key, written);
                let score = |tokens: &NameTokens| query.judge(&found(&query, tokens));
                let scores: Vec<_> = stored.iter().map(score).collect();
                let others: Vec<usize> =
                    (0..people.len()).filter(|other| *other != at && scores[*other].is_some()).collect();
                let tally = by_kind.entry(*kind).or_default();
                tally.searches += 1;
                tally.found += u32::from(scores[at].is_some());
                tally.first +=
                    u32::from(scores[at].is_some() && others.iter().all(|other| scores[*other] < scores[at]));
                tally.others += u32::try_from(others.len()).unwrap();
                tally.with_others += u32::from(!others.is_empty());
                if scores[at].is_none() {
                    println!("  not found: {} as {written} ({kind:?})", person.name);
                }
                for other in &others {
                    println!("  also found: {} for {written}, who is {}", people[*other].name, person.name);
                }
            }
        }
        let measured = Self(by_kind);
        measured.print();
        measured
    }

    fn print(&self) {
        for kind in KINDS {
            let tally = &self.0[&kind];
            println!(
                "{kind:?}: {} searches, found {:.1} %, first and alone at the top {:.1} %, {:.3} others a search, with any {:.1} %",
                tally.searches,
                self.recall(kind) * 100.0,
                f64::from(tally.first) / f64::from(tally.searches) * 100.0,
                f64::from(tally.others) / f64::from(tally.searches),
                f64::from(tally.with_others) / f64::from(tally.searches) * 100.0,
            );
        }
        println!(
            "All: {:.1} % found; {:.1} % of searches with a false hit",
            self.all_recall() * 100.0,
            self.false_share() * 100.0
        );
    }

    fn recall(&self, kind: Kind) -> f64 {
        f64::from(self.0[&kind].found) / f64::from(self.0[&kind].searches)
    }

    fn sum(&self, count: impl Fn(&Tally) -> u32) -> f64 {
        f64::from(self.0.values().map(count).sum::<u32>())
    }

    fn all_recall(&self) -> f64 {
        self.sum(|tally| tally.found) / self.sum(|tally| tally.searches)
    }

    fn false_share(&self) -> f64 {
        self.sum(|tally| tally.with_others) / self.sum(|tally| tally.searches)
    }
}

#[test]
fn the_list_is_as_long_as_was_promised() {
    assert!(names().len() >= 200 && held_out().len() >= 60);
}

#[test]
fn people_are_found_by_the_usual_spellings_of_their_names() {
    let measured = Measured::of(&names());
    assert!(measured.recall(Kind::Same) > 0.999);
    assert!(measured.recall(Kind::Russian) > 0.98);
    assert!(measured.recall(Kind::Latin) > 0.99);
    assert!(measured.recall(Kind::English) > 0.98);
    assert!(measured.recall(Kind::Misspelt) > 0.96);
    assert!(measured.all_recall() > 0.98);
    assert!(measured.false_share() < 0.015);
}

#[test]
fn people_of_the_list_that_was_held_out_are_found_too() {
    let measured = Measured::of(&held_out());
    assert!(measured.recall(Kind::Same) > 0.999);
    assert!(measured.recall(Kind::Misspelt) > 0.95);
    assert!(measured.all_recall() > 0.98);
    assert!(measured.false_share() < 0.01);
}

#[test]
fn a_word_costs_three_tokens_in_the_index_and_some_hundreds_in_a_search() {
    let key = IndexKey::generate();
    let people = names();
    let queries: Vec<NameQuery> = people.iter().map(|person| NameQuery::of(&key, &person.name)).collect();
    let asked: Vec<usize> =
        queries.iter().flat_map(|query| query.words().iter().map(|word| word.tokens().len())).collect();
    let stored: usize =
        people.iter().flat_map(|person| NameTokens::of(&key, &person.name).words).map(|word| word.all().count()).sum();
    let (sum, most) = (asked.iter().sum::<usize>(), asked.iter().max().copied().unwrap_or_default());
    println!(
        "{} words: {stored} tokens stored; a search asks for {} a word, {most} at most",
        asked.len(),
        sum / asked.len()
    );
    assert!(stored <= 3 * asked.len());
    assert!(most < 800);
}

/// The name with each letter of it left out in turn, and with each two neighbours swapped; letters of
/// words of four and more only, since a short word bears no slip.
fn slips_of(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut slips = Vec::new();
    let mut begun = 0;
    for word in name.split([' ', '-']) {
        let length = word.chars().count();
        for at in (begun..begun + length).filter(|_| length > 3) {
            let left_out = letters.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter);
            slips.push(left_out.collect());
            if at + 1 < begun + length && letters[at] != letters[at + 1] {
                let mut swapped = letters.clone();
                swapped.swap(at, at + 1);
                slips.push(swapped.iter().collect());
            }
        }
        begun += length + 1;
    }
    slips
}

#[test]
fn nearly_every_slip_of_one_letter_is_forgiven() {
    let key = IndexKey::generate();
    let (mut forgiven, mut tried) = (0_u32, 0_u32);
    for person in names().iter().chain(&held_out()).step_by(3) {
        for written in slips_of(&person.name) {
            tried += 1;
            let is_found = verdict(&key, &written, &person.name).is_some();
            forgiven += u32::from(is_found);
            if !is_found {
                println!("  not found: {} as {written}", person.name);
            }
        }
    }
    let share = f64::from(forgiven) / f64::from(tried);
    println!("{forgiven} of {tried} slips forgiven: {:.1} %", share * 100.0);
    assert!(share > 0.9);
}
