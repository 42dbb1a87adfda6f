//! From many waits to the figures of a delay.

use serde::Serialize;

use super::delay::DelayMeasure;
use super::figures::{Estimate, Share};
use super::measured::{MeasuredCase, MeasuredVisit};
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Wait};
use crate::domain::time::{Delay, Precision};
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
#[derive(Clone, Debug)]
pub struct DelayTally {
    measure: DelayMeasure,
    observations: Vec<Observation>,
    counts: Counts,
}

#[derive(Clone, Debug, Default)]
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

impl Tally for DelayTally {
    fn add_case(&mut self, case: &MeasuredCase<'_>, terms: &Terms<'_>) {
        if let Some(wait) = self.measure.of_case(case, terms.clock) {
            self.add(&wait, case, case.kind_of_place, terms);
        }
    }

    fn add_visit(&mut self, case: &MeasuredCase<'_>, visit: &MeasuredVisit<'_>, terms: &Terms<'_>) {
        if let Some(wait) = self.measure.of_visit(case, visit) {
            self.add(&wait, case, Some(visit.kind_of_place), terms);
        }
    }

    fn merge(&mut self, other: Self) {
        self.observations.extend(other.observations);
        self.counts.merge(&other.counts);
    }
}

impl DelayTally {
    /// An empty tally.
    #[must_use]
    pub fn new(measure: DelayMeasure) -> Self {
        Self { measure, observations: Vec::new(), counts: Counts::default() }
    }

    fn add(&mut self, wait: &Wait, case: &MeasuredCase<'_>, kind_of_place: Option<&str>, terms: &Terms<'_>) {
        let Some((delay, seen)) = wait.observe(case.zone, terms.observed_until) else {
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
        let since = wait.start.first_day(case.zone);
        let hours = step.and_then(|step| terms.deadlines.hours(case.jurisdiction, kind_of_place, step, since));
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

impl Counts {
    fn merge(&mut self, other: &Self) {
        self.ended += other.ended;
        self.ended_otherwise += other.ended_otherwise;
        self.lost += other.lost;
        self.open += other.open;
        self.left_out += other.left_out;
        self.precision.minute += other.precision.minute;
        self.precision.day += other.precision.day;
        self.precision.month += other.precision.month;
        self.within += other.within;
        self.judged += other.judged;
        self.longest_open = self.longest_open.into_iter().chain(other.longest_open).reduce(f64::max);
    }
}
