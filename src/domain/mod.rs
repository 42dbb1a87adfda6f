//! What a case is and what may happen to it.
//!
//! Pure: no clock, no database, no HTTP. Whoever calls brings the time, the identifiers and the
//! code lists along. Nothing here reads or writes anything outside its arguments.

pub mod case;
pub mod code;
pub mod complaint;
pub mod correction;
pub mod deadline;
pub mod delay;
pub mod diagram;
pub mod escalation;
pub mod event;
pub mod fact;
pub mod field;
pub mod id;
pub mod investigation;
pub mod milestone;
pub mod order;
mod payload;
mod precedence;
pub mod public_state;
pub mod refusal;
pub mod sealed;
pub mod stage;
pub mod stamp;
pub mod time;
pub mod visit;
pub mod visits;
pub mod zone;

pub(crate) use payload::words;
