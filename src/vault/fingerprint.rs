//! A short form of a public key that two people can read to each other.

use sha2::{Digest, Sha256};

use super::PublicKey;

/// The first 80 bits of the key's SHA-256 as five groups of four hexadecimal digits.
#[must_use]
pub fn fingerprint(key: &PublicKey) -> String {
    let digest = Sha256::digest(key.bytes());
    let hex = data_encoding::HEXLOWER.encode(digest.get(..10).unwrap_or_default());
    hex.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}
