//! Texts of version 0.1, which had no keys: its envelopes say plainly that they hold clear text. They are
//! read once, when that database is set up with keys, and sealed.

use crate::domain::sealed::{PlainText, Sealed};

const CLEAR: &str = "clear1:";

/// The text of an envelope of version 0.1; none for any other.
#[must_use]
pub fn earlier_text(sealed: &Sealed) -> Option<PlainText> {
    PlainText::new(sealed.envelope().strip_prefix(CLEAR)?).ok()
}
