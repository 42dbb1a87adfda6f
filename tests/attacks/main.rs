//! What a hostile client sends, over a real connection: the answer is a problem in plain words, small and soon, and the
//! server goes on serving. And what hostile files and texts do to the log, the console and spreadsheets: nothing.

mod arbitrary;
mod bounds;
mod logs;
mod redirects;
mod requests;
#[path = "../permissions/routes.rs"]
#[allow(dead_code, reason = "the walk over all permissions uses the rest")]
mod routes;
mod schema;
mod slow;
mod spreadsheets;
#[path = "../support/mod.rs"]
mod support;
mod timing;
mod wire;
