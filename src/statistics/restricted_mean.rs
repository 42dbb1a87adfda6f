//! The mean wait up to a horizon τ: the area under the Kaplan–Meier curve from 0 to τ (Irwin 1949).
//!
//! A mean without a horizon would need every wait to have ended; this one is honest about what was seen.
//! Standard error as in R's `survmean` (Miller 1981, p. 195; Klein & Moeschberger 2003, §4.5):
//! `√ Σ A(t)² d / (n (n - d))` over event times t up to τ, `A(t)` the area from t to τ; terms with n = d drop out.

use super::distribution::normal_two_sided_p;
use super::survival::KaplanMeier;

/// The mean wait up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The horizon τ, in the unit of the times.
    pub tau: f64,
    /// The mean of min(wait, τ), in the same unit: 0 to τ.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Whether τ lies past the last exit: the curve is then carried on flat, which nobody observed.
    pub beyond_last_exit: bool,
}

/// A difference of two restricted means with the same horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanDifference {
    /// First minus second.
    pub difference: f64,
    /// Its standard error, the groups being independent.
    pub se: f64,
    /// Two-sided p-value of the z test; `None` when the standard error is 0.
    pub p: Option<f64>,
}

impl KaplanMeier<'_> {
    /// The restricted mean up to `tau`.
    ///
    /// `None` when `tau` is before the first exit (nothing was seen by then; R refuses too), not finite,
    /// when there are no observations, or when the variance is too large for a number.
    #[must_use]
    pub fn restricted_mean(&self, tau: f64) -> Option<RestrictedMean> {
        let (first, last) = (self.table().first_exit()?, self.table().last_exit()?);
        if !tau.is_finite() || tau < first {
            return None;
        }
        let steps = &self.steps()[..self.steps().partition_point(|step| step.time <= tau)];

        let (mut until, mut area, mut variance) = (tau, 0.0_f64, 0.0_f64);
        for (index, step) in steps.iter().enumerate().rev() {
            area += step.survival * (until - step.time);
            until = step.time;
            let before = index.checked_sub(1).map_or(0.0, |previous| steps[previous].greenwood);
            let increment = step.greenwood - before;
            if increment.is_finite() {
                variance += area * area * increment;
            }
        }
        let estimate = area + until;
        let se = variance.sqrt();
        (estimate.is_finite() && se.is_finite()).then_some(RestrictedMean {
            tau,
            estimate,
            se,
            beyond_last_exit: tau > last,
        })
    }
}

impl RestrictedMean {
    /// This mean minus another with the same horizon; `None` when the horizons differ.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<MeanDifference> {
        if self.tau.to_bits() != other.tau.to_bits() {
            return None;
        }
        let difference = self.estimate - other.estimate;
        let se = self.se.hypot(other.se);
        Some(MeanDifference { difference, se, p: (se > 0.0).then(|| normal_two_sided_p(difference / se)) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::event_table::{Endpoint, EventTable};
    use super::super::observation::{Ending, Observation};
    use super::*;

    fn mean(rows: &[(f64, u32)], tau: f64) -> Option<RestrictedMean> {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        KaplanMeier::new(&EventTable::new(&rows), Endpoint::Any).restricted_mean(tau)
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
    }

    #[test]
    fn the_area_and_its_error_by_hand() {
        // S = 1 to 1, 2/3 to 2, 1/3 to 4, then 0. Up to 3: 1 + 2/3 + 1/3 = 2.
        // A(1) = 2/3 + 1/3 = 1 with 1/(3·2); A(2) = 1/3 with 1/(2·1).
        let mean = mean(&[(1.0, 1), (2.0, 1), (4.0, 1)], 3.0).unwrap();
        close(mean.estimate, 2.0);
        close(mean.se, (1.0_f64 / 6.0 + 1.0 / 9.0 / 2.0).sqrt());
        assert!(!mean.beyond_last_exit);
    }

    #[test]
    fn with_every_wait_ended_it_is_the_plain_mean() {
        close(mean(&[(1.0, 1), (2.0, 1), (4.0, 1)], 10.0).unwrap().estimate, 7.0 / 3.0);
    }

    #[test]
    fn before_anything_was_seen_there_is_no_mean() {
        assert_eq!(mean(&[(2.0, 1)], 1.0), None);
        assert!(mean(&[(2.0, 1)], 2.0).is_some());
        assert_eq!(mean(&[], 1.0), None);
        assert_eq!(mean(&[(2.0, 1)], f64::NAN), None);
        assert_eq!(mean(&[(2.0, 1)], f64::INFINITY), None);
    }

    #[test]
    fn all_open_is_the_horizon_itself_and_says_when_it_was_not_seen() {
        let mean = mean(&[(5.0, 0), (7.0, 0)], 9.0).unwrap();
        close(mean.estimate, 9.0);
        close(mean.se, 0.0);
        assert!(mean.beyond_last_exit);
        assert_eq!(mean.minus(&mean).unwrap().p, None);
    }

    #[test]
    fn the_second_of_two_horizons_is_not_compared_with_the_first() {
        let rows = [(1.0, 1), (2.0, 1), (4.0, 1)];
        assert_eq!(mean(&rows, 3.0).unwrap().minus(&mean(&rows, 4.0).unwrap()), None);
        close(mean(&rows, 3.0).unwrap().minus(&mean(&rows, 3.0).unwrap()).unwrap().difference, 0.0);
    }
}
