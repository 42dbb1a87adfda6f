//! The terms on which cases are measured: what every tally must be told beside the cases.

use super::delay::ComplaintClock;
use super::mandate::Mandate;
use super::observed::ObservationEnd;
use crate::domain::deadline::Deadlines;

/// The terms of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// When the clock of a complaint starts.
    pub clock: ComplaintClock,
    /// The deadlines that waits are held against.
    pub deadlines: &'a Deadlines,
    /// What the National Preventive Mechanism may visit.
    pub mandate: Mandate<'a>,
    /// Open waits were observed until this instant: the end of the day as of which the figures are known.
    pub observed_until: ObservationEnd,
}
