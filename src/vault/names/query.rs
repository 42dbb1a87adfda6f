//! What somebody looks for: the tokens to ask the index for, and how well each of them matches.

use std::collections::HashMap;

use super::index_key::{Form, FormHasher, IndexKey};
use super::matching::Strength;
use super::slips::slips;
use super::sound::{root, sound};
use super::token::Token;
use super::words::{Word, words};

/// One word of a query.
#[derive(Clone, Debug)]
pub struct QueryWord {
    /// Of its usual spelling, first; then those of its sound, its root and every slip.
    tokens: Vec<Token>,
    strengths: HashMap<Token, Strength>,
    /// The length of its sound.
    pub(super) letters: usize,
    pub(super) is_patronymic: bool,
}

impl QueryWord {
    /// The tokens to look for, that of the usual spelling first: some 40 for each letter of the word.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn strength(&self, token: Token) -> Option<Strength> {
        self.strengths.get(&token).copied()
    }
}

/// A name that is looked for.
#[derive(Clone, Debug, Default)]
pub struct NameQuery {
    pub(super) words: Vec<QueryWord>,
}

impl NameQuery {
    /// The query for a written name, whole or in part.
    #[must_use]
    pub fn of(key: &IndexKey, written: &str) -> Self {
        let hashers = [Form::Exact, Form::Sound, Form::Root].map(|form| key.hasher(form));
        Self { words: words(written).iter().map(|word| query_word(&hashers, word)).collect() }
    }

    /// Its words; none where nothing but initials and signs was written.
    #[must_use]
    pub fn words(&self) -> &[QueryWord] {
        &self.words
    }

    /// How many of its words must match for a hit.
    #[must_use]
    pub fn must_match(&self) -> usize {
        match self.words.len() {
            0..=1 => self.words.len(),
            2..=4 => 2,
            _ => 3,
        }
    }
}

fn query_word([exact, sounds, roots]: &[FormHasher; 3], word: &Word) -> QueryWord {
    let heard = sound(&word.spelling);
    let first = [(exact.token(&word.spelling), Strength::Exact), (sounds.token(&heard), Strength::Alike)];
    let root = root(&word.spelling).map(|root| (roots.token(&root), Strength::Root));
    let near =
        slips(&word.transcribed).into_iter().map(|slip| (sounds.token(&slip), Strength::Near)).collect::<Vec<_>>();
    let all: Vec<(Token, Strength)> = first.into_iter().chain(root).chain(near).collect();
    QueryWord {
        tokens: all.iter().map(|(token, _)| *token).collect(),
        strengths: all.into_iter().collect(),
        letters: heard.len(),
        is_patronymic: word.is_patronymic,
    }
}
