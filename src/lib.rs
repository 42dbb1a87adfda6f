//! Aiqyn: case management for complaints of torture, and the delays and dismissals that they meet.

pub mod domain;
pub mod import;
