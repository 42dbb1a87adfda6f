//! `aiqyn init`: a new database, its first organisation and that organisation's administrator.

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
    /// The login of its administrator.
    #[arg(long, value_name = "LOGIN", default_value = "administrator")]
    administrator: String,
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
    let made = services.set_up(name, &args.administrator)?;
    let recovery_key = made.organisation.recovery_key.print();
    let invitation = super::invitation(&made.administrator);
    if args.json {
        return output::json(&json!({
            "organisation": name,
            "organisation_id": made.organisation.id.to_string(),
            "migrations": migrations,
            "cases_sealed": made.sealed,
            "recovery_key": recovery_key.as_str(),
            "administrator": invitation,
        }));
    }
    say(format_args!("Set up for {name}."));
    if let Some(cases) = made.sealed {
        say(format_args!(
            "The texts of {cases} cases of version 0.1 are sealed now. Old backups still hold them in clear."
        ));
    }
    say("");
    say("Recovery key. Write it on paper and lock it away: it is not kept anywhere and never shown again.");
    say("With it the sealed data can be opened when no member is left who can; without both it is lost.");
    say("");
    say(format_args!("    {}", recovery_key.as_str()));
    say("");
    super::say_invitation(&made.administrator);
    say("Start the server with `aiqyn serve`, and choose the password at /enrolment.");
    Ok(())
}
