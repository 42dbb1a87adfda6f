//! The key of a case's texts, or of a visit request's. Fresh from the making it seals and is sealed;
//! it cannot open. To open, it must have come out of an opened vault: see [`KeyRing`](super::KeyRing).

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Binding, CannotOpen, PublicKey, Purpose, Secret, aead};
use crate::domain::id::{DataKeyId, OrganisationKeyId};
use crate::domain::sealed::{PlainText, Sealed};

/// What every envelope of a text begins with.
const SCHEME: &str = "x1:";

const ID: usize = 16;

/// A data key, with the identifier that its envelopes carry.
#[derive(Clone, Debug)]
pub struct DataKey {
    id: DataKeyId,
    secret: Secret,
}

impl DataKey {
    /// A new one.
    #[must_use]
    pub fn generate(id: DataKeyId) -> Self {
        Self { id, secret: Secret::generate() }
    }

    pub(super) fn opened(id: DataKeyId, secret: Secret) -> Self {
        Self { id, secret }
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> DataKeyId {
        self.id
    }

    /// What a data key that is sealed to an organisation's key is bound to.
    pub(super) fn ids(data_key: DataKeyId, key: OrganisationKeyId) -> [Uuid; 2] {
        [data_key.0, key.0]
    }

    /// Seals the key itself for an organisation.
    ///
    /// # Errors
    /// [`CannotOpen`] where the public key is none.
    pub fn seal_for(&self, id: OrganisationKeyId, key: &PublicKey) -> Result<Vec<u8>, CannotOpen> {
        key.seal(Purpose::DataKey, &Self::ids(self.id, id), self.secret.expose())
    }

    /// Seals a text for its place.
    #[must_use]
    pub fn seal(&self, text: &PlainText, binding: Binding) -> Sealed {
        self.seal_bytes(text.expose().as_bytes(), binding)
    }

    /// Seals bytes (another key, for instance) for their place.
    #[must_use]
    pub fn seal_bytes(&self, bytes: &[u8], binding: Binding) -> Sealed {
        let sealed = aead::seal(&self.secret, &binding.additional_data(self.id), bytes);
        let envelope = [self.id.0.as_bytes().as_slice(), &sealed].concat();
        Sealed::from_envelope(format!("{SCHEME}{}", BASE64URL_NOPAD.encode(&envelope)))
    }

    pub(super) fn open_bytes(&self, sealed: &[u8], binding: Binding) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        aead::open(&self.secret, &binding.additional_data(self.id), sealed)
    }
}

/// The key that an envelope names, and what lies sealed under it.
pub(super) fn read_envelope(sealed: &Sealed) -> Result<(DataKeyId, Vec<u8>), CannotOpen> {
    let encoded = sealed.envelope().strip_prefix(SCHEME).ok_or(CannotOpen)?;
    let mut envelope = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| CannotOpen)?;
    let id = envelope.get(..ID).and_then(|id| Uuid::from_slice(id).ok()).ok_or(CannotOpen)?;
    envelope.drain(..ID);
    Ok((DataKeyId(id), envelope))
}
