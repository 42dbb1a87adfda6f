//! Faults: server and PostgreSQL are killed in the middle of the work, disks fill up, the way to the
//! database breaks. What was acknowledged is there once, and everything goes on by itself.

#[allow(dead_code, reason = "another test uses all of it")]
#[path = "../hostile/browser.rs"]
mod browser;
mod clerk;
mod cluster;
mod disk;
mod failover;
mod kills;
mod ledger;
mod nodes;
mod replica;
mod slow;
#[path = "../support/mod.rs"]
mod support;
mod way;
