//! Counts that stand in several tables, under one name or another: whoever reads one table subtracts it from the next.

use super::book::Page;
use crate::statistics::suppression::LedgerError;

/// Counts of which one is the other, or a part of it.
const PAIRS: &[(&str, &str)] = &[
    ("endings.n", "cases"),
    ("delay.filing_to_routing.n", "cases"),
    ("delay.filing_to_first_response.n", "cases"),
    ("delay.filing_to_dismissal.n", "endings.n"),
    ("delay.filing_to_prosecution.n", "endings.n"),
    ("delay.filing_to_dismissal.ended", "endings.dismissed"),
    ("delay.filing_to_prosecution.ended", "endings.prosecuted"),
    ("delay.filing_to_dismissal.open", "endings.open"),
    ("delay.filing_to_prosecution.open", "endings.open"),
    ("delay.filing_to_dismissal.lost", "endings.lost"),
    ("delay.filing_to_prosecution.lost", "endings.lost"),
    ("delay.filing_to_routing.ended", "rate.routed.numerator"),
    ("delay.routing_to_decision.n", "rate.routed.numerator"),
    ("delay.appeal_to_answer.n", "rate.appealed.numerator"),
    ("delay.visit_request_to_answer.n", "visits.needing_approval"),
    ("delay.visit_request_to_answer.ended", "visits.answered"),
    ("delay.visit_request_to_answer.open", "visits.waiting"),
    ("delay.visit_request_to_visit.n", "visits.requests"),
    ("delay.visit_request_to_visit.ended", "visits.carried_out.numerator"),
    ("delay.visit_approval_to_visit.n", "visits.approved.numerator"),
    ("delay.visit_approval_to_visit.ended", "visits.carried_out.numerator"),
    ("delay.deprivation_to_lawyer.n", "delay.deprivation_to_registration.n"),
    ("delay.deprivation_to_doctor.n", "delay.deprivation_to_registration.n"),
    ("delay.deprivation_to_family_notice.n", "delay.deprivation_to_registration.n"),
    ("rate.dismissed_by_internal_security.numerator", "rate.dismissed.numerator"),
    ("rate.convicted.numerator", "rate.prosecuted.numerator"),
    ("endings.dismissed", "rate.dismissed.numerator"),
    ("endings.prosecuted", "rate.prosecuted.numerator"),
    ("endings.withdrawn", "rate.withdrawn.numerator"),
    ("indicator.charged_in_reprisal.numerator", "indicator.reprisal.numerator"),
    ("indicator.reprisal_against_defender.numerator", "indicator.reprisal.numerator"),
    ("indicator.exclusion_sought.denominator", "indicator.confession_sought.numerator"),
    ("indicator.prosecuted_with_findings.denominator", "indicator.dismissed_with_findings.denominator"),
    ("indicator.reparation_claimed_if_prosecuted.numerator", "indicator.reparation_claimed.numerator"),
    ("indicator.reparation_claimed_if_prosecuted.denominator", "rate.prosecuted.numerator"),
    ("quality.date.filing.missing.denominator", "cases"),
    ("quality.date.incident.missing.denominator", "cases"),
    ("quality.date.learnt.missing.denominator", "cases"),
    ("quality.date.routing.missing.denominator", "rate.routed.numerator"),
    ("quality.date.dismissal.missing.denominator", "rate.dismissed.numerator"),
    ("quality.date.prosecution.missing.denominator", "rate.prosecuted.numerator"),
    ("quality.date.visit_request.missing.denominator", "visits.requests"),
    ("quality.date.visit_answer.missing.denominator", "visits.answered"),
    ("quality.recording.filing_recorded_late.denominator", "cases"),
    ("quality.recording.corrected_complaints.denominator", "cases"),
];

/// Counts that are the sum of others.
const SUMS: &[(&str, &[&str])] = &[
    (
        "indicator.reparation_granted.denominator",
        &[
            "indicator.reparation_granted.numerator",
            "indicator.reparation_refused.numerator",
            "indicator.reparation_not_considered.numerator",
        ],
    ),
    (
        "indicator.reparation_granted.denominator",
        &[
            "indicator.reparation_refused_without_conviction.denominator",
            "indicator.reparation_refused_after_conviction.denominator",
        ],
    ),
    (
        "indicator.exclusion_granted.denominator",
        &[
            "indicator.exclusion_granted.numerator",
            "indicator.exclusion_refused.numerator",
            "indicator.exclusion_not_considered.numerator",
        ],
    ),
    ("indicator.risk_argued.numerator", &["indicator.risk_examined.denominator", "indicator.risk_examined.unknown"]),
    (
        "indicator.risk_argued.numerator",
        &["indicator.removal_stopped.denominator", "indicator.removal_stopped.unknown"],
    ),
    (
        "rate.withdrawn.numerator",
        &["indicator.withdrawn_under_pressure.denominator", "indicator.withdrawn_under_pressure.unknown"],
    ),
    ("cases", &["indicator.no_response_in_30_days.denominator", "indicator.no_response_in_30_days.unknown"]),
    ("cases", &["indicator.independent_examination.denominator", "indicator.independent_examination.unknown"]),
    ("cases", &["indicator.death_in_custody.denominator", "indicator.death_in_custody.unknown"]),
    ("cases", &["indicator.reprisal.denominator", "indicator.reprisal.unknown"]),
    ("cases", &["indicator.charged_in_reprisal.denominator", "indicator.charged_in_reprisal.unknown"]),
    ("cases", &["indicator.reparation_claimed.denominator", "indicator.reparation_claimed.unknown"]),
    ("cases", &["indicator.confession_sought.denominator", "indicator.confession_sought.unknown"]),
    ("cases", &["indicator.reprisal_against_defender.denominator", "indicator.reprisal_against_defender.unknown"]),
    (
        "indicator.reprisals_against_defenders.numerator",
        &["reprisals.against_lawyer.numerator", "reprisals.against_defender.numerator"],
    ),
    (
        "visits.refused_for_want_of_evidence.numerator",
        &[
            "visits.ground.no_written_evidence.numerator",
            "visits.ground.not_signed_by_victim.numerator",
            "visits.ground.mere_suspicion.numerator",
        ],
    ),
    ("visits.requests", &["visits.carried_out.numerator", "visits.lapsed.numerator", "visits.cancelled.numerator"]),
];

/// Ties what stands in several tables. A sum that does not hold in these figures, because something else belongs to it
/// that is told nowhere, is a bound at least: each of its parts is a part of it.
pub(super) fn tie(page: &mut Page<'_>) -> Result<(), LedgerError> {
    for (part, total) in PAIRS {
        if let (Some(part), Some(total)) = (page.get(part), page.get(total)) {
            page.tie(part, total)?;
        }
    }
    for (total, parts) in SUMS {
        let Some(total) = page.get(total) else { continue };
        // A code that never occurs has no row: that it is nought, a reader knows.
        let parts: Vec<_> = parts.iter().filter_map(|part| page.get(part)).collect();
        page.tie_sum(total, &parts)?;
    }
    Ok(())
}
