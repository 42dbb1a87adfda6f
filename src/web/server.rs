//! Starting the server.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::api;
use super::desk::Office;
use super::middleware::{head, headers, local_only};
use super::pages;

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is not one of this machine alone.
    #[error(
        "{0} can be reached from other machines, and there are no accounts yet: anyone could read and write. \
         Give an address of this machine alone, such as 127.0.0.1:8080"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be used.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The server failed.
    #[error("the server failed: {0}")]
    Run(#[from] std::io::Error),
}

/// Takes an address; port 0 lets the system choose.
///
/// # Errors
/// [`ServerError::NotLoopback`] for any address that is not a loopback one.
pub fn listen(address: SocketAddr) -> Result<TcpListener, ServerError> {
    if !address.ip().is_loopback() {
        return Err(ServerError::NotLoopback(address));
    }
    TcpListener::bind(address).map_err(|error| ServerError::Listen(address, error))
}

/// The server, to be awaited.
///
/// # Errors
/// [`ServerError::Run`].
pub fn server(listener: TcpListener, office: Office) -> Result<Server, ServerError> {
    let office = web::Data::new(office);
    let app = move || {
        App::new()
            .app_data(office.clone())
            .wrap(from_fn(head::as_get))
            .wrap(from_fn(local_only::local_only))
            .wrap(from_fn(headers::secure))
            .configure(api::configure)
            .service(web::redirect("/api/docs", "/api/docs/").permanent())
            .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/v1/openapi.json").use_base_layout()))
            .configure(pages::configure)
    };
    Ok(HttpServer::new(app).workers(2).shutdown_timeout(10).listen(listener)?.run())
}
