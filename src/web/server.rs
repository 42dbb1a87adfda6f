//! Starting the server.

use std::pin::pin;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use futures_util::future::{Either, select};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::api;
use super::connection;
use super::desk::Office;
use super::inner::Inner;
use super::middleware::{bounds, browser, client, counted, head, headers, origin, patience};
use super::pages;
use super::stopping::Ends;

pub use super::front::{Front, HostName, Listening, ServerError, listen};

/// Within how long requests at work must end once the server was told to stop.
pub const STOP_WITHIN: Duration = Duration::from_secs(30);

/// Serves until the program is told to end; then what is at work ends, within so long, and nobody else is taken on.
/// `ready` is called when everything listens, `stopping` when the end begins.
///
/// # Errors
/// [`ServerError::Run`], [`ServerError::Certificate`].
pub fn run(
    listening: Listening,
    inner: Option<Inner>,
    office: Office,
    within: Duration,
    ready: impl FnOnce(),
    stopping: impl FnOnce(),
) -> Result<(), ServerError> {
    actix_web::rt::System::new().block_on(async move {
        let inner = inner.map(|inner| inner.server(office.clone())).transpose()?;
        let inner_handle = inner.as_ref().map(Server::handle);
        inner.map(actix_web::rt::spawn);
        let flag = office.stopping.clone();
        let outer = server_within(listening, office, within)?;
        let handle = outer.handle();
        let mut ends = Ends::hear()?;
        let ending = async {
            ends.told().await;
            flag.tell();
            stopping();
            // The command is sent at once; the future only waits until it has been done.
            drop(handle.stop(true));
            ends.told().await;
            tracing::warn!("told to stop again: what is at work is cut off");
        };
        ready();
        let ended = match select(pin!(outer), pin!(ending)).await {
            Either::Left((ended, _)) => ended,
            Either::Right(((), _)) => Ok(()),
        };
        if let Some(handle) = inner_handle {
            handle.stop(true).await;
        }
        Ok(ended?)
    })
}

/// The server, to be awaited. It ends when its handle is told to.
///
/// # Errors
/// [`ServerError::Run`], [`ServerError::Certificate`].
pub fn server(listening: Listening, office: Office) -> Result<Server, ServerError> {
    server_within(listening, office, STOP_WITHIN)
}

fn server_within(listening: Listening, office: Office, within: Duration) -> Result<Server, ServerError> {
    let Listening { front, listener } = listening;
    let certificate = front.certificate.clone();
    let patience = front.patience;
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
            .wrap(from_fn(bounds::of_heads))
            .wrap(from_fn(browser::in_plain_words))
            .wrap(from_fn(headers::secure))
            .wrap(from_fn(counted::every_answer))
            .wrap(from_fn(connection::watched))
            .configure(api::configure)
            .service(web::redirect("/api/docs", "/api/docs/").permanent())
            .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/v1/openapi.json").use_base_layout()))
            .configure(pages::configure)
    };
    let server = HttpServer::new(app)
        .on_connect(move |made, data| connection::watch(made, data, patience))
        .workers(2)
        .disable_signals()
        .shutdown_timeout(within.as_secs())
        .tls_handshake_timeout(patience.handshake)
        .client_request_timeout(patience.head)
        .client_disconnect_timeout(patience.goodbye)
        .keep_alive(patience.next);
    let server = match certificate {
        None => server.listen(listener)?,
        Some(certificate) => {
            certificate.keep_fresh();
            server.listen_rustls_0_23(listener, certificate.server_config()?)?
        }
    };
    Ok(server.run())
}
