//! `aiqyn serve`: the API and the pages, on this machine, by TLS, or behind a proxy.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::backup_schedule::Schedule;
use super::replica::Replica;
use super::running::Running;
use super::throttle_key::ThrottleKey;
use super::{CliError, Database};
use crate::services::{LARGEST_DOCUMENT, Patience};
use crate::web::certificate::Certificate;
use crate::web::desk::{ANSWER, Office};
use crate::web::metrics::Metrics;
use crate::web::server::{Front, HostName, Listening, ServerError, listen};

/// Options of `aiqyn serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) database: Database,
    #[command(flatten)]
    pub(super) listen: Listen,
    #[command(flatten)]
    pub(super) transport: Transport,
    #[command(flatten)]
    pub(super) backups: Schedule,
    #[command(flatten)]
    pub(super) throttle_key: ThrottleKey,
    #[command(flatten)]
    replica: Replica,
    /// The most bytes that a document may have.
    #[arg(long, env = "AIQYN_LARGEST_DOCUMENT", value_name = "BYTES", default_value_t = LARGEST_DOCUMENT)]
    largest_document: u64,
    /// Within how many seconds a request is answered, where the database is slow or out of reach (at least 1).
    #[arg(long, env = "AIQYN_ANSWER_WITHIN", value_name = "SECONDS", default_value_t = ANSWER.as_secs(), value_parser = clap::value_parser!(u64).range(1..=3600))]
    answer_within: u64,
    #[command(flatten)]
    running: Running,
}

/// Where to listen.
#[derive(Debug, Clone, clap::Args)]
pub struct Listen {
    /// The address to listen on; other machines can reach it by TLS or through a proxy alone. Port 0: any free one.
    #[arg(long, env = "AIQYN_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Print JSON; of a server, one line that says where it is.
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
    let patience = Patience::answering_within(answer);
    let services = args.replica.beside(args.database.open_existing_with(patience)?, patience)?;
    let services = services.with_largest_document(args.largest_document);
    let services = match args.throttle_key.read_or_make()? {
        Some(key) => services.with_address_key(key),
        None => services,
    };
    let listening = listen(args.front()?)?;
    let inner = args.running.inner()?;
    let metrics = Metrics::default();
    // A backup takes as long as it takes: no statement of it is cut short.
    let backups = args.backups.start(|| args.database.open_existing(), metrics.backups.clone())?;
    let office = Office::new(services, listening.is_secure()).answering_within(answer).counting_with(metrics);
    args.running.serve(office, listening, inner, args.listen.json, backups)
}

impl Args {
    /// How the server is reached.
    pub(super) fn front(&self) -> Result<Front, CliError> {
        let Transport { tls_certificate, tls_key, trusted_proxy, host } = &self.transport;
        let certificate = match (tls_certificate, tls_key) {
            (Some(chain), Some(key)) => Some(Certificate::read(chain, key).map_err(ServerError::from)?),
            _ => None,
        };
        let address = self.listen.listen;
        Ok(Front { certificate, proxies: trusted_proxy.clone(), hosts: host.clone(), ..Front::from(address) })
    }
}

impl Transport {
    /// The file of the private key.
    pub(super) fn key_file(&self) -> Option<&Path> {
        self.tls_key.as_deref()
    }
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
