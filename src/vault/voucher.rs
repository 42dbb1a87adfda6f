//! A short secret that is shown once and kept as its hash: an invitation, a recovery code, the mark of
//! a known browser.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::binding::framed;
use super::{CannotRead, Secret};
use crate::domain::id::ActorId;

/// 120 random bits: too many to guess, so that a plain hash keeps them.
const BYTES: usize = 15;

/// The secret.
#[derive(Clone)]
pub struct Voucher(Zeroizing<[u8; BYTES]>);

impl Voucher {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        let mut bytes = Zeroizing::new([0; BYTES]);
        bytes.iter_mut().zip(Secret::generate().expose()).for_each(|(byte, random)| *byte = *random);
        Self(bytes)
    }

    /// Reads it as it was typed: blanks, hyphens and case do not matter.
    ///
    /// # Errors
    /// [`CannotRead`].
    pub fn parse(text: &str) -> Result<Self, CannotRead> {
        let typed: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|character| !character.is_whitespace() && *character != '-')
                .map(|character| character.to_ascii_uppercase())
                .collect(),
        );
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(typed.as_bytes()).map_err(|_| CannotRead)?);
        <[u8; BYTES]>::try_from(bytes.as_slice()).map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| CannotRead)
    }

    /// As it is shown: six groups of four.
    #[must_use]
    pub fn print(&self) -> Zeroizing<String> {
        let text = Zeroizing::new(BASE32_NOPAD.encode(self.0.as_slice()));
        let groups: Vec<_> = text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        Zeroizing::new(groups.join("-"))
    }

    /// What the database keeps, for one use and one member.
    #[must_use]
    pub fn hash(&self, usage: &str, member: ActorId) -> [u8; 32] {
        Sha256::digest(framed(&[usage.as_bytes(), member.0.as_bytes(), self.0.as_slice()])).into()
    }
}

impl fmt::Debug for Voucher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Voucher(…)")
    }
}
