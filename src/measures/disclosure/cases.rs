//! The counts of complaints: the rates, and the three endings that compete.

use super::super::ending_figures::{EndingCurves, EndingFigures, EndingsByHorizon};
use super::super::figures::Estimate;
use super::super::rate::{RateFigures, RateMeasure};
use super::book::Page;
use super::delays;
use crate::domain::milestone::Ending;
use crate::statistics::suppression::{CellId, LedgerError};

pub(super) fn rate(measure: RateMeasure, figures: &mut RateFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let name = format!("rate.{}", measure.as_str());
    let of_all = page.share(&name, &mut figures.of_all)?;
    let of_ended = page.share(&format!("{name}.ended"), &mut figures.of_ended)?;
    page.part_of(of_ended.numerator, of_all.numerator)?;
    page.part_of(of_ended.denominator, of_all.denominator)?;
    match measure {
        RateMeasure::Appealed => page.same_named(&format!("{name}.denominator"), "rate.dismissed.numerator"),
        RateMeasure::Reopened | RateMeasure::VisitApproved | RateMeasure::VisitRefused => Ok(()),
        _ => page.same_named(&format!("{name}.denominator"), "cases"),
    }
}

pub(super) fn endings(figures: &mut EndingFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let n = page.count("endings.n", &mut figures.n)?;
    let mut parts =
        vec![page.count("endings.lost", &mut figures.lost)?, page.count("endings.open", &mut figures.open)?];
    for row in &mut figures.ended {
        parts.push(page.count(format!("endings.{}", row.ending.as_str()), &mut row.count)?);
    }
    page.adds_up(n, &parts)?;
    page.count("endings.left_out", &mut figures.left_out)?;
    horizons(&mut figures.by_horizon, n, page)?;
    let reported = page.share("endings.reported", &mut figures.reported.prosecuted)?;
    if let (Some(prosecuted), Some(cases)) = (page.get("rate.prosecuted.numerator"), page.get("cases")) {
        page.same(reported.numerator, prosecuted)?;
        page.same(reported.denominator, cases)?;
    }
    if figures.reported.prosecuted.share.is_none() {
        figures.reported.interval = None;
    }
    curves(figures, n, page)
}

/// How many had ended in each way by each horizon, and who did between two of them.
fn horizons(horizons: &mut [EndingsByHorizon], n: CellId, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let mut watched = n;
    let mut later: Vec<(Ending, CellId)> = Vec::new();
    for horizon in &mut *horizons {
        let at_risk = page.count(format!("at_risk.endings_by_horizon.{}", horizon.days), &mut horizon.at_risk)?;
        page.tie(at_risk, watched)?;
        watched = at_risk;
    }
    for horizon in horizons.iter_mut().rev() {
        let before = std::mem::take(&mut later);
        for share in &mut horizon.endings {
            let word = share.ending.as_str();
            let events = page.count(format!("endings.{word}.{}", horizon.days), &mut share.events)?;
            let total = before.iter().find(|(ending, _)| *ending == share.ending).map(|(_, cell)| *cell);
            let total = total.or_else(|| page.get(&format!("endings.{word}"))).ok_or(LedgerError::UnknownCell)?;
            page.tie(events, total)?;
            later.push((share.ending, events));
            if share.events.shown().is_none() {
                share.share = Estimate::NONE;
            }
        }
        // What is left over would give the only hidden one away.
        if horizon.endings.iter().any(|share| share.events.shown().is_none()) {
            horizon.still_open = Estimate::NONE;
        }
    }
    Ok(())
}

fn curves(figures: &mut EndingFigures, n: CellId, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let EndingCurves { still_open, endings } = &mut figures.curves;
    delays::curve("endings", still_open, n, page)?;
    for (ending, curve) in endings.iter_mut() {
        delays::curve(&format!("endings_{}", ending.as_str()), curve, n, page)?;
    }
    let withheld: Vec<Ending> =
        figures.ended.iter().filter(|row| row.count.shown().is_none()).map(|row| row.ending).collect();
    if !withheld.is_empty() {
        *still_open = super::super::curve::Curve::default();
        endings.iter_mut().filter(|(ending, _)| withheld.contains(ending)).for_each(|(_, curve)| curve.points.clear());
    }
    Ok(())
}
