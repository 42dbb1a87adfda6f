//! One row a case, and one row a visit: everything that lists, queues and statistics ask for, as
//! columns. Derived from the events, in the same transaction, and never the truth.

use diesel::prelude::*;

use super::key::Key;
use super::schema::{case_summaries, visit_summaries};
use crate::domain::case::Case;
use crate::domain::code::{Code, CodeIn};
use crate::domain::deadline::{AwaitedStep, Deadlines, Wait, waits};
use crate::domain::id::{CaseId, OrganisationId, Reference};
use crate::domain::milestone::Milestones;
use crate::domain::stamp::{day_number, stamp};
use crate::domain::time::PartialTime;
use crate::domain::visit::Approval;
use crate::domain::visits::Visit;
use crate::measures::measured::first_body;

/// What a summary needs beside the case itself.
#[derive(Clone, Debug)]
pub(super) struct Frame<'a> {
    pub id: CaseId,
    pub reference: Reference,
    pub organisation: OrganisationId,
    pub jurisdiction: &'a str,
    pub deadlines: &'a Deadlines,
}

/// A row of `case_summaries`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = case_summaries, primary_key(case_id), treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct CaseSummary {
    case_id: Key,
    reference_year: i32,
    reference_number: i32,
    organisation_id: Key,
    jurisdiction: String,
    time_zone: String,
    version: i32,
    updated_at: i64,
    stage: String,
    investigation_state: String,
    visit_state: String,
    first_ending: Option<String>,
    outcome: Option<String>,
    dismissed_by_internal_security: bool,
    channel: String,
    region: Option<String>,
    kind_of_place: Option<String>,
    place: Option<String>,
    agency: Option<String>,
    first_body: Option<String>,
    sex: Option<String>,
    age_band: Option<String>,
    filed_day: i32,
    next_due_at: Option<i64>,
    learnt_at: Option<i64>,
    filed_at: Option<i64>,
    routed_at: Option<i64>,
    investigation_opened_at: Option<i64>,
    first_response_at: Option<i64>,
    dismissed_at: Option<i64>,
    appealed_at: Option<i64>,
    appeal_answered_at: Option<i64>,
    appeal_withdrawn_at: Option<i64>,
    reopened_at: Option<i64>,
    prosecuted_at: Option<i64>,
    closed_at: Option<i64>,
    withdrawn_at: Option<i64>,
    deprived_of_liberty_at: Option<i64>,
    registered_at: Option<i64>,
    lawyer_at: Option<i64>,
    doctor_at: Option<i64>,
    family_at: Option<i64>,
    follow_up_ended_at: Option<i64>,
}

/// A row of `visit_summaries`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = visit_summaries, treat_none_as_default_value = false)]
pub(super) struct VisitSummary {
    request_id: Key,
    case_id: Key,
    ordinal: i32,
    organisation_id: Key,
    reference_year: i32,
    reference_number: i32,
    jurisdiction: String,
    time_zone: String,
    state: String,
    is_open: bool,
    needs_approval: bool,
    region: Option<String>,
    agency: Option<String>,
    kind_of_place: String,
    place: Option<String>,
    evidence: String,
    refusal_ground: Option<String>,
    announced: Option<String>,
    private_interview: Option<String>,
    filed_day: i32,
    requested_day: i32,
    due_at: Option<i64>,
    requested_at: i64,
    answered_at: Option<i64>,
    approved_at: Option<i64>,
    carried_out_at: Option<i64>,
    ended_at: Option<i64>,
    follow_up_ended_at: Option<i64>,
    board_order: i64,
}

fn text<L>(code: Option<&CodeIn<L>>) -> Option<String> {
    code.map(|code| Code::to_string(code.code()))
}

fn stamps(time: Option<PartialTime>) -> Option<i64> {
    time.map(stamp)
}

/// Both kinds of row for a case.
pub(super) fn summarise(case: &Case, frame: &Frame<'_>) -> Option<(CaseSummary, Vec<VisitSummary>)> {
    let milestones = Milestones::of(case);
    let waits = waits(case, &milestones, frame.deadlines, frame.jurisdiction);
    let summary = case_summary(case, frame, &milestones, &waits)?;
    let visits = (0i32..)
        .zip(case.visits())
        .map(|(ordinal, visit)| visit_summary(visit, ordinal, &summary, case, &waits))
        .collect();
    Some((summary, visits))
}

fn case_summary(case: &Case, frame: &Frame<'_>, milestones: &Milestones, waits: &[Wait]) -> Option<CaseSummary> {
    let (filing, complaint) = case.complaint()?;
    let position = case.position();
    let updated_at = case.events().last().map_or(0, |event| event.recorded_at.timestamp_micros());
    Some(CaseSummary {
        case_id: frame.id.into(),
        reference_year: frame.reference.year,
        reference_number: frame.reference.number,
        organisation_id: frame.organisation.into(),
        jurisdiction: frame.jurisdiction.to_owned(),
        time_zone: case.zone().name().to_owned(),
        version: case.version().0,
        updated_at,
        stage: position.stage().as_str().to_owned(),
        investigation_state: position.investigation.as_str().to_owned(),
        visit_state: position.visit.as_str().to_owned(),
        first_ending: milestones.first_ending.map(|ending| ending.as_str().to_owned()),
        outcome: milestones.outcome.map(|outcome| outcome.as_str().to_owned()),
        dismissed_by_internal_security: milestones.dismissed_by_internal_security,
        channel: complaint.channel.to_string(),
        region: text(complaint.region.as_ref()),
        kind_of_place: text(complaint.kind_of_place.as_ref()),
        place: text(complaint.place.as_ref()),
        agency: text(complaint.agency.as_ref()),
        first_body: first_body(case).map(str::to_owned),
        sex: text(complaint.sex.as_ref()),
        age_band: text(complaint.age_band.as_ref()),
        filed_day: day_number(filing.occurred_at.first_day(case.zone())),
        next_due_at: waits.iter().filter_map(|wait| wait.due_at).min().map(|due| due.timestamp_micros()),
        learnt_at: stamps(milestones.learnt),
        filed_at: stamps(milestones.filed),
        routed_at: stamps(milestones.routed),
        investigation_opened_at: stamps(milestones.investigation_opened),
        first_response_at: stamps(milestones.first_response),
        dismissed_at: stamps(milestones.dismissed),
        appealed_at: stamps(milestones.appealed),
        appeal_answered_at: stamps(milestones.appeal_answered),
        appeal_withdrawn_at: stamps(milestones.appeal_withdrawn),
        reopened_at: stamps(milestones.reopened),
        prosecuted_at: stamps(milestones.prosecuted),
        closed_at: stamps(milestones.closed),
        withdrawn_at: stamps(milestones.withdrawn),
        deprived_of_liberty_at: stamps(milestones.deprived_of_liberty),
        registered_at: stamps(milestones.registered),
        lawyer_at: stamps(milestones.lawyer),
        doctor_at: stamps(milestones.doctor),
        family_at: stamps(milestones.family),
        follow_up_ended_at: stamps(milestones.follow_up_ended),
    })
}

fn visit_summary(visit: &Visit, ordinal: i32, case_row: &CaseSummary, case: &Case, waits: &[Wait]) -> VisitSummary {
    let about_it = |wait: &&Wait| {
        wait.request == Some(visit.request)
            && matches!(wait.step, AwaitedStep::AnswerVisit | AwaitedStep::CarryOutVisit)
    };
    let is_open = visit.state.is_open() && case_row.follow_up_ended_at.is_none();
    let (requested_at, answered_at, approved_at) =
        (stamp(visit.requested_at), stamps(visit.answered_at()), stamps(visit.approved_at));
    let ended_at = stamps(visit.ended_at);
    VisitSummary {
        request_id: visit.request.into(),
        case_id: case_row.case_id,
        ordinal,
        organisation_id: case_row.organisation_id,
        reference_year: case_row.reference_year,
        reference_number: case_row.reference_number,
        jurisdiction: case_row.jurisdiction.clone(),
        time_zone: case_row.time_zone.clone(),
        state: visit.state.as_str().to_owned(),
        is_open,
        needs_approval: visit.requested.approval != Some(Approval::NotRequired),
        region: case_row.region.clone(),
        agency: case_row.agency.clone(),
        kind_of_place: visit.requested.kind_of_place.to_string(),
        place: text(visit.requested.place.as_ref()),
        evidence: visit.requested.evidence.as_str().to_owned(),
        refusal_ground: text(visit.refusal_ground.as_ref()),
        announced: visit.announced.map(|answer| answer.as_str().to_owned()),
        private_interview: visit.private_interview.map(|answer| answer.as_str().to_owned()),
        filed_day: case_row.filed_day,
        requested_day: day_number(visit.requested_at.first_day(case.zone())),
        due_at: waits.iter().find(about_it).and_then(|wait| wait.due_at).map(|due| due.timestamp_micros()),
        requested_at,
        answered_at,
        approved_at,
        carried_out_at: stamps(visit.carried_out_at),
        ended_at,
        follow_up_ended_at: case_row.follow_up_ended_at,
        // As the migration that added it works it out.
        board_order: if is_open {
            approved_at.unwrap_or(requested_at)
        } else {
            requested_at - answered_at.or(ended_at).or(case_row.follow_up_ended_at).unwrap_or(requested_at)
        },
    }
}
