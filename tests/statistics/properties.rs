//! The statistics hold for any data: against naive code that counts everything anew at every time, and by the
//! laws they must obey.

#![allow(clippy::cast_precision_loss)] // counts of a few dozen rows

use std::num::NonZeroU32;

use aiqyn::statistics::{
    ConfidenceLevel, CumulativeIncidence, Ending, Endpoint, EventTable, KaplanMeier, NelsonAalen, Observation,
    Transform, difference_of_rates, log_rank, stratified_log_rank, wilson,
};
use proptest::prelude::*;

/// Entry (none without delayed entry), exit, outcome.
type Row = (Option<f64>, f64, u32);

/// Few distinct times, so that ties abound; a third of the waits enter late.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..3_u8, 0..12_u8, 0..14_u8, 0..4_u32).prop_map(|(late, entry, wait, outcome)| {
        let entry = f64::from(entry);
        if late == 0 && wait > 0 {
            (Some(entry), entry + f64::from(wait) / 2.0, outcome)
        } else {
            (None, f64::from(wait), outcome)
        }
    });
    prop::collection::vec(row, 0..40)
}

fn observations(rows: &[Row]) -> Vec<Observation> {
    let observation = |&(entry, exit, outcome): &Row| match entry {
        None => Observation::from_origin(exit, Ending::from_outcome(outcome)).unwrap(),
        Some(entry) => Observation::entering_late(entry, exit, Ending::from_outcome(outcome)).unwrap(),
    };
    rows.iter().map(observation).collect()
}

fn table(rows: &[Row]) -> EventTable {
    EventTable::new(&observations(rows))
}

fn ending(k: u32) -> NonZeroU32 {
    NonZeroU32::new(k).unwrap()
}

fn times() -> impl Iterator<Item = f64> {
    (0..80).map(|quarter| f64::from(quarter) / 4.0)
}

/// The naive way: count again at every time.
mod naive {
    use super::Row;

    pub fn at_risk(rows: &[Row], t: f64) -> usize {
        rows.iter().filter(|r| r.0.is_none_or(|entry| entry < t) && r.1 >= t).count()
    }

    pub fn events(rows: &[Row], t: f64, is_event: impl Fn(u32) -> bool) -> usize {
        rows.iter().filter(|r| (r.1 - t).abs() < 1e-9 && is_event(r.2)).count()
    }

    pub fn event_times(rows: &[Row], up_to: f64, is_event: impl Fn(u32) -> bool) -> Vec<f64> {
        let mut times: Vec<f64> = rows.iter().filter(|r| r.1 <= up_to && is_event(r.2)).map(|r| r.1).collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        times
    }

    pub fn survival(rows: &[Row], t: f64, is_event: impl Fn(u32) -> bool + Copy) -> f64 {
        let times = event_times(rows, t, is_event);
        times.iter().map(|&s| 1.0 - events(rows, s, is_event) as f64 / at_risk(rows, s) as f64).product()
    }

    pub fn greenwood(rows: &[Row], t: f64, is_event: impl Fn(u32) -> bool + Copy) -> f64 {
        let terms = event_times(rows, t, is_event).into_iter().map(|s| {
            let (n, d) = (at_risk(rows, s) as f64, events(rows, s, is_event) as f64);
            d / (n * (n - d))
        });
        terms.sum()
    }

    fn before(rows: &[Row], t: f64) -> f64 {
        event_times(rows, t, |k| k > 0)
            .into_iter()
            .filter(|&s| s < t)
            .map(|s| 1.0 - events(rows, s, |k| k > 0) as f64 / at_risk(rows, s) as f64)
            .product()
    }

    pub fn incidence(rows: &[Row], t: f64, cause: u32) -> f64 {
        let terms = event_times(rows, t, |k| k == cause)
            .into_iter()
            .map(|s| before(rows, s) * events(rows, s, |k| k == cause) as f64 / at_risk(rows, s) as f64);
        terms.sum()
    }

    /// The closed form of the delta-method variance (Marubini & Valsecchi 1995, §10.4); only where n > d throughout.
    pub fn incidence_variance(rows: &[Row], t: f64, cause: u32) -> Option<f64> {
        let end = incidence(rows, t, cause);
        let mut variance = 0.0;
        for s in event_times(rows, t, |k| k > 0) {
            let n = at_risk(rows, s) as f64;
            let d = events(rows, s, |k| k > 0) as f64;
            let d_k = events(rows, s, |k| k == cause) as f64;
            if n - d < 0.5 {
                return None;
            }
            let (left, s_before) = (end - incidence(rows, s, cause), before(rows, s));
            variance += left * left * d / (n * (n - d));
            variance += s_before * s_before * (n - d_k) * d_k / n.powi(3);
            variance -= 2.0 * left * s_before * d_k / (n * n);
        }
        Some(variance)
    }
}

fn close(actual: f64, expected: f64) -> Result<(), TestCaseError> {
    prop_assert!((actual - expected).abs() < 1e-9, "{} is not {}", actual, expected);
    Ok(())
}

proptest! {
    #[test]
    fn kaplan_meier_is_the_naive_product(rows in rows(), cause in 0..4_u32) {
        let table = table(&rows);
        let is_event = |k: u32| if cause == 0 { k > 0 } else { k == cause };
        let endpoint = NonZeroU32::new(cause).map_or(Endpoint::Any, Endpoint::Ending);
        let curve = KaplanMeier::new(&table, endpoint);
        let hazard = NelsonAalen::new(&table, endpoint);
        for t in times() {
            let point = curve.at(t);
            prop_assert_eq!(point.at_risk, naive::at_risk(&rows, t));
            prop_assert_eq!(point.cumulative_events, rows.iter().filter(|r| r.1 <= t && is_event(r.2)).count());
            close(point.survival, naive::survival(&rows, t, is_event))?;
            if let Some(se) = point.se {
                close(se, point.survival * naive::greenwood(&rows, t, is_event).sqrt())?;
            }
            let sum: f64 = naive::event_times(&rows, t, is_event).into_iter()
                .map(|s| naive::events(&rows, s, is_event) as f64 / naive::at_risk(&rows, s) as f64).sum();
            close(hazard.at(t).hazard, sum)?;
        }
    }

    #[test]
    fn aalen_johansen_is_the_naive_sum_and_its_variance_the_closed_form(rows in rows(), cause in 1..4_u32) {
        let table = table(&rows);
        let incidence = CumulativeIncidence::new(&table, ending(cause));
        for t in times() {
            let point = incidence.at(t);
            close(point.incidence, naive::incidence(&rows, t, cause))?;
            if let Some(variance) = naive::incidence_variance(&rows, t, cause) {
                close(point.se * point.se, variance)?;
            }
        }
    }

    #[test]
    fn what_still_waits_and_what_ended_make_the_whole(rows in rows()) {
        let table = table(&rows);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let incidences = [1, 2, 3].map(|k| CumulativeIncidence::new(&table, ending(k)));
        for t in times() {
            let ended: f64 = incidences.iter().map(|f| f.at(t).incidence).sum();
            close(curve.at(t).survival + ended, 1.0)?;
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter((rows, shuffled) in rows().prop_flat_map(|rows| {
        (Just(rows.clone()), Just(rows).prop_shuffle())
    })) {
        let (a, b) = (table(&rows), table(&shuffled));
        prop_assert_eq!(a.steps(), b.steps());
        let level = ConfidenceLevel::default();
        let figures = |table: &EventTable| {
            let curve = KaplanMeier::new(table, Endpoint::Ending(ending(1)));
            let quantiles = curve.quantiles(&[0.25, 0.5, 0.75], Transform::LogLog, level);
            let points: Vec<_> = times().map(|t| curve.at(t)).collect();
            let incidence = CumulativeIncidence::new(table, ending(2));
            (quantiles, points, curve.restricted_mean(9.0), times().map(|t| incidence.at(t)).collect::<Vec<_>>())
        };
        prop_assert_eq!(figures(&a), figures(&b));
    }

    #[test]
    fn a_wait_cut_in_two_is_still_one_wait(rows in rows(), cut in 0..40_u8) {
        let cut = f64::from(cut) / 4.0;
        let pieces: Vec<Row> = rows.iter().flat_map(|&(entry, exit, outcome)| {
            if entry.is_none_or(|entry| entry < cut) && cut < exit {
                vec![(entry, cut, 0), (Some(cut), exit, outcome)]
            } else {
                vec![(entry, exit, outcome)]
            }
        }).collect();
        let (whole, cut) = (table(&rows), table(&pieces));
        let (a, b) = (KaplanMeier::new(&whole, Endpoint::Any), KaplanMeier::new(&cut, Endpoint::Any));
        let (f, g) = (CumulativeIncidence::new(&whole, ending(1)), CumulativeIncidence::new(&cut, ending(1)));
        for t in times() {
            let (x, y) = (a.at(t), b.at(t));
            prop_assert_eq!((x.at_risk, x.cumulative_events, x.survival, x.se),
                (y.at_risk, y.cumulative_events, y.survival, y.se));
            prop_assert_eq!(f.at(t), g.at(t));
        }
        let quantiles = |curve: &KaplanMeier| {
            curve.quantiles(&[0.25, 0.5, 0.75], Transform::LogLog, ConfidenceLevel::default())
        };
        prop_assert_eq!(quantiles(&a), quantiles(&b));
    }

    #[test]
    fn the_restricted_mean_is_the_area_under_the_curve(rows in rows(), tau in 0..80_u8) {
        let (table, tau) = (table(&rows), f64::from(tau) / 4.0);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        if let Some(mean) = curve.restricted_mean(tau) {
            // All times lie on quarters and the curve is flat in between: this sum is the integral.
            let area: f64 = times().filter(|&t| t < tau).map(|t| curve.at(t).survival / 4.0).sum();
            close(mean.estimate, area)?;
        }
    }

    #[test]
    fn quantiles_are_where_the_curve_crosses(rows in rows(), p in 0.01..0.99_f64) {
        let table = table(&rows);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let quantile = curve.quantiles(&[p], Transform::LogLog, ConfidenceLevel::default())[0];
        match quantile.estimate {
            Some(t) => {
                prop_assert!(curve.at(t).survival <= 1.0 - p + 2e-8);
                prop_assert!(table.last_exit().is_some_and(|last| t <= last));
            }
            None => prop_assert!(times().all(|t| curve.at(t).survival > 1.0 - p - 2e-8)),
        }
    }

    #[test]
    fn the_log_rank_test_is_the_naive_one(a in rows(), b in rows()) {
        let test = log_rank(&[&table(&a), &table(&b)], Endpoint::Any);
        let both: Vec<Row> = a.iter().chain(&b).copied().collect();
        let (mut expected, mut variance) = (0.0, 0.0);
        for t in naive::event_times(&both, f64::INFINITY, |k| k > 0) {
            let (n, n_a) = (naive::at_risk(&both, t) as f64, naive::at_risk(&a, t) as f64);
            let d = naive::events(&both, t, |k| k > 0) as f64;
            expected += d * n_a / n;
            if n > 1.0 {
                variance += d * (n - d) / (n - 1.0) * (n_a / n) * (1.0 - n_a / n);
            }
        }
        let observed = a.iter().filter(|r| r.2 > 0).count();
        prop_assert_eq!(test.observed[0], observed);
        close(test.expected[0], expected)?;
        prop_assert_eq!(test.df, usize::from(variance > 1e-12));
        if let Some(chi2) = test.chi2 {
            let naive = (observed as f64 - expected).powi(2) / variance;
            prop_assert!((chi2 - naive).abs() <= 1e-8 * (1.0 + naive));
            prop_assert!(test.p.is_some_and(|p| (0.0..=1.0).contains(&p)));
        }
    }

    #[test]
    fn the_log_rank_test_does_not_care_for_the_order_of_the_groups(a in rows(), b in rows(), c in rows()) {
        let (a, b, c) = (table(&a), table(&b), table(&c));
        let (one, other) = (log_rank(&[&a, &b, &c], Endpoint::Any), log_rank(&[&c, &a, &b], Endpoint::Any));
        prop_assert_eq!(one.df, other.df);
        close(one.observed.iter().sum::<usize>() as f64, one.expected.iter().sum())?;
        if let (Some(x), Some(y)) = (one.chi2, other.chi2) {
            prop_assert!((x - y).abs() <= 1e-7 * (1.0 + x), "{} and {}", x, y);
        }
        let strata = stratified_log_rank(&[vec![&a, &b, &c]], Endpoint::Any).unwrap();
        prop_assert_eq!(strata, one);
    }

    #[test]
    fn wilson_contains_the_share_and_keeps_within_zero_and_one(n in 1..5_000_u64, part in 0.0..=1.0_f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let k = (part * n as f64) as u64;
        let limits = wilson(k, n, ConfidenceLevel::default()).unwrap().unwrap();
        let p = k as f64 / n as f64;
        prop_assert!(0.0 <= limits.lo && limits.lo <= p && p <= limits.hi && limits.hi <= 1.0);
        prop_assert!(limits.lo < limits.hi);
    }

    #[test]
    fn a_difference_of_rates_turns_round_with_its_groups(k1 in 0..50_u64, k2 in 0..50_u64, more in 1..50_u64) {
        let level = ConfidenceLevel::default();
        let (first, second) = ((k1, k1 + more), (k2, k2 + 2 * more));
        let forth = difference_of_rates(first, second, level).unwrap().unwrap();
        let back = difference_of_rates(second, first, level).unwrap().unwrap();
        close(forth.limits.lo, -back.limits.hi)?;
        prop_assert!(forth.limits.lo <= forth.difference && forth.difference <= forth.limits.hi);
    }

    #[test]
    fn no_accepted_times_make_a_panic(rows in prop::collection::vec(
        (any::<f64>(), prop_oneof![any::<f64>().prop_map(f64::abs), Just(0.0), Just(f64::MAX), Just(5e-324)], 0..3_u32), 0..20,
    ), tau in any::<f64>(), p in any::<f64>()) {
        let accepted: Vec<_> = rows.iter().filter_map(|&(entry, exit, outcome)| {
            let ending = Ending::from_outcome(outcome);
            Observation::entering_late(entry, exit, ending).or_else(|_| Observation::from_origin(exit, ending)).ok()
        }).collect();
        let table = EventTable::new(&accepted);
        let level = ConfidenceLevel::default();
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        for t in [tau, 0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let point = curve.at(t);
            prop_assert!((0.0..=1.0).contains(&point.survival));
            for transform in [Transform::Log, Transform::LogLog] {
                if let Some(limits) = point.limits(transform, level) {
                    prop_assert!(0.0 <= limits.lo && limits.lo <= limits.hi && limits.hi <= 1.0);
                }
            }
            if let Some(mean) = curve.restricted_mean(t) {
                prop_assert!(mean.estimate.is_finite() && mean.se.is_finite());
            }
            let _ = CumulativeIncidence::new(&table, ending(1)).at(t).limits(level);
            let _ = NelsonAalen::new(&table, Endpoint::Any).at(t).limits(level);
        }
        let _ = curve.quantiles(&[p, 0.5], Transform::Log, level);
        let _ = log_rank(&[&table, &table], Endpoint::Any);
    }
}
