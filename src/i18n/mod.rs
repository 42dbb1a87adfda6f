//! What Aiqyn says to people, in Kazakh, Russian and English.
//!
//! Every sentence that a person reads stands in the `.ftl` files beside this one, one folder a
//! language, compiled in. This module chooses the language and fills the sentences in. It never
//! decides anything: what is legal, wrong or late is settled before it is put into words here.

mod dates;
pub mod indicators;
pub mod labels;
mod language;
pub mod measures;
mod numbers;
pub mod problems;
mod text;

pub use dates::{day, short_day, time, time_in_zone};
pub use language::Language;
pub use text::{Args, find, text};

#[cfg(test)]
mod texts;
