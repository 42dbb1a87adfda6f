//! `aiqyn serve`: the API and the pages, on this machine only.

use std::net::{SocketAddr, TcpListener};

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
}

pub fn run(args: &Args) -> Result<(), CliError> {
    serve(args.database.open_existing()?, take(&args.listen)?)
}

/// Takes the address.
pub fn take(at: &Listen) -> Result<TcpListener, CliError> {
    Ok(listen(at.listen)?)
}

/// Serves until it is told to stop.
pub fn serve(services: Services, listener: TcpListener) -> Result<(), CliError> {
    let operator = services.operator()?;
    let address = listener.local_addr().map_err(ServerError::from)?;
    println!("Aiqyn is at     http://{address}/");
    println!("API browser at  http://{address}/api/docs/");
    println!("Stop it with Ctrl+C.");
    let server = async { server(listener, Office { services, operator })?.await.map_err(ServerError::from) };
    Ok(actix_web::rt::System::new().block_on(server)?)
}
