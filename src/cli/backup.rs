//! `aiqyn backup`: everything in one sealed file.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};
use crate::backup::{self, BackupError, BackupKey, Item, Manifest, Recipient, write_whole};
use crate::services::{BackupFailure, BackupHead, Services};
use crate::web::stopping::Stopping;

/// Options of `aiqyn backup`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    other: Option<Other>,
    /// The file to write; it must not be there yet.
    #[arg(value_name = "FILE", required = true)]
    to: Option<PathBuf>,
    /// The public key that it is sealed to (age1…, see `aiqyn backup key`). May be given more than once.
    #[arg(
        long,
        alias = "backup-seal-to",
        env = "AIQYN_BACKUP_SEAL_TO",
        value_name = "KEY",
        value_delimiter = ',',
        required = true
    )]
    seal_to: Vec<Recipient>,
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Other {
    /// Check that a backup is whole: every row and document is there, as it was written
    Verify {
        /// The backup.
        file: PathBuf,
        /// The file of the secret key that opens it.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a secret key that opens backups, on a machine that makes none; print what to seal them to
    Key {
        /// The file to write the secret key to; it must not be there yet.
        file: PathBuf,
    },
}

pub fn run(args: &Args) -> Result<(), CliError> {
    match (&args.other, &args.to) {
        (Some(Other::Verify { file, key, json }), _) => verify(file, key, *json),
        (Some(Other::Key { file }), _) => make_key(file),
        (None, Some(to)) => back_up(args, to),
        (None, None) => Err(CliError::Usage("name the file of the backup".to_owned())),
    }
}

fn back_up(args: &Args, to: &Path) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let bar = output::count("Rows and documents:");
    let never = Stopping::default();
    let manifest = write(&services, to, &args.seal_to, &never, || bar.inc(1)).map_err(|error| named(to, error))?;
    bar.finish_and_clear();
    tell(&manifest, args.json, &format!("Backed up to {}", to.display()))
}

/// Writes a backup to a file that is not there yet; gives up, and leaves nothing, once it is told to stop.
pub(super) fn write(
    services: &Services,
    to: &Path,
    seal_to: &[Recipient],
    stopping: &Stopping,
    progress: impl FnMut(),
) -> Result<Manifest, BackupFailure> {
    let console = services.console()?;
    write_whole(to, |file| {
        let to = Stoppable { to: BufWriter::new(file), stopping };
        services.back_up(&console, seal_to, to, progress)
    })
}

/// What is written to until it is told to stop.
struct Stoppable<'a, W> {
    to: W,
    stopping: &'a Stopping,
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stopping.is_told() { Err(io::Error::other("told to stop")) } else { self.to.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// An error of a file with its name.
pub(super) fn named(path: &Path, error: BackupFailure) -> CliError {
    match error {
        BackupFailure::Backup(BackupError::Io(source)) => CliError::Io { what: path.display().to_string(), source },
        BackupFailure::Backup(error) => CliError::Usage(format!("{}: {error}", path.display())),
        other => other.into(),
    }
}

fn verify(file: &Path, key: &Path, json: bool) -> Result<(), CliError> {
    let key = read_key(key)?;
    let (head, manifest) = verified(file, &key).map_err(|error| named(file, error.into()))?;
    let made = head.made_at.format("%Y-%m-%d %H:%M UTC");
    tell(&manifest, json, &format!("Whole. Made on {made} by version {}", head.aiqyn))
}

fn verified(file: &Path, key: &BackupKey) -> Result<(BackupHead, Manifest), BackupError> {
    let head = backup::read_head(opened(file)?, key)?;
    let bar = output::count("Rows and documents:");
    let manifest = backup::read::<BackupError>(opened(file)?, key, |item| {
        match item {
            Item::Rows { rows, .. } => bar.inc(rows.len() as u64),
            Item::Document { .. } => bar.inc(1),
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok((head, manifest))
}

fn opened(file: &Path) -> Result<BufReader<File>, BackupError> {
    Ok(BufReader::new(File::open(file)?))
}

/// The secret key of a file.
pub(super) fn read_key(path: &Path) -> Result<BackupKey, CliError> {
    let what = || path.display().to_string();
    let text = fs::read_to_string(path).map_err(|source| CliError::Io { what: what(), source })?;
    BackupKey::parse(&zeroize::Zeroizing::new(text)).map_err(|error| CliError::Usage(format!("{}: {error}", what())))
}

fn make_key(file: &Path) -> Result<(), CliError> {
    let key = BackupKey::generate();
    let what = || file.display().to_string();
    write_whole(file, |mut to| to.write_all(key.print().as_bytes()))
        .map_err(|source| CliError::Io { what: what(), source })?;
    say(format_args!("The secret key is in {}. Keep it away from the server, on paper too:", what()));
    say("without it no backup can be opened. Seal backups to");
    say(key.recipient());
    Ok(())
}

/// Tells what is in a backup.
pub(super) fn tell(manifest: &Manifest, json: bool, done: &str) -> Result<(), CliError> {
    let (cases, events, documents) = (manifest.rows_of("cases"), manifest.rows_of("events"), manifest.documents());
    if json {
        return output::json(&json!({ "cases": cases, "events": events, "documents": documents }));
    }
    say(format_args!("{done}: {cases} cases, {events} events, {documents} documents."));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::services::clock::SystemClock;

    #[test]
    fn a_backup_that_is_told_to_stop_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("aiqyn.sqlite3");
        let services = Services::open(database.to_str().unwrap(), Arc::new(SystemClock)).unwrap();
        services.migrate().unwrap();
        services.set_up("Qadir", "administrator").unwrap();
        let backups = folder.path().join("backups");
        fs::create_dir(&backups).unwrap();
        let (seal_to, stopping) = ([BackupKey::generate().recipient()], Stopping::default());
        let mut rows = 0;
        let told = write(&services, &backups.join("one.age"), &seal_to, &stopping, || {
            rows += 1;
            stopping.tell();
        });
        assert!(told.is_err() && rows > 0);
        assert_eq!(fs::read_dir(&backups).unwrap().count(), 0);
        write(&services, &backups.join("one.age"), &seal_to, &Stopping::default(), || {}).unwrap();
        assert_eq!(fs::read_dir(&backups).unwrap().count(), 1);
    }
}
