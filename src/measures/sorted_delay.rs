//! From many waits to the figures of a delay.

use super::curve::Curve;
use super::delay::DelayMeasure;
use super::delay_counts::DelayCounts;
use super::delay_figures::{DelayFigures, HorizonMean, quartiles};
use super::figures::Share;
use super::sorted_waits::SortedWaits;
use crate::domain::delay::MINUTES_A_DAY;
use crate::statistics::{Endpoint, Exits, KaplanMeier};

/// The waits of one delay in their order, with what has been counted of them.
#[derive(Debug)]
pub(super) struct SortedDelay {
    measure: DelayMeasure,
    waits: SortedWaits,
    counts: DelayCounts,
}

impl SortedDelay {
    pub(super) fn new(measure: DelayMeasure, waits: SortedWaits, counts: DelayCounts) -> Self {
        Self { measure, waits, counts }
    }

    /// Those of several groups as one.
    pub(super) fn together(measure: DelayMeasure, groups: &[Self]) -> Self {
        let mut counts = DelayCounts::default();
        groups.iter().for_each(|group| counts.merge(group.counts));
        let waits: Vec<&SortedWaits> = groups.iter().map(|group| &group.waits).collect();
        Self { measure, waits: SortedWaits::together(&waits), counts }
    }

    /// How many waits.
    pub(super) fn len(&self) -> usize {
        self.waits.len()
    }

    /// The waits as they exit; those of several groups together with the number of each.
    pub(super) fn exits(&self) -> impl Iterator<Item = Exits<u32>> {
        self.waits.exits()
    }

    /// The figures, with their curve or without.
    pub(super) fn figures(&self, with_curve: bool) -> DelayFigures {
        let table = self.waits.table();
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let [first_quartile, median, third_quartile] = quartiles(&curve);
        let horizon_days = self.measure.horizon_days();
        let counts = &self.counts;
        DelayFigures {
            n: counts.waits().into(),
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
            median_bounds: self.waits.median_bounds(),
            restricted_mean: HorizonMean::of(&curve, horizon_days),
            mean_of_ended: self.waits.mean_of_ended(),
            within_deadline: Share::of(counts.within, counts.judged),
            longest_open: counts.longest_open_minutes.map(in_days),
            curve: if with_curve { Curve::of_waiting(&curve, horizon_days) } else { Curve::default() },
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes between 1900 and 2200 fit 53 bits")]
fn in_days(minutes: i64) -> f64 {
    minutes as f64 / MINUTES_A_DAY as f64
}
