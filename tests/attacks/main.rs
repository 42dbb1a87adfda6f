//! What a hostile client sends, over a real connection: the answer is a problem in plain words, small and soon, and the
//! server goes on serving.

mod bounds;
mod requests;
mod schema;
mod slow;
#[path = "../support/mod.rs"]
mod support;
mod wire;
