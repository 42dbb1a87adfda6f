//! A share, k of n, with an honest interval; and the difference of two shares.
//!
//! Wilson's score interval (Wilson 1927), without continuity correction: it stays within 0 and 1 and does not
//! collapse at k = 0 ("none of 7 were prosecuted" has an upper limit). The difference by Newcombe's hybrid score
//! method (Newcombe 1998, method 10), which joins two Wilson intervals.

use super::confidence::{ConfidenceLevel, Limits};

/// Counts that cannot be a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// More counted than there are.
    #[error("{k} of {n} is not a share: the numerator is larger than the denominator")]
    MoreThanAll {
        /// The numerator.
        k: u64,
        /// The denominator.
        n: u64,
    },
}

/// The difference of two shares, first minus second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateDifference {
    /// `k1/n1 - k2/n2`, -1 to 1.
    pub difference: f64,
    /// Its limits.
    pub limits: Limits,
}

/// Wilson's score interval of `k` of `n`; `None` when `n` is 0, for a share of nothing is no share.
///
/// `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`. The limit is exactly 0 at k = 0 and exactly 1 at k = n.
///
/// # Errors
/// When `k` is larger than `n`.
pub fn wilson(k: u64, n: u64, level: ConfidenceLevel) -> Result<Option<Limits>, RateError> {
    let Some(p) = share(k, n)? else {
        return Ok(None);
    };
    #[allow(clippy::cast_precision_loss)] // past 2^53 cases the interval has no width left to lose
    let n_real = n as f64;
    let z2 = level.z() * level.z();
    let centre = p + z2 / (2.0 * n_real);
    let half = level.z() * (p * (1.0 - p) / n_real + z2 / (4.0 * n_real * n_real)).sqrt();
    let scale = 1.0 + z2 / n_real;
    Ok(Some(Limits {
        lo: if k == 0 { 0.0 } else { ((centre - half) / scale).clamp(0.0, p) },
        hi: if k == n { 1.0 } else { ((centre + half) / scale).clamp(p, 1.0) },
    }))
}

/// Newcombe's interval of `k1/n1 - k2/n2`; `None` when either group is empty.
///
/// With Wilson limits (l, u) of each share: `d - √((p1-l1)² + (u2-p2)²)` to `d + √((u1-p1)² + (p2-l2)²)`.
///
/// # Errors
/// When a numerator is larger than its denominator.
pub fn difference_of_rates(
    (k1, n1): (u64, u64),
    (k2, n2): (u64, u64),
    level: ConfidenceLevel,
) -> Result<Option<RateDifference>, RateError> {
    let (first, second) = (wilson(k1, n1, level)?, wilson(k2, n2, level)?);
    let (Some(first), Some(second), Some(p1), Some(p2)) = (first, second, share(k1, n1)?, share(k2, n2)?) else {
        return Ok(None);
    };
    let difference = p1 - p2;
    Ok(Some(RateDifference {
        difference,
        limits: Limits {
            lo: (difference - (p1 - first.lo).hypot(second.hi - p2)).max(-1.0),
            hi: (difference + (first.hi - p1).hypot(p2 - second.lo)).min(1.0),
        },
    }))
}

/// `k/n`; `None` when `n` is 0.
///
/// # Errors
/// When `k` is larger than `n`.
#[allow(clippy::cast_precision_loss)] // a share of more than 2^53 is right to 16 digits all the same
pub fn share(k: u64, n: u64) -> Result<Option<f64>, RateError> {
    if k > n {
        return Err(RateError::MoreThanAll { k, n });
    }
    Ok((n > 0).then(|| k as f64 / n as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(k: u64, n: u64) -> Limits {
        wilson(k, n, ConfidenceLevel::default()).unwrap().unwrap()
    }

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() < tolerance, "{actual} is not {expected}");
    }

    #[test]
    fn the_examples_of_newcombe_1998_come_out() {
        // Newcombe, Statistics in Medicine 17:857, table I: 81/263 has 0.2553 to 0.3662; 1/29 has 0.0061 to 0.1718.
        close(interval(81, 263).lo, 0.2553, 5e-5);
        close(interval(81, 263).hi, 0.3662, 5e-5);
        close(interval(1, 29).lo, 0.0061, 5e-5);
        close(interval(1, 29).hi, 0.1718, 5e-5);
    }

    #[test]
    fn none_and_all_are_exact_at_their_end() {
        // At k = 0 the upper limit is z²/(n + z²).
        let z2 = ConfidenceLevel::default().z().powi(2);
        assert_eq!(interval(0, 7).lo.to_bits(), 0.0_f64.to_bits());
        close(interval(0, 7).hi, z2 / (7.0 + z2), 1e-15);
        assert_eq!(interval(7, 7).hi.to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn a_share_of_nothing_is_none_and_more_than_all_is_refused() {
        let level = ConfidenceLevel::default();
        assert_eq!(wilson(0, 0, level), Ok(None));
        assert_eq!(wilson(2, 1, level), Err(RateError::MoreThanAll { k: 2, n: 1 }));
        assert_eq!(difference_of_rates((0, 0), (1, 2), level), Ok(None));
        assert!(difference_of_rates((1, 2), (3, 2), level).is_err());
        assert!(wilson(u64::MAX, u64::MAX, level).unwrap().is_some());
    }

    #[test]
    fn the_difference_examples_of_newcombe_1998_come_out() {
        // Newcombe, Statistics in Medicine 17:873, table II, method 10: 56/70 - 48/80 has 0.0524 to 0.3339;
        // 9/10 - 3/10 has 0.1705 to 0.8090; 10/10 - 0/10 has 0.6075 to 1.
        let level = ConfidenceLevel::default();
        for (first, second, lo, hi) in
            [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)]
        {
            let difference = difference_of_rates(first, second, level).unwrap().unwrap();
            close(difference.limits.lo, lo, 5e-5);
            close(difference.limits.hi, hi, 5e-5);
        }
    }
}
