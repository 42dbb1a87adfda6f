//! What the end-to-end tests stand on: the two databases, the server with a clock that can be set,
//! a small HTTP client, and builders that read like what a person would say.

#![allow(dead_code, unused_imports, reason = "every test binary uses its own part of this")]

pub mod app;
pub mod backend;
pub mod caseworker;
pub mod chance;
pub mod complaint;
pub mod http;
pub mod office;
pub mod page;
pub mod program;
pub mod rows;
pub mod staff;

pub use app::App;
pub use backend::{Backend, for_each_backend, on_sqlite};
pub use complaint::{Form, a_complaint, the_filing};
