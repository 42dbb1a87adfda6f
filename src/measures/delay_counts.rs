//! What is counted of the waits of a delay, beside the waits.

use super::counters::{Counters, merge_counters};
use super::delay_figures::PrecisionCounts;
use super::wait::LastSeen;
use crate::domain::delay::Delay;
use crate::domain::time::Precision;

/// What is counted of the waits of one delay.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DelayCounts {
    pub(super) ended: u64,
    pub(super) ended_otherwise: u64,
    pub(super) lost: u64,
    pub(super) open: u64,
    pub(super) left_out: u64,
    pub(super) missing_start: u64,
    pub(super) to_the_minute: u64,
    pub(super) to_the_day: u64,
    pub(super) to_the_month: u64,
    pub(super) within: u64,
    pub(super) judged: u64,
    pub(super) longest_open_minutes: Option<i64>,
}

impl DelayCounts {
    /// How many waits.
    pub(super) fn waits(&self) -> u64 {
        self.ended + self.ended_otherwise + self.lost + self.open
    }

    /// Counts a wait.
    pub(super) fn add(&mut self, delay: Delay, seen: LastSeen) {
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

    /// Holds a wait against the hours that are allowed for it.
    pub(super) fn judge(&mut self, delay: Delay, seen: LastSeen, hours: i32) {
        let within = delay.is_within_hours(hours);
        // What has not ended within its time yet may still do so: it is not judged.
        if seen == LastSeen::Ended || !within {
            self.judged += 1;
            self.within += u64::from(within);
        }
    }

    /// Takes in what others have counted.
    pub(super) fn merge(&mut self, other: Self) {
        self.longest_open_minutes = self.longest_open_minutes.max(other.longest_open_minutes);
        merge_counters(self, other);
    }

    /// How precisely the waits are known.
    pub(super) fn precision(&self) -> PrecisionCounts {
        PrecisionCounts {
            minute: self.to_the_minute.into(),
            day: self.to_the_day.into(),
            month: self.to_the_month.into(),
        }
    }
}

impl Counters for DelayCounts {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let Self { ended, ended_otherwise, lost, open, left_out, missing_start, to_the_minute, .. } = self;
        [ended, ended_otherwise, lost, open, left_out, missing_start, to_the_minute].into_iter().for_each(&mut *see);
        let Self { to_the_day, to_the_month, within, judged, longest_open_minutes: _, .. } = self;
        [to_the_day, to_the_month, within, judged].into_iter().for_each(see);
    }
}
