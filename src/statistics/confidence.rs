//! Confidence levels and limits, and the scales on which limits of a probability are computed.
//!
//! A limit is given only where the method defines one: nothing is invented at a probability of 0 or 1.

use std::sync::LazyLock;

use super::distribution::normal_quantile;

/// A confidence level strictly between 0 and 1, with its two-sided normal quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfidenceLevel {
    level: f64,
    z: f64,
}

/// A level that is not strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a confidence level lies strictly between 0 and 1 (0.95 for 95 %), not {0}")]
pub struct LevelError(pub f64);

impl ConfidenceLevel {
    /// A level such as 0.95.
    ///
    /// # Errors
    /// When it is not strictly between 0 and 1, or so near 1 that its quantile is infinite.
    pub fn new(level: f64) -> Result<Self, LevelError> {
        let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
        if level > 0.0 && level < 1.0 && z.is_finite() { Ok(Self { level, z }) } else { Err(LevelError(level)) }
    }

    /// The level, 0.95 for 95 %.
    #[must_use]
    pub fn level(self) -> f64 {
        self.level
    }

    /// The normal quantile at `1 - (1 - level) / 2`: 1.96 for 95 %.
    #[must_use]
    pub fn z(self) -> f64 {
        self.z
    }
}

impl Default for ConfidenceLevel {
    /// 95 %, the level of everything that Aiqyn prints.
    fn default() -> Self {
        static Z: LazyLock<f64> = LazyLock::new(|| normal_quantile(0.975));
        Self { level: 0.95, z: *Z }
    }
}

/// A lower and an upper confidence limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower limit.
    pub lo: f64,
    /// The upper limit.
    pub hi: f64,
}

/// The scale on which limits of a survival probability are symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// `log S`: `S exp(± z se(log S))`, the upper limit cut at 1.
    Log,
    /// `log(-log S)`: stays within 0 and 1 by itself (Kalbfleisch & Prentice 1980). What Aiqyn prints.
    LogLog,
}

/// Limits of a survival probability whose logarithm has the standard error `se_log`.
///
/// `None` at 0 (both scales) and at 1 on the log-log scale, as R's `survfit` has it.
#[inline] // who needs one limit only should not pay for the other
pub(super) fn survival_limits(
    survival: f64,
    se_log: f64,
    transform: Transform,
    level: ConfidenceLevel,
) -> Option<Limits> {
    if survival <= 0.0 || !se_log.is_finite() {
        return None;
    }
    let half = level.z * se_log;
    match transform {
        Transform::Log => Some(Limits { lo: survival * (-half).exp(), hi: (survival * half.exp()).min(1.0) }),
        Transform::LogLog => log_log_limits(survival, half),
    }
}

/// Limits of a probability `p` symmetric in `log(-log p)`, where `half` is the half-width in `log p`.
///
/// `p^exp(± half / |log p|)`. `None` where `log(-log p)` is infinite: at 0 and at 1.
#[inline]
pub(super) fn log_log_limits(p: f64, half: f64) -> Option<Limits> {
    if p <= 0.0 || p >= 1.0 || !half.is_finite() {
        return None;
    }
    let log_p = p.ln();
    let shift = half / -log_p;
    Some(Limits { lo: (log_p * shift.exp()).exp(), hi: (log_p * (-shift).exp()).exp() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_between_nothing_and_certainty() {
        for level in [0.0, 1.0, -0.5, 95.0, f64::NAN, 1.0 - f64::EPSILON / 2.0] {
            assert!(ConfidenceLevel::new(level).is_err(), "{level}");
        }
        assert_eq!(ConfidenceLevel::new(0.95), Ok(ConfidenceLevel::default()));
    }

    #[test]
    fn the_transforms_differ_and_keep_to_their_scales() {
        let level = ConfidenceLevel::default();
        let log = survival_limits(0.9, 0.2, Transform::Log, level).unwrap();
        let log_log = survival_limits(0.9, 0.2, Transform::LogLog, level).unwrap();
        assert!((log.lo - 0.9 * (-0.2 * level.z()).exp()).abs() < 1e-15);
        assert!((log.hi - 1.0).abs() < 1e-15);
        assert!(log_log.lo > 0.0 && log_log.lo < 0.9 && log_log.hi > 0.9 && log_log.hi < 1.0);
    }

    #[test]
    fn certainty_has_no_limits_on_the_log_log_scale() {
        let level = ConfidenceLevel::default();
        assert_eq!(survival_limits(1.0, 0.0, Transform::LogLog, level), None);
        assert_eq!(survival_limits(1.0, 0.0, Transform::Log, level), Some(Limits { lo: 1.0, hi: 1.0 }));
        assert_eq!(survival_limits(0.0, f64::INFINITY, Transform::Log, level), None);
    }
}
