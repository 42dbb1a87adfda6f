//! `aiqyn serve`: the API and the pages, on this machine only.

use std::net::{SocketAddr, TcpListener};

use serde_json::json;

use super::output::say;
use super::{CliError, Database};
use crate::services::Services;
use crate::web::desk::Office;
use crate::web::server::{ServerError, listen, server};

/// Options of `aiqyn serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    listen: Listen,
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
    serve(args.database.open_existing()?, take(&args.listen)?, args.listen.json)
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
