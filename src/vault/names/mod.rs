//! Finding a name without reading it: from a written name to keyed tokens, and from the tokens that
//! were found to a verdict. docs/names.md says how and how well. Pure: no SQL, no HTTP, no clock; it
//! must never keep or log a name.
//!
//! What is stored of a word is two or three tokens ([`NameTokens`]). Misspellings are paid for by who
//! searches, not by what lies in the database: a [`NameQuery`] asks for every spelling that is one
//! slip away. So the stored index does not show which names are merely similar.

mod index_key;
mod matching;
mod query;
mod slips;
mod sound;
mod spelling;
mod token;
mod words;

pub use index_key::IndexKey;
pub use matching::{FoundWord, Score};
pub use query::{NameQuery, QueryWord};
pub use token::{NameTokens, Token, WordTokens};
pub use words::MOST_WORDS;
