//! What is told of each group of a breakdown: how many complaints, the share of each of a few rates, and medians of a
//! few delays. The rest is not told at all: so many counts would hang together that little could be shown of any.

use super::super::count::Count;
use super::super::delay_figures::{DelayFigures, PrecisionCounts};
use super::super::ending_figures::EndingCurves;
use super::super::figures::Share;
use super::super::rate::RateMeasure;
use super::super::statistics::{Figures, Statistics};
use super::book::Page;
use super::{DELAYS_OF_GROUPS, coarse, delays};
use crate::statistics::suppression::{LedgerError, Threshold};

const WITHHELD: Count = Count::WITHHELD;

/// A breakdown with as much as is told of its groups.
pub(super) fn reduced(statistics: &Statistics, rates: &[RateMeasure], threshold: Threshold) -> Statistics {
    let mut reduced = statistics.clone();
    reduced.tests.retain(|test| DELAYS_OF_GROUPS.contains(&test.measure));
    reduced.tests.iter_mut().for_each(|test| test.groups.clear());
    reduced.groups.iter_mut().for_each(|(_, figures)| reduce(figures, rates, threshold));
    reduced
}

/// The counts of a group: complaints, and of each rate those that it counts.
pub(super) fn group(figures: &mut Figures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let cases = page.count("cases", &mut figures.cases)?;
    for row in &mut figures.rates {
        let counts = page.share(&format!("rate.{}", row.measure.as_str()), &mut row.figures.of_all)?;
        page.same(counts.denominator, cases)?;
    }
    Ok(())
}

fn reduce(figures: &mut Figures, rates: &[RateMeasure], threshold: Threshold) {
    figures.delays.retain(|row| DELAYS_OF_GROUPS.contains(&row.measure));
    figures.delays.iter_mut().for_each(|row| keep_quartiles(&mut row.figures, threshold));
    figures.rates.retain(|row| rates.contains(&row.measure));
    figures.rates.iter_mut().for_each(|row| withhold(&mut row.figures.of_ended));
    let endings = &mut figures.endings;
    (endings.n, endings.lost, endings.open, endings.left_out) = (WITHHELD, WITHHELD, WITHHELD, WITHHELD);
    endings.ended.clear();
    endings.by_horizon.clear();
    withhold(&mut endings.reported.prosecuted);
    endings.reported.interval = None;
    endings.curves = EndingCurves::default();
    let visits = &mut figures.visits;
    (visits.requests, visits.needing_approval) = (WITHHELD, WITHHELD);
    (visits.answered, visits.waiting) = (WITHHELD, WITHHELD);
    visits.shares.clear();
    visits.refusals_by_ground.clear();
    visits.refused_by_evidence.clear();
    let indicators = &mut figures.indicators;
    indicators.indicators.clear();
    indicators.reprisals_by_kind.clear();
    indicators.reparation_by_form.clear();
    let quality = &mut figures.quality;
    quality.dates.clear();
    quality.codes.clear();
    quality.recording.clear();
}

/// Keeps the quartiles where enough waits began and ended; no counts.
fn keep_quartiles(figures: &mut DelayFigures, threshold: Threshold) {
    let is_enough = |count: Count| count.shown().is_some_and(|count| count >= threshold.get());
    let quartiles = (is_enough(figures.n) && is_enough(figures.ended)).then_some([
        figures.first_quartile,
        figures.median,
        figures.third_quartile,
    ]);
    delays::clear_estimates(figures);
    (figures.n, figures.ended, figures.ended_otherwise) = (WITHHELD, WITHHELD, WITHHELD);
    (figures.lost, figures.open, figures.left_out) = (WITHHELD, WITHHELD, WITHHELD);
    figures.missing_start = WITHHELD;
    figures.longest_open = None;
    figures.precision = PrecisionCounts { minute: WITHHELD, day: WITHHELD, month: WITHHELD };
    withhold(&mut figures.within_deadline);
    if let Some([first_quartile, median, third_quartile]) = quartiles {
        (figures.first_quartile, figures.median, figures.third_quartile) = (first_quartile, median, third_quartile);
        coarse::quartiles(figures);
    }
}

fn withhold(share: &mut Share) {
    (share.numerator, share.denominator) = (WITHHELD, WITHHELD);
    (share.share, share.lo, share.hi) = (None, None, None);
}
