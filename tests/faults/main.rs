//! Faults: server and PostgreSQL are killed in the middle of the work, disks fill up, the way to the
//! database breaks. What was acknowledged is there once, and everything goes on by itself.

mod clerk;
mod cluster;
mod disk;
mod kills;
mod ledger;
mod slow;
#[path = "../support/mod.rs"]
mod support;
mod way;
