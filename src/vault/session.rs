//! The secret of a session or of an API token: what the browser's cookie carries, and nothing else does.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::binding::framed;
use super::{CannotOpen, MemberKey, PrivateKey, Secret, aead};
use crate::domain::id::{ActorId, SessionId};

/// A text that is no secret of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no session secret")]
pub struct CannotRead;

/// Thirty-two random bytes. The database knows their hash, and the member's key wrapped under a
/// second value derived from them; a third is the CSRF token of the session's forms.
#[derive(Clone, Debug)]
pub struct SessionSecret(Secret);

impl SessionSecret {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(Secret::generate())
    }

    /// Reads what a cookie or an `Authorization` header carries.
    ///
    /// # Errors
    /// [`CannotRead`].
    pub fn parse(text: &str) -> Result<Self, CannotRead> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| CannotRead)?);
        Secret::from_slice(&bytes).map(Self).map_err(|_| CannotRead)
    }

    /// As it is carried.
    #[must_use]
    pub fn print(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(self.0.expose()))
    }

    /// What the database finds the session by.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::new_with_prefix(b"aiqyn session 1").chain_update(self.0.expose()).finalize().into()
    }

    /// What each form of the session must carry, so that no page from elsewhere can send one.
    #[must_use]
    pub fn form_token(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.derive("aiqyn form token").expose())
    }

    fn additional_data(session: SessionId, member: ActorId) -> Vec<u8> {
        framed(&[b"aiqyn session key 1", session.0.as_bytes(), member.0.as_bytes()])
    }

    /// Wraps a member's key for as long as the session lasts.
    #[must_use]
    pub fn wrap(&self, session: SessionId, key: &MemberKey) -> Vec<u8> {
        let wrapping = self.0.derive("aiqyn session wrap");
        aead::seal(&wrapping, &Self::additional_data(session, key.member), key.private.secret().expose())
    }

    /// Unwraps it.
    ///
    /// # Errors
    /// [`CannotOpen`] for another session's row, or another member's.
    pub fn unwrap_key(&self, session: SessionId, member: ActorId, wrapped: &[u8]) -> Result<MemberKey, CannotOpen> {
        let wrapping = self.0.derive("aiqyn session wrap");
        let bytes = aead::open(&wrapping, &Self::additional_data(session, member), wrapped)?;
        Ok(MemberKey { member, private: PrivateKey::from_secret(Secret::from_slice(&bytes)?) })
    }
}
