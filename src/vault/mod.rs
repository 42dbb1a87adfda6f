//! Keys, and what is sealed under them: docs/vault.md in code. It knows nothing of HTTP, SQL or the
//! clock, and must never log, store or send a key or a text itself.
//!
//! The types hold the protocol. A [`Sealed`](crate::domain::sealed::Sealed) text is opened by a
//! [`KeyRing`] alone; a key ring comes out of an [`OpenedVault`] alone; that comes out of a member's
//! [`PrivateKey`]; and that out of a password or of the secret of a session. A [`DataKey`] fresh
//! from the making seals and cannot open, which is all that an import or a complaint from outside
//! has in hand. The compiler holds it: a key that seals does not open,
//!
//! ```compile_fail,E0599
//! # use aiqyn::{domain::{id::DataKeyId, sealed::Sealed}, vault::{Binding, DataKey}};
//! fn opens(key: &DataKey, sealed: &Sealed, place: Binding) {
//!     let _ = key.open(sealed, place);
//! }
//! ```
//! a key ring of one's own making holds no key,
//!
//! ```compile_fail,E0451
//! # use aiqyn::vault::{DataKey, KeyRing};
//! fn ring(key: DataKey) -> KeyRing {
//!     KeyRing { keys: [(key.id(), key)].into() }
//! }
//! ```
//! no text in the clear comes out of a sealed one in another way,
//!
//! ```compile_fail,E0277
//! # use aiqyn::domain::sealed::{PlainText, Sealed};
//! fn opens(sealed: Sealed) -> PlainText {
//!     sealed.into()
//! }
//! ```
//! and a private key does not hand out its bytes.
//!
//! ```compile_fail,E0624
//! # use aiqyn::vault::PrivateKey;
//! fn bytes(key: &PrivateKey) -> [u8; 32] {
//!     *key.secret().expose()
//! }
//! ```

mod aead;
mod binding;
mod data_key;
mod earlier;
mod file_key;
mod fingerprint;
mod key_pair;
mod member_key;
pub mod names;
mod opened;
mod password;
mod receipt;
mod recovery;
mod remembrance;
mod secret;
mod session;
mod stream;
mod voucher;

pub use binding::Binding;
pub use data_key::DataKey;
pub use earlier::earlier_text;
pub use file_key::FileKey;
pub use fingerprint::fingerprint;
pub use key_pair::{PrivateKey, PublicKey, Purpose};
pub use member_key::{LockedMemberKey, MemberKey};
pub use opened::{KeyRing, OpenedVault, OrganisationKeyPair};
pub use password::{
    LONGEST_PASSWORD, PasswordCost, SHORTEST_PASSWORD, WeakPassword, check_password, derived_on_this_thread,
};
pub use receipt::{Receipt, ReceiptKeys};
pub use recovery::RecoveryKey;
pub use remembrance::Remembrance;
pub use secret::Secret;
pub use session::{CannotRead, SessionSecret};
pub use stream::{FileError, OpeningReader, SealingWriter, opened_length, seal, sealed_length};
pub use voucher::Voucher;

/// An envelope that does not open: of another scheme, under a key that is not in hand, moved from its place, or altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed text cannot be opened")]
pub struct CannotOpen;
