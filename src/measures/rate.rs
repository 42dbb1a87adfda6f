//! The rates: how often complaints are routed, dismissed, prosecuted, withdrawn, and what becomes
//! of visit requests; each with its denominator.

use serde::Serialize;

use super::counters::{Counters, merge_counters};
use super::figures::Share;
use super::measured::MeasuredCase;
use super::observed::{ObservedCase, ObservedVisit, StillOpen};
use super::tally::Tally;
use super::terms::Terms;
use crate::domain::words;

words! {
    /// A rate that is measured.
    RateMeasure {
        /// Complaints that were ever routed to internal security.
        Routed = "routed",
        /// Complaints that were ever dismissed.
        Dismissed = "dismissed",
        /// Complaints whose first dismissal came from internal security, with no investigation.
        DismissedByInternalSecurity = "dismissed_by_internal_security",
        /// Complaints in which charges were ever brought.
        Prosecuted = "prosecuted",
        /// Complaints that were ever withdrawn.
        Withdrawn = "withdrawn",
        /// Complaints that led to a conviction.
        Convicted = "convicted",
        /// Dismissals that were appealed.
        Appealed = "appealed",
        /// Dismissals and withdrawals after which the investigation was taken up again.
        Reopened = "reopened",
        /// Visit requests that were approved.
        VisitApproved = "visit_approved",
        /// Visit requests that were refused.
        VisitRefused = "visit_refused",
    }
}

/// One rate, of two denominators: every one, and those that have come to an end. The second says
/// what a decision looks like once it comes; the first does not forget those that wait.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RateFigures {
    /// Of all: every complaint, every dismissal or every visit request that needs approval.
    pub of_all: Share,
    /// Of those that have ended: complaints dismissed, prosecuted or withdrawn; visit requests answered.
    pub of_ended: Share,
}

impl RateMeasure {
    /// Whether it is measured on visits, not on cases.
    #[must_use]
    pub fn is_of_visits(self) -> bool {
        matches!(self, Self::VisitApproved | Self::VisitRefused)
    }

    fn counts_in(self, case: &MeasuredCase<'_>) -> bool {
        let times = &case.milestones;
        match self {
            Self::Appealed => times.dismissed.is_some(),
            Self::Reopened => times.dismissed.is_some() || times.withdrawn.is_some(),
            Self::VisitApproved | Self::VisitRefused => false,
            _ => true,
        }
    }

    fn counts(self, case: &MeasuredCase<'_>) -> bool {
        let times = &case.milestones;
        match self {
            Self::Routed => times.routed.is_some(),
            Self::Dismissed => times.dismissed.is_some(),
            Self::DismissedByInternalSecurity => times.dismissed_by_internal_security,
            Self::Prosecuted => times.prosecuted.is_some(),
            Self::Withdrawn => times.withdrawn.is_some(),
            Self::Convicted => case.is_convicted(),
            Self::Appealed => times.appealed.is_some(),
            Self::Reopened => times.reopened.is_some(),
            Self::VisitApproved | Self::VisitRefused => false,
        }
    }
}

/// Gathers every rate.
#[derive(Clone, Debug, Default)]
pub struct RateTally([Counts; RateMeasure::ALL.len()]);

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    all: u64,
    ended: u64,
    of_all: u64,
    of_ended: u64,
}

impl Tally for RateTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, _: &Terms<'_>) {
        let case = case.case;
        let has_ended = case.milestones.first_ending.is_some();
        for (measure, counts) in RateMeasure::ALL.iter().zip(&mut self.0) {
            if !measure.is_of_visits() && measure.counts_in(case) {
                counts.add(measure.counts(case), has_ended);
            }
        }
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, _: &Terms<'_>) {
        let visit = visit.visit;
        if !visit.needs_approval {
            return;
        }
        let (answered, approved) = (visit.answered.is_some(), visit.approved.is_some());
        for (measure, counts) in RateMeasure::ALL.iter().zip(&mut self.0) {
            match measure {
                RateMeasure::VisitApproved => counts.add(approved, answered),
                RateMeasure::VisitRefused => counts.add(answered && !approved, answered),
                _ => {}
            }
        }
    }

    fn add_open(&mut self, _: &StillOpen) {}

    fn merge(&mut self, other: Self) {
        merge_counters(self, other);
    }
}

impl Counters for RateTally {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let counters = |counts: &'c mut Counts| {
            let Counts { all, ended, of_all, of_ended } = counts;
            [all, ended, of_all, of_ended]
        };
        self.0.iter_mut().flat_map(counters).for_each(see);
    }
}

impl RateTally {
    /// The figures, in the order of [`RateMeasure::ALL`].
    pub fn figures(&self) -> impl Iterator<Item = (RateMeasure, RateFigures)> {
        RateMeasure::ALL.iter().copied().zip(self.0.iter().map(Counts::figures))
    }
}

impl Counts {
    fn add(&mut self, counts: bool, has_ended: bool) {
        self.all += 1;
        self.of_all += u64::from(counts);
        self.ended += u64::from(has_ended);
        self.of_ended += u64::from(counts && has_ended);
    }

    fn figures(&self) -> RateFigures {
        RateFigures { of_all: Share::of(self.of_all, self.all), of_ended: Share::of(self.of_ended, self.ended) }
    }
}
