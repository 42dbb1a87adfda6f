//! HTTP: it parses, calls one service, and renders. It knows no table and takes no decision.

pub mod api;
pub mod certificate;
pub mod cookie;
pub mod desk;
pub mod front;
pub mod language;
pub mod middleware;
mod office;
pub mod pages;
mod queue;
pub mod server;
