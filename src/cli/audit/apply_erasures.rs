//! `aiqyn audit apply-erasures`: what was erased stays erased after a restore.

use std::path::PathBuf;

use super::super::output::say;
use super::super::{CliError, Database, output};
use super::console;
use super::files::{self, KeyFile};
use crate::audit::PublicKey;

/// Options of `aiqyn audit apply-erasures`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The checkpoint, the latest that there is.
    checkpoint: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The public key that must have signed it. Left out: that of the signing key.
    #[arg(long, value_name = "HEX")]
    public_key: Option<PublicKey>,
    #[command(flatten)]
    key: KeyFile,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let signed = files::read_checkpoint(&args.checkpoint)?;
    // Whoever could pass any checkpoint off could have every case erased.
    let expected = match args.public_key {
        Some(key) => key,
        None => args.key.public(&args.database)?.ok_or_else(|| {
            CliError::Usage("say which key must have signed it: --public-key HEX, or --signing-key FILE".to_owned())
        })?,
    };
    let checkpoint = signed
        .verify(Some(expected))
        .map_err(|fault| CliError::Usage(format!("{}: {fault}", args.checkpoint.display())))?;
    let services = args.database.open_existing()?;
    let applied = services.apply_erasures(&console(&services)?, &checkpoint)?;
    if args.json {
        return output::json(&applied);
    }
    say(format_args!(
        "Erased {} cases; {} were erased here already, and {} are not in this database.",
        applied.erased, applied.known, applied.not_here
    ));
    Ok(())
}
