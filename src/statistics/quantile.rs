//! Medians and quartiles of a wait: the time by which a share p has ended.
//!
//! Where the curve crosses `1 - p`; where it lies flat on `1 - p`, the middle of the flat part, up to the next event
//! or the last exit: the convention of R's `quantile.survfit`. Limits by Brookmeyer & Crowley (1982):
//! the times at which the curve's own confidence limits cross `1 - p`.

use super::confidence::{ConfidenceLevel, Transform};
use super::crossing::{Crossing, Curve, TOLERANCE};
use super::exits::Exits;
use super::survival::KaplanMeier;

/// The time by which a share `p` has ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The share, between 0 and 1: 0.5 for the median.
    pub p: f64,
    /// The estimate, in the unit of the times; `None` when too few have ended to tell.
    pub estimate: Option<f64>,
    /// The lower limit, where the lower limit of the curve crosses.
    pub lo: Option<f64>,
    /// The upper limit, where the upper limit of the curve crosses. `None` is an interval open upwards.
    pub hi: Option<f64>,
}

impl KaplanMeier<'_> {
    /// The quantiles for several shares. A share outside 0…1 (exclusive) or NaN has no quantile.
    #[must_use]
    pub fn quantiles(&self, shares: &[f64], transform: Transform, level: ConfidenceLevel) -> Vec<Quantile> {
        let Some(last_exit) = self.table().last_exit() else {
            return shares.iter().map(|&p| Quantile { p, estimate: None, lo: None, hi: None }).collect();
        };
        let [estimate, lower, upper] =
            [Curve::Estimate, Curve::Lower(transform, level), Curve::Upper(transform, level)]
                .map(|curve| Crossing::new(self.steps(), curve, last_exit));
        shares.iter().map(|&p| Quantile { p, estimate: estimate.of(p), lo: lower.of(p), hi: upper.of(p) }).collect()
    }
}

/// The median of exactly so many waits, without its limits: the two times in whose middle [`KaplanMeier::quantiles`] has it,
/// which mostly are one. The waits come in the order of their exits, whatever their group; they are looked at no further
/// than the median, and no table is made of them. `None` when too few have ended to tell.
#[must_use]
#[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
pub fn median_in_order<T: Copy + PartialOrd>(rows: usize, exits: impl Iterator<Item = Exits<T>>) -> Option<(T, T)> {
    const HALF: f64 = 0.5;
    let mut exits = exits.peekable();
    let (mut at_risk, mut survival) = (rows, 1.0);
    let (mut reached, mut last_exit) = (None, None);
    while let Some(Exits { time, mut count, mut ended, .. }) = exits.next() {
        while let Some(tied) = exits.next_if(|next| next.time <= time) {
            count += tied.count;
            ended += tied.ended;
        }
        last_exit = Some(time);
        if ended > 0 {
            survival *= at_risk.saturating_sub(ended) as f64 / at_risk as f64;
            let share = 1.0 - survival;
            if share + TOLERANCE >= HALF {
                let reached = *reached.get_or_insert(time);
                if share - TOLERANCE >= HALF {
                    return Some((reached, time));
                }
            }
        }
        at_risk = at_risk.saturating_sub(count);
    }
    reached.zip(last_exit)
}

#[cfg(test)]
mod tests {
    use super::super::event_table::{Endpoint, EventTable};
    use super::super::observation::{Ending, Observation};
    use super::*;

    fn quantiles(rows: &[(f64, u32)], shares: &[f64]) -> Vec<Quantile> {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        let table = EventTable::new(&rows);
        KaplanMeier::new(&table, Endpoint::Any).quantiles(shares, Transform::LogLog, ConfidenceLevel::default())
    }

    fn estimates(rows: &[(f64, u32)], shares: &[f64]) -> Vec<Option<f64>> {
        quantiles(rows, shares).iter().map(|q| q.estimate).collect()
    }

    #[test]
    fn the_median_alone_is_that_of_the_quantiles() {
        let thinned_out = |every: u32| (0..400).map(|n| (f64::from(n / 3), u32::from(n % every > 0))).collect();
        let many: [Vec<_>; 3] = [2, 3, 4].map(thinned_out);
        let few =
            [&[][..], &[(5.0, 0)], &[(1.0, 1), (2.0, 1), (4.0, 1), (8.0, 1)], &[(5.0, 1), (10.0, 0)], &[(0.0, 1)]];
        for rows in few.into_iter().chain(many.iter().map(Vec::as_slice)) {
            let in_order = rows.iter().map(|&(time, k)| Exits { time, group: 0, count: 1, ended: usize::from(k > 0) });
            let median = median_in_order(rows.len(), in_order).map(|(from, to)| f64::midpoint(from, to));
            assert_eq!(median, estimates(rows, &[0.5])[0], "{rows:?}");
        }
    }

    #[test]
    fn a_flat_part_on_the_mark_gives_its_middle() {
        let rows = [(1.0, 1), (2.0, 1), (4.0, 1), (8.0, 1)];
        assert_eq!(estimates(&rows, &[0.25, 0.5, 0.75, 0.6]), [Some(1.5), Some(3.0), Some(6.0), Some(4.0)]);
    }

    #[test]
    fn rounding_does_not_hide_a_flat_part() {
        // R's own example: with 1..100 all ended, S(50) is 0.5 + 1.1e-16.
        let rows: Vec<_> = (1..=100).map(|t| (f64::from(t), 1)).collect();
        assert_eq!(estimates(&rows, &[0.5]), [Some(50.5)]);
    }

    #[test]
    fn a_flat_end_reaches_to_the_last_exit() {
        assert_eq!(estimates(&[(5.0, 1), (10.0, 0)], &[0.5]), [Some(7.5)]);
    }

    #[test]
    fn too_few_endings_have_no_median() {
        assert_eq!(estimates(&[(5.0, 0), (6.0, 0)], &[0.5]), [None]);
        assert_eq!(estimates(&[(1.0, 1), (5.0, 0), (6.0, 0)], &[0.25, 0.5]), [Some(1.0), None]);
        assert_eq!(estimates(&[], &[0.5]), [None]);
        assert_eq!(estimates(&[(1.0, 1)], &[0.0, 1.0, f64::NAN, -1.0]), [None; 4]);
    }

    #[test]
    fn huge_times_do_not_overflow() {
        assert_eq!(estimates(&[(f64::MAX, 1), (f64::MAX, 0)], &[0.5]), [Some(f64::MAX)]);
    }

    #[test]
    fn limits_enclose_the_estimate() {
        let rows: Vec<_> = (1..=30).map(|t| (f64::from(t), u32::from(t % 4 > 0))).collect();
        let median = quantiles(&rows, &[0.5])[0];
        assert!(median.lo.unwrap() < median.estimate.unwrap() && median.estimate.unwrap() < median.hi.unwrap());
    }
}
