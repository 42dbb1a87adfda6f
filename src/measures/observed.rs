//! What several tallies ask of a case or of a visit, worked out once for all of them: its waits above all, for each
//! may need a look into the time zone, which costs more than all the counting.
//!
//! What is observed of a case does not hang on the day of the figures, but for how long open waits have lasted: those
//! stand apart.

use chrono::{DateTime, Utc};

use super::delay::DelayMeasure;
use super::measured::{MeasuredCase, MeasuredVisit};
use super::terms::Terms;
use super::visit_measure::outside_mandate;
use super::wait::{Standing, Wait};
use crate::domain::complaint::Answer;
use crate::domain::delay::Delay;
use crate::domain::time::{PartialTime, Zone};

/// A case as it was observed on the terms of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct ObservedCase<'a> {
    /// The case.
    pub case: &'a MeasuredCase<'a>,
    pub(super) waits: ObservedWaits,
    /// From the start of its clock to whichever ending came first; none where the clock never started.
    pub(super) ending: Option<Standing>,
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
        let times = &case.milestones;
        let wait = |start| Wait { start, end: times.first_ending_at(), otherwise: None, lost: times.follow_up_ended };
        let ending = terms.clock.start(times).map(|start| wait(start).standing(case.zone));
        Self { case, waits, ending, tells_of_custody: case.tells_of_custody() }
    }

    /// Its waits that go on.
    pub fn open_waits(&self) -> impl Iterator<Item = OpenWait> {
        let ending = self.ending.and_then(|ending| match ending {
            Standing::Open(start) => {
                Some(OpenWait { awaited: Awaited::AnyEnding, start, zone: self.case.zone, hours: None })
            }
            _ => None,
        });
        self.waits.open(self.case.zone).chain(ending)
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

    /// Its waits that go on.
    pub fn open_waits(&self) -> impl Iterator<Item = OpenWait> {
        self.waits.open(self.case.zone)
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

    fn open(self, zone: Zone) -> impl Iterator<Item = OpenWait> {
        DelayMeasure::ALL.iter().zip(self.0).filter_map(move |(measure, wait)| match wait?.standing {
            Standing::Open(start) => {
                Some(OpenWait { awaited: Awaited::Delay(*measure), start, zone, hours: wait?.hours })
            }
            _ => None,
        })
    }
}

/// A wait that began.
#[derive(Clone, Copy, Debug)]
pub(super) struct ObservedWait {
    pub(super) standing: Standing,
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
        let standing = wait.standing(case.zone);
        let with_deadline = measure.awaited_step().filter(|step| terms.deadlines.know(*step));
        let hours = with_deadline.and_then(|step| {
            let since = wait.start.first_day(case.zone);
            terms.deadlines.hours(case.jurisdiction, kind_of_place, step, since)
        });
        Self { standing, hours }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Open(_))
    }
}

/// What an open wait waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The end of a delay.
    Delay(DelayMeasure),
    /// Whichever ending of the complaint comes first.
    AnyEnding,
}

/// A wait that goes on.
#[derive(Clone, Copy, Debug)]
pub struct OpenWait {
    pub(super) awaited: Awaited,
    pub(super) start: PartialTime,
    pub(super) zone: Zone,
    /// The hours allowed for it; none where there is no deadline.
    pub(super) hours: Option<i32>,
}

/// A wait that goes on, as it stood at the end of the observation.
#[derive(Clone, Copy, Debug)]
pub struct StillOpen {
    pub(super) awaited: Awaited,
    /// How long it had lasted; none where it surely began later.
    pub(super) lasted: Option<Delay>,
    /// The hours allowed for it; none where there is no deadline.
    pub(super) hours: Option<i32>,
}

/// The end of an observation.
#[derive(Clone, Copy, Debug)]
pub struct ObservationEnd {
    instant: PartialTime,
    zone: Zone,
    /// Its day there.
    day: PartialTime,
}

impl ObservationEnd {
    /// An instant. Its day is looked up once, in the zone in which nearly every case is.
    #[must_use]
    pub fn at(instant: DateTime<Utc>) -> Self {
        let zone = Zone::default();
        let day = PartialTime::Day(zone.date_of(instant));
        Self { instant: PartialTime::minute(instant), zone, day }
    }
}

impl OpenWait {
    /// How it stood at the end of the observation.
    #[must_use]
    pub fn until(&self, end: &ObservationEnd) -> StillOpen {
        // Against a day or a month, a minute counts as its day.
        let to = match self.start {
            PartialTime::Day(_) | PartialTime::Month(_) if self.zone == end.zone => end.day,
            _ => end.instant,
        };
        let Self { awaited, start, zone, hours } = *self;
        StillOpen { awaited, lasted: Delay::between(start, to, zone), hours }
    }
}
