//! `aiqyn demo`: an invented database, made fresh and served.

use super::demo_office::DemoOffice;
use super::running::Running;
use super::serve::{self, Listen};
use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};
use crate::demonstration::{InventedCase, Plan, invented};
use crate::domain::event::Happening;
use crate::domain::id::OrganisationId;
use crate::services::{BatchCase, BatchEvent, NewOrganisation, Services};
use crate::web::desk::Office;

/// Options of `aiqyn demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database to make: a SQLite file that is not there yet, or an empty postgres://… one.
    /// Left out: aiqyn-demo.sqlite3 in the current folder, which is made anew each time.
    #[arg(long, value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    /// How many cases to invent.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    cases: u32,
    /// Another number invents other cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make the database and stop.
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    listen: Listen,
}

const DEMO_FILE: &str = "aiqyn-demo.sqlite3";

pub fn run(args: &Args) -> Result<(), CliError> {
    // Before anything is removed: where a demo is running already, its address is taken.
    let listener = if args.no_serve { None } else { Some(serve::take(&args.listen)?) };
    let (services, organisation) = fresh_database(args)?;
    let plan = Plan {
        seed: args.seed,
        cases: usize::try_from(args.cases).unwrap_or(usize::MAX),
        ..Plan::up_to(services.now())
    };
    let codes = services.code_lists()?;
    let console = services.console_as("demo")?;
    let office = DemoOffice::set_up(&services, &console, &organisation)?;
    let bar = output::progress("Cases", args.cases.into());
    let cases = invented(&plan, &codes).map(|case| batch_case(case, office.npm));
    services.file_all(&console, cases, |filed| bar.inc(u64::try_from(filed).unwrap_or(0)))?;
    bar.finish_and_clear();
    let (cases, place) = (services.count_cases(&console)?, place(args)?);
    if args.listen.is_json() {
        say(
            json!({ "cases": cases, "database": place, "password": office.password.as_str(), "accounts": office.accounts() }),
        );
    } else {
        say(format_args!("Made {cases} invented cases in {place}."));
        office.say(services.now());
    }
    let Some(listener) = listener else { return Ok(()) };
    let office = Office::new(services, listener.is_secure());
    Running::default().serve(office, listener, None, args.listen.is_json(), None)
}

fn fresh_database(args: &Args) -> Result<(Services, NewOrganisation), CliError> {
    let database = match &args.database {
        Some(url) => {
            if Services::database_file(url)?.is_some_and(|file| file.exists()) {
                return Err(CliError::Usage(format!(
                    "{url} is there already; name a file that is not, or leave --database out"
                )));
            }
            url.clone()
        }
        None => {
            for suffix in ["", "-wal", "-shm"] {
                remove(&format!("{DEMO_FILE}{suffix}"))?;
            }
            remove_folder(&format!("{DEMO_FILE}.documents"))?;
            DEMO_FILE.to_owned()
        }
    };
    let services = Database { database, documents: None }.open()?;
    // Asked first: whoever names the wrong database must find it as it was, not brought up to date.
    if !services.is_new()? {
        return Err(CliError::Usage("this database is in use; the demo wants an empty one".to_owned()));
    }
    services.migrate()?;
    let organisation = services.set_up("Invented Organisation (demo)", "operator-of-the-demo")?.organisation;
    Ok((services, organisation))
}

/// The database in words: a server's address may hold a password.
fn place(args: &Args) -> Result<String, CliError> {
    let file = Services::database_file(args.database.as_deref().unwrap_or(DEMO_FILE))?;
    Ok(file.map_or_else(|| "the database of the server".to_owned(), |file| file.display().to_string()))
}

fn remove(path: &str) -> Result<(), CliError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(CliError::Io { what: format!("removing the old {path}"), source: error })
        }
        _ => Ok(()),
    }
}

fn remove_folder(path: &str) -> Result<(), CliError> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(CliError::Io { what: format!("removing the old {path}"), source: error })
        }
        _ => Ok(()),
    }
}

/// A case as it is filed. Those with an urgent visit are shared with the preventive mechanism.
fn batch_case(case: InventedCase, npm: OrganisationId) -> BatchCase {
    let event = |event: crate::demonstration::InventedEvent| BatchEvent {
        id: event.id,
        occurrence: event.occurrence,
        recorded_at: Some(event.recorded_at),
    };
    let visit = |event: &crate::demonstration::InventedEvent| matches!(event.occurrence.happening, Happening::Visit(_));
    let shared_with = if case.events.iter().any(visit) { vec![npm] } else { Vec::new() };
    BatchCase {
        zone: case.zone,
        shared_with,
        jurisdiction: "kz".to_owned(),
        events: case.events.into_iter().map(event).collect(),
        origin: None,
    }
}
