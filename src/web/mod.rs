//! HTTP: it parses, calls one service, and renders. It knows no table and takes no decision.

pub mod api;
pub mod certificate;
mod certificate_terms;
pub mod client_patience;
mod connection;
pub mod cookie;
pub mod desk;
pub mod front;
pub mod inner;
pub mod language;
pub mod metrics;
pub mod middleware;
mod office;
pub mod pages;
mod queue;
pub mod server;
pub mod stopping;
