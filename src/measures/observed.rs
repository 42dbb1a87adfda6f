//! What several tallies ask of a case or of a visit, worked out once for all of them: its waits above all, for each
//! may need a look into the time zone, which costs more than all the counting.

use super::delay::DelayMeasure;
use super::measured::{MeasuredCase, MeasuredVisit};
use super::terms::Terms;
use super::visit_measure::outside_mandate;
use super::wait::{LastSeen, Wait};
use crate::domain::complaint::Answer;
use crate::domain::delay::Delay;

/// A case as it was observed on the terms of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct ObservedCase<'a> {
    /// The case.
    pub case: &'a MeasuredCase<'a>,
    pub(super) waits: ObservedWaits,
    pub(super) tells_of_custody: bool,
}

/// A visit, likewise.
#[derive(Clone, Copy, Debug)]
pub struct ObservedVisit<'a> {
    /// The case that it belongs to.
    pub case: &'a MeasuredCase<'a>,
    /// The visit.
    pub visit: &'a MeasuredVisit<'a>,
    pub(super) waits: ObservedWaits,
    pub(super) outside_mandate: Answer,
}

impl<'a> ObservedCase<'a> {
    /// Observes a case.
    #[must_use]
    pub fn of(case: &'a MeasuredCase<'a>, terms: &Terms<'_>) -> Self {
        let waits = ObservedWaits::collect(|measure| {
            let wait = measure.of_case(case, terms.clock)?;
            Some(ObservedWait::of(&wait, measure, case, case.kind_of_place, terms))
        });
        Self { case, waits, tells_of_custody: case.tells_of_custody() }
    }
}

impl<'a> ObservedVisit<'a> {
    /// Observes a visit of a case.
    #[must_use]
    pub fn of(case: &'a MeasuredCase<'a>, visit: &'a MeasuredVisit<'a>, terms: &Terms<'_>) -> Self {
        let waits = ObservedWaits::collect(|measure| {
            let wait = measure.of_visit(case, visit)?;
            Some(ObservedWait::of(&wait, measure, case, Some(visit.kind_of_place), terms))
        });
        Self { case, visit, waits, outside_mandate: outside_mandate(case, visit, terms) }
    }
}

/// The waits that began, by the delay that they are measured in.
#[derive(Clone, Copy, Debug)]
pub(super) struct ObservedWaits([Option<ObservedWait>; DelayMeasure::ALL.len()]);

impl ObservedWaits {
    fn collect(wait: impl Fn(DelayMeasure) -> Option<ObservedWait>) -> Self {
        let mut waits = [None; DelayMeasure::ALL.len()];
        for (place, measure) in waits.iter_mut().zip(DelayMeasure::ALL) {
            *place = wait(*measure);
        }
        Self(waits)
    }

    /// The wait of one delay; none where it never began.
    pub(super) fn of(&self, measure: DelayMeasure) -> Option<&ObservedWait> {
        self.0[measure as usize].as_ref()
    }

    /// All of them.
    pub(super) fn each(&self) -> impl Iterator<Item = &ObservedWait> {
        self.0.iter().flatten()
    }
}

/// A wait that began, as far as it was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct ObservedWait {
    /// How long it took, or was seen to last, and how it stood then; none where its dates contradict each other.
    pub(super) seen: Option<(Delay, LastSeen)>,
    /// The hours allowed for it; none where there is no deadline.
    pub(super) hours: Option<i32>,
}

impl ObservedWait {
    fn of(
        wait: &Wait,
        measure: DelayMeasure,
        case: &MeasuredCase<'_>,
        kind_of_place: Option<&str>,
        terms: &Terms<'_>,
    ) -> Self {
        let seen = wait.observe(case.zone, terms.observed_until);
        let with_deadline = measure.awaited_step().filter(|step| terms.deadlines.know(*step));
        let hours = with_deadline.and_then(|step| {
            let since = wait.start.first_day(case.zone);
            terms.deadlines.hours(case.jurisdiction, kind_of_place, step, since)
        });
        Self { seen, hours }
    }
}
