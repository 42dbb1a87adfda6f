//! `aiqyn migrate`: the database, brought up to this version.

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};

/// Options of `aiqyn migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let migrations = args.database.open()?.migrate()?;
    if args.json {
        return output::json(&json!({ "migrations": migrations }));
    }
    if migrations.is_empty() {
        say(format_args!("Nothing to do."));
    }
    for migration in migrations {
        say(format_args!("Ran {migration}"));
    }
    Ok(())
}
