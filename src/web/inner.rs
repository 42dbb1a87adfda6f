//! What is for the machine itself: metrics, and whether the server lives and is ready. It is plain HTTP, nobody is asked
//! who they are, and other machines cannot reach it.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::header::{CACHE_CONTROL, HOST};
use actix_web::{App, HttpResponse, HttpServer, web};
use prometheus_client::encoding::text::encode;

use super::api::health;
use super::front::{ServerError, names_loopback};
use super::metrics::Documents;
use super::office::Office;

/// What OpenMetrics are sent as.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// An inner address that listens.
#[derive(Debug)]
pub struct Inner(TcpListener);

impl Inner {
    /// Takes an address of this machine.
    ///
    /// # Errors
    /// [`ServerError::InnerFromOutside`] for one that others reach, [`ServerError::Listen`] for one that is taken.
    pub fn listen(address: SocketAddr) -> Result<Self, ServerError> {
        if !address.ip().is_loopback() {
            return Err(ServerError::InnerFromOutside(address));
        }
        TcpListener::bind(address).map(Self).map_err(|error| ServerError::Listen(address, error))
    }

    /// The address, with the port that the system has chosen.
    ///
    /// # Errors
    /// Those of the system.
    pub fn local_addr(&self) -> Result<SocketAddr, ServerError> {
        Ok(self.0.local_addr()?)
    }

    /// The server for it, to be awaited.
    pub(super) fn server(self, office: Office) -> Result<Server, ServerError> {
        let (office, documents) = (web::Data::new(office), web::Data::new(Documents::default()));
        let app = move || {
            App::new().app_data(office.clone()).app_data(documents.clone()).service(
                web::scope("")
                    .guard(fn_guard(is_for_this_machine))
                    .service(web::resource("/metrics").get(metrics))
                    .service(web::resource("/live").get(health::live))
                    .service(web::resource("/ready").get(health::ready)),
            )
        };
        let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1);
        Ok(server.listen(self.0)?.run())
    }
}

/// A page in a browser on this machine must not come here by a name of its own.
fn is_for_this_machine(asked: &GuardContext<'_>) -> bool {
    let host = asked.head().headers().get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(names_loopback)
}

async fn metrics(office: web::Data<Office>, documents: web::Data<Documents>) -> HttpResponse {
    documents.refresh(&office).await;
    let mut told = String::new();
    match encode(&mut told, &office.metrics.registry(&office, &documents)) {
        Ok(()) => HttpResponse::Ok().content_type(OPEN_METRICS).insert_header((CACHE_CONTROL, "no-store")).body(told),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
