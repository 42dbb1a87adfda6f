//! From many waits to the figures of a delay.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::delay::{ComplaintClock, DelayMeasure};
use super::figures::{Estimate, Share};
use super::measured::{MeasuredCase, MeasuredVisit};
use super::wait::{LastSeen, Wait};
use crate::domain::deadline::Deadlines;
use crate::domain::time::{Delay, Precision, Zone};
use crate::statistics::{self, ConfidenceLevel, Endpoint, EventTable, KaplanMeier, Observation, Transform};

/// How precisely the waits are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PrecisionCounts {
    /// To the minute.
    pub minute: u64,
    /// To the day.
    pub day: u64,
    /// To the month.
    pub month: u64,
}

/// The figures of one delay. Times are in days.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DelayFigures {
    /// Waits that began.
    pub n: u64,
    /// Ended as they should.
    pub ended: u64,
    /// Ended otherwise; they leave the risk set then.
    pub ended_otherwise: u64,
    /// Lost sight of; they leave the risk set then.
    pub lost: u64,
    /// Still open.
    pub open: u64,
    /// Left out because a date contradicts another.
    pub left_out: u64,
    /// How precisely the waits are known.
    pub precision: PrecisionCounts,
    /// Kaplan–Meier median with its 95 % log-log interval.
    pub median: Estimate,
    /// Kaplan–Meier first quartile, likewise.
    pub first_quartile: Estimate,
    /// Kaplan–Meier third quartile, likewise.
    pub third_quartile: Estimate,
    /// Of the waits with a deadline that have ended, or have outlasted it: the share that ended within it.
    pub within_deadline: Share,
    /// The longest wait still open.
    pub longest_open: Option<f64>,
}

/// Gathers the waits of one delay.
#[derive(Debug)]
pub struct DelayTally<'a> {
    measure: DelayMeasure,
    deadlines: &'a Deadlines,
    now: DateTime<Utc>,
    observations: Vec<Observation>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct Counts {
    ended: u64,
    ended_otherwise: u64,
    lost: u64,
    open: u64,
    left_out: u64,
    precision: PrecisionCounts,
    within: u64,
    judged: u64,
    longest_open: Option<f64>,
}

impl<'a> DelayTally<'a> {
    /// An empty tally; open waits are observed until `now`.
    #[must_use]
    pub fn new(measure: DelayMeasure, deadlines: &'a Deadlines, now: DateTime<Utc>) -> Self {
        Self { measure, deadlines, now, observations: Vec::new(), counts: Counts::default() }
    }

    /// Counts a wait, with what is needed to find its deadline.
    pub fn add(&mut self, wait: &Wait, zone: Zone, jurisdiction: &str, kind_of_place: Option<&str>) {
        let Some((delay, seen)) = wait.observe(zone, self.now) else {
            self.counts.left_out += 1;
            return;
        };
        let days = delay.days();
        let ending = statistics::Ending::from_outcome(u32::from(seen == LastSeen::Ended));
        let Ok(observation) = Observation::from_origin(days, ending) else {
            self.counts.left_out += 1;
            return;
        };
        self.observations.push(observation);
        match delay.precision() {
            Precision::Minute => self.counts.precision.minute += 1,
            Precision::Day => self.counts.precision.day += 1,
            Precision::Month => self.counts.precision.month += 1,
        }
        match seen {
            LastSeen::Ended => self.counts.ended += 1,
            LastSeen::EndedOtherwise => self.counts.ended_otherwise += 1,
            LastSeen::Lost => self.counts.lost += 1,
            LastSeen::Open => {
                self.counts.open += 1;
                self.counts.longest_open = Some(self.counts.longest_open.map_or(days, |longest| longest.max(days)));
            }
        }
        let step = self.measure.awaited_step();
        let since = wait.start.first_day(zone);
        let hours = step.and_then(|step| self.deadlines.hours(jurisdiction, kind_of_place, step, since));
        if let Some(hours) = hours {
            self.judge(delay, seen, hours);
        }
    }

    fn judge(&mut self, delay: Delay, seen: LastSeen, hours: i32) {
        let within = delay.is_within_hours(hours);
        // What has not ended within its time yet may still do so: it is not judged.
        if seen == LastSeen::Ended || !within {
            self.counts.judged += 1;
            self.counts.within += u64::from(within);
        }
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> DelayFigures {
        let table = EventTable::new(&self.observations);
        let quantiles = KaplanMeier::new(&table, Endpoint::Any).quantiles(
            &[0.25, 0.5, 0.75],
            Transform::LogLog,
            ConfidenceLevel::default(),
        );
        let quantile =
            |place: usize| quantiles.get(place).map_or(Estimate { estimate: None, lo: None, hi: None }, Estimate::from);
        let counts = &self.counts;
        DelayFigures {
            n: counts.ended + counts.ended_otherwise + counts.lost + counts.open,
            ended: counts.ended,
            ended_otherwise: counts.ended_otherwise,
            lost: counts.lost,
            open: counts.open,
            left_out: counts.left_out,
            precision: counts.precision,
            median: quantile(1),
            first_quartile: quantile(0),
            third_quartile: quantile(2),
            within_deadline: Share::of(counts.within, counts.judged),
            longest_open: counts.longest_open,
        }
    }
}

/// The figures of every delay, in the order of [`DelayMeasure::ALL`]. Each case is looked at once for
/// all of them: many cases are more than the processor keeps at hand.
pub fn measure_all<'a>(
    cases: impl IntoIterator<Item = &'a MeasuredCase>,
    visits: impl IntoIterator<Item = &'a MeasuredVisit>,
    clock: ComplaintClock,
    deadlines: &Deadlines,
    now: DateTime<Utc>,
) -> impl Iterator<Item = (DelayMeasure, DelayFigures)> {
    let tally = |measure: &DelayMeasure| DelayTally::new(*measure, deadlines, now);
    let mut tallies: Vec<DelayTally<'_>> = DelayMeasure::ALL.iter().map(tally).collect();
    for case in cases {
        for tally in &mut tallies {
            if let Some(wait) = tally.measure.of_case(case, clock) {
                tally.add(&wait, case.zone, &case.jurisdiction, case.kind_of_place.as_deref());
            }
        }
    }
    for visit in visits {
        for tally in &mut tallies {
            if let Some(wait) = tally.measure.of_visit(visit) {
                tally.add(&wait, visit.zone, &visit.jurisdiction, Some(&visit.kind_of_place));
            }
        }
    }
    tallies.into_iter().map(|tally| (tally.measure, tally.figures()))
}
