//! The secret under which several nodes count the same addresses. It lies in a file, never in the database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use zeroize::Zeroizing;

use super::CliError;
use super::audit::create;
use crate::access::throttle::AddressKey;
use crate::vault::Secret;

/// Where the secret lies.
#[derive(Debug, Clone, clap::Args)]
pub struct ThrottleKey {
    /// The file of the secret under which nodes of one database count the tries of an address together; made where
    /// there is none, to be copied to the other nodes. Left out, each node counts for itself until it is restarted.
    #[arg(long, env = "AIQYN_THROTTLE_KEY", value_name = "FILE")]
    throttle_key: Option<PathBuf>,
}

impl ThrottleKey {
    /// The file, where one is named.
    pub fn file(&self) -> Option<&Path> {
        self.throttle_key.as_deref()
    }

    /// The key; none where no file is named.
    pub fn read_or_make(&self) -> Result<Option<AddressKey>, CliError> {
        let Some(path) = &self.throttle_key else { return Ok(None) };
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secret = Secret::generate();
                let text =
                    Zeroizing::new(format!("{}\n", *Zeroizing::new(HEXLOWER_PERMISSIVE.encode(secret.expose()))));
                create(path, text.as_bytes(), "making the throttle key")?;
                eprintln!("Made a new throttle key in {}. Every other node needs a copy of it.", path.display());
                text
            }
            Err(source) => return Err(CliError::Io { what: format!("reading {}", path.display()), source }),
        };
        let bytes = HEXLOWER_PERMISSIVE.decode(text.trim_ascii().as_bytes()).map(Zeroizing::new).ok();
        let secret = bytes.and_then(|bytes| Secret::from_slice(&bytes).ok());
        let wrong = || CliError::Usage(format!("{}: a throttle key is 64 hexadecimal digits", path.display()));
        Ok(Some(AddressKey::shared(&secret.ok_or_else(wrong)?)))
    }
}
