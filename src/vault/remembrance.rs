//! What is kept of a request that is to happen once. The hash of a request would let whoever has the
//! database try names and short texts until one fits; so it is kept under what only the client has.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::binding::framed;
use super::{CannotOpen, MemberKey, Secret};
use crate::domain::id::ActorId;

/// What is kept of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembrance {
    /// Stands for the member and the key that they gave. Two members may choose the same key.
    pub name: String,
    /// Stands for what was asked for.
    pub fingerprint: [u8; 32],
}

impl Remembrance {
    /// Of a member's request, by the key that came with it and the SHA-256 of the request. Where the member's
    /// own key is in hand it goes in too: a client may have chosen a key that can be guessed.
    ///
    /// # Errors
    /// None that can come about: hashes have the length of a secret.
    pub fn of(member: ActorId, key: &str, request: &[u8; 32], own: Option<&MemberKey>) -> Result<Self, CannotOpen> {
        let hash = Sha256::digest(framed(&[b"aiqyn idempotency 1", member.0.as_bytes(), key.as_bytes()]));
        let secret = Secret::from_slice(&hash)?;
        let name = HEXLOWER.encode(secret.derive("aiqyn idempotency name").expose());
        let usage = format!("aiqyn idempotency request {}", HEXLOWER.encode(request));
        let by_key = secret.derive(&usage);
        let by_own = own.map(|own| own.private.secret().derive(&usage));
        let parts = [by_key.expose().as_slice(), by_own.as_ref().map_or(&[][..], |own| own.expose().as_slice())];
        Ok(Self { name, fingerprint: Sha256::digest(framed(&parts)).into() })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn of(member: u128, key: &str, request: u8, own: Option<&MemberKey>) -> Remembrance {
        Remembrance::of(ActorId(Uuid::from_u128(member)), key, &[request; 32], own).unwrap()
    }

    #[test]
    fn it_differs_by_member_key_and_request_and_is_no_hash_of_the_request() {
        let one = of(1, "k", 7, None);
        assert_eq!(one, of(1, "k", 7, None));
        assert_ne!(one.name, of(2, "k", 7, None).name);
        assert_ne!(one.name, of(1, "l", 7, None).name);
        assert_ne!(one.fingerprint, of(1, "k", 8, None).fingerprint);
        assert_ne!(one.fingerprint, of(1, "l", 7, None).fingerprint);
        assert_ne!(one.fingerprint, [7; 32]);
    }

    #[test]
    fn with_the_members_key_nobody_else_can_make_it() {
        let member = ActorId(Uuid::from_u128(1));
        let (own, other) = (MemberKey::generate(member), MemberKey::generate(member));
        assert_eq!(of(1, "k", 7, Some(&own)), of(1, "k", 7, Some(&own)));
        for guess in [of(1, "k", 7, None), of(1, "k", 7, Some(&other))] {
            assert_ne!(of(1, "k", 7, Some(&own)).fingerprint, guess.fingerprint);
        }
    }
}
