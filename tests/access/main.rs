//! Coming in: what a guesser is allowed, and by which way the server is reached.

mod storage;
#[path = "../support/mod.rs"]
mod support;
mod throttle;
mod transport;
