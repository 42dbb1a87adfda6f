//! Estimates no finer than they are printed. In full precision a curve tells its counts, for 0.9090… is ten of eleven,
//! and a wait to the minute tells whose it was.

use super::super::curve::Curve;
use super::super::delay_figures::DelayFigures;
use super::super::figures::Estimate;
use super::super::statistics::Figures;

/// Decimals of a share that no counts stand beside.
const SHARE: i32 = 3;

/// Decimals of the points of a curve: about what a plot shows.
const CURVE: i32 = 2;

/// Coarsens every estimate of the figures that does not follow from counts beside it.
pub(super) fn estimates(figures: &mut Figures) {
    for row in &mut figures.delays {
        delay(&mut row.figures);
    }
    for horizon in &mut figures.endings.by_horizon {
        shares(&mut horizon.still_open);
        horizon.endings.iter_mut().for_each(|ending| shares(&mut ending.share));
    }
    curve(&mut figures.endings.curves.still_open);
    figures.endings.curves.endings.iter_mut().for_each(|(_, of_ending)| curve(of_ending));
}

/// Coarsens the quartiles of a delay.
pub(super) fn quartiles(figures: &mut DelayFigures) {
    for quartile in [&mut figures.first_quartile, &mut figures.median, &mut figures.third_quartile] {
        for limit in [&mut quartile.estimate, &mut quartile.lo, &mut quartile.hi] {
            *limit = limit.map(days);
        }
    }
}

fn delay(figures: &mut DelayFigures) {
    quartiles(figures);
    if let Some(bounds) = &mut figures.median_bounds {
        (bounds.shortest, bounds.longest) = (bounds.shortest.map(days), bounds.longest.map(days));
    }
    let mean = &mut figures.restricted_mean;
    for value in [&mut mean.estimate, &mut mean.se, &mut mean.lo, &mut mean.hi, &mut figures.mean_of_ended] {
        *value = value.map(days);
    }
    // The one wait that it is of must not be told from others.
    figures.longest_open = figures.longest_open.map(two_digits);
    curve(&mut figures.curve);
}

fn shares(estimate: &mut Estimate) {
    for value in [&mut estimate.estimate, &mut estimate.lo, &mut estimate.hi] {
        *value = value.map(|value| to(value, SHARE));
    }
}

fn curve(curve: &mut Curve) {
    for point in &mut curve.points {
        point.time = days(point.time);
        point.estimate = to(point.estimate, CURVE);
        (point.lo, point.hi) = (point.lo.map(|lo| to(lo, CURVE)), point.hi.map(|hi| to(hi, CURVE)));
    }
}

/// A number of days: to the tenth, below one to the hundredth.
fn days(days: f64) -> f64 {
    to(days, if days.abs() < 1.0 { 2 } else { 1 })
}

/// Its first two digits, the others 0.
fn two_digits(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    #[allow(clippy::cast_possible_truncation)] // the logarithm of a number of days
    let leading = value.log10().floor() as i32;
    let unit = 10_f64.powi(leading - 1);
    to((value / unit).floor() * unit, (1 - leading).max(0))
}

fn to(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    (value * unit).round() / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_they_are_printed() {
        assert_eq!([days(812.34), days(3.4583), days(0.0417), days(0.0)], [812.3, 3.5, 0.04, 0.0]);
    }

    #[test]
    fn the_longest_wait_is_told_by_two_digits() {
        let told = [812.34, 99.9, 12.9, 1.26, 0.567, 0.0, 1095.0].map(two_digits);
        assert_eq!(told, [810.0, 99.0, 12.0, 1.2, 0.56, 0.0, 1000.0]);
    }
}
