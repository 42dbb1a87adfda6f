//! Finding names: that a person is found by the usual spellings of their name, that others are not,
//! and that the stored index serves nobody without the key.

#[path = "../support/backend.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod backend;
mod index;
mod list;
mod measured;
mod promises;
#[path = "../support/rows.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod rows;
