//! `aiqyn serve`: the API and the pages, on this machine, by TLS, or behind a proxy.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use super::backup_schedule::Schedule;
use super::output::say;
use super::{CliError, Database};
use crate::services::{LARGEST_DOCUMENT, Patience, Services};
use crate::web::certificate::Certificate;
use crate::web::desk::{ANSWER, Office};
use crate::web::server::{Front, HostName, Listening, ServerError, listen, server};

/// Options of `aiqyn serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    transport: Transport,
    #[command(flatten)]
    backups: Schedule,
    /// The most bytes that a document may have.
    #[arg(long, env = "AIQYN_LARGEST_DOCUMENT", value_name = "BYTES", default_value_t = LARGEST_DOCUMENT)]
    largest_document: u64,
    /// Within how many seconds a request is answered, where the database is slow or out of reach (at least 1).
    #[arg(long, env = "AIQYN_ANSWER_WITHIN", value_name = "SECONDS", default_value_t = ANSWER.as_secs(), value_parser = clap::value_parser!(u64).range(1..=3600))]
    answer_within: u64,
}

/// Where to listen.
#[derive(Debug, Clone, clap::Args)]
pub struct Listen {
    /// The address to listen on; other machines can reach it by TLS or through a proxy alone. Port 0: any free one.
    #[arg(long, env = "AIQYN_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Say where the server is as one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What protects the way to the server.
#[derive(Debug, Clone, clap::Args)]
pub struct Transport {
    /// The certificate for TLS, followed by its chain (PEM); read again when it changes.
    #[arg(long, env = "AIQYN_TLS_CERTIFICATE", value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM).
    #[arg(long, env = "AIQYN_TLS_KEY", value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// The address of a proxy that speaks TLS; nobody else is served then. May be given more than once.
    #[arg(long, env = "AIQYN_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,
    /// The name that browsers reach Aiqyn under. May be given more than once.
    #[arg(long, env = "AIQYN_HOST", value_name = "NAME", value_delimiter = ',')]
    host: Vec<HostName>,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let answer = Duration::from_secs(args.answer_within);
    let services = args.database.open_existing_with(Patience::answering_within(answer))?;
    let services = services.with_largest_document(args.largest_document);
    let listening = listen(front(args)?)?;
    // A backup takes as long as it takes: no statement of it is cut short.
    args.backups.start(|| args.database.open_existing())?;
    serve(services, listening, args.listen.json, answer)
}

fn front(args: &Args) -> Result<Front, CliError> {
    let Transport { tls_certificate, tls_key, trusted_proxy, host } = &args.transport;
    let certificate = match (tls_certificate, tls_key) {
        (Some(chain), Some(key)) => Some(Certificate::read(chain, key).map_err(ServerError::from)?),
        _ => None,
    };
    Ok(Front { address: args.listen.listen, certificate, proxies: trusted_proxy.clone(), hosts: host.clone() })
}

/// Takes the address, for this machine alone.
pub fn take(at: &Listen) -> Result<Listening, CliError> {
    Ok(listen(at.listen)?)
}

impl Listen {
    /// Whether a program reads what is said.
    pub fn is_json(&self) -> bool {
        self.json
    }
}

/// Serves until it is told to stop.
pub fn serve(services: Services, listening: Listening, json: bool, answer: Duration) -> Result<(), CliError> {
    services.check_health()?;
    let (pages, by_tls) = (listening.url()?, listening.is_secure());
    let api = format!("{pages}api/docs/");
    if services.keeps_documents() {
        // A crash may have left some. It is no reason not to serve that they cannot be removed.
        match services.remove_orphans() {
            Ok(0) => {}
            Ok(removed) => tracing::warn!(removed, "files of documents that were never finished have been removed"),
            Err(error) => tracing::error!(%error, "the document store could not be tidied"),
        }
    }
    services.keep_figures_ready()?;
    if json {
        say(json!({ "pages": pages, "api_browser": api }));
    } else {
        say(format_args!("Aiqyn is at     {pages}"));
        say(format_args!("API browser at  {api}"));
        say("Stop it with Ctrl+C.");
    }
    let office = Office::new(services, by_tls).answering_within(answer);
    let server = async { server(listening, office)?.await.map_err(ServerError::from) };
    Ok(actix_web::rt::System::new().block_on(server)?)
}
