//! The real program: its commands, its refusals, and what it survives.

mod audit;
mod crashes;
mod export;
mod import;
mod set_up;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
