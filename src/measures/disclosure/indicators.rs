//! The counts of the indicators and of data quality.

use super::super::indicator_tally::IndicatorFigures;
use super::super::quality_tally::QualityFigures;
use super::book::Page;
use super::visits::by_code;
use crate::statistics::suppression::{LedgerError, Threshold};

pub(super) fn indicators(figures: &mut IndicatorFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    for row in &mut figures.indicators {
        let name = format!("indicator.{}", row.indicator.as_str());
        page.share(&name, &mut row.figures.share)?;
        page.count(format!("{name}.unknown"), &mut row.figures.unknown)?;
    }
    let reprisals = page.get("indicator.reprisals_against_defenders.denominator");
    by_code("reprisals", &mut figures.reprisals_by_kind, reprisals, page)?;
    for row in &mut figures.reparation_by_form {
        let asked = page.share(&format!("reparation.{}.asked", row.form), &mut row.asked)?;
        let granted = page.share(&format!("reparation.{}.granted", row.form), &mut row.granted)?;
        page.part_of(granted.denominator, asked.numerator)?;
    }
    Ok(())
}

pub(super) fn quality(figures: &mut QualityFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    for row in &mut figures.dates {
        let name = format!("quality.date.{}", row.date.as_str());
        let minute = page.count(format!("{name}.minute"), &mut row.minute)?;
        let day = page.count(format!("{name}.day"), &mut row.day)?;
        let month = page.count(format!("{name}.month"), &mut row.month)?;
        let missing = page.share(&format!("{name}.missing"), &mut row.missing)?;
        page.adds_up(missing.denominator, &[minute, day, month, missing.numerator])?;
    }
    for row in &mut figures.codes {
        let name = format!("quality.code.{}", row.code.as_str());
        page.share(&name, &mut row.missing)?;
        page.same_named(&format!("{name}.denominator"), "cases")?;
    }
    for row in &mut figures.recording {
        page.share(&format!("quality.recording.{}", row.measure.as_str()), &mut row.share)?;
    }
    Ok(())
}

/// How many counts a row of dates divides its whole into: to the minute, the day, the month, and missing.
const PRECISIONS: u64 = 4;

/// Leaves out the dates that are of too few to be divided: their parts would all be withheld, and take the whole,
/// which other tables tell, with them.
pub(super) fn drop_short_rows(quality: &mut QualityFigures, threshold: Threshold) {
    let is_short = |count: u64| count > 0 && count < PRECISIONS * threshold.get();
    quality.dates.retain(|row| row.missing.denominator.shown().is_none_or(|count| !is_short(count)));
}
