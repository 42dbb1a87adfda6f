//! Thirty-two secret bytes, wiped when they are let go.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::CannotOpen;

/// A symmetric key, or what keys are derived from. Its `Debug` form says nothing, and it is wiped
/// from memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// A new one, from the random numbers of the operating system.
    #[must_use]
    pub fn generate() -> Self {
        use chacha20poly1305::aead::Generate;
        Self(Zeroizing::new(<[u8; 32]>::generate()))
    }

    /// Takes 32 bytes.
    ///
    /// # Errors
    /// [`CannotOpen`] where there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, CannotOpen> {
        let mut secret = Zeroizing::new([0; 32]);
        if bytes.len() != secret.len() {
            return Err(CannotOpen);
        }
        secret.copy_from_slice(bytes);
        Ok(Self(secret))
    }

    /// The bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another secret that follows from this one, for one use (HKDF-SHA256, RFC 5869). Whoever has the
    /// derived one learns nothing of this one or of its sisters.
    #[must_use]
    pub fn derive(&self, usage: &str) -> Self {
        let mut derived = Zeroizing::new([0; 32]);
        // Only more than 255 blocks of output are refused; this is one.
        let _ = Hkdf::<Sha256>::new(None, self.expose()).expand(usage.as_bytes(), derived.as_mut());
        Self(derived)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
