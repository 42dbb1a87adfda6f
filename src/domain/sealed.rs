//! Free text: as it is typed, and as it is kept.
//!
//! The two are different types, and the domain keeps only the sealed one. This module knows
//! nothing of keys: `vault` turns one into the other.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Free text in the clear, on its way in or out. It is never stored, and its `Debug` form says
/// nothing of it, so that it cannot slip into a log.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PlainText(String);

impl PlainText {
    /// The most characters that one text may have.
    pub const MAX_CHARACTERS: usize = 50_000;

    /// Takes a text with the blanks at its ends removed.
    ///
    /// # Errors
    /// Says so when nothing is left, when there is more than [`Self::MAX_CHARACTERS`], or when it
    /// holds a NUL character, which PostgreSQL cannot keep.
    pub fn new(text: &str) -> Result<Self, NotAText> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAText::Empty);
        }
        if text.contains('\0') {
            return Err(NotAText::ControlCharacter);
        }
        if text.chars().count() > Self::MAX_CHARACTERS {
            return Err(NotAText::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlainText(…)")
    }
}

/// Why something is no free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAText {
    /// Only blanks.
    #[error("the text is empty")]
    Empty,
    /// Longer than [`PlainText::MAX_CHARACTERS`].
    #[error("the text is too long")]
    TooLong,
    /// A NUL character.
    #[error("the text holds a control character")]
    ControlCharacter,
}

/// Free text as it is stored. Only `vault` can make one or open one; everything else hands it on.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// Wraps what `vault` has sealed. The envelope names its own scheme.
    #[must_use]
    pub fn from_envelope(envelope: String) -> Self {
        Self(envelope)
    }

    /// The envelope, for `vault` to open and `store` to keep.
    #[must_use]
    pub fn envelope(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_shows_in_debug_output() {
        let text = PlainText::new("name of the victim").unwrap();
        assert_eq!(format!("{text:?}"), "PlainText(…)");
        assert_eq!(format!("{:?}", Sealed::from_envelope("name".into())), "Sealed(…)");
    }

    #[test]
    fn blank_and_boundless_texts_are_refused() {
        assert_eq!(PlainText::new(" \n "), Err(NotAText::Empty));
        assert_eq!(PlainText::new("a\0b"), Err(NotAText::ControlCharacter));
        let limit = "қ".repeat(PlainText::MAX_CHARACTERS);
        assert!(PlainText::new(&limit).is_ok());
        assert_eq!(PlainText::new(&format!("{limit}қ")), Err(NotAText::TooLong));
    }
}
