//! The JSON API end to end: the real server, both databases, one file a subject.

mod as_known_on;
mod code_lists;
mod conflicts;
mod corrections;
mod filing;
mod idempotency;
mod in_memory;
mod lagging;
mod lists;
mod openapi;
mod problems;
mod readers;
mod releases;
mod server;
mod statistics;
mod steps;
mod stirred;
mod story;
mod summaries;
#[path = "../support/mod.rs"]
mod support;
mod visits;
