//! The few figures of the normal and chi-square distributions that the estimators need, by the crate `statrs`.
//!
//! Accurate to about 1e-12 relative, also far in the tails; the tests hold them against R's `qnorm` and `pchisq`.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::checked_gamma_ur;

/// The standard normal quantile: the z below which a share `p` lies. Infinite at 0 and 1, NaN outside 0…1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    Normal::standard().inverse_cdf(p)
}

/// The two-sided p-value of a standard normal statistic: `P(|Z| >= |z|)`. NaN for NaN.
#[must_use]
pub fn normal_two_sided_p(z: f64) -> f64 {
    // By the incomplete gamma function: statrs's erfc is good to 1e-11 only.
    chi_square_upper_tail(z * z, 1).unwrap_or(f64::NAN)
}

/// The upper tail `P(X >= chi2)` of the chi-square distribution; `None` when `df` is 0 or `chi2` is negative or NaN.
#[must_use]
pub fn chi_square_upper_tail(chi2: f64, df: usize) -> Option<f64> {
    if df == 0 || chi2.is_nan() || chi2 < 0.0 {
        return None;
    }
    if chi2 == 0.0 {
        return Some(1.0);
    }
    if chi2.is_infinite() {
        return Some(0.0);
    }
    #[allow(clippy::cast_precision_loss)] // a number of groups
    let shape = df as f64 / 2.0;
    checked_gamma_ur(shape, chi2 / 2.0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual} is not {expected}");
    }

    #[test]
    fn quantiles_are_those_of_r() {
        close(normal_quantile(0.975), 1.959_963_984_540_054);
        close(normal_quantile(0.995), 2.575_829_303_548_901);
        close(normal_quantile(0.95), 1.644_853_626_951_472_2);
        assert!(normal_quantile(1.5).is_nan());
    }

    #[test]
    fn chi_square_tails_are_exact_in_closed_form() {
        // df 2: exp(-x/2); df 4: exp(-x/2) (1 + x/2).
        for x in [0.01, 1.0, 5.0, 50.0, 500.0, 1000.0] {
            close(chi_square_upper_tail(x, 2).unwrap(), (-x / 2.0).exp());
            close(chi_square_upper_tail(x, 4).unwrap(), (-x / 2.0).exp() * (1.0 + x / 2.0));
        }
    }

    #[test]
    fn odd_degrees_of_freedom_agree_with_the_recurrence() {
        // Q(x; 3) = Q(x; 1) + sqrt(2x/pi) exp(-x/2)
        for x in [0.01, 1.0, 5.0, 50.0, 300.0_f64] {
            let step = (2.0 * x / std::f64::consts::PI).sqrt() * (-x / 2.0).exp();
            let one = chi_square_upper_tail(x, 1).unwrap();
            close(chi_square_upper_tail(x, 3).unwrap(), one + step);
        }
        close(chi_square_upper_tail(3.841_458_820_694_124, 1).unwrap(), 0.05);
    }

    #[test]
    fn two_sided_p_values_are_those_of_r() {
        close(normal_two_sided_p(1.0), 0.317_310_507_862_914_15);
        close(normal_two_sided_p(-2.0), 0.045_500_263_896_358_42);
        close(normal_two_sided_p(5.0), 5.733_031_437_583_892e-7);
        close(normal_two_sided_p(10.0), 1.523_970_604_832_105e-23);
        assert!(normal_two_sided_p(f64::NAN).is_nan());
    }

    #[test]
    fn what_has_no_tail_has_none() {
        assert_eq!(chi_square_upper_tail(1.0, 0), None);
        assert_eq!(chi_square_upper_tail(-1.0, 1), None);
        assert_eq!(chi_square_upper_tail(f64::NAN, 1), None);
        assert_eq!(chi_square_upper_tail(0.0, 3), Some(1.0));
        assert_eq!(chi_square_upper_tail(f64::INFINITY, 3), Some(0.0));
    }
}
