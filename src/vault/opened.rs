//! An opened vault: the private keys of one organisation, in a member's hands for one request.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::data_key::read_envelope;
use super::{Binding, CannotOpen, DataKey, PrivateKey, PublicKey, Purpose, RecoveryKey, Secret};
use crate::domain::id::{ActorId, DataKeyId, OrganisationId, OrganisationKeyId};
use crate::domain::sealed::{PlainText, Sealed};

/// One version of an organisation's key pair.
#[derive(Clone, Debug)]
pub struct OrganisationKeyPair {
    /// Its identifier.
    pub id: OrganisationKeyId,
    private: PrivateKey,
    public: PublicKey,
}

impl OrganisationKeyPair {
    /// A new one.
    ///
    /// # Errors
    /// [`CannotOpen`], which random bytes never lead to.
    pub fn generate(id: OrganisationKeyId) -> Result<Self, CannotOpen> {
        Self::of(id, PrivateKey::generate())
    }

    fn of(id: OrganisationKeyId, private: PrivateKey) -> Result<Self, CannotOpen> {
        let public = private.public()?;
        Ok(Self { id, private, public })
    }

    /// Opens the copy that is sealed to a member.
    ///
    /// # Errors
    /// [`CannotOpen`] for another member's copy, or another version's.
    pub fn open(id: OrganisationKeyId, member: ActorId, key: &PrivateKey, sealed: &[u8]) -> Result<Self, CannotOpen> {
        let bytes = key.open(Purpose::OrganisationKey, &[id.0, member.0], sealed)?;
        Self::of(id, PrivateKey::from_secret(Secret::from_slice(&bytes)?))
    }

    /// Opens the copy that is sealed to the recovery key.
    ///
    /// # Errors
    /// [`CannotOpen`] under another recovery key.
    pub fn recover(id: OrganisationKeyId, key: &RecoveryKey, sealed: &[u8]) -> Result<Self, CannotOpen> {
        let bytes = key.private().open(Purpose::Recovery, &[id.0], sealed)?;
        Self::of(id, PrivateKey::from_secret(Secret::from_slice(&bytes)?))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// A copy for a member who may read.
    ///
    /// # Errors
    /// [`CannotOpen`] where the member's public key is none.
    pub fn seal_for_member(&self, member: ActorId, key: &PublicKey) -> Result<Vec<u8>, CannotOpen> {
        key.seal(Purpose::OrganisationKey, &[self.id.0, member.0], self.private.secret().expose())
    }

    /// A copy for the recovery key.
    ///
    /// # Errors
    /// [`CannotOpen`] where the public key is none.
    pub fn seal_for_recovery(&self, key: &PublicKey) -> Result<Vec<u8>, CannotOpen> {
        key.seal(Purpose::Recovery, &[self.id.0], self.private.secret().expose())
    }

    /// Seals the key of the organisation's blind index.
    ///
    /// # Errors
    /// [`CannotOpen`], which a key of ours never leads to.
    pub fn seal_index_key(&self, organisation: OrganisationId, key: &Secret) -> Result<Vec<u8>, CannotOpen> {
        self.public.seal(Purpose::IndexKey, &[organisation.0, self.id.0], key.expose())
    }
}

/// The keys of an organisation, opened. It lives for one request (or one command) and is wiped then.
#[derive(Clone, Debug)]
pub struct OpenedVault {
    organisation: OrganisationId,
    keys: Vec<OrganisationKeyPair>,
}

impl OpenedVault {
    /// Takes the versions that a member could open.
    #[must_use]
    pub fn new(organisation: OrganisationId, keys: Vec<OrganisationKeyPair>) -> Self {
        Self { organisation, keys }
    }

    /// The organisation.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Its key pairs.
    #[must_use]
    pub fn keys(&self) -> &[OrganisationKeyPair] {
        &self.keys
    }

    fn key(&self, id: OrganisationKeyId) -> Result<&OrganisationKeyPair, CannotOpen> {
        self.keys.iter().find(|key| key.id == id).ok_or(CannotOpen)
    }

    /// Opens the data keys that are sealed to this organisation.
    ///
    /// # Errors
    /// [`CannotOpen`] where one of them is not.
    pub fn open_keys<'a>(
        &self,
        sealed: impl IntoIterator<Item = (DataKeyId, OrganisationKeyId, &'a [u8])>,
    ) -> Result<KeyRing, CannotOpen> {
        let mut ring = KeyRing::default();
        for (data_key, under, sealed) in sealed {
            let bytes = self.key(under)?.private.open(Purpose::DataKey, &DataKey::ids(data_key, under), sealed)?;
            ring.keys.insert(data_key, DataKey::opened(data_key, Secret::from_slice(&bytes)?));
        }
        Ok(ring)
    }

    /// Opens the key of the blind index.
    ///
    /// # Errors
    /// [`CannotOpen`] where it is another organisation's.
    pub fn open_index_key(&self, under: OrganisationKeyId, sealed: &[u8]) -> Result<Secret, CannotOpen> {
        let ids = [self.organisation.0, under.0];
        Secret::from_slice(&self.key(under)?.private.open(Purpose::IndexKey, &ids, sealed)?)
    }
}

/// The opened data keys of one or several cases. Nothing else opens a sealed text.
#[derive(Clone, Debug, Default)]
pub struct KeyRing {
    keys: HashMap<DataKeyId, DataKey>,
}

impl KeyRing {
    /// A key by its identifier.
    #[must_use]
    pub fn key(&self, id: DataKeyId) -> Option<&DataKey> {
        self.keys.get(&id)
    }

    /// The name of the key that a text is sealed under. It is not proven before the text opens.
    ///
    /// # Errors
    /// [`CannotOpen`] for an envelope of another scheme.
    pub fn name_of_key(sealed: &Sealed) -> Result<DataKeyId, CannotOpen> {
        read_envelope(sealed).map(|(id, _)| id)
    }

    /// Opens a text at its place.
    ///
    /// # Errors
    /// [`CannotOpen`] for an envelope under another key, from another place, or altered.
    pub fn open(&self, sealed: &Sealed, binding: Binding) -> Result<PlainText, CannotOpen> {
        let bytes = self.open_bytes(sealed, binding)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CannotOpen)?;
        PlainText::new(text).map_err(|_| CannotOpen)
    }

    /// Opens bytes at their place.
    ///
    /// # Errors
    /// As [`KeyRing::open`].
    pub fn open_bytes(&self, sealed: &Sealed, binding: Binding) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let (id, ciphertext) = read_envelope(sealed)?;
        self.keys.get(&id).ok_or(CannotOpen)?.open_bytes(&ciphertext, binding)
    }
}
