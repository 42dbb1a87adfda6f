//! Importing: small lists of every kind, and the real one.

mod arbitrary;
mod real_list;
mod small_lists;
#[path = "../support/mod.rs"]
mod support;
