//! The files of the audit log: the signing key and checkpoints. A key is made for its owner's eyes alone,
//! and never printed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::Generate;
use zeroize::Zeroizing;

use super::super::{CliError, Database};
use crate::audit::{PublicKey, SignedCheckpoint, SigningKey};
use crate::services::Services;

/// Where the signing key lies.
#[derive(Debug, Clone, clap::Args)]
pub struct KeyFile {
    /// The file of the key that signs checkpoints of the audit log. Left out: beside a SQLite database, as DATABASE.audit-key.
    #[arg(long, env = "AIQYN_AUDIT_KEY", value_name = "FILE")]
    signing_key: Option<PathBuf>,
}

impl KeyFile {
    /// The path; none where the database is on a server and no file was named.
    pub fn path(&self, database: &Database) -> Result<Option<PathBuf>, CliError> {
        if let Some(path) = &self.signing_key {
            return Ok(Some(path.clone()));
        }
        let beside = |file: PathBuf| {
            let mut name = file.into_os_string();
            name.push(".audit-key");
            PathBuf::from(name)
        };
        Ok(Services::database_file(&database.database)?.map(beside))
    }

    /// The key; made where there is none. Returns also the path where it is new.
    pub fn read_or_make(&self, database: &Database) -> Result<(SigningKey, Option<PathBuf>), CliError> {
        let path = self.path(database)?.ok_or_else(|| {
            CliError::Usage("say where the signing key is to lie: --signing-key FILE, or AIQYN_AUDIT_KEY".to_owned())
        })?;
        match read_key(&path)? {
            Some(key) => Ok((key, None)),
            None => {
                let key = SigningKey::from_bytes(&Zeroizing::new(<[u8; 32]>::generate()));
                create(&path, key.to_file().as_bytes(), "making the signing key")?;
                Ok((key, Some(path)))
            }
        }
    }

    /// The public half of the key, where there is one.
    pub fn public(&self, database: &Database) -> Result<Option<PublicKey>, CliError> {
        let Some(path) = self.path(database)? else { return Ok(None) };
        Ok(read_key(&path)?.map(|key| key.public()))
    }
}

fn read_key(path: &Path) -> Result<Option<SigningKey>, CliError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(CliError::Io { what: format!("reading {}", path.display()), source }),
    };
    let key = SigningKey::from_file(&text).map_err(|fault| CliError::Usage(format!("{}: {fault}", path.display())))?;
    Ok(Some(key))
}

/// Writes a new file that nobody else may read; one that is there is left alone.
pub fn create(path: &Path, content: &[u8], doing: &str) -> Result<(), CliError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(|source| CliError::Io { what: format!("{doing} {}", path.display()), source })
}

/// Reads a checkpoint; nothing of it is believed yet.
pub fn read_checkpoint(path: &Path) -> Result<SignedCheckpoint, CliError> {
    let text = fs::read_to_string(path)
        .map_err(|source| CliError::Io { what: format!("reading {}", path.display()), source })?;
    SignedCheckpoint::parse(&text).map_err(|fault| CliError::Usage(format!("{}: {fault}", path.display())))
}
