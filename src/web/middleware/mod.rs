//! What every request and every answer passes through.

pub mod headers;
pub mod local_only;
