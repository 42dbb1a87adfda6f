//! `aiqyn init`: a new database.

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};

/// Options of `aiqyn init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// The name of the organisation that the cases belong to.
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let name = args.organisation.trim();
    if name.is_empty() {
        return Err(CliError::Usage("the organisation needs a name: --organisation NAME".to_owned()));
    }
    let services = args.database.open()?;
    let migrations = services.migrate()?;
    if !services.set_up_organisation(name)? {
        return Err(CliError::Usage(
            "this database is set up already; `aiqyn migrate` brings it up to date".to_owned(),
        ));
    }
    if args.json {
        return output::json(&json!({ "organisation": name, "migrations": migrations }));
    }
    say(format_args!("Set up for {name}. Start the server with `aiqyn serve`."));
    eprintln!("Free text is not sealed in this version yet: keep only public or invented records in it.");
    Ok(())
}
