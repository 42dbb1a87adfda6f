//! The file of a backup: what lies in it and how it is sealed. It knows neither databases nor document stores.
//!
//! A backup is a tar archive within an age file (<https://age-encryption.org/v1>), so that it can be opened without Aiqyn too:
//! `head.json`, the rows of every table in pieces (`rows/TABLE/NUMBER.jsonl`), every sealed document (`documents/HASH`), and last
//! `manifest.json` with the size and the SHA-256 of each. It is sealed to public keys: whoever makes backups cannot read them.

mod archive; // writing and reading one
mod folder; // its file, and a folder of such
mod keys; // whom it is sealed to
mod manifest; // what is in it

pub use archive::{ArchiveWriter, Item, check_beginning, read, read_head};
pub use folder::{BackupFolder, write_whole};
pub use keys::{BackupKey, Recipient};
pub use manifest::{Head, Manifest, Part};

/// Why a backup cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file.
    #[error("the backup: {0}")]
    Io(#[from] std::io::Error),
    /// It is none.
    #[error("this is no backup of Aiqyn")]
    NotABackup,
    /// It is sealed to others.
    #[error("this key does not open the backup")]
    WrongKey,
    /// Something in it is missing, too much, or not what the manifest says.
    #[error("the backup is damaged at {0}")]
    Damaged(String),
    /// It was made by a program that does something else.
    #[error("the backup was made by a newer version of Aiqyn; use that one")]
    TooNew,
    /// There is nobody to seal it to.
    #[error("a backup needs at least one key that it is sealed to")]
    NoRecipient,
}
