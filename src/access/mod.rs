//! Who may come in, and who may do what: one-time codes, delays for guessers, roles, and the one table of
//! permissions. Pure: no database, no HTTP, no clock; the time is handed in.

pub mod action;
pub mod one_time_code;
pub mod permission;
pub mod role;
pub mod throttle;
