//! X25519 key pairs, and sealing to the public half: HPKE (RFC 9180), base mode, with
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305.

use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::binding::framed;
use super::{CannotOpen, Secret};

/// Bytes of an encapsulated X25519 key.
const ENCAPSULATED: usize = 32;

/// What an HPKE envelope is for; one that was made for something else does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An organisation's private key for a member.
    OrganisationKey,
    /// An organisation's private key for the recovery key.
    Recovery,
    /// A data key for an organisation.
    DataKey,
    /// The key of a blind index for its organisation.
    IndexKey,
    /// The secret of the one-time codes for the member.
    OneTimeCodes,
    /// A complaint that a member has begun to log, for that member.
    Draft,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::OrganisationKey => b"aiqyn organisation key",
            Self::Recovery => b"aiqyn recovery",
            Self::DataKey => b"aiqyn data key",
            Self::IndexKey => b"aiqyn index key",
            Self::OneTimeCodes => b"aiqyn totp",
            Self::Draft => b"aiqyn draft",
        }
    }
}

/// The public half: seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// The private half: opens. It is wiped when it is let go, and its `Debug` form says nothing.
#[derive(Clone)]
pub struct PrivateKey(Secret);

/// The identifiers that an envelope is bound to.
fn additional_data(ids: &[Uuid]) -> Vec<u8> {
    let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
    framed(&ids)
}

impl PublicKey {
    /// Takes 32 bytes.
    ///
    /// # Errors
    /// [`CannotOpen`] where there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, CannotOpen> {
        bytes.try_into().map(Self).map_err(|_| CannotOpen)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals bytes so that the private half alone opens them, bound to identifiers.
    ///
    /// # Errors
    /// [`CannotOpen`] where the key is no point of the curve (RFC 9180, 7.1.4).
    pub fn seal(&self, purpose: Purpose, ids: &[Uuid], plain: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| CannotOpen)?;
        let (encapsulated, ciphertext) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            purpose.info(),
            plain,
            &additional_data(ids),
        )
        .map_err(|_| CannotOpen)?;
        let mut sealed = encapsulated.to_bytes().to_vec();
        sealed.extend(ciphertext);
        Ok(sealed)
    }
}

impl PrivateKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(Secret::generate())
    }

    /// Takes the secret bytes.
    #[must_use]
    pub fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }

    /// The secret bytes, to be sealed for whoever may hold them.
    #[must_use]
    pub(super) fn secret(&self) -> &Secret {
        &self.0
    }

    fn hpke(&self) -> Result<<X25519HkdfSha256 as Kem>::PrivateKey, CannotOpen> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(self.0.expose()).map_err(|_| CannotOpen)
    }

    /// Its public half.
    ///
    /// # Errors
    /// [`CannotOpen`] where the bytes are no key; any 32 bytes are.
    pub fn public(&self) -> Result<PublicKey, CannotOpen> {
        PublicKey::from_slice(&X25519HkdfSha256::sk_to_pk(&self.hpke()?).to_bytes())
    }

    /// Opens what was sealed to the public half, for the same purpose and the same identifiers.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(&self, purpose: Purpose, ids: &[Uuid], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let (encapsulated, ciphertext) = sealed.split_at_checked(ENCAPSULATED).ok_or(CannotOpen)?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| CannotOpen)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.hpke()?,
            &encapsulated,
            purpose.info(),
            ciphertext,
            &additional_data(ids),
        )
        .map(Zeroizing::new)
        .map_err(|_| CannotOpen)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}
