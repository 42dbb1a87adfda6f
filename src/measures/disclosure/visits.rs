//! The counts of urgent visits.

use super::super::code_counts::CodeShare;
use super::super::visit_measure::VisitMeasure;
use super::super::visit_tally::VisitFigures;
use super::book::{Page, SharedCells};
use crate::statistics::suppression::{CellId, LedgerError};

pub(super) fn visits(figures: &mut VisitFigures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    let requests = page.count("visits.requests", &mut figures.requests)?;
    let needing = page.count("visits.needing_approval", &mut figures.needing_approval)?;
    let answered = page.count("visits.answered", &mut figures.answered)?;
    let waiting = page.count("visits.waiting", &mut figures.waiting)?;
    page.tie(needing, requests)?;
    page.tie(answered, needing)?;
    page.tie(waiting, needing)?;
    page.same_named("rate.visit_approved.denominator", "visits.needing_approval")?;
    for row in &mut figures.shares {
        let name = format!("visits.{}", row.measure.as_str());
        let cells = page.share(&name, &mut row.figures.share)?;
        let unknown = page.count(format!("{name}.unknown"), &mut row.figures.unknown)?;
        tie(row.measure, cells, unknown, page)?;
    }
    page.same_named("rate.visit_refused.numerator", "visits.refused.numerator")?;
    page.same_named("rate.visit_approved.numerator", "visits.approved.numerator")?;
    let refused = page.get("visits.refused.numerator").ok_or(LedgerError::UnknownCell)?;
    let approved = page.get("visits.approved.numerator").ok_or(LedgerError::UnknownCell)?;
    page.adds_up(answered, &[approved, refused])?;
    by_code("visits.ground", &mut figures.refusals_by_ground, Some(refused), page)?;
    let mut denominators = Vec::new();
    let mut numerators = Vec::new();
    for row in &mut figures.refused_by_evidence {
        let cells = page.share(&format!("visits.evidence.{}", row.evidence.as_str()), &mut row.share)?;
        denominators.push(cells.denominator);
        numerators.push(cells.numerator);
    }
    page.adds_up(answered, &denominators)?;
    page.adds_up(refused, &numerators)
}

/// Of what a share is, where that is a count of the same table.
fn tie(measure: VisitMeasure, cells: SharedCells, unknown: CellId, page: &mut Page<'_>) -> Result<(), LedgerError> {
    use VisitMeasure as V;
    let whole = match measure {
        V::Approved | V::Refused | V::Waiting => "visits.needing_approval",
        V::ApprovedOfAnswered | V::RefusedOfAnswered => "visits.answered",
        V::RefusedForWantOfEvidence | V::Renewed => "visits.refused.numerator",
        V::AccessDenied => "visits.approved.numerator",
        V::OutsideMandate | V::Lapsed | V::Cancelled | V::CarriedOut => "visits.requests",
        V::Announced | V::PrivateInterview => "visits.carried_out.numerator",
    };
    let same_count = match measure {
        V::Waiting => Some("visits.waiting"),
        V::ApprovedOfAnswered => Some("visits.approved.numerator"),
        V::RefusedOfAnswered => Some("visits.refused.numerator"),
        _ => None,
    };
    if let Some(same) = same_count.and_then(|name| page.get(name)) {
        page.same(cells.numerator, same)?;
    }
    match page.get(whole) {
        Some(whole) => page.adds_up(whole, &[cells.denominator, unknown]),
        None => Ok(()),
    }
}

/// Shares of one whole by code.
pub(super) fn by_code(
    name: &str,
    shares: &mut [CodeShare],
    whole: Option<CellId>,
    page: &mut Page<'_>,
) -> Result<(), LedgerError> {
    let mut parts = Vec::new();
    let mut wholes = Vec::new();
    for row in shares {
        let cells = page.share(&format!("{name}.{}", row.code), &mut row.share)?;
        parts.push(cells.numerator);
        wholes.push(cells.denominator);
    }
    let Some(first) = wholes.first().copied() else { return Ok(()) };
    for other in wholes.iter().skip(1).copied() {
        page.same(first, other)?;
    }
    if let Some(whole) = whole {
        page.tie(first, whole)?;
    }
    page.adds_up(first, &parts)
}
