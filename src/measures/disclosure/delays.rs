//! The counts of a delay, and the curve that would tell them.

use super::super::curve::{Curve, CurvePoint};
use super::super::delay_figures::DelayFigures;
use super::super::figures::Estimate;
use super::book::Page;
use crate::statistics::suppression::{CellId, LedgerError};

pub(super) fn delay(measure: &str, figures: &mut DelayFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let name = |part: &str| format!("delay.{measure}.{part}");
    let n = page.count(name("n"), &mut figures.n)?;
    let ended = page.count(name("ended"), &mut figures.ended)?;
    let rest = [
        page.count(name("otherwise"), &mut figures.ended_otherwise)?,
        page.count(name("lost"), &mut figures.lost)?,
        page.count(name("open"), &mut figures.open)?,
    ];
    page.adds_up(n, &[ended, rest[0], rest[1], rest[2]])?;
    let within = page.share(&name("within"), &mut figures.within_deadline)?;
    page.part_of(within.denominator, n)?;
    page.part_of(within.numerator, ended)?;
    page.tie(ended, within.denominator)?;
    details(measure, figures, n, page)?;
    if page.threshold().is_some() {
        withhold_estimates(figures);
    }
    Ok(())
}

fn details(measure: &str, figures: &mut DelayFigures, n: CellId, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let name = |part: &str| format!("delay.{measure}.{part}");
    page.count(name("left_out"), &mut figures.left_out)?;
    page.count(name("missing_start"), &mut figures.missing_start)?;
    let precision = &mut figures.precision;
    let precisions = [
        page.count(name("minute"), &mut precision.minute)?,
        page.count(name("day"), &mut precision.day)?,
        page.count(name("month"), &mut precision.month)?,
    ];
    page.adds_up(n, &precisions)?;
    curve(measure, &mut figures.curve, n, page)
}

/// The numbers at risk beneath a curve, `at_risk.NAME.DAYS`: who left between two of them is a count that a reader can
/// work out. In the fair copy the curve loses the steps that would show single waits.
pub(super) fn curve(name: &str, curve: &mut Curve, n: CellId, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let mut before = n;
    for (days, count) in &mut curve.at_risk {
        let at_risk = page.count(format!("at_risk.{name}.{days}"), count)?;
        page.tie(at_risk, before)?;
        before = at_risk;
    }
    if let Some(threshold) = page.threshold() {
        coarsen(curve, threshold);
    }
    Ok(())
}

/// Keeps the points between which enough waits have ended that no step is that of one person, and none where too few
/// are still watched.
fn coarsen(curve: &mut Curve, threshold: u64) {
    let Some(end) = curve.points.last().map(|point| point.time) else { return };
    let mut kept: Vec<CurvePoint> = Vec::new();
    for point in curve.points.drain(..).filter(|point| point.at_risk >= threshold) {
        if kept.last().is_none_or(|last| point.ended >= last.ended + threshold) {
            kept.push(point);
        }
    }
    if let Some(last) = kept.last().copied().filter(|last| last.time < end) {
        kept.push(CurvePoint { time: end, ..last });
    }
    curve.points = kept;
}

/// Estimates that rest on a withheld count would give it away.
fn withhold_estimates(figures: &mut DelayFigures) {
    if figures.open.shown().is_none() {
        figures.longest_open = None;
    }
    if figures.n.shown().is_some() && figures.ended.shown().is_some() {
        return;
    }
    clear_estimates(figures);
}

/// Takes out all that rests on the counts.
pub(super) fn clear_estimates(figures: &mut DelayFigures) {
    (figures.median, figures.first_quartile, figures.third_quartile) = (Estimate::NONE, Estimate::NONE, Estimate::NONE);
    figures.median_bounds = None;
    figures.mean_of_ended = None;
    let mean = &mut figures.restricted_mean;
    (mean.estimate, mean.se, mean.lo, mean.hi) = (None, None, None, None);
    figures.curve = Curve::default();
}
