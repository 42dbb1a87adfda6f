//! The tokens that are stored of a name.

use super::index_key::{Form, IndexKey};
use super::sound::{root, sound};
use super::words::{Word, words};

/// The keyed hash of one form of one word, cut to 8 bytes. Two unlike forms among ten million
/// share one with a chance of 1 in 370,000, and a false hit also needs a second word to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub [u8; 8]);

/// What is stored of one word of a name: two tokens or three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordTokens {
    /// Of its usual spelling.
    pub exact: Token,
    /// Of its sound and, where it is long enough to have one, of its root.
    pub approximate: Vec<Token>,
}

impl WordTokens {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = Token> + '_ {
        std::iter::once(self.exact).chain(self.approximate.iter().copied())
    }
}

/// What is stored of a name, word by word in the order of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTokens {
    /// Its words, [`MOST_WORDS`](super::MOST_WORDS) at most.
    pub words: Vec<WordTokens>,
}

impl NameTokens {
    /// The tokens of a written name. A name of initials and signs alone has none.
    #[must_use]
    pub fn of(key: &IndexKey, written: &str) -> Self {
        let (exact, sounds, roots) = (key.hasher(Form::Exact), key.hasher(Form::Sound), key.hasher(Form::Root));
        let of_word = |word: Word| WordTokens {
            exact: exact.token(&word.spelling),
            approximate: std::iter::once(sounds.token(&sound(&word.spelling)))
                .chain(root(&word.spelling).map(|root| roots.token(&root)))
                .collect(),
        };
        Self { words: words(written).into_iter().map(of_word).collect() }
    }
}
