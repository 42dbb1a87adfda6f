//! Backups: made while the server runs, restored into either database, refused where they are not whole.

mod restored;
mod schedule;
#[path = "../support/mod.rs"]
mod support;
mod unsound;
mod upgrades;
