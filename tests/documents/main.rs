//! Documents: sealed on their way in, opened on their way out, on both databases.

mod arbitrary;
mod archive;
mod bucket;
mod crashes;
mod http;
mod keeping;
mod memory;
mod stripping;
#[path = "../support/mod.rs"]
mod support;
