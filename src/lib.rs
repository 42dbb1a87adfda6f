//! Aiqyn: case management for complaints of torture, and the delays and dismissals that they meet.

pub mod cli; // the command line, one file a command
pub mod domain; // what a case is and what may happen to it; pure
pub mod measures; // from cases to figures: delays, endings, rates
pub mod statistics; // numbers in, numbers out; pure
pub mod store; // the database, both backends
