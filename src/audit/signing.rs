//! The key that signs checkpoints: Ed25519 (RFC 8032). It is handed in and never made up here, and is
//! wiped from memory when it is let go.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;
use ed25519_dalek::Signer;
use zeroize::Zeroizing;

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 64 hexadecimal digits")]
pub struct NotAKey;

fn read_hex(text: &str) -> Result<Zeroizing<[u8; 32]>, NotAKey> {
    let mut bytes = Zeroizing::new([0; 32]);
    let text = text.trim_ascii().as_bytes();
    if HEXLOWER_PERMISSIVE.decode_len(text.len()) != Ok(bytes.len()) {
        return Err(NotAKey);
    }
    HEXLOWER_PERMISSIVE.decode_mut(text, &mut *bytes).map_err(|_| NotAKey)?;
    Ok(bytes)
}

/// The private half.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(bytes))
    }

    /// Reads what [`Self::to_file`] wrote; blanks around it do no harm.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn from_file(text: &str) -> Result<Self, NotAKey> {
        read_hex(text).map(|bytes| Self::from_bytes(&bytes))
    }

    /// What its file holds: the 32 bytes in hexadecimal digits, and a line end.
    #[must_use]
    pub fn to_file(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{}\n", *Zeroizing::new(HEXLOWER_PERMISSIVE.encode(self.0.as_bytes()))))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.public())
    }
}

/// The public half, which is to be written down and kept apart from the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether the signature of a message is of this key. Strict: of the several encodings that RFC 8032
    /// leaves open only one is taken, and weak keys are refused.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl std::str::FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        ed25519_dalek::VerifyingKey::from_bytes(&*read_hex(text)?).map(Self).map_err(|_| NotAKey)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER_PERMISSIVE.encode(self.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_file() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let file = key.to_file();
        assert_eq!((file.len(), file.ends_with('\n')), (65, true));
        assert_eq!(SigningKey::from_file(&file).map(|key| key.public()), Ok(key.public()));
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
        assert!(!format!("{key:?}").contains(file.trim()), "it does not print itself");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "07", &"g".repeat(64), &"0".repeat(63), &"0".repeat(66)] {
            assert!(SigningKey::from_file(text).is_err(), "{text}");
            assert!(text.parse::<PublicKey>().is_err(), "{text}");
        }
    }

    // RFC 8032, section 7.1, test 1.
    #[test]
    fn the_signature_is_that_of_the_standard() {
        let key = SigningKey::from_file("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        assert_eq!(key.public().to_string(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert!(
            HEXLOWER_PERMISSIVE.encode(&key.sign(b"")).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")
        );
    }
}
