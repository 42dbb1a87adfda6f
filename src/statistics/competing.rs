//! Aalen–Johansen: the share that has ended in one particular way by t, when several endings compete.
//!
//! `F_k(t) = Σ S(t-) d_k/n` (Aalen & Johansen 1978), S the Kaplan–Meier curve of any ending. Treating the other
//! endings as censoring instead (1 - Kaplan–Meier) would overstate every share.
//!
//! Variance by the delta method over multinomial increments ("Greenwood", as R's `etm` and
//! Andersen et al. 1993, §IV.4), as a recursion over the event times. With `q = d/n` and `q_k = d_k/n`:
//!
//! ```text
//! Var F' = Var F + 2 q_k Cov(S,F) + q_k² Var S + S² q_k (1 - q_k) / n
//! Cov'   = (1 - q) (Cov + q_k Var S) - S² q_k (1 - q) / n
//! Var S' = (1 - q)² Var S + S² q (1 - q) / n
//! ```

use std::num::NonZeroU32;

use super::confidence::{ConfidenceLevel, Limits, log_log_limits};
use super::event_table::{Endpoint, EventTable};

/// An incidence this near to 1 is 1: what is left is rounding, and has no limits.
const CERTAIN: f64 = 1.0 - 1e-12;

/// The cumulative incidence of one ending among all that compete.
#[derive(Debug, Clone)]
pub struct CumulativeIncidence {
    steps: Vec<IncidenceAt>,
}

/// The cumulative incidence at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncidenceAt {
    /// The time.
    pub time: f64,
    /// Observations that have ended in this way by `time`.
    pub cumulative_events: usize,
    /// The estimated share that has, 0 to 1.
    pub incidence: f64,
    /// Its standard error.
    pub se: f64,
}

/// What the recursion carries from one event time to the next for all endings.
struct Survival {
    survival: f64,
    variance: f64,
}

/// What it carries for one ending.
#[derive(Default)]
struct Moments {
    events: usize,
    incidence: f64,
    variance: f64,
    /// With the survival.
    covariance: f64,
}

impl CumulativeIncidence {
    /// One pass over the table.
    #[must_use]
    pub fn new(table: &EventTable, ending: NonZeroU32) -> Self {
        let mut curves = Self::of_all(table, &[ending]);
        curves.pop().unwrap_or(Self { steps: Vec::new() })
    }

    /// The curves of several endings, in their order, by one pass over the table.
    #[must_use]
    pub fn of_all(table: &EventTable, endings: &[NonZeroU32]) -> Vec<Self> {
        let mut survival = Survival { survival: 1.0, variance: 0.0 };
        let mut curves: Vec<(Moments, Vec<IncidenceAt>)> = endings
            .iter()
            .map(|&ending| (Moments::default(), Vec::with_capacity(table.events(Endpoint::Ending(ending)))))
            .collect();
        for (index, step) in table.steps().iter().enumerate().filter(|(_, step)| step.ended > 0) {
            let passing = Passing::new(step.at_risk, step.ended, &survival);
            let outcomes = table.outcomes_at(index);
            for (&ending, (moments, steps)) in endings.iter().zip(&mut curves) {
                let events = outcomes.iter().filter(|&&outcome| outcome == ending.get()).count();
                if moments.advance(&passing, events) {
                    steps.push(moments.at(step.time));
                }
            }
            survival = passing.after();
        }
        curves.into_iter().map(|(_, steps)| Self { steps }).collect()
    }

    /// The incidence at `time`: 0 before the first ending, flat between endings and after the last.
    #[must_use]
    pub fn at(&self, time: f64) -> IncidenceAt {
        let passed = self.steps.partition_point(|step| step.time <= time);
        match passed.checked_sub(1) {
            Some(index) => IncidenceAt { time, ..self.steps[index] },
            None => IncidenceAt { time, cumulative_events: 0, incidence: 0.0, se: 0.0 },
        }
    }

    /// The curve's corners for drawing: the incidence after each time at which a wait ended in this way, ascending.
    #[must_use]
    pub fn corners(&self) -> &[IncidenceAt] {
        &self.steps
    }
}

impl IncidenceAt {
    /// Limits on the `log(-log F)` scale; `None` where the incidence is 0 or 1.
    #[must_use]
    pub fn limits(&self, level: ConfidenceLevel) -> Option<Limits> {
        if self.incidence <= 0.0 || self.incidence >= CERTAIN {
            return None;
        }
        log_log_limits(self.incidence, level.z() * self.se / self.incidence)
    }
}

/// One event time, with what holds just before it.
struct Passing {
    n: f64,
    /// The share that ends, in any way.
    q: f64,
    /// The share that stays.
    stay: f64,
    /// `S²/n`.
    noise: f64,
    survival: f64,
    var_survival: f64,
}

impl Passing {
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn new(at_risk: usize, ended: usize, &Survival { survival, variance }: &Survival) -> Self {
        let n = at_risk as f64;
        let (q, stay) = (ended as f64 / n, (at_risk - ended) as f64 / n);
        Self { n, q, stay, noise: survival * survival / n, survival, var_survival: variance }
    }

    fn after(&self) -> Survival {
        let Self { q, stay, .. } = *self;
        let variance = stay * stay * self.var_survival + self.noise * q * stay;
        Survival { survival: self.survival * stay, variance }
    }
}

impl Moments {
    /// `events` of those at risk end in our way; tells whether the incidence moved.
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    fn advance(&mut self, passing: &Passing, events: usize) -> bool {
        let Passing { n, stay, noise, survival, var_survival, .. } = *passing;
        if events == 0 {
            self.covariance *= stay;
            return false;
        }
        let q_k = events as f64 / n;
        self.variance += 2.0 * q_k * self.covariance + q_k * q_k * var_survival + noise * q_k * (1.0 - q_k);
        self.covariance = stay * (self.covariance + q_k * var_survival) - noise * q_k * stay;
        self.incidence += survival * q_k;
        self.events += events;
        true
    }

    fn at(&self, time: f64) -> IncidenceAt {
        // Where all have ended in this way nothing is uncertain: what is left of the variance is rounding, and its
        // root would look like a figure. Short of that, rounding can push a vanishing variance below 0.
        let variance = if self.incidence >= CERTAIN { 0.0 } else { self.variance.max(0.0) };
        IncidenceAt { time, cumulative_events: self.events, incidence: self.incidence.min(1.0), se: variance.sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::{Ending, Observation};
    use super::super::survival::KaplanMeier;
    use super::*;

    fn table(rows: &[(f64, u32)]) -> EventTable {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        EventTable::new(&rows)
    }

    fn incidence(table: &EventTable, ending: u32) -> CumulativeIncidence {
        CumulativeIncidence::new(table, NonZeroU32::new(ending).unwrap())
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
    }

    #[test]
    fn shares_and_errors_by_hand_without_censoring() {
        // Nothing censored: the incidence is the crude share and its variance the binomial one.
        let table = table(&[(1.0, 1), (2.0, 2), (3.0, 1), (4.0, 2), (5.0, 2)]);
        let at_four = incidence(&table, 1).at(4.0);
        close(at_four.incidence, 0.4);
        close(at_four.se, (0.4_f64 * 0.6 / 5.0).sqrt());
        close(incidence(&table, 2).at(5.0).incidence, 0.6);
    }

    #[test]
    fn censoring_and_ties_by_hand() {
        // S: 1 → 3/4 at 1 (one of four, ending 1); at 3 both of two end, one each way.
        let table = table(&[(1.0, 1), (2.0, 0), (3.0, 1), (3.0, 2)]);
        close(incidence(&table, 1).at(3.0).incidence, 1.0 / 4.0 + 3.0 / 4.0 / 2.0);
        close(incidence(&table, 2).at(9.0).incidence, 3.0 / 8.0);
    }

    #[test]
    fn a_single_ending_is_one_minus_kaplan_meier_with_greenwoods_error() {
        let table = table(&[(1.0, 1), (2.0, 0), (3.0, 1), (4.0, 1), (5.0, 0)]);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        for t in [0.5, 1.0, 3.0, 4.5, 9.0] {
            let (f, s) = (incidence(&table, 1).at(t), curve.at(t));
            close(f.incidence + s.survival, 1.0);
            close(f.se, s.se.unwrap());
        }
    }

    #[test]
    fn zero_one_and_nobody_have_no_limits() {
        let table = table(&[(1.0, 1), (2.0, 1), (3.0, 1)]);
        let level = ConfidenceLevel::default();
        assert_eq!(incidence(&table, 1).at(0.5).limits(level), None);
        assert!(incidence(&table, 1).at(1.0).limits(level).is_some());
        assert_eq!(incidence(&table, 1).at(3.0).limits(level), None);
        assert!(incidence(&table, 1).at(3.0).se.abs() < f64::MIN_POSITIVE);
        assert_eq!(incidence(&table, 7).at(3.0).limits(level), None);
        assert_eq!(incidence(&EventTable::new(&[]), 1).at(3.0).limits(level), None);
    }
}
