//! The key of an organisation's name index, and the tokens that it makes.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::token::Token;
use crate::vault::Secret;

/// What a form says of a word. Each is hashed under a key of its own, so that a token of one form
/// never equals one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The usual spelling, in any script.
    Exact,
    /// How it sounds, with what people confuse put together.
    Sound,
    /// Without the ending that makes a surname or a patronymic.
    Root,
}

impl Form {
    const fn usage(self) -> &'static str {
        match self {
            Self::Exact => "aiqyn name index 1 exact",
            Self::Sound => "aiqyn name index 1 sound",
            Self::Root => "aiqyn name index 1 root",
        }
    }
}

/// The 32 secret bytes under which an organisation's names are hashed. `Debug` says nothing of them,
/// and they are wiped from memory when they are let go.
#[derive(Clone, Debug)]
pub struct IndexKey(Secret);

impl From<Secret> for IndexKey {
    fn from(secret: Secret) -> Self {
        Self(secret)
    }
}

impl IndexKey {
    /// A new one, from the random numbers of the operating system.
    #[must_use]
    pub fn generate() -> Self {
        Self(Secret::generate())
    }

    /// The bytes, to be sealed to the organisation's key.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.0
    }

    /// Hashes forms of one kind. The state of the keyed hash is made once and used for all of them.
    pub(super) fn hasher(&self, form: Form) -> FormHasher {
        // RFC 2104 fills a short key up with zeros to the block of the hash, 64 bytes; done here, it cannot fail.
        let mut block = Zeroizing::new([0; 64]);
        block.iter_mut().zip(self.0.derive(form.usage()).expose()).for_each(|(byte, key)| *byte = *key);
        FormHasher(Hmac::new((&*block).into()))
    }
}

/// HMAC-SHA256 (RFC 2104) under the key of one form.
pub(super) struct FormHasher(Hmac<Sha256>);

impl FormHasher {
    /// The token of a form: the first 8 bytes of its hash.
    pub(super) fn token(&self, form: &str) -> Token {
        let hash = self.0.clone().chain_update(form.as_bytes()).finalize().into_bytes();
        let mut token = [0; 8];
        token.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
        Token(token)
    }
}
