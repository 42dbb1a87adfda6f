//! `aiqyn audit`: the audit log, proved whole, signed, searched, and its erasures carried on.

mod apply_erasures;
mod checkpoint;
mod files;
mod search;
mod verify;

pub use files::{KeyFile, create};

use super::CliError;
use crate::services::{Caller, ServiceError, Services};

/// Options of `aiqyn audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Prove the log whole, or name the first broken record
    Verify(verify::Args),
    /// Sign the end of the log, to be kept elsewhere
    Checkpoint(checkpoint::Args),
    /// Erase what was erased when a checkpoint was made, after a restore from an older backup
    ApplyErasures(apply_erasures::Args),
    /// Look records up, the newest first
    Search(search::Args),
}

pub fn run(args: &Args) -> Result<(), CliError> {
    match &args.what {
        What::Verify(args) => verify::run(args),
        What::Checkpoint(args) => checkpoint::run(args),
        What::ApplyErasures(args) => apply_erasures::run(args),
        What::Search(args) => search::run(args),
    }
}

/// Whoever sits at the machine: a member without an account.
fn console(services: &Services) -> Result<Caller, ServiceError> {
    services.console()
}
