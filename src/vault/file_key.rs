//! The key of one document's file. It lies in the document's row, sealed under the data key of its
//! case; it never leaves this module in the clear.

use super::{Binding, CannotOpen, DataKey, KeyRing, Secret};
use crate::domain::id::DocumentId;
use crate::domain::sealed::Sealed;

/// Thirty-two random bytes under which one file is sealed, and no other. Wiped when it is let go.
#[derive(Clone, Debug)]
pub struct FileKey(Secret);

impl FileKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(Secret::generate())
    }

    /// Seals the key for the row of its document.
    #[must_use]
    pub fn seal_for(&self, document: DocumentId, key: &DataKey) -> Sealed {
        key.seal_bytes(self.0.expose(), Self::binding(document))
    }

    /// Opens the key that lies in a document's row.
    ///
    /// # Errors
    /// [`CannotOpen`] where the data key is not in hand, or the envelope is another row's, or altered.
    pub fn open(document: DocumentId, sealed: &Sealed, keys: &KeyRing) -> Result<Self, CannotOpen> {
        Secret::from_slice(&keys.open_bytes(sealed, Self::binding(document))?).map(Self)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    fn binding(document: DocumentId) -> Binding {
        Binding { table: "documents", column: "key", row: document.0 }
    }
}
