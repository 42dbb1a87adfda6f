//! A member's key pair, locked under their password.

use chacha20poly1305::aead::Generate;

use super::binding::framed;
use super::{CannotOpen, PasswordCost, PrivateKey, PublicKey, Secret, aead};
use crate::domain::id::ActorId;

/// A member's private key, opened.
#[derive(Clone, Debug)]
pub struct MemberKey {
    /// The member.
    pub member: ActorId,
    /// The key.
    pub private: PrivateKey,
}

/// A member's key pair as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedMemberKey {
    /// The cost of deriving the password key, [`PasswordCost`] in text.
    pub kdf: String,
    /// The salt.
    pub salt: Vec<u8>,
    /// The public half.
    pub public_key: PublicKey,
    /// The private half under the password key.
    pub sealed: Vec<u8>,
}

fn additional_data(member: ActorId, kdf: &str, salt: &[u8]) -> Vec<u8> {
    framed(&[b"aiqyn member key 1", member.0.as_bytes(), kdf.as_bytes(), salt])
}

impl MemberKey {
    /// A new key pair for a member.
    #[must_use]
    pub fn generate(member: ActorId) -> Self {
        Self { member, private: PrivateKey::generate() }
    }

    /// Locks it under a password. As costly as one attempt to log in.
    ///
    /// # Errors
    /// [`CannotOpen`], which parameters of ours never lead to.
    pub fn lock(&self, password: &str) -> Result<LockedMemberKey, CannotOpen> {
        self.lock_at(PasswordCost::CURRENT, password)
    }

    fn lock_at(&self, kdf: PasswordCost, password: &str) -> Result<LockedMemberKey, CannotOpen> {
        let salt = <[u8; 16]>::generate().to_vec();
        let key = kdf.derive(password, &salt)?;
        let kdf = kdf.to_string();
        let sealed = aead::seal(&key, &additional_data(self.member, &kdf, &salt), self.private.secret().expose());
        Ok(LockedMemberKey { kdf, salt, public_key: self.private.public()?, sealed })
    }
}

impl LockedMemberKey {
    /// Opens it; there is no other test of a password. It takes tens of milliseconds of a processor and
    /// must not run on a thread that serves connections.
    ///
    /// # Errors
    /// [`CannotOpen`] for a wrong password, or another member's row.
    pub fn unlock(&self, member: ActorId, password: &str) -> Result<MemberKey, CannotOpen> {
        let cost: PasswordCost = self.kdf.parse()?;
        let key = cost.derive(password, &self.salt)?;
        let bytes = aead::open(&key, &additional_data(member, &self.kdf, &self.salt), &self.sealed)?;
        let private = PrivateKey::from_secret(Secret::from_slice(&bytes)?);
        if private.public()? == self.public_key { Ok(MemberKey { member, private }) } else { Err(CannotOpen) }
    }

    /// Costs what a real attempt costs, and fails: for logins that nobody has.
    pub fn pretend(password: &str) {
        let _ = PasswordCost::CURRENT.derive(password, &[0; 16]);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// A key under a password that costs next to nothing to try: every bit of it is tried.
    fn cheap() -> (ActorId, LockedMemberKey) {
        let key = MemberKey::generate(ActorId(Uuid::from_u128(7)));
        let locked = key.lock_at("argon2id,m=8,t=1,p=1".parse().unwrap(), "password").unwrap();
        assert!(locked.unlock(key.member, "password").is_ok());
        (key.member, locked)
    }

    fn with_bit_changed(bytes: &[u8], bit: usize) -> Vec<u8> {
        let mut altered = bytes.to_vec();
        altered[bit / 8] ^= 1 << (bit % 8);
        altered
    }

    #[test]
    fn every_single_bit_of_a_locked_key_counts() {
        let (member, locked) = cheap();
        for bit in 0..locked.sealed.len() * 8 {
            let altered = LockedMemberKey { sealed: with_bit_changed(&locked.sealed, bit), ..locked.clone() };
            assert!(altered.unlock(member, "password").is_err(), "sealed, bit {bit}");
        }
        for bit in 0..locked.salt.len() * 8 {
            let altered = LockedMemberKey { salt: with_bit_changed(&locked.salt, bit), ..locked.clone() };
            assert!(altered.unlock(member, "password").is_err(), "salt, bit {bit}");
        }
        for bit in 0..256 {
            let bytes = with_bit_changed(locked.public_key.bytes(), bit);
            let altered = LockedMemberKey { public_key: PublicKey::from_slice(&bytes).unwrap(), ..locked.clone() };
            assert!(altered.unlock(member, "password").is_err(), "public key, bit {bit}");
        }
    }

    #[test]
    fn the_cost_and_the_member_are_part_of_it() {
        let (member, locked) = cheap();
        for kdf in ["argon2id,m=8,t=2,p=1", "argon2id,m=9,t=1,p=1", "argon2id,m=08,t=1,p=1", "argon2id,m=+8,t=1,p=1"] {
            let altered = LockedMemberKey { kdf: kdf.to_owned(), ..locked.clone() };
            assert!(altered.unlock(member, "password").is_err(), "{kdf}");
        }
        assert!(locked.unlock(ActorId(Uuid::from_u128(8)), "password").is_err());
        for other in ["Password", "passwore", "passwor", "password ", ""] {
            assert!(locked.unlock(member, other).is_err(), "{other}");
        }
    }
}
