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
        let (kdf, salt) = (PasswordCost::CURRENT, <[u8; 16]>::generate().to_vec());
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
