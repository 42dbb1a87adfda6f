//! Backups that the server makes by itself.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;

use super::CliError;
use super::backup::write;
use crate::backup::{BackupFolder, Recipient};
use crate::services::{BackupFailure, Services};

/// How often it is looked whether a backup is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// After how many looks one that failed is tried again.
const AGAIN_AFTER: u32 = 10;

/// When the server makes backups.
#[derive(Debug, Clone, clap::Args)]
pub struct Schedule {
    /// The folder in which the server puts backups by itself. Left out, it makes none.
    #[arg(long, env = "AIQYN_BACKUP_FOLDER", value_name = "DIR", requires = "backup_seal_to")]
    backup_folder: Option<PathBuf>,
    /// The public key that they are sealed to (see `aiqyn backup key`). May be given more than once.
    #[arg(long, env = "AIQYN_BACKUP_SEAL_TO", value_name = "KEY", value_delimiter = ',')]
    backup_seal_to: Vec<Recipient>,
    /// Hours between two of them.
    #[arg(long, env = "AIQYN_BACKUP_EVERY", value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=24 * 366))]
    backup_every: u32,
    /// How many of them are kept; the oldest are deleted.
    #[arg(long, env = "AIQYN_BACKUP_KEEP", value_name = "COUNT", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    backup_keep: u32,
}

impl Schedule {
    /// Makes them from now on, on a thread and with services of its own.
    pub fn start(&self, open: impl FnOnce() -> Result<Services, CliError>) -> Result<(), CliError> {
        let Some(path) = &self.backup_folder else { return Ok(()) };
        let services = open()?;
        let folder = BackupFolder::at(path.clone());
        // What is wrong with it is better known now than when it is needed.
        folder.backups().map_err(|source| CliError::Io { what: path.display().to_string(), source })?;
        let schedule = self.clone();
        let making = move || {
            loop {
                let failed = schedule.make_one_that_is_due(&services, &folder).inspect_err(|error| {
                    tracing::error!(%error, "the backup failed");
                });
                thread::sleep(LOOK_EVERY * if failed.is_err() { AGAIN_AFTER } else { 1 });
            }
        };
        thread::Builder::new().name("backups".to_owned()).spawn(making)?;
        Ok(())
    }

    fn make_one_that_is_due(&self, services: &Services, folder: &BackupFolder) -> Result<(), BackupFailure> {
        let now = services.now();
        let latest = folder.backups()?.first().map(|(made_at, _)| *made_at);
        if latest.is_some_and(|latest| now - latest < TimeDelta::hours(self.backup_every.into())) {
            return Ok(());
        }
        let manifest = write(services, &folder.path_of(now), &self.backup_seal_to, || {})?;
        tracing::info!(cases = manifest.rows_of("cases"), "a backup was made");
        folder.keep_latest(self.backup_keep as usize)?;
        Ok(())
    }
}
