//! XChaCha20-Poly1305 with a random nonce in front: `nonce (24) | ciphertext with tag`.

use chacha20poly1305::aead::{Aead, AeadCore, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{CannotOpen, Secret};

const NONCE: usize = 24;

type Nonce = chacha20poly1305::aead::Nonce<XChaCha20Poly1305>;

const _: () = assert!(size_of::<XNonce>() == NONCE);

/// Seals bytes. The nonce is random: at 192 bits a repetition is out of the question.
pub(super) fn seal(key: &Secret, additional: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce = Nonce::generate();
    let cipher = XChaCha20Poly1305::new(key.expose().into());
    let mut sealed = nonce.to_vec();
    // The cipher refuses only messages of more than 256 GiB, which do not fit in memory.
    sealed.extend(cipher.encrypt(&nonce, Payload { msg: plain, aad: additional }).unwrap_or_default());
    sealed
}

/// Opens bytes.
///
/// # Errors
/// [`CannotOpen`] under another key, with other additional data, or where a bit was changed.
pub(super) fn open(key: &Secret, additional: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (nonce, ciphertext) = sealed.split_at_checked(NONCE).ok_or(CannotOpen)?;
    let nonce = Nonce::try_from(nonce).map_err(|_| CannotOpen)?;
    let cipher = XChaCha20Poly1305::new(key.expose().into());
    let plain = cipher.decrypt(&nonce, Payload { msg: ciphertext, aad: additional }).map_err(|_| CannotOpen)?;
    Ok(Zeroizing::new(plain))
}

const _: fn() = || {
    fn has_nonce<A: AeadCore>() {}
    has_nonce::<XChaCha20Poly1305>();
};
