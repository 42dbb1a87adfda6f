//! The placeholder of the version without keys.

use super::{Binding, CannotOpen};
use crate::domain::sealed::{PlainText, Sealed};

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
