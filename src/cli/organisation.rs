//! `aiqyn organisation`: whom cases are shared with, and who answers visit requests.

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};
use crate::access::role::OrganisationKind;

/// Options of `aiqyn organisation`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Add an organisation; prints its recovery key, once
    Add {
        /// Its name.
        name: String,
        /// What it is: ngo, npm (National Preventive Mechanism) or ombudsman.
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: OrganisationKind,
    },
    /// List the organisations
    List,
}

fn kind(text: &str) -> Result<OrganisationKind, String> {
    OrganisationKind::named(text).ok_or_else(|| format!("one of {}", OrganisationKind::WORDS.join(", ")))
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let console = services.console()?;
    match &args.what {
        What::Add { name, kind } => {
            let made = services.add_organisation(&console, name, *kind)?;
            let recovery_key = made.recovery_key.print();
            if args.json {
                return output::json(&json!({ "id": made.id.to_string(), "recovery_key": recovery_key.as_str() }));
            }
            say(format_args!(
                "Added {}. Its recovery key, to be handed over on paper; it is never shown again:",
                name.trim()
            ));
            say("");
            say(format_args!("    {}", recovery_key.as_str()));
        }
        What::List => {
            let all = services.organisations(&console)?;
            if args.json {
                let item = |one: &crate::services::OrganisationRecord| json!({ "id": one.id.to_string(), "name": one.name, "kind": one.kind });
                return output::json(&all.iter().map(item).collect::<Vec<_>>());
            }
            for one in all {
                say(format_args!("{:<10} {}", one.kind.as_str(), one.name));
            }
        }
    }
    Ok(())
}
