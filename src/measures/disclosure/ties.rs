//! Counts that stand in several tables, and sums over several: whoever reads one table subtracts it from the next.
//!
//! A test finds every equation that holds in all cases and attacks with it, so that none may be missing here. One that
//! does not hold in the figures of a day is entered as a bound, the smaller as a part of the larger: a reader may know
//! no more than that, and what is entered without need withholds a little more, never less.

use super::book::{Cells, Page};
use crate::measures::delay::DelayMeasure;
use crate::statistics::suppression::{CellId, LedgerError};

/// Counts of which one is the other, or a part of it.
const PAIRS: &[(&str, &str)] = &[
    // Complaints.
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
    ("delay.filing_to_dismissal.minute", "delay.filing_to_prosecution.minute"),
    ("delay.filing_to_dismissal.day", "delay.filing_to_prosecution.day"),
    ("delay.filing_to_first_response.minute", "delay.filing_to_routing.minute"),
    ("delay.filing_to_first_response.day", "delay.filing_to_routing.day"),
    ("delay.filing_to_first_response.open", "delay.filing_to_routing.open"),
    ("delay.filing_to_routing.ended", "rate.routed.numerator"),
    ("delay.routing_to_decision.n", "rate.routed.numerator"),
    ("delay.routing_to_decision.lost", "endings.lost"),
    ("delay.appeal_to_answer.n", "rate.appealed.numerator"),
    ("rate.dismissed_by_internal_security.numerator", "rate.dismissed.numerator"),
    ("rate.convicted.numerator", "rate.prosecuted.numerator"),
    ("endings.dismissed", "rate.dismissed.numerator"),
    ("endings.prosecuted", "rate.prosecuted.numerator"),
    ("endings.withdrawn", "rate.withdrawn.numerator"),
    ("rate.routed.ended.denominator", "rate.dismissed.ended.denominator"),
    ("rate.dismissed_by_internal_security.ended.denominator", "rate.dismissed.ended.denominator"),
    ("rate.prosecuted.ended.denominator", "rate.dismissed.ended.denominator"),
    ("rate.withdrawn.ended.denominator", "rate.dismissed.ended.denominator"),
    ("rate.convicted.ended.denominator", "rate.dismissed.ended.denominator"),
    ("rate.routed.ended.numerator", "rate.dismissed.ended.denominator"),
    ("delay.filing_to_first_response.open", "endings.open"),
    ("delay.routing_to_decision.open", "endings.open"),
    ("delay.filing_to_routing.ended", "delay.filing_to_first_response.ended"),
    ("delay.filing_to_dismissal.ended", "delay.filing_to_first_response.ended"),
    ("delay.filing_to_dismissal.otherwise", "rate.dismissed.ended.denominator"),
    ("delay.filing_to_prosecution.otherwise", "rate.dismissed.ended.denominator"),
    ("delay.filing_to_first_response.otherwise", "delay.filing_to_routing.otherwise"),
    ("delay.routing_to_decision.missing_start", "delay.filing_to_routing.otherwise"),
    ("delay.routing_to_decision.missing_start", "delay.filing_to_dismissal.ended"),
    ("rate.dismissed_by_internal_security.numerator", "delay.routing_to_decision.ended"),
    ("rate.prosecuted.numerator", "delay.routing_to_decision.ended"),
    ("rate.withdrawn.numerator", "delay.filing_to_prosecution.otherwise"),
    ("rate.reopened.numerator", "delay.appeal_to_answer.ended"),
    // Urgent visits.
    ("delay.visit_request_to_answer.n", "visits.needing_approval"),
    ("delay.visit_request_to_answer.ended", "visits.answered"),
    ("delay.visit_request_to_answer.open", "visits.waiting"),
    ("delay.visit_request_to_answer.lost", "delay.visit_request_to_visit.lost"),
    ("delay.visit_request_to_visit.n", "visits.requests"),
    ("delay.visit_request_to_visit.ended", "visits.carried_out.numerator"),
    ("delay.visit_approval_to_visit.n", "visits.approved.numerator"),
    ("delay.visit_approval_to_visit.ended", "visits.carried_out.numerator"),
    ("delay.visit_request_to_answer.otherwise", "delay.visit_request_to_visit.otherwise"),
    ("delay.visit_approval_to_visit.otherwise", "delay.visit_request_to_visit.otherwise"),
    ("delay.visit_approval_to_visit.minute", "delay.visit_request_to_visit.minute"),
    ("rate.visit_refused.numerator", "delay.visit_request_to_visit.otherwise"),
    ("rate.visit_approved.ended.denominator", "visits.answered"),
    ("rate.visit_refused.denominator", "visits.needing_approval"),
    ("rate.visit_refused.ended.denominator", "visits.answered"),
    // The first hours.
    ("delay.deprivation_to_lawyer.n", "delay.deprivation_to_registration.n"),
    ("delay.deprivation_to_doctor.n", "delay.deprivation_to_registration.n"),
    ("delay.deprivation_to_family_notice.n", "delay.deprivation_to_registration.n"),
    ("delay.deprivation_to_lawyer.missing_start", "delay.deprivation_to_registration.missing_start"),
    ("delay.deprivation_to_doctor.missing_start", "delay.deprivation_to_registration.missing_start"),
    ("delay.deprivation_to_family_notice.missing_start", "delay.deprivation_to_registration.missing_start"),
    ("quality.date.deprivation_of_liberty.missing.numerator", "delay.deprivation_to_registration.missing_start"),
    ("quality.date.deprivation_of_liberty.missing.denominator", "quality.date.registration.missing.denominator"),
    ("quality.date.access_to_lawyer.missing.denominator", "quality.date.registration.missing.denominator"),
    ("quality.date.access_to_doctor.missing.denominator", "quality.date.registration.missing.denominator"),
    ("quality.date.notice_to_family.missing.denominator", "quality.date.registration.missing.denominator"),
    // Indicators.
    ("indicator.routed_to_internal_security.numerator", "rate.routed.numerator"),
    ("indicator.routed_to_internal_security.denominator", "cases"),
    ("indicator.dismissed_by_internal_security.numerator", "rate.dismissed_by_internal_security.numerator"),
    ("indicator.dismissed_by_internal_security.denominator", "cases"),
    ("indicator.prosecuted.numerator", "rate.prosecuted.numerator"),
    ("indicator.prosecuted.denominator", "cases"),
    ("indicator.visits_outside_mandate.numerator", "visits.outside_mandate.numerator"),
    ("indicator.visits_outside_mandate.denominator", "visits.outside_mandate.denominator"),
    ("indicator.visits_outside_mandate.unknown", "visits.outside_mandate.unknown"),
    ("indicator.visits_refused.numerator", "visits.refused.numerator"),
    ("indicator.visits_refused.denominator", "visits.answered"),
    ("indicator.visits_refused_for_want_of_evidence.numerator", "visits.refused_for_want_of_evidence.numerator"),
    ("indicator.visits_refused_for_want_of_evidence.denominator", "visits.refused.numerator"),
    ("indicator.charged_in_reprisal.numerator", "indicator.reprisal.numerator"),
    ("indicator.reprisal_against_defender.numerator", "indicator.reprisal.numerator"),
    ("indicator.reprisal.numerator", "indicator.reprisals_against_defenders.denominator"),
    ("indicator.reprisal_against_defender.numerator", "indicator.reprisals_against_defenders.numerator"),
    ("indicator.exclusion_sought.denominator", "indicator.confession_sought.numerator"),
    ("indicator.exclusion_granted.denominator", "indicator.exclusion_sought.numerator"),
    ("indicator.exclusion_refused.denominator", "indicator.exclusion_granted.denominator"),
    ("indicator.exclusion_not_considered.denominator", "indicator.exclusion_granted.denominator"),
    ("indicator.exclusion_refused.unknown", "indicator.exclusion_granted.unknown"),
    ("indicator.exclusion_not_considered.unknown", "indicator.exclusion_granted.unknown"),
    ("indicator.prosecuted_with_findings.denominator", "indicator.dismissed_with_findings.denominator"),
    ("indicator.reparation_claimed_if_prosecuted.numerator", "indicator.reparation_claimed.numerator"),
    ("indicator.reparation_claimed_if_prosecuted.numerator", "rate.prosecuted.numerator"),
    ("indicator.reparation_claimed_if_prosecuted.denominator", "rate.prosecuted.numerator"),
    ("indicator.reparation_refused.denominator", "indicator.reparation_granted.denominator"),
    ("indicator.reparation_not_considered.denominator", "indicator.reparation_granted.denominator"),
    ("indicator.reparation_refused.unknown", "indicator.reparation_granted.unknown"),
    ("indicator.reparation_not_considered.unknown", "indicator.reparation_granted.unknown"),
    ("indicator.reparation_refused_without_conviction.unknown", "indicator.reparation_granted.unknown"),
    ("indicator.reparation_refused_after_conviction.denominator", "rate.convicted.numerator"),
    // The data.
    ("quality.date.learnt.month", "delay.filing_to_dismissal.month"),
    ("quality.date.learnt.month", "delay.filing_to_first_response.month"),
    ("quality.date.routing.month", "delay.filing_to_first_response.month"),
    ("quality.date.dismissal.month", "delay.filing_to_dismissal.month"),
    ("quality.date.routing.month", "delay.routing_to_decision.month"),
    ("delay.routing_to_decision.minute", "quality.date.routing.minute"),
    ("quality.date.visit_answer.minute", "delay.visit_request_to_answer.minute"),
    ("quality.date.visit_answer.day", "delay.visit_request_to_answer.day"),
    ("delay.visit_approval_to_visit.minute", "quality.date.visit_answer.minute"),
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
    ("quality.recording.events_recorded_late.denominator", "quality.recording.corrections.denominator"),
    ("quality.recording.retractions.denominator", "quality.recording.corrections.denominator"),
];

/// Sums that are one; or a count, and parts of it beside what is told nowhere.
const SUMS: &[(&[&str], &[&str])] = &[
    // Complaints.
    (&["rate.dismissed.ended.denominator"], &["endings.dismissed", "endings.prosecuted", "endings.withdrawn"]),
    (&["rate.reopened.denominator"], &["endings.dismissed", "endings.withdrawn"]),
    (&["rate.routed.ended.numerator"], &["delay.routing_to_decision.ended", "delay.routing_to_decision.otherwise"]),
    (&["rate.withdrawn.numerator"], &["endings.withdrawn", "delay.appeal_to_answer.otherwise"]),
    (&["endings.withdrawn"], &["delay.routing_to_decision.otherwise", "delay.filing_to_first_response.otherwise"]),
    (
        &["delay.filing_to_dismissal.ended", "delay.filing_to_prosecution.ended"],
        &["delay.routing_to_decision.ended", "delay.routing_to_decision.missing_start"],
    ),
    // Urgent visits.
    (&["visits.waiting"], &["delay.visit_request_to_answer.open", "delay.visit_request_to_answer.lost"]),
    (
        &["delay.visit_request_to_visit.open"],
        &["delay.visit_request_to_answer.open", "delay.visit_approval_to_visit.open"],
    ),
    (
        &["delay.visit_request_to_answer.otherwise", "delay.visit_approval_to_visit.otherwise"],
        &["visits.lapsed.numerator", "visits.cancelled.numerator", "visits.access_denied.numerator"],
    ),
    (&["visits.requests"], &["visits.carried_out.numerator", "visits.lapsed.numerator", "visits.cancelled.numerator"]),
    (
        &["visits.refused_for_want_of_evidence.numerator"],
        &[
            "visits.ground.no_written_evidence.numerator",
            "visits.ground.not_signed_by_victim.numerator",
            "visits.ground.mere_suspicion.numerator",
        ],
    ),
    // The first hours.
    (&["cases"], DEPRIVED_OF_LIBERTY),
    (&["quality.date.registration.missing.denominator"], DEPRIVED_OF_LIBERTY),
    (
        DEPRIVED_OF_LIBERTY,
        &["indicator.all_safeguards_in_time.denominator", "indicator.all_safeguards_in_time.unknown"],
    ),
    // Indicators.
    (
        &["indicator.reparation_granted.denominator"],
        &[
            "indicator.reparation_granted.numerator",
            "indicator.reparation_refused.numerator",
            "indicator.reparation_not_considered.numerator",
        ],
    ),
    (
        &["indicator.reparation_granted.denominator"],
        &[
            "indicator.reparation_refused_without_conviction.denominator",
            "indicator.reparation_refused_after_conviction.denominator",
        ],
    ),
    (
        &["indicator.reparation_granted.denominator"],
        &["indicator.reparation_granted.numerator", "indicator.reparation_refused_without_conviction.numerator"],
    ),
    (
        &["indicator.reparation_claimed.numerator"],
        &["indicator.reparation_granted.denominator", "indicator.reparation_granted.unknown"],
    ),
    (
        &["indicator.exclusion_granted.denominator"],
        &[
            "indicator.exclusion_granted.numerator",
            "indicator.exclusion_refused.numerator",
            "indicator.exclusion_not_considered.numerator",
        ],
    ),
    (&["indicator.risk_argued.numerator"], &["indicator.risk_examined.denominator", "indicator.risk_examined.unknown"]),
    (
        &["indicator.risk_argued.numerator"],
        &["indicator.removal_stopped.denominator", "indicator.removal_stopped.unknown"],
    ),
    (
        &["indicator.removal_stopped.denominator"],
        &[
            "indicator.removal_stopped.numerator",
            "indicator.removal_with_risk_not_examined.denominator",
            "indicator.removal_with_risk_not_examined.unknown",
        ],
    ),
    (
        &["rate.withdrawn.numerator"],
        &["indicator.withdrawn_under_pressure.denominator", "indicator.withdrawn_under_pressure.unknown"],
    ),
    (
        &["indicator.death_in_custody.numerator"],
        &["indicator.death_inquired.denominator", "indicator.death_inquired.unknown"],
    ),
    (
        &["visits.needing_approval"],
        &["indicator.visits_answered_in_time.denominator", "indicator.visits_answered_in_time.unknown"],
    ),
    (
        &["indicator.reprisals_against_defenders.numerator"],
        &["reprisals.against_lawyer.numerator", "reprisals.against_defender.numerator"],
    ),
    (
        &["indicator.charged_in_reprisal.numerator"],
        &["reprisals.new_charge.numerator", "reprisals.false_report_charge.numerator"],
    ),
];

/// Those of whom anything tells that they were deprived of liberty.
const DEPRIVED_OF_LIBERTY: &[&str] =
    &["delay.deprivation_to_registration.n", "delay.deprivation_to_registration.missing_start"];

/// Indicators that are asked of every complaint, or of every one that tells of it.
const OF_ALL_CASES: &[&str] = &[
    "no_response_in_30_days",
    "independent_examination",
    "death_in_custody",
    "reprisal",
    "charged_in_reprisal",
    "reparation_claimed",
    "confession_sought",
    "reprisal_against_defender",
];

/// Rates whose complaints have all ended, so that those that have not divide nothing.
const OF_ENDED_ALONE: &[&str] = &[
    "dismissed",
    "dismissed_by_internal_security",
    "prosecuted",
    "withdrawn",
    "convicted",
    "appealed",
    "reopened",
    "visit_approved",
    "visit_refused",
];

/// The safeguards of the first hours: the delay, its date, and the indicator that holds it against its deadline.
const SAFEGUARDS: &[(&str, &str, &str)] = &[
    ("deprivation_to_registration", "registration", "registered_in_time"),
    ("deprivation_to_lawyer", "access_to_lawyer", "lawyer_in_time"),
    ("deprivation_to_doctor", "access_to_doctor", "doctor_in_time"),
    ("deprivation_to_family_notice", "notice_to_family", "family_told_in_time"),
];

/// Curves that watch the same complaints or visits, or the first fewer of them.
const WATCHED_TOGETHER: &[(&str, &str)] = &[
    ("filing_to_dismissal", "endings"),
    ("filing_to_prosecution", "filing_to_dismissal"),
    ("filing_to_routing", "filing_to_first_response"),
    ("filing_to_first_response", "filing_to_dismissal"),
    ("visit_request_to_answer", "visit_request_to_visit"),
    ("endings_by_horizon", "endings"),
    ("endings_by_horizon", "filing_to_dismissal"),
    ("endings_dismissed", "endings"),
    ("endings_prosecuted", "endings"),
    ("endings_withdrawn", "endings"),
];

/// Ties what stands in several tables.
pub(super) fn tie(page: &mut Page<'_>) -> Result<(), LedgerError> {
    for (part, total) in PAIRS {
        tie_named(page, part, total)?;
    }
    for (left, right) in SUMS {
        tie_sums(page, left, right)?;
    }
    for indicator in OF_ALL_CASES {
        let [denominator, unknown] = ["denominator", "unknown"].map(|part| format!("indicator.{indicator}.{part}"));
        tie_sums(page, &["cases"], &[&denominator, &unknown])?;
    }
    for rate in OF_ENDED_ALONE {
        for part in ["numerator", "denominator"] {
            tie_named(page, &format!("rate.{rate}.ended.{part}"), &format!("rate.{rate}.{part}"))?;
        }
    }
    SAFEGUARDS.iter().try_for_each(|safeguard| tie_safeguard(page, safeguard))?;
    tie_in_time(page, "visit_request_to_answer", "visits_answered_in_time")?;
    for (one, other) in WATCHED_TOGETHER {
        for (name, cell) in named_under(page.cells(), &format!("at_risk.{one}.")) {
            if let Some(same) = page.get(&format!("at_risk.{other}.{name}")) {
                page.tie(cell, same)?;
            }
        }
    }
    tie_contradictions(page)
}

/// Those that had a safeguard, those of whom it is not known, and those who had it in time.
fn tie_safeguard(page: &mut Page<'_>, (delay, date, indicator): &(&str, &str, &str)) -> Result<(), LedgerError> {
    let dates = ["minute", "day", "month"].map(|precision| format!("quality.date.{date}.{precision}"));
    tie_sums(page, &[&format!("delay.{delay}.ended")], &dates.each_ref().map(String::as_str))?;
    tie_named(page, &format!("delay.{delay}.minute"), "quality.date.deprivation_of_liberty.minute")?;
    for part in ["lost", "missing_start"] {
        tie_named(page, &format!("delay.{delay}.{part}"), &format!("quality.date.{date}.missing.numerator"))?;
    }
    let counts = ["denominator", "unknown"].map(|part| format!("indicator.{indicator}.{part}"));
    tie_sums(page, DEPRIVED_OF_LIBERTY, &counts.each_ref().map(String::as_str))?;
    tie_in_time(page, delay, indicator)
}

fn tie_in_time(page: &mut Page<'_>, delay: &str, indicator: &str) -> Result<(), LedgerError> {
    for part in ["numerator", "denominator"] {
        tie_named(page, &format!("delay.{delay}.within.{part}"), &format!("indicator.{indicator}.{part}"))?;
    }
    Ok(())
}

/// Of all waits, those whose dates contradict each other are left out.
fn tie_contradictions(page: &mut Page<'_>) -> Result<(), LedgerError> {
    let left_out: Vec<String> =
        DelayMeasure::ALL.iter().map(|measure| format!("delay.{}.left_out", measure.as_str())).collect();
    let mut all: Vec<String> =
        DelayMeasure::ALL.iter().map(|measure| format!("delay.{}.n", measure.as_str())).collect();
    tie_sums(page, &["quality.recording.contradictory_waits.numerator"], &words(&left_out))?;
    all.push("quality.recording.contradictory_waits.numerator".to_owned());
    tie_sums(page, &["quality.recording.contradictory_waits.denominator"], &words(&all))
}

fn words(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn tie_named(page: &mut Page<'_>, part: &str, total: &str) -> Result<(), LedgerError> {
    match (page.get(part), page.get(total)) {
        (Some(part), Some(total)) => page.tie(part, total),
        _ => Ok(()),
    }
}

/// Ties two sums. A code that never occurs has no row: that it is nought, a reader knows. A row of dates that is left
/// out is told nowhere.
fn tie_sums(page: &mut Page<'_>, left: &[&str], right: &[&str]) -> Result<(), LedgerError> {
    let cells = |names: &[&str]| names.iter().filter_map(|name| page.get(name)).collect::<Vec<CellId>>();
    let (left_cells, right_cells) = (cells(left), cells(right));
    if left_cells.len() < left.len() || right_cells.is_empty() {
        return Ok(());
    }
    page.tie_sums(&left_cells, &right_cells)
}

fn named_under(cells: &Cells, prefix: &str) -> Vec<(String, CellId)> {
    let under = cells.range(prefix.to_owned()..).take_while(|(name, _)| name.starts_with(prefix));
    under.map(|(name, cell)| (name[prefix.len()..].to_owned(), *cell)).collect()
}
