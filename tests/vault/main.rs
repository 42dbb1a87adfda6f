//! The vault held to its promises: what it seals nobody else opens, nothing that was moved or altered
//! opens, and whoever steals everything at rest reads nothing.

mod arbitrary;
mod chest;
mod guesses;
mod model;
mod needles;
mod properties;
mod removal;
mod rows_at_rest;
mod silence;
mod stolen;
#[path = "../support/mod.rs"]
mod support;
mod tampering;
mod vectors;
mod walk;
mod world;
mod world_looks;
mod world_members;
