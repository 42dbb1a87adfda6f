//! `aiqyn serve`: the API and the pages, on this machine only.

use std::net::{SocketAddr, TcpListener};

use serde_json::json;

use super::output::say;
use super::{CliError, Database};
use crate::services::{LARGEST_DOCUMENT, Services};
use crate::web::desk::Office;
use crate::web::server::{ServerError, listen, server};

/// Options of `aiqyn serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    listen: Listen,
    /// The most bytes that a document may have.
    #[arg(long, env = "AIQYN_LARGEST_DOCUMENT", value_name = "BYTES", default_value_t = LARGEST_DOCUMENT)]
    largest_document: u64,
}

/// Where to listen.
#[derive(Debug, Clone, clap::Args)]
pub struct Listen {
    /// The address to listen on; until accounts exist it must be one of this machine alone. Port 0: any free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Say where the server is as one line of JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?.with_largest_document(args.largest_document);
    serve(services, take(&args.listen)?, args.listen.json)
}

/// Takes the address.
pub fn take(at: &Listen) -> Result<TcpListener, CliError> {
    Ok(listen(at.listen)?)
}

impl Listen {
    /// Whether a program reads what is said.
    pub fn is_json(&self) -> bool {
        self.json
    }
}

/// Serves until it is told to stop.
pub fn serve(services: Services, listener: TcpListener, json: bool) -> Result<(), CliError> {
    services.check_health()?;
    if services.keeps_documents() {
        // A crash may have left some. It is no reason not to serve that they cannot be removed.
        match services.remove_orphans() {
            Ok(0) => {}
            Ok(removed) => tracing::warn!(removed, "files of documents that were never finished have been removed"),
            Err(error) => tracing::error!(%error, "the document store could not be tidied"),
        }
    }
    let address = listener.local_addr().map_err(ServerError::from)?;
    let (pages, api) = (format!("http://{address}/"), format!("http://{address}/api/docs/"));
    if json {
        say(json!({ "pages": pages, "api_browser": api }));
    } else {
        say(format_args!("Aiqyn is at     {pages}"));
        say(format_args!("API browser at  {api}"));
        say("Stop it with Ctrl+C.");
    }
    let server = async { server(listener, Office::new(services, false))?.await.map_err(ServerError::from) };
    Ok(actix_web::rt::System::new().block_on(server)?)
}
