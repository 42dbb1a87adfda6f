//! What of the usual support these tests stand on.

#![allow(dead_code, reason = "every test binary uses its own part of this")]

#[path = "../support/backend.rs"]
pub mod backend;
#[path = "../support/http.rs"]
pub mod http;
#[path = "../support/rows.rs"]
pub mod rows;

pub use backend::{Backend, for_each_backend, on_sqlite};
