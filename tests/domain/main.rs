//! The domain: what may happen to a case, in which order, and what follows from it.

mod delays_and_deadlines;
mod histories;
mod state_machine;
mod support;
