//! A step curve turned round: from the share that has ended to the time.
//!
//! An upper limit can rise again where few are left at risk. R looks a limit up in order of its height, not of
//! time, and so does this: what is found is the lowest point that is high enough. Limits are dear to compute, so the
//! curve is cut into blocks whose limits are bounded first, and only the blocks that can hold the point are computed.
//! The bounds must never be narrower than what they bound.

use std::cell::OnceCell;

use super::confidence::{ConfidenceLevel, Transform, survival_limits};
use super::survival::CurveStep;

/// How near to `1 - p` counts as on it: R's `sqrt(.Machine$double.eps)`, 2^-26.
pub(super) const TOLERANCE: f64 = 1.490_116_119_384_765_6e-8;

/// Steps in a block.
const BLOCK: usize = 32;

/// Far more than rounding can move a bound.
const SLACK: f64 = 1e-9;

/// Which curve is turned round.
#[derive(Debug, Clone, Copy)]
pub(super) enum Curve {
    Estimate,
    Lower(Transform, ConfidenceLevel),
    Upper(Transform, ConfidenceLevel),
}

/// A curve that can be asked when it crosses.
pub(super) struct Crossing<'curve> {
    blocks: Vec<Block<'curve>>,
    curve: Curve,
    /// The share ended at the end of the curve, when it is defined there.
    end: Option<f64>,
    last_exit: f64,
}

/// A part of the curve, and between what the share ended lies there.
struct Block<'curve> {
    steps: &'curve [CurveStep],
    low: f64,
    high: f64,
    /// The share ended after each step, once it has been asked for: several shares are looked up in one block.
    ended: OnceCell<Vec<Option<f64>>>,
}

impl<'curve> Crossing<'curve> {
    pub(super) fn new(steps: &'curve [CurveStep], curve: Curve, last_exit: f64) -> Self {
        let blocks = steps.chunks(BLOCK).map(|steps| Block::new(steps, curve)).collect();
        let end = steps.last().map_or(Some(0.0), |step| curve.ended(step));
        Self { blocks, curve, end, last_exit }
    }

    /// When the share `p` has ended; where the curve lies flat on it, the middle of the flat part.
    pub(super) fn of(&self, p: f64) -> Option<f64> {
        if p.is_nan() || p <= 0.0 || p >= 1.0 {
            return None;
        }
        let reached = self.lowest(|ended| ended + TOLERANCE >= p)?;
        if self.end.is_some_and(|end| (p - end).abs() < TOLERANCE) {
            return Some(f64::midpoint(reached, self.last_exit));
        }
        let passed = self.lowest(|ended| ended - TOLERANCE >= p)?;
        Some(f64::midpoint(reached, passed))
    }

    /// The time of the lowest point that is high enough; of several, the first.
    fn lowest(&self, high_enough: impl Fn(f64) -> bool) -> Option<f64> {
        // At the origin nobody has ended.
        let mut best = high_enough(0.0).then_some((0.0, 0.0));
        let better = |best: Option<(f64, f64)>, ended: f64| best.is_none_or(|(lowest, _)| ended < lowest);
        for block in &self.blocks {
            if !high_enough(block.high) || !better(best, block.low) {
                continue;
            }
            for (step, ended) in block.steps.iter().zip(block.ended(self.curve)) {
                if let Some(ended) = *ended
                    && high_enough(ended)
                    && better(best, ended)
                {
                    best = Some((ended, step.time));
                }
            }
        }
        best.map(|(_, time)| time)
    }
}

impl<'curve> Block<'curve> {
    fn new(steps: &'curve [CurveStep], curve: Curve) -> Self {
        let (low, high) = match steps {
            [first, .., last] => curve.bounds(first, last),
            _ => (0.0, 1.0),
        };
        Self { steps, low, high, ended: OnceCell::new() }
    }

    fn ended(&self, curve: Curve) -> &[Option<f64>] {
        self.ended.get_or_init(|| self.steps.iter().map(|step| curve.ended(step)).collect())
    }
}

impl Curve {
    /// The share ended after the step, if the curve is defined there.
    fn ended(self, step: &CurveStep) -> Option<f64> {
        let survival = match self {
            Self::Estimate => Some(step.survival),
            Self::Lower(transform, level) => {
                survival_limits(step.survival, step.greenwood.sqrt(), transform, level).map(|limits| limits.lo)
            }
            Self::Upper(transform, level) => {
                survival_limits(step.survival, step.greenwood.sqrt(), transform, level).map(|limits| limits.hi)
            }
        };
        survival.map(|survival| 1.0 - survival)
    }

    /// Between what the share ended lies from one step to another. Survival only falls and Greenwood's sum only
    /// grows, so each part of a limit's formula is bounded by its ends.
    fn bounds(self, first: &CurveStep, last: &CurveStep) -> (f64, f64) {
        let [(s_1, se_1), (s_2, se_2)] = [first, last].map(|step| (step.survival, step.greenwood.sqrt()));
        let [h_1, h_2] = [-s_1.ln(), -s_2.ln()];
        let (high_survival, low_survival) = match self {
            Self::Estimate => (s_1, s_2),
            Self::Lower(Transform::Log, level) => (s_1 * (-level.z() * se_1).exp(), s_2 * (-level.z() * se_2).exp()),
            Self::Upper(Transform::Log, level) => (s_1 * (level.z() * se_2).exp(), s_2 * (level.z() * se_1).exp()),
            Self::Lower(Transform::LogLog, level) => {
                let [least, most] = [se_1 / h_2, se_2 / h_1].map(|share| (level.z() * share).exp());
                ((-h_1 * least).exp(), (-h_2 * most).exp())
            }
            Self::Upper(Transform::LogLog, level) => {
                let [least, most] = [se_2 / h_1, se_1 / h_2].map(|share| (-level.z() * share).exp());
                ((-h_1 * least).exp(), (-h_2 * most).exp())
            }
        };
        // `max` and `min` turn what could not be computed into the widest bound.
        ((1.0 - high_survival - SLACK).max(0.0), (1.0 - low_survival + SLACK).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::event_table::{Endpoint, EventTable};
    use super::super::observation::{Ending, Observation};
    use super::super::survival::KaplanMeier;
    use super::*;

    /// Waits that thin out, with a late crowd, so that the upper limit rises again near the end.
    fn table() -> EventTable {
        let rows: Vec<_> = (0..6000_u32)
            .map(|row| {
                let time = f64::from(row * 7919 % 4001) / 3.0;
                let outcome = u32::from(time > 1200.0 || row % 3 > 0);
                Observation::from_origin(time, Ending::from_outcome(outcome)).unwrap()
            })
            .collect();
        EventTable::new(&rows)
    }

    #[test]
    fn no_point_lies_outside_the_bounds_of_its_block() {
        let table = table();
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        for level in [0.5, 0.95, 0.999_999].map(|level| ConfidenceLevel::new(level).unwrap()) {
            for transform in [Transform::Log, Transform::LogLog] {
                for curve_of in [Curve::Estimate, Curve::Lower(transform, level), Curve::Upper(transform, level)] {
                    for block in Crossing::new(curve.steps(), curve_of, 1.0).blocks {
                        let inside = |ended: f64| (block.low..=block.high).contains(&ended);
                        assert!(block.steps.iter().filter_map(|step| curve_of.ended(step)).all(inside));
                    }
                }
            }
        }
    }

    #[test]
    fn the_point_found_is_that_of_looking_at_every_step() {
        let table = table();
        let curve = KaplanMeier::new(&table, Endpoint::Any);
        let level = ConfidenceLevel::default();
        for curve_of in [Curve::Estimate, Curve::Lower(Transform::LogLog, level), Curve::Upper(Transform::Log, level)] {
            let crossing = Crossing::new(curve.steps(), curve_of, 1.0);
            for p in (1..1000).map(|p| f64::from(p) / 1000.0) {
                let points = curve.steps().iter().filter_map(|step| Some((curve_of.ended(step)?, step.time)));
                let lowest = points.filter(|&(ended, _)| ended >= p).min_by(|a, b| a.0.total_cmp(&b.0));
                assert_eq!(crossing.lowest(|ended| ended >= p), lowest.map(|(_, time)| time), "{p}");
            }
        }
    }
}
