//! Who may come in. Pure: no database, no HTTP, no clock; the time is handed in.

pub mod one_time_code;
pub mod throttle;
