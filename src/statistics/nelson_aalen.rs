//! Nelson–Aalen: the cumulative hazard of ending, `H(t) = Σ d/n` over event times up to t (Nelson 1972, Aalen 1978).
//!
//! Its slope shows when waits tend to end. Variance `Σ d / n²` (Aalen 1978), as in R's `survfit`.

use super::confidence::{ConfidenceLevel, Limits};
use super::event_table::{Endpoint, EventTable};

/// A cumulative hazard over an [`EventTable`].
#[derive(Debug, Clone)]
pub struct NelsonAalen {
    steps: Vec<HazardAt>,
}

/// The cumulative hazard at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HazardAt {
    /// The time.
    pub time: f64,
    /// The cumulative hazard, 0 or more, without unit. Not a probability: it may pass 1.
    pub hazard: f64,
    /// Its standard error.
    pub se: f64,
}

impl NelsonAalen {
    /// One pass over the table.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    pub fn new(table: &EventTable, endpoint: Endpoint) -> Self {
        let (mut hazard, mut variance) = (0.0, 0.0_f64);
        let mut steps = Vec::with_capacity(table.steps().len());
        steps.extend(table.event_steps(endpoint).map(|(step, events)| {
            let (n, d) = (step.at_risk as f64, events as f64);
            hazard += d / n;
            variance += d / (n * n);
            HazardAt { time: step.time, hazard, se: variance.sqrt() }
        }));
        Self { steps }
    }

    /// The cumulative hazard at `time`: 0 before the first event, flat between events and after the last.
    #[must_use]
    pub fn at(&self, time: f64) -> HazardAt {
        let passed = self.steps.partition_point(|step| step.time <= time);
        match passed.checked_sub(1) {
            Some(index) => HazardAt { time, ..self.steps[index] },
            None => HazardAt { time, hazard: 0.0, se: 0.0 },
        }
    }
}

impl HazardAt {
    /// Limits symmetric in the logarithm: `H exp(± z se / H)`; `None` while the hazard is 0.
    #[must_use]
    pub fn limits(&self, level: ConfidenceLevel) -> Option<Limits> {
        if self.hazard <= 0.0 {
            return None;
        }
        let half = level.z() * self.se / self.hazard;
        Some(Limits { lo: self.hazard * (-half).exp(), hi: self.hazard * half.exp() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::{Ending, Observation};
    use super::*;

    #[test]
    fn the_hazard_adds_up_by_hand() {
        let rows: Vec<_> = [(1.0, 1), (2.0, 0), (3.0, 2), (3.0, 1)]
            .map(|(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap())
            .into();
        let hazard = NelsonAalen::new(&EventTable::new(&rows), Endpoint::Any);
        let at_three = hazard.at(3.5);
        assert!((at_three.hazard - (1.0 / 4.0 + 2.0 / 2.0)).abs() < 1e-15);
        assert!((at_three.se - (1.0_f64 / 16.0 + 2.0 / 4.0).sqrt()).abs() < 1e-15);
        let limits = at_three.limits(ConfidenceLevel::default()).unwrap();
        assert!(limits.lo < 1.25 && 1.25 < limits.hi);
    }

    #[test]
    fn before_the_first_event_there_is_no_hazard() {
        let none = NelsonAalen::new(&EventTable::new(&[]), Endpoint::Any).at(4.0);
        assert_eq!(none, HazardAt { time: 4.0, hazard: 0.0, se: 0.0 });
        assert_eq!(none.limits(ConfidenceLevel::default()), None);
    }
}
