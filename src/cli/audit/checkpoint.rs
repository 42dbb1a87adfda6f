//! `aiqyn audit checkpoint`: the end of the log, signed.

use std::path::PathBuf;

use super::super::{CliError, Database};
use super::console;
use super::files::{self, KeyFile};

/// Options of `aiqyn audit checkpoint`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    key: KeyFile,
    /// The file to write; one that is there is not overwritten. Left out: standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    if let Some(path) = args.out.as_ref().filter(|path| path.exists()) {
        return Err(CliError::Usage(format!("{} is there already; name another file", path.display())));
    }
    let services = args.database.open_existing()?;
    let caller = console(&services)?;
    let (key, made) = args.key.read_or_make(&args.database)?;
    if let Some(path) = made {
        eprintln!("Made a new signing key in {}. Keep a copy of it apart from the database.", path.display());
    }
    let json = services.make_checkpoint(&caller, &key)?.to_json()?;
    match &args.out {
        None => super::super::output::say(json.trim_end()),
        Some(path) => files::create(path, json.as_bytes(), "writing")?,
    }
    eprintln!("Signed with the key {}", key.public());
    eprintln!("Write that down, and keep the checkpoint where nobody who can change the database can change it.");
    Ok(())
}
