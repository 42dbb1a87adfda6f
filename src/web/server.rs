//! Starting the server.

use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::api;
use super::desk::Office;
use super::middleware::{browser, client, head, headers, origin, patience};
use super::pages;

pub use super::front::{Front, HostName, Listening, ServerError, listen};

/// How long a client may take for the TLS handshake, and then for the head of a request.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEAD: Duration = Duration::from_secs(15);
/// How long a connection is kept for the next request.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// How long a client may take to read the end of an answer when its connection is closed.
const GOODBYE: Duration = Duration::from_secs(5);

/// The server, to be awaited.
///
/// # Errors
/// [`ServerError::Run`], [`ServerError::Certificate`].
pub fn server(listening: Listening, office: Office) -> Result<Server, ServerError> {
    let Listening { front, listener } = listening;
    let certificate = front.certificate.clone();
    let (office, front) = (web::Data::new(office), web::Data::new(front));
    let app = move || {
        App::new()
            .app_data(office.clone())
            .app_data(front.clone())
            // The last is the first that a request meets.
            .wrap(from_fn(head::as_get))
            .wrap(from_fn(patience::with_bodies))
            .wrap(from_fn(origin::own_only))
            .wrap(from_fn(client::identify))
            .wrap(from_fn(browser::in_plain_words))
            .wrap(from_fn(headers::secure))
            .configure(api::configure)
            .service(web::redirect("/api/docs", "/api/docs/").permanent())
            .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/v1/openapi.json").use_base_layout()))
            .configure(pages::configure)
    };
    let server = HttpServer::new(app)
        .workers(2)
        .shutdown_timeout(10)
        .tls_handshake_timeout(HANDSHAKE)
        .client_request_timeout(HEAD)
        .client_disconnect_timeout(GOODBYE)
        .keep_alive(KEEP_ALIVE);
    let server = match certificate {
        None => server.listen(listener)?,
        Some(certificate) => {
            certificate.keep_fresh();
            server.listen_rustls_0_23(listener, certificate.server_config()?)?
        }
    };
    Ok(server.run())
}
