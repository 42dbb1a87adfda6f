//! Who may do what: roles, and the one table of permissions. Pure: it opens no session and no
//! database; it is told who asks, what for, and how they stand to the case, and answers yes or no.

pub mod one_time_code;
pub mod permission;
pub mod role;
pub mod throttle;
