//! The recovery key: printed once, on paper, and kept nowhere. It opens every version of its
//! organisation's key.

use std::fmt;

use data_encoding::{BASE32_NOPAD, Encoding};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{CannotOpen, PrivateKey, PublicKey, Secret};

const ALPHABET: &Encoding = &BASE32_NOPAD;

/// How many bytes of a SHA-256 stand behind the key: a slip of the pen is told at once.
const CHECK: usize = 3;

/// A private key that is written on paper.
pub struct RecoveryKey(PrivateKey);

fn check(secret: &Secret) -> [u8; CHECK] {
    let digest = Sha256::new_with_prefix(b"aiqyn recovery key 1").chain_update(secret.expose()).finalize();
    let mut check = [0; CHECK];
    check.iter_mut().zip(digest).for_each(|(check, byte)| *check = byte);
    check
}

impl RecoveryKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(PrivateKey::generate())
    }

    /// Reads it as it was typed from the paper: blanks, hyphens and case do not matter.
    ///
    /// # Errors
    /// [`CannotOpen`] where a character is wrong or missing.
    pub fn parse(text: &str) -> Result<Self, CannotOpen> {
        let typed: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|character| !character.is_whitespace() && *character != '-').collect());
        // What base 32 leaves out for its likeness to a letter.
        let typed = Zeroizing::new(typed.to_ascii_uppercase().replace('0', "O").replace('1', "I").replace('8', "B"));
        let bytes = Zeroizing::new(ALPHABET.decode(typed.as_bytes()).map_err(|_| CannotOpen)?);
        let (secret, told) = bytes.split_at_checked(32).ok_or(CannotOpen)?;
        let secret = Secret::from_slice(secret)?;
        if check(&secret) == *told { Ok(Self(PrivateKey::from_secret(secret))) } else { Err(CannotOpen) }
    }

    /// Its public half, to be kept.
    ///
    /// # Errors
    /// [`CannotOpen`], which a key of ours never leads to.
    pub fn public(&self) -> Result<PublicKey, CannotOpen> {
        self.0.public()
    }

    pub(super) fn private(&self) -> &PrivateKey {
        &self.0
    }

    /// As it is printed: fourteen groups of four.
    #[must_use]
    pub fn print(&self) -> Zeroizing<String> {
        let secret = self.0.secret();
        let bytes = Zeroizing::new([secret.expose().as_slice(), &check(secret)].concat());
        let text = Zeroizing::new(ALPHABET.encode(&bytes));
        let mut printed = Zeroizing::new(String::with_capacity(80));
        for (place, character) in text.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                printed.push('-');
            }
            printed.push(character);
        }
        printed
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again_however_it_is_typed() {
        let key = RecoveryKey::generate();
        let printed = key.print();
        assert_eq!(printed.split('-').count(), 14);
        for typed in [printed.to_string(), printed.to_lowercase(), printed.replace('-', " ")] {
            assert_eq!(RecoveryKey::parse(&typed).unwrap().public(), key.public());
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_told() {
        let printed = RecoveryKey::generate().print();
        let first = printed.chars().next().unwrap();
        let other = if first == 'A' { "B" } else { "A" };
        assert!(RecoveryKey::parse(&format!("{other}{}", &printed[1..])).is_err());
        assert!(RecoveryKey::parse(&printed[..printed.len() - 1]).is_err());
        assert!(RecoveryKey::parse("").is_err());
        assert!(RecoveryKey::parse("é").is_err());
    }
}
