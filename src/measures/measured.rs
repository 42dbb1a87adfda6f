//! What measures need to know of a case and of a visit: codes and times, nothing sealed.

use crate::domain::milestone::{Milestones, Outcome};
use crate::domain::time::{PartialTime, Zone};

/// A case, as far as it is measured.
#[derive(Clone, Debug)]
pub struct MeasuredCase {
    /// The state whose deadlines apply.
    pub jurisdiction: String,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// The year of its filing.
    pub filed_year: i32,
    /// The region.
    pub region: Option<String>,
    /// The kind of place.
    pub kind_of_place: Option<String>,
    /// The agency complained of.
    pub agency: Option<String>,
    /// The body that first dealt with it.
    pub first_body: Option<String>,
    /// When each thing first happened.
    pub milestones: Milestones,
}

impl MeasuredCase {
    /// Whether a prosecution ended in a conviction.
    #[must_use]
    pub fn is_convicted(&self) -> bool {
        self.milestones.outcome == Some(Outcome::Convicted)
    }
}

/// A visit, as far as it is measured.
#[derive(Clone, Debug)]
pub struct MeasuredVisit {
    /// The state whose deadlines apply.
    pub jurisdiction: String,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// The year in which the case was filed.
    pub filed_year: i32,
    /// The region of the case.
    pub region: Option<String>,
    /// The kind of place to be visited.
    pub kind_of_place: String,
    /// The agency complained of.
    pub agency: Option<String>,
    /// Whether it needed approval.
    pub needs_approval: bool,
    /// When it was asked for.
    pub requested: PartialTime,
    /// When it was approved.
    pub approved: Option<PartialTime>,
    /// When it was approved or refused.
    pub answered: Option<PartialTime>,
    /// When it took place.
    pub carried_out: Option<PartialTime>,
    /// When it ended in any way.
    pub ended: Option<PartialTime>,
    /// Nothing is known of the case after this.
    pub follow_up_ended: Option<PartialTime>,
}
