//! Where free text is sealed and opened. It must never log, store or send a text itself.
//!
//! The keys are not here yet: this version's envelopes say plainly that they hold clear text
//! (`clear1:`), so that the version that brings the keys knows what is still to be sealed. What is
//! settled is the way that every text takes: nothing is stored but [`Sealed`], nothing opens it but
//! a [`Vault`], and each envelope is bound to its table, column and row.

use uuid::Uuid;

use crate::domain::sealed::{PlainText, Sealed};

/// Where a sealed text belongs. An envelope that is moved elsewhere will not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The table.
    pub table: &'static str,
    /// The column, or the field of the payload.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

/// An envelope that does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed text cannot be opened")]
pub struct CannotOpen;

const CLEAR: &str = "clear1:";

/// An opened vault.
#[derive(Clone, Copy, Debug)]
pub struct Vault(());

impl Vault {
    /// The vault of a version that has no keys yet.
    #[must_use]
    pub fn without_keys() -> Self {
        Self(())
    }

    /// Seals a text for its place.
    #[must_use]
    pub fn seal(self, text: &PlainText, _binding: Binding) -> Sealed {
        Sealed::from_envelope(format!("{CLEAR}{}", text.expose()))
    }

    /// Opens a text at its place.
    ///
    /// # Errors
    /// [`CannotOpen`] for an envelope of another scheme.
    pub fn open(self, sealed: &Sealed, _binding: Binding) -> Result<PlainText, CannotOpen> {
        let text = sealed.envelope().strip_prefix(CLEAR).ok_or(CannotOpen)?;
        PlainText::new(text).map_err(|_| CannotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Binding = Binding { table: "events", column: "text", row: Uuid::nil() };

    #[test]
    fn what_was_sealed_opens_again() {
        let vault = Vault::without_keys();
        let text = PlainText::new("қысым көрсетілді").unwrap();
        assert_eq!(vault.open(&vault.seal(&text, HERE), HERE), Ok(text));
    }

    #[test]
    fn an_envelope_of_another_scheme_does_not_open() {
        let strange = Sealed::from_envelope("hpke1:00ff".into());
        assert_eq!(Vault::without_keys().open(&strange, HERE), Err(CannotOpen));
    }
}
