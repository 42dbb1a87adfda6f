//! What every request and every answer passes through.

pub mod bounds;
pub mod browser;
pub mod client;
pub mod counted;
pub mod head;
pub mod headers;
pub mod origin;
pub mod patience;
