//! The verdict: whether a person whose words were found is a hit, and how good a one.

use std::collections::BTreeMap;

use super::query::{NameQuery, QueryWord};
use super::token::Token;

/// How well a word matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Its sound is one slip away.
    Near,
    /// It has the same root: Дулатов, Дулатұлы.
    Root,
    /// It sounds alike.
    Alike,
    /// It is the same, in the same or another script.
    Exact,
}

impl Strength {
    /// What it counts for. The order is what matters; the figures are judgement.
    const fn worth(self) -> f64 {
        match self {
            Self::Near => 0.7,
            Self::Root => 0.75,
            Self::Alike => 0.9,
            Self::Exact => 1.0,
        }
    }
}

/// What a patronymic counts for beside a given name or a surname.
const PATRONYMIC: f64 = 0.5;

/// The shortest sound of a word that may match by a slip where it is all that was asked for.
const ALONE: usize = 5;

/// The shortest sound of words that may both match by a slip.
const BOTH_NEAR: usize = 5;

/// A stored word of a person that holds one of the query's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FoundWord {
    /// Which word of the person's name, as it was stored.
    pub word: i32,
    /// The token that was found there.
    pub token: Token,
}

/// How good a hit is: above 0, and 1 where every word is the same.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Score(f64);

impl Score {
    /// From above 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A word of the query that matched, and how.
#[derive(Clone, Copy)]
struct Pair<'a> {
    asked: &'a QueryWord,
    strength: Strength,
}

impl NameQuery {
    /// Whether what was found of one name is a hit; none where it is not.
    ///
    /// One word must match by itself. Of more, [`must_match`](Self::must_match) must, each by another
    /// word of the person's; a root or a slip wants company that is better.
    #[must_use]
    pub fn judge(&self, found: &[FoundWord]) -> Option<Score> {
        let mut of_person: BTreeMap<i32, Vec<Option<Strength>>> = BTreeMap::new();
        for (at, asked) in self.words.iter().enumerate() {
            for word in found {
                let strengths = of_person.entry(word.word).or_insert_with(|| vec![None; self.words.len()]);
                if let (Some(best), Some(strength)) = (strengths.get_mut(at), asked.strength(word.token)) {
                    *best = (*best).max(Some(strength));
                }
            }
        }
        let of_person: Vec<Vec<Option<Strength>>> = of_person.into_values().collect();
        let pairs = best_pairs(&self.words, &of_person);
        self.is_hit(&pairs).then(|| Score((worth(&pairs) / self.weight()).min(1.0)))
    }

    fn weight(&self) -> f64 {
        self.words.iter().map(weight).sum()
    }

    fn is_hit(&self, pairs: &[Pair<'_>]) -> bool {
        if pairs.is_empty() || pairs.len() < self.must_match() {
            return false;
        }
        if let ([_], [only]) = (self.words.as_slice(), pairs) {
            return only.strength >= Strength::Alike || only.strength == Strength::Near && only.asked.letters >= ALONE;
        }
        let count = |is: fn(&Pair<'_>) -> bool| pairs.iter().filter(|pair| is(pair)).count();
        let sure = count(|pair| pair.strength >= Strength::Alike);
        let roots = count(|pair| pair.strength == Strength::Root);
        let long = count(|pair| pair.strength == Strength::Near && pair.asked.letters >= BOTH_NEAR);
        let names = count(|pair| !pair.asked.is_patronymic);
        match sure {
            // A given name and a patronymic are shared by many: of those, none may be doubtful.
            2.. => true,
            1 => names > 1,
            // Roots that cross are somebody else: Ахмет Сериков and Серік Ахметов.
            0 => names > 1 && roots < 2 && roots + long == pairs.len(),
        }
    }
}

fn weight(word: &QueryWord) -> f64 {
    if word.is_patronymic { PATRONYMIC } else { 1.0 }
}

fn worth(pairs: &[Pair<'_>]) -> f64 {
    pairs.iter().map(|pair| pair.strength.worth() * weight(pair.asked)).sum()
}

/// Gives each word of the query a word of the person, no word twice, so that it is worth the most.
/// A query has few words, so every way is tried, with the person's words that are left as a choice.
fn best_pairs<'a>(asked: &'a [QueryWord], of_person: &[Vec<Option<Strength>>]) -> Vec<Pair<'a>> {
    fn try_from<'a>(
        asked: &'a [QueryWord],
        at: usize,
        of_person: &[Vec<Option<Strength>>],
        taken: &mut Vec<bool>,
    ) -> Vec<Pair<'a>> {
        let Some(word) = asked.get(at) else { return Vec::new() };
        let mut best = try_from(asked, at + 1, of_person, taken);
        for (place, strengths) in of_person.iter().enumerate() {
            let Some(strength) = strengths.get(at).copied().flatten() else { continue };
            if taken.get(place).copied().unwrap_or(true) {
                continue;
            }
            set(taken, place, true);
            let mut pairs = try_from(asked, at + 1, of_person, taken);
            set(taken, place, false);
            pairs.push(Pair { asked: word, strength });
            if worth(&pairs) > worth(&best) {
                best = pairs;
            }
        }
        best
    }
    fn set(taken: &mut [bool], place: usize, value: bool) {
        if let Some(taken) = taken.get_mut(place) {
            *taken = value;
        }
    }
    try_from(asked, 0, of_person, &mut vec![false; of_person.len()])
}

#[cfg(test)]
mod tests {
    use super::super::index_key::IndexKey;
    use super::super::token::NameTokens;
    use super::*;

    fn score(asked: &str, person: &str) -> Option<f64> {
        let key = IndexKey::generate();
        let stored = NameTokens::of(&key, person);
        let found: Vec<FoundWord> = (0..)
            .zip(&stored.words)
            .flat_map(|(word, tokens)| tokens.all().map(move |token| FoundWord { word, token }).collect::<Vec<_>>())
            .collect();
        NameQuery::of(&key, asked).judge(&found).map(Score::value)
    }

    #[test]
    fn the_same_name_in_another_order_and_script_scores_one() {
        assert_eq!(score("Akhmetov Nurlan", "Нұрлан Ахметов"), Some(1.0));
    }

    #[test]
    fn one_word_of_two_is_not_enough() {
        assert_eq!(score("Нұрлан Ахметов", "Нұрлан Сериков"), None);
        assert_eq!(score("Нұрлан Ахметов", "Айгүл Ахметова"), None);
    }

    #[test]
    fn a_surname_alone_finds_who_bears_it() {
        assert_eq!(score("Ахметов", "Нұрлан Ахметов"), Some(1.0));
        assert_eq!(score("Ким", "Ольга Пак"), None);
    }

    #[test]
    fn roots_that_cross_are_somebody_else() {
        assert_eq!(score("Ахмет Сериков", "Серік Ахметов"), None);
    }

    #[test]
    fn one_word_of_the_person_answers_one_of_the_query() {
        assert_eq!(score("Ахмет Ахметов", "Ахмет Сериков"), None);
    }

    #[test]
    fn a_patronymic_that_is_missing_costs_little() {
        let without = score("Сергей Иванович Петров", "Сергей Петров").unwrap();
        assert!((0.7..1.0).contains(&without), "{without}");
        assert_eq!(score("Сергей Иванович Петров", "Анна Ивановна Петрова"), None);
    }
}
