//! Kaplan–Meier: the share still waiting at t, when some waits are still open and some came under observation late.
//!
//! `S(t) = Π (1 - d/n)` over the event times up to t, d events among n at risk (Kaplan & Meier 1958);
//! delayed entry only changes who is at risk. Variance by Greenwood (1926): `S² Σ d / (n (n - d))`.

use super::confidence::{ConfidenceLevel, Limits, Transform, survival_limits};
use super::event_table::{Endpoint, EventTable};

/// The curve after one event time.
#[derive(Debug, Clone, Copy)]
pub(super) struct CurveStep {
    pub(super) time: f64,
    pub(super) survival: f64,
    /// `Σ d / (n (n - d))`: the variance of `log S`. Infinite once everyone at risk has ended.
    pub(super) greenwood: f64,
    cumulative_events: usize,
}

/// A Kaplan–Meier curve over an [`EventTable`].
#[derive(Debug, Clone)]
pub struct KaplanMeier<'table> {
    table: &'table EventTable,
    steps: Vec<CurveStep>,
}

/// The curve at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalAt {
    /// The time asked for.
    pub time: f64,
    /// Observations with `entry < time <= exit`.
    pub at_risk: usize,
    /// Events at or before `time`.
    pub cumulative_events: usize,
    /// The estimated share still waiting after `time`, 0 to 1. After the last exit: its last value.
    pub survival: f64,
    /// Greenwood's standard error of `survival`; `None` where `survival` is 0.
    pub se: Option<f64>,
    se_log: f64,
    sight: Sight,
}

/// What the data can say of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sight {
    /// No observations at all.
    Nothing,
    /// Nobody has left yet: survival is 1 by definition, and so are its limits.
    BeforeFirstExit,
    /// The curve speaks.
    Observed,
}

impl<'table> KaplanMeier<'table> {
    /// One pass over the table.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // counts of rows in memory are far below 2^53
    pub fn new(table: &'table EventTable, endpoint: Endpoint) -> Self {
        let (mut survival, mut greenwood, mut cumulative_events) = (1.0, 0.0, 0);
        let mut steps = Vec::with_capacity(table.steps().len());
        steps.extend(table.event_steps(endpoint).map(|(step, events)| {
            let (n, left) = (step.at_risk as f64, (step.at_risk - events) as f64);
            survival *= left / n;
            greenwood += if left > 0.0 { events as f64 / (n * left) } else { f64::INFINITY };
            cumulative_events += events;
            CurveStep { time: step.time, survival, greenwood, cumulative_events }
        }));
        Self { table, steps }
    }

    /// The curve at `time`. Between event times it is flat; after the last exit it keeps its last value.
    #[must_use]
    pub fn at(&self, time: f64) -> SurvivalAt {
        self.after(self.corners_until(time).checked_sub(1), time)
    }

    /// The curve after the event time with this rank, from 0; `None` where there are not so many.
    #[must_use]
    pub fn at_corner(&self, rank: usize) -> Option<SurvivalAt> {
        Some(self.after(Some(rank), self.steps.get(rank)?.time))
    }

    /// How many event times there are up to `time`.
    #[must_use]
    pub fn corners_until(&self, time: f64) -> usize {
        self.steps.partition_point(|step| step.time <= time)
    }

    /// The curve at a time at which the last of the event times that have passed is this one.
    fn after(&self, passed: Option<usize>, time: f64) -> SurvivalAt {
        let last = passed.and_then(|rank| self.steps.get(rank));
        let survival = last.map_or(1.0, |step| step.survival);
        let se_log = last.map_or(0.0, |step| step.greenwood.sqrt());
        SurvivalAt {
            time,
            at_risk: self.table.at_risk(time),
            cumulative_events: last.map_or(0, |step| step.cumulative_events),
            survival,
            se: (survival > 0.0 && se_log.is_finite()).then_some(survival * se_log),
            se_log,
            sight: self.sight(time),
        }
    }

    /// The table that the curve was computed from.
    #[must_use]
    pub fn table(&self) -> &'table EventTable {
        self.table
    }

    /// The curve's corners with their limits, for drawing: the survival after each event time, ascending.
    pub fn corners_with_limits(
        &self,
        transform: Transform,
        level: ConfidenceLevel,
    ) -> impl Iterator<Item = (f64, f64, Option<Limits>)> + '_ {
        let limits = move |step: &CurveStep| survival_limits(step.survival, step.greenwood.sqrt(), transform, level);
        self.steps.iter().map(move |step| (step.time, step.survival, limits(step)))
    }

    pub(super) fn steps(&self) -> &[CurveStep] {
        &self.steps
    }

    fn sight(&self, time: f64) -> Sight {
        match self.table.first_exit() {
            None => Sight::Nothing,
            Some(first) if time < first => Sight::BeforeFirstExit,
            Some(_) => Sight::Observed,
        }
    }
}

impl SurvivalAt {
    /// Confidence limits of the survival probability.
    ///
    /// As R has it: 1 and 1 before the first exit; afterwards none where survival is 0 and, on the log-log scale,
    /// none where it is still 1. None without observations.
    #[must_use]
    pub fn limits(&self, transform: Transform, level: ConfidenceLevel) -> Option<Limits> {
        match self.sight {
            Sight::Nothing => None,
            Sight::BeforeFirstExit => Some(Limits { lo: 1.0, hi: 1.0 }),
            Sight::Observed => survival_limits(self.survival, self.se_log, transform, level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::{Ending, Observation};
    use super::*;

    fn table(rows: &[(f64, u32)]) -> EventTable {
        let rows: Vec<_> =
            rows.iter().map(|&(t, k)| Observation::from_origin(t, Ending::from_outcome(k)).unwrap()).collect();
        EventTable::new(&rows)
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
    }

    /// The 6-MP arm of Freireich et al. 1963, worked through in Kalbfleisch & Prentice and in Collett:
    /// S(6) = 18/21 with Greenwood se 0.0764, S(10) = 0.7529 with se 0.0963.
    #[test]
    fn the_six_mp_arm_comes_out_as_in_the_textbooks() {
        let rows = [
            (6.0, 1),
            (6.0, 1),
            (6.0, 1),
            (6.0, 0),
            (7.0, 1),
            (9.0, 0),
            (10.0, 1),
            (10.0, 0),
            (11.0, 0),
            (13.0, 1),
            (16.0, 1),
            (17.0, 0),
            (19.0, 0),
            (20.0, 0),
            (22.0, 1),
            (23.0, 1),
            (25.0, 0),
            (32.0, 0),
            (32.0, 0),
            (34.0, 0),
            (35.0, 0),
        ];
        let table = table(&rows);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let at_six = curve.at(6.0);
        assert_eq!((at_six.at_risk, at_six.cumulative_events), (21, 3));
        close(at_six.survival, 18.0 / 21.0);
        close(at_six.se.unwrap(), 18.0 / 21.0 * (3.0_f64 / (21.0 * 18.0)).sqrt());
        assert!((curve.at(10.0).survival - 0.7529).abs() < 5e-5);
        assert!((curve.at(10.0).se.unwrap() - 0.0963).abs() < 5e-5);
        assert_eq!(curve.at(8.0).at_risk, 16);
    }

    #[test]
    fn an_event_at_zero_counts() {
        let table = table(&[(0.0, 1), (1.0, 0)]);
        close(KaplanMeier::new(&table, Endpoint::Any).at(0.0).survival, 0.5);
    }

    #[test]
    fn limits_follow_r_at_the_edges_of_the_curve() {
        let table = table(&[(1.0, 0), (2.0, 1), (3.0, 1)]);
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let limits = |t| curve.at(t).limits(Transform::LogLog, ConfidenceLevel::default());
        assert_eq!(limits(0.5), Some(Limits { lo: 1.0, hi: 1.0 }));
        assert_eq!(limits(1.0), None);
        assert!(limits(2.0).is_some_and(|l| l.lo < 0.5 && l.hi > 0.5));
        assert_eq!((limits(3.0), curve.at(3.0).se), (None, None));
    }

    #[test]
    fn nothing_observed_and_nothing_ended_do_not_panic() {
        let empty = EventTable::new(&[]);
        let point = KaplanMeier::new(&empty, Endpoint::Any).at(1.0);
        assert_eq!(point.limits(Transform::Log, ConfidenceLevel::default()), None);
        let all_open = table(&[(5.0, 0), (5.0, 0)]);
        close(KaplanMeier::new(&all_open, Endpoint::Any).at(9.0).survival, 1.0);
    }
}
