//! Why an event cannot be added to a case.

use super::case::{MOST_EVENTS, MOST_STEPS};
use super::event::HappeningKind;
use super::id::EventId;
use super::order::Position;
use super::time::PartialTime;

/// Why an event cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A case begins with its filing.
    #[error("a case begins with its filing")]
    NotFiled,
    /// The step is illegal where it falls.
    #[error("`{step}` is not possible while the investigation is {} and the visit {}", position.investigation, position.visit)]
    IllegalStep {
        /// The step.
        step: HappeningKind,
        /// When it is said to have happened.
        occurred_at: PartialTime,
        /// Where the case stood then.
        position: Position,
        /// The steps that were legal then.
        permitted: Vec<HappeningKind>,
    },
    /// The step is legal where it falls, or a retraction is, but a later step no longer follows.
    #[error("`{later}`, recorded for a later time, would no longer be possible")]
    BreaksLaterStep {
        /// The later step.
        later: HappeningKind,
        /// When that one happened.
        later_at: PartialTime,
        /// Where the case would stand then.
        position: Position,
        /// The steps that would be legal there.
        permitted: Vec<HappeningKind>,
    },
    /// The times are too vague to tell any legal order.
    #[error("the times do not tell in which order the steps happened")]
    OrderUnclear,
    /// It lies in the future.
    #[error("what lies in the future has not happened")]
    InTheFuture,
    /// An event is named that the case does not have.
    #[error("the case has no event {event}")]
    UnknownEvent {
        /// The field that names it.
        field: &'static str,
        /// The event named.
        event: EventId,
    },
    /// An event of this name is in the case already.
    #[error("the case has an event {event} already")]
    AlreadyRecorded {
        /// The event named.
        event: EventId,
    },
    /// The event to be corrected has been corrected before; the newer one is the one to correct.
    #[error("event {event} has been corrected already, by {by}")]
    AlreadyCorrected {
        /// The event named.
        event: EventId,
        /// The one that took its place.
        by: EventId,
    },
    /// The filing itself can be corrected, but not retracted.
    #[error("the filing can be corrected, but not retracted")]
    FilingRetracted,
    /// Only a request that was refused can be renewed.
    #[error("only a refused request can be renewed")]
    NotARefusedRequest,
    /// More events than a case can have.
    #[error("a case has at most {MOST_EVENTS} events and {MOST_STEPS} steps")]
    TooMany,
}
