//! What every request and every answer passes through.

pub mod head;
pub mod headers;
pub mod local_only;
