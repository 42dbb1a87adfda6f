//! HTTP: it parses, calls one service, and renders. It knows no table and takes no decision.

pub mod api;
pub mod cookie;
pub mod desk;
pub mod middleware;
pub mod pages;
pub mod server;
