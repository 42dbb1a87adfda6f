//! Keys, and what is sealed under them: docs/vault.md in code. It knows nothing of HTTP, SQL or the
//! clock, and must never log, store or send a key or a text itself.
//!
//! The types hold the protocol. A [`Sealed`](crate::domain::sealed::Sealed) text is opened by a
//! [`KeyRing`] alone; a key ring comes out of an [`OpenedVault`] alone; that comes out of a member's
//! [`PrivateKey`]; and that out of a password or of the secret of a session. A [`DataKey`] fresh
//! from the making seals and cannot open, which is all that an import or a complaint from outside
//! has in hand.

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
pub use password::{LONGEST_PASSWORD, PasswordCost, SHORTEST_PASSWORD, WeakPassword, check_password};
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
