//! From many waits to the figures of a delay.

use super::counters::{Counters, merge_counters};
use super::curve::Curve;
use super::delay::DelayMeasure;
use super::delay_figures::{DelayFigures, HorizonMean, MedianBounds, PrecisionCounts, quartiles};
use super::figures::Share;
use super::observed::{Awaited, ObservedCase, ObservedVisit, ObservedWait, StillOpen};
use super::tally::Tally;
use super::terms::Terms;
use super::wait::{LastSeen, Standing};
use super::waits::{Outcome, SortedWaits, Waits};
use crate::domain::delay::{Delay, MINUTES_A_DAY};
use crate::domain::time::Precision;
use crate::statistics::{Endpoint, EventTable, KaplanMeier};

/// Gathers the waits of one delay.
#[derive(Clone, Debug)]
pub struct DelayTally {
    measure: DelayMeasure,
    pub(super) waits: Waits,
    pub(super) counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    ended: u64,
    ended_otherwise: u64,
    lost: u64,
    open: u64,
    left_out: u64,
    missing_start: u64,
    to_the_minute: u64,
    to_the_day: u64,
    to_the_month: u64,
    within: u64,
    judged: u64,
    longest_open_minutes: Option<i64>,
}

impl Tally for DelayTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, _: &Terms<'_>) {
        match case.waits.of(self.measure) {
            Some(wait) => self.add(wait),
            None => self.counts.missing_start += u64::from(self.measure.lacks_start_in_case(case)),
        }
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, _: &Terms<'_>) {
        match visit.waits.of(self.measure) {
            Some(wait) => self.add(wait),
            None => self.counts.missing_start += u64::from(self.measure.lacks_start_in_visit(visit.visit)),
        }
    }

    fn add_open(&mut self, wait: &StillOpen) {
        if wait.awaited != Awaited::Delay(self.measure) {
            return;
        }
        match wait.lasted {
            Some(delay) => self.count(delay, LastSeen::Open, wait.hours),
            None => self.counts.left_out += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.waits.merge(other.waits);
        self.counts.longest_open_minutes = self.counts.longest_open_minutes.max(other.counts.longest_open_minutes);
        merge_counters(&mut self.counts, other.counts);
    }
}

impl DelayTally {
    /// An empty tally.
    #[must_use]
    pub fn new(measure: DelayMeasure) -> Self {
        Self { measure, waits: Waits::default(), counts: Counts::default() }
    }

    /// Which delay.
    #[must_use]
    pub fn measure(&self) -> DelayMeasure {
        self.measure
    }

    fn add(&mut self, wait: &ObservedWait) {
        match wait.standing {
            Standing::Over(delay, seen) => self.count(delay, seen, wait.hours),
            Standing::Open(_) => {}
            Standing::Contradictory => self.counts.left_out += 1,
        }
    }

    fn count(&mut self, delay: Delay, seen: LastSeen, hours: Option<i32>) {
        self.waits.add(delay, if seen == LastSeen::Ended { Outcome::First } else { Outcome::Open });
        self.counts.add(delay, seen);
        if let Some(hours) = hours {
            self.counts.judge(delay, seen, hours);
        }
    }

    /// How many waits.
    pub(super) fn len(&self) -> usize {
        self.waits.len()
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> DelayFigures {
        self.figures_and_table(true).0
    }

    /// The figures, with their curve or without, and the waits, sorted and counted.
    pub(super) fn figures_and_table(&self, with_curve: bool) -> (DelayFigures, EventTable) {
        let sorted = self.waits.sorted();
        let table = sorted.table();
        (self.figures_from(&table, &sorted, with_curve), table)
    }

    fn figures_from(&self, table: &EventTable, sorted: &SortedWaits<'_>, with_curve: bool) -> DelayFigures {
        let curve = KaplanMeier::new(table, Endpoint::Any);
        let [first_quartile, median, third_quartile] = quartiles(&curve);
        let horizon_days = self.measure.horizon_days();
        let counts = &self.counts;
        DelayFigures {
            n: (counts.ended + counts.ended_otherwise + counts.lost + counts.open).into(),
            ended: counts.ended.into(),
            ended_otherwise: counts.ended_otherwise.into(),
            lost: counts.lost.into(),
            open: counts.open.into(),
            left_out: counts.left_out.into(),
            missing_start: counts.missing_start.into(),
            precision: counts.precision(),
            median,
            first_quartile,
            third_quartile,
            median_bounds: median_bounds(sorted),
            restricted_mean: HorizonMean::of(&curve, horizon_days),
            mean_of_ended: self.waits.mean_of_ended(),
            within_deadline: Share::of(counts.within, counts.judged),
            longest_open: counts.longest_open_minutes.map(in_days),
            curve: if with_curve { Curve::of_waiting(&curve, horizon_days) } else { Curve::default() },
        }
    }
}

fn median_bounds(waits: &SortedWaits<'_>) -> Option<MedianBounds> {
    let median = |table: &EventTable| KaplanMeier::new(table, Endpoint::Any).median();
    let (shortest, longest) = waits.table_bounds()?;
    Some(MedianBounds { shortest: median(&shortest), longest: median(&longest) })
}

impl Counts {
    fn add(&mut self, delay: Delay, seen: LastSeen) {
        match delay.precision() {
            Precision::Minute => self.to_the_minute += 1,
            Precision::Day => self.to_the_day += 1,
            Precision::Month => self.to_the_month += 1,
        }
        match seen {
            LastSeen::Ended => self.ended += 1,
            LastSeen::EndedOtherwise => self.ended_otherwise += 1,
            LastSeen::Lost => self.lost += 1,
            LastSeen::Open => {
                self.open += 1;
                self.longest_open_minutes = self.longest_open_minutes.max(Some(delay.minutes()));
            }
        }
    }

    fn judge(&mut self, delay: Delay, seen: LastSeen, hours: i32) {
        let within = delay.is_within_hours(hours);
        // What has not ended within its time yet may still do so: it is not judged.
        if seen == LastSeen::Ended || !within {
            self.judged += 1;
            self.within += u64::from(within);
        }
    }

    fn precision(&self) -> PrecisionCounts {
        PrecisionCounts {
            minute: self.to_the_minute.into(),
            day: self.to_the_day.into(),
            month: self.to_the_month.into(),
        }
    }
}

impl Counters for Counts {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let Self { ended, ended_otherwise, lost, open, left_out, missing_start, to_the_minute, .. } = self;
        [ended, ended_otherwise, lost, open, left_out, missing_start, to_the_minute].into_iter().for_each(&mut *see);
        let Self { to_the_day, to_the_month, within, judged, longest_open_minutes: _, .. } = self;
        [to_the_day, to_the_month, within, judged].into_iter().for_each(see);
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes between 1900 and 2200 fit 53 bits")]
fn in_days(minutes: i64) -> f64 {
    minutes as f64 / MINUTES_A_DAY as f64
}
