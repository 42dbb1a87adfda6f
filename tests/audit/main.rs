//! The audit log: whatever is done to it behind the program's back is found, and the first record that is
//! wrong is named.

mod chain_properties;
mod checkpoint_properties;
mod erasures;
mod invented_log;
mod stored_log;
#[path = "../support/mod.rs"]
mod support;
