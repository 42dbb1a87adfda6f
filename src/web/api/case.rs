//! /cases/{case}: one case, with both regions, what may follow and what is due.

use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::events::EventItem;
use super::problem::Problem;
use super::version::etag;
use crate::domain::complaint::Answer;
use crate::domain::deadline::Wait;
use crate::domain::event::HappeningKind;
use crate::domain::field::FieldSpec;
use crate::domain::milestone::Milestones;
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::Approval;
use crate::domain::visits::Visit;
use crate::i18n::{Language, labels};
use crate::services::{CaseName, CaseView, Texts};
use crate::web::desk::Desk;

/// A case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CaseDetail {
    id: String,
    reference: String,
    version: i32,
    organisation_id: String,
    jurisdiction: String,
    time_zone: &'static str,
    stage: &'static str,
    stage_label: String,
    /// What of its texts can be read; those that cannot come back as null.
    texts: Texts,
    /// The organisations that it is shared with.
    shared_with: Vec<String>,
    /// The complaint as it was filed, with corrections.
    complaint: Option<EventItem>,
    investigation: InvestigationTrack,
    visit: VisitTrack,
    /// The facts that count, in the order of recording.
    facts: Vec<EventItem>,
    /// When each thing first happened.
    milestones: MilestoneTimes,
    /// What the case waits for.
    deadlines: Vec<DeadlineItem>,
    /// The steps and facts that may be recorded now, each with its fields.
    permitted: Vec<PermittedItem>,
}

/// The investigation region.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InvestigationTrack {
    state: &'static str,
    state_label: String,
    steps: Vec<StepItem>,
}

/// The urgent-visit region.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitTrack {
    state: &'static str,
    state_label: String,
    visits: Vec<VisitDetail>,
}

/// A step in its order.
#[derive(Serialize, utoipa::ToSchema)]
pub struct StepItem {
    event_id: String,
    kind: &'static str,
    label: String,
    occurred_at: String,
}

/// One urgent visit.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VisitDetail {
    /// The request's event.
    request: String,
    state: &'static str,
    kind_of_place: String,
    place: Option<String>,
    evidence: &'static str,
    needs_approval: bool,
    renews: Option<String>,
    requested_at: String,
    answered_at: Option<String>,
    refusal_ground: Option<String>,
    carried_out_at: Option<String>,
    announced: Option<&'static str>,
    private_interview: Option<&'static str>,
    ended_at: Option<String>,
}

/// When each thing first happened.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MilestoneTimes {
    learnt: Option<String>,
    filed: Option<String>,
    routed: Option<String>,
    investigation_opened: Option<String>,
    first_response: Option<String>,
    dismissed: Option<String>,
    appealed: Option<String>,
    appeal_answered: Option<String>,
    appeal_withdrawn: Option<String>,
    reopened: Option<String>,
    prosecuted: Option<String>,
    closed: Option<String>,
    withdrawn: Option<String>,
    deprived_of_liberty: Option<String>,
    registered: Option<String>,
    lawyer: Option<String>,
    doctor: Option<String>,
    family: Option<String>,
    follow_up_ended: Option<String>,
}

/// Something that the case waits for.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DeadlineItem {
    /// What is waited for.
    step: &'static str,
    label: String,
    since: String,
    /// None where no deadline holds.
    due_at: Option<String>,
    overdue: bool,
    /// Whole days waited so far.
    waited_days: i64,
    /// The visit request that it is about.
    request: Option<String>,
}

/// A step or fact that may be recorded now.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PermittedItem {
    /// Its kind.
    kind: &'static str,
    label: String,
    /// Whether it is a step, or a fact that changes no state.
    is_step: bool,
    fields: Vec<FieldItem>,
}

/// A field of its form.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FieldItem {
    label: String,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    spec: FieldSpec,
}

impl PermittedItem {
    fn new(kind: HappeningKind, language: Language) -> Self {
        let field = |spec: &FieldSpec| FieldItem { label: labels::field_of(language, kind, spec.name), spec: *spec };
        Self {
            kind: kind.as_str(),
            label: labels::of(language, kind),
            is_step: kind.is_step(),
            fields: kind.fields().iter().map(field).collect(),
        }
    }
}

/// One case: its facts, both regions, what may follow and what is due.
#[utoipa::path(
    get, path = "/api/v1/cases/{case}", tag = "cases",
    params(("case" = String, Path, description = "The case's identifier or its reference")),
    responses((status = 200, description = "The case; its version is the ETag", body = CaseDetail), (status = 404, description = "No such case", body = Problem, content_type = "application/problem+json")),
)]
pub async fn show(desk: Desk, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let desk = desk.writing();
    let name = case_name(&name, desk.language)?;
    let view = desk.run(move |services, caller| services.view_case(caller, name)).await?;
    let version = view.case.version();
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(version))).json(CaseDetail::new(view, desk.language)))
}

/// The case that a path names.
///
/// # Errors
/// 404 where it is neither an identifier nor a reference.
pub fn case_name(text: &str, language: Language) -> Result<CaseName, Problem> {
    text.parse().map_err(|()| Problem::new("not_found", 404, language))
}

impl CaseDetail {
    fn new(view: CaseView, language: Language) -> Self {
        let zone = view.case.zone();
        let position = view.case.position();
        let steps = view.case.steps().filter_map(|event| {
            let kind = event.entry.happening()?.kind();
            matches!(kind, HappeningKind::Investigation(_)).then(|| StepItem {
                event_id: event.id.to_string(),
                kind: kind.as_str(),
                label: labels::of(language, kind),
                occurred_at: event.occurred_at.show(zone),
            })
        });
        let facts = HappeningKind::all().filter(|kind| !kind.is_step());
        Self {
            id: view.record.id.to_string(),
            reference: view.record.reference.to_string(),
            version: view.case.version().0,
            organisation_id: view.record.organisation.to_string(),
            jurisdiction: view.record.jurisdiction.clone(),
            time_zone: zone.name(),
            texts: view.texts,
            shared_with: view.shared_with.iter().map(ToString::to_string).collect(),
            stage: position.stage().as_str(),
            stage_label: labels::of(language, position.stage()),
            investigation: InvestigationTrack {
                state: position.investigation.as_str(),
                state_label: labels::of(language, position.investigation),
                steps: steps.collect(),
            },
            visit: VisitTrack {
                state: position.visit.as_str(),
                state_label: labels::of(language, position.visit),
                visits: view.case.visits().iter().map(|visit| VisitDetail::new(visit, zone)).collect(),
            },
            milestones: MilestoneTimes::new(&view.milestones, zone),
            deadlines: view.waits.iter().map(|wait| DeadlineItem::new(wait, zone, view.now, language)).collect(),
            permitted: view
                .case
                .permitted()
                .into_iter()
                .chain(facts)
                .map(|kind| PermittedItem::new(kind, language))
                .collect(),
            complaint: view.complaint.map(|event| EventItem::new(event, zone, language)),
            facts: view.facts.into_iter().map(|event| EventItem::new(event, zone, language)).collect(),
        }
    }
}

impl VisitDetail {
    /// A visit, in the words of the API.
    pub fn new(visit: &Visit, zone: Zone) -> Self {
        let show = |time: Option<PartialTime>| time.map(|time| time.show(zone));
        Self {
            request: visit.request.to_string(),
            state: visit.state.as_str(),
            kind_of_place: visit.requested.kind_of_place.to_string(),
            place: visit.requested.place.as_ref().map(ToString::to_string),
            evidence: visit.requested.evidence.as_str(),
            needs_approval: visit.requested.approval != Some(Approval::NotRequired),
            renews: visit.requested.renews.map(|event| event.to_string()),
            requested_at: visit.requested_at.show(zone),
            answered_at: show(visit.answered_at()),
            refusal_ground: visit.refusal_ground.as_ref().map(ToString::to_string),
            carried_out_at: show(visit.carried_out_at),
            announced: visit.announced.map(Answer::as_str),
            private_interview: visit.private_interview.map(Answer::as_str),
            ended_at: show(visit.ended_at),
        }
    }
}

impl MilestoneTimes {
    fn new(times: &Milestones, zone: Zone) -> Self {
        let show = |time: Option<PartialTime>| time.map(|time| time.show(zone));
        Self {
            learnt: show(times.learnt),
            filed: show(times.filed),
            routed: show(times.routed),
            investigation_opened: show(times.investigation_opened),
            first_response: show(times.first_response),
            dismissed: show(times.dismissed),
            appealed: show(times.appealed),
            appeal_answered: show(times.appeal_answered),
            appeal_withdrawn: show(times.appeal_withdrawn),
            reopened: show(times.reopened),
            prosecuted: show(times.prosecuted),
            closed: show(times.closed),
            withdrawn: show(times.withdrawn),
            deprived_of_liberty: show(times.deprived_of_liberty),
            registered: show(times.registered),
            lawyer: show(times.lawyer),
            doctor: show(times.doctor),
            family: show(times.family),
            follow_up_ended: show(times.follow_up_ended),
        }
    }
}

impl DeadlineItem {
    fn new(wait: &Wait, zone: Zone, now: DateTime<Utc>, language: Language) -> Self {
        Self {
            step: wait.step.as_str(),
            label: labels::of(language, wait.step),
            since: wait.since.show(zone),
            due_at: wait.due_at.map(|due| zone.show(due)),
            overdue: wait.due_at.is_some_and(|due| due < now),
            waited_days: waited_days(wait.since, zone, now),
            request: wait.request.map(|event| event.to_string()),
        }
    }
}

/// Whole calendar days from a time to now.
pub fn waited_days(since: PartialTime, zone: Zone, now: DateTime<Utc>) -> i64 {
    (zone.date_of(now) - since.last_day(zone)).num_days().max(0)
}
