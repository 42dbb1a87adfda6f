//! Who may do what, over HTTP: every route with every role, in every relation to the case, is held against
//! the table in code, and the table against the documentation.

mod console;
mod page;
mod routes;
mod seen;
#[path = "../support/mod.rs"]
mod support;
mod walk;
mod world;
