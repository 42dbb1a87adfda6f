//! Backups that the server makes by itself.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use super::CliError;
use super::backup::write;
use crate::backup::{BackupFolder, Recipient};
use crate::services::{BackupFailure, Services};
use crate::web::metrics::Backups;
use crate::web::stopping::Stopping;

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
    /// The public key that backups are sealed to (age1…, see `aiqyn backup key`); `--seal-to` of `aiqyn backup`. May be
    /// given more than once.
    #[arg(long, env = "AIQYN_BACKUP_SEAL_TO", value_name = "KEY", value_delimiter = ',')]
    backup_seal_to: Vec<Recipient>,
    /// Hours between two of these backups.
    #[arg(long, env = "AIQYN_BACKUP_EVERY", value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=24 * 366))]
    backup_every: u32,
    /// How many of these backups are kept; the oldest are deleted.
    #[arg(long, env = "AIQYN_BACKUP_KEEP", value_name = "COUNT", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    backup_keep: u32,
}

/// The making of backups.
pub struct Making {
    stopping: Stopping,
    /// Let go, it wakes whoever waits for the next look.
    wake: Sender<()>,
    thread: JoinHandle<()>,
}

impl Making {
    /// Makes no other; one that is being made is given up, and nothing of it is left. Waits for that until then.
    pub fn stop(self, until: Instant) {
        let Self { stopping, wake, thread } = self;
        stopping.tell();
        drop(wake);
        while !thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Schedule {
    /// The folder, where there is one, and its path.
    pub fn folder(&self) -> Option<(&Path, BackupFolder)> {
        self.backup_folder.as_ref().map(|path| (path.as_path(), BackupFolder::at(path.clone())))
    }

    /// How long it is between two of them.
    pub fn every(&self) -> TimeDelta {
        TimeDelta::hours(self.backup_every.into())
    }

    /// Makes them from now on, on a thread and with services of its own.
    pub fn start(
        &self,
        open: impl FnOnce() -> Result<Services, CliError>,
        counted: Backups,
    ) -> Result<Option<Making>, CliError> {
        let Some((path, folder)) = self.folder() else { return Ok(None) };
        let services = open()?;
        // What is wrong with it is better known now than when it is needed.
        let known = folder.backups().map_err(|source| CliError::Io { what: path.display().to_string(), source })?;
        if let Some((made_at, _)) = known.first() {
            counted.made(*made_at);
        }
        let (wake, woken) = mpsc::channel();
        let stopping = Stopping::default();
        let (schedule, told) = (self.clone(), stopping.clone());
        let making = move || {
            let mut turn = None;
            loop {
                // Of several nodes one makes them, and another goes on where it has gone.
                let mine = services.turn_at_backups(turn.take()).map(|taken| turn = taken);
                let made = mine.map_err(BackupFailure::from).and_then(|()| match turn {
                    Some(_) => schedule.make_one_that_is_due(&services, &folder, &told),
                    None => Ok(None),
                });
                let pause = match made {
                    _ if told.is_told() => return,
                    Ok(made) => {
                        made.into_iter().for_each(|at| counted.made(at));
                        LOOK_EVERY
                    }
                    Err(error) => {
                        tracing::error!(%error, "the backup failed");
                        counted.failed();
                        LOOK_EVERY * AGAIN_AFTER
                    }
                };
                if woken.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("backups".to_owned()).spawn(making)?;
        Ok(Some(Making { stopping, wake, thread }))
    }

    /// Returns when it was made, if it was.
    fn make_one_that_is_due(
        &self,
        services: &Services,
        folder: &BackupFolder,
        stopping: &Stopping,
    ) -> Result<Option<DateTime<Utc>>, BackupFailure> {
        let now = services.now();
        let latest = folder.backups()?.first().map(|(made_at, _)| *made_at);
        if latest.is_some_and(|latest| now - latest < self.every()) {
            return Ok(None);
        }
        let manifest = write(services, &folder.path_of(now), &self.backup_seal_to, stopping, || {})?;
        tracing::info!(cases = manifest.rows_of("cases"), "a backup was made");
        folder.keep_latest(self.backup_keep as usize)?;
        Ok(Some(now))
    }
}
