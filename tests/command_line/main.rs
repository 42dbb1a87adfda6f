//! The real program: its commands, its refusals, and what it survives.

mod audit;
mod demo;
mod export;
mod import;
mod set_up;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
