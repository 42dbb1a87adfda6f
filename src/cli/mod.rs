//! The command line: one file a command.

mod audit;
mod backup;
mod backup_schedule;
mod code;
mod demo;
mod demo_office;
mod doctor;
mod export;
mod import;
mod init;
mod log_lines;
mod logging;
mod migrate;
mod organisation;
mod output;
mod rebuild;
mod replica;
mod report;
mod restore;
mod running;
mod serve;
pub mod settings;
mod settings_file;
mod stats;
pub mod stats_survival;
mod throttle_key;
mod user;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser};

use crate::report::RenderError;
use crate::services::clock::SystemClock;
use crate::services::{BackupFailure, Invitation, Patience, ServiceError, Services, StoreError};
use crate::web::server::ServerError;

/// Case management for complaints of torture: what happened, who answered, and how long it took.
#[derive(Debug, clap::Parser)]
#[command(name = "aiqyn", version, about)]
pub struct Cli {
    /// A file of settings (TOML), `name = value` for the option `--name`. What the command line or the environment says
    /// goes before it.
    #[arg(long, env = "AIQYN_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    logging: logging::Logging,
    #[command(subcommand)]
    command: Command,
}

/// Where the data lie.
#[derive(Debug, Clone, clap::Args)]
pub struct Database {
    /// The database: the path of a SQLite file, or postgres://…
    #[arg(long, env = "AIQYN_DATABASE", default_value = "aiqyn.sqlite3", value_name = "URL", hide_env_values = true)]
    database: String,
    /// The folder of the sealed documents, or s3://bucket/prefix, reached by what AWS_… in the environment says. For a
    /// SQLite file it is the folder beside it, FILE.documents, unless told; with PostgreSQL it must be told where
    /// documents are used.
    #[arg(long, env = "AIQYN_DOCUMENTS", value_name = "DIR")]
    documents: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make an invented database and show it: a look at what Aiqyn does
    Demo(demo::Args),
    /// Set up a new database: schema, code lists, the first organisation
    Init(init::Args),
    /// Accounts: add, list, invite, roles, disable, admit
    User(user::Args),
    /// The one-time code of now, for whoever has no authenticator app at hand
    Code(code::Args),
    /// Organisations: add, list
    Organisation(organisation::Args),
    /// Serve the API and the pages: on this machine, by TLS, or behind a proxy
    Serve(serve::Args),
    /// Check an installation, with the settings of `serve`, and say how to mend what is found
    Doctor(doctor::Args),
    /// Bring the database up to this version
    Migrate(migrate::Args),
    /// Make the summaries anew from the events
    Rebuild(rebuild::Args),
    /// Import a CSV file through a mapping
    Import(import::Args),
    /// Export cases or events, without free text
    Export(export::Args),
    /// Delays, rates, endings, visits, indicators, and the same methods over any table
    Stats(stats::Args),
    /// Reports that leave the system, with small numbers withheld
    Report(report::Args),
    /// Make a backup of everything, while the server runs; check one; make a key for them
    Backup(backup::Args),
    /// Make a new database of a backup, also of the other kind
    Restore(restore::Args),
    /// The audit log: prove it whole, sign its end, search it
    Audit(audit::Args),
}

/// A command that failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A use case.
    #[error("{}", explain(.0))]
    Service(#[from] ServiceError),
    /// The database.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The server.
    #[error("{0}")]
    Server(#[from] ServerError),
    /// A file or the terminal.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// A report that cannot be rendered.
    #[error("{0}")]
    Render(#[from] RenderError),
    /// The table of `stats survival`.
    #[error("{0}")]
    Survival(#[from] stats_survival::SurvivalError),
    /// Rows that could not be imported; they have been printed.
    #[error(
        "{0} rows cannot be imported, so nothing was written. Mend them, or pass --skip-bad-rows to import the others"
    )]
    BadRows(u64),
    /// A backup.
    #[error("{0}")]
    Backup(#[from] BackupFailure),
    /// The audit log is not whole.
    #[error("the audit log is broken at {0}")]
    AuditBroken(crate::audit::Broken),
    /// An installation with problems; they have been told.
    #[error("problems were found: {0}")]
    Unsound(usize),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Usage(String),
}

impl From<io::Error> for CliError {
    fn from(source: io::Error) -> Self {
        Self::Io { what: "writing the output".to_owned(), source }
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

/// An invitation as JSON.
fn invitation(invitation: &Invitation) -> serde_json::Value {
    serde_json::json!({
        "login": invitation.login,
        "invitation": invitation.secret.print().as_str(),
        "expires_at": invitation.expires_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    })
}

/// An invitation in words.
fn say_invitation(invitation: &Invitation) {
    output::say(format_args!(
        "Invitation for {}, good for once until {}; hand it over by a way that others do not read:\n\n    {}\n",
        invitation.login,
        invitation.expires_at.format("%Y-%m-%d %H:%M UTC"),
        invitation.secret.print().as_str()
    ));
}

/// An error with what would mend it.
fn explain(error: &ServiceError) -> String {
    use crate::i18n::{Language, problems};
    match error {
        ServiceError::Invalid(errors) => {
            errors.iter().map(|error| problems::explain_field(Language::En, error)).collect::<Vec<_>>().join("\n")
        }
        ServiceError::Store(StoreError::Unavailable(cause)) => format!("{error}: {cause}"),
        other => other.to_string(),
    }
}

/// Reads the arguments of the program, its environment and its settings file, and does what they say.
#[must_use]
pub fn start(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match settings_file::with_file(&Cli::command(), arguments.into_iter().collect()) {
        Ok(arguments) => run(Cli::parse_from(arguments)),
        Err(error) => {
            eprintln!("aiqyn: {error}");
            ExitCode::from(UNUSABLE)
        }
    }
}

/// The exit code where the program was started wrongly: that of clap.
const UNUSABLE: u8 = 2;

/// Runs a command.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    cli.logging.begin();
    let outcome = match cli.command {
        Command::Demo(args) => demo::run(&args),
        Command::Init(args) => init::run(&args),
        Command::User(args) => user::run(&args),
        Command::Code(args) => code::run(&args),
        Command::Organisation(args) => organisation::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Doctor(args) => doctor::run(&args, cli.config.as_deref()),
        Command::Migrate(args) => migrate::run(&args),
        Command::Rebuild(args) => rebuild::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Audit(args) => audit::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever closes the pipe has seen enough.
        Err(CliError::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("aiqyn: {error}");
            ExitCode::FAILURE
        }
    }
}

impl Database {
    /// The bucket of the sealed documents, where they lie in one.
    fn bucket(&self) -> Option<&str> {
        self.documents.as_ref()?.to_str().filter(|place| place.starts_with("s3://"))
    }

    /// The folder of the sealed documents, where there is one for them.
    fn documents_folder(&self) -> Result<Option<PathBuf>, CliError> {
        if self.bucket().is_some() {
            return Ok(None);
        }
        if let Some(folder) = &self.documents {
            return Ok(Some(folder.clone()));
        }
        Ok(Services::documents_beside(&self.database)?)
    }

    fn open(&self) -> Result<Services, CliError> {
        self.open_with(Patience::CONSOLE)
    }

    fn open_with(&self, patience: Patience) -> Result<Services, CliError> {
        let services = Services::open_with(&self.database, Arc::new(SystemClock), patience)?;
        Ok(match (self.bucket(), &self.documents) {
            (Some(bucket), _) => services.with_documents_in_bucket(bucket)?,
            (None, Some(folder)) => services.with_documents_in(folder),
            (None, None) => services,
        })
    }

    /// Opens a database that has been set up before.
    fn open_existing(&self) -> Result<Services, CliError> {
        self.open_existing_with(Patience::CONSOLE)
    }

    fn open_existing_with(&self, patience: Patience) -> Result<Services, CliError> {
        if Services::database_file(&self.database)?.is_some_and(|file| !file.exists()) {
            return Err(ServiceError::NotSetUp.into());
        }
        let services = self.open_with(patience)?;
        services.check_health()?;
        Ok(services)
    }
}
