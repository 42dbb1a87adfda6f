//! `aiqyn restore`: a new database of a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use super::backup::{named, read_key, tell};
use super::output::say;
use super::{CliError, Database, output};

/// Options of `aiqyn restore`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup.
    file: PathBuf,
    /// The file of the secret key that opens it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The database to make: a new SQLite file, or an empty PostgreSQL database.
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let key = read_key(&args.key)?;
    let from = File::open(&args.file)
        .map_err(|source| CliError::Io { what: args.file.display().to_string(), source })
        .map(BufReader::new)?;
    let services = args.database.open()?;
    let bar = output::count("Rows and documents:");
    let (head, manifest) = services.restore(from, &key, || bar.inc(1)).map_err(|error| named(&args.file, error))?;
    bar.finish_and_clear();
    let made = head.made_at.format("%Y-%m-%d %H:%M UTC");
    tell(&manifest, args.json, &format!("Restored as of {made}"))?;
    if !args.json {
        say(
            "All sessions and tokens have been ended. Cases that were erased since are back: apply the erasures of your",
        );
        say("latest checkpoint now (aiqyn audit apply-erasures), and prove the log whole (aiqyn audit verify).");
    }
    Ok(())
}
