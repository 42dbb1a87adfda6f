//! /audit: the audit log, searched and proved whole.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::Value;

use super::params::Params;
use super::problem::Problem;
use crate::audit::{AuditAction, AuditRecord, Broken, Outcome, SignedCheckpoint, Verified};
use crate::domain::field::FieldProblem;
use crate::services::AuditFilter;
use crate::web::desk::Desk;

/// A record of the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditItem {
    sequence: i64,
    recorded_at: String,
    actor_id: Option<String>,
    organisation_id: Option<String>,
    action: AuditAction,
    outcome: Outcome,
    subject_kind: Option<&'static str>,
    subject_id: Option<String>,
    purpose: Option<&'static str>,
    /// Codes, counts and identifiers.
    #[schema(value_type = Object)]
    details: Value,
}

/// Records, the newest first.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditList {
    records: Vec<AuditItem>,
    /// The `before` of the next page; none after the last.
    next: Option<i64>,
}

/// Whether the log is whole.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditVerdict {
    whole: bool,
    /// How many records it has.
    records: Option<i64>,
    /// The hash of the last one.
    last_hash: Option<String>,
    /// The number up to which a signed checkpoint vouches for it; 0 where none does.
    vouched_until: Option<i64>,
    /// The first record that is broken.
    first_broken: Option<i64>,
    /// What is wrong with it, as a word.
    fault: Option<&'static str>,
}

/// The signed checkpoints that are kept beside the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CheckpointList {
    #[schema(value_type = Vec<Object>)]
    checkpoints: Vec<SignedCheckpoint>,
}

impl AuditItem {
    fn new(AuditRecord { sequence, entry }: AuditRecord) -> Self {
        Self {
            sequence,
            recorded_at: entry.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            actor_id: entry.actor.map(|actor| actor.to_string()),
            organisation_id: entry.organisation.map(|organisation| organisation.to_string()),
            action: entry.action,
            outcome: entry.outcome,
            subject_kind: entry.subject.as_ref().map(|subject| subject.kind.as_str()),
            subject_id: entry.subject.map(|subject| subject.id.to_string()),
            purpose: entry.purpose.map(crate::audit::Purpose::as_str),
            details: serde_json::to_value(&entry.details).unwrap_or_default(),
        }
    }
}

impl AuditVerdict {
    fn new(verdict: Result<Verified, Broken>) -> Self {
        let nothing =
            Self { whole: false, records: None, last_hash: None, vouched_until: None, first_broken: None, fault: None };
        match verdict {
            Ok(verified) => Self {
                whole: true,
                records: Some(verified.records),
                last_hash: Some(verified.last_hash.to_string()),
                vouched_until: Some(verified.vouched_until),
                ..nothing
            },
            Err(broken) => Self { first_broken: Some(broken.sequence), fault: Some(broken.fault.as_str()), ..nothing },
        }
    }
}

/// Looks records up, the newest first. That it was done is written to the log.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit",
    params(
        ("actor" = Option<String>, Query, description = "Who did it: a member's identifier"),
        ("organisation" = Option<String>, Query, description = "For which organisation; members of the first one see all"),
        ("action" = Option<AuditAction>, Query, description = "What was done"),
        ("outcome" = Option<Outcome>, Query, description = "How it ended"),
        ("subject" = Option<String>, Query, description = "To what: an identifier, or the reference of a case"),
        ("from" = Option<chrono::DateTime<chrono::Utc>>, Query, description = "Recorded at this instant or later"),
        ("to" = Option<chrono::DateTime<chrono::Utc>>, Query, description = "Recorded before this instant"),
        ("before" = Option<i64>, Query, description = "The `next` of the page before"),
        ("limit" = Option<u16>, Query, description = "Records a page, 1 to 200; 50 unless told"),
    ),
    responses((status = 200, description = "A page", body = AuditList), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json"), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn search(desk: Desk, request: HttpRequest) -> Result<web::Json<AuditList>, Problem> {
    let desk = desk.writing();
    let mut params = Params::of(&request, desk.language)?;
    let mut filter = AuditFilter {
        actor: params.read("actor", FieldProblem::Unreadable, |text| text.parse().ok()),
        organisation: params.read("organisation", FieldProblem::NotAnOrganisation, |text| text.parse().ok()),
        action: params.word("action", AuditAction::WORDS, AuditAction::named),
        outcome: params.word("outcome", Outcome::WORDS, Outcome::named),
        subject: None,
        from: params.read("from", FieldProblem::NotATime, |text| text.parse().ok()),
        to: params.read("to", FieldProblem::NotATime, |text| text.parse().ok()),
    };
    let subject = params.read("subject", FieldProblem::Unreadable, |text| Some(text.to_owned()));
    let before: Option<i64> = params.read("before", FieldProblem::Unreadable, |text| text.parse().ok());
    let limit = params.number("limit", 1, 200).unwrap_or(50);
    params.finish()?;
    let records = desk
        .run(move |services, caller| {
            filter.subject = subject.map(|name| services.audit_subject(caller, &name)).transpose()?;
            services.search_audit(caller, &filter, before, limit)
        })
        .await?;
    let next = records.last().filter(|_| records.len() == usize::from(limit)).map(|record| record.sequence);
    Ok(web::Json(AuditList { records: records.into_iter().map(AuditItem::new).collect(), next }))
}

/// Reads the whole log and proves it whole, or names the first broken record.
#[utoipa::path(
    post, path = "/api/v1/audit/verifications", tag = "audit",
    responses((status = 201, description = "The verdict", body = AuditVerdict), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json")),
)]
pub async fn verify(desk: Desk) -> Result<HttpResponse, Problem> {
    let verdict = desk.run(|services, caller| services.verify_audit(caller, &[], |_, _| {})).await?;
    Ok(HttpResponse::Created().json(AuditVerdict::new(verdict)))
}

/// The signed checkpoints, to be kept elsewhere. `aiqyn audit checkpoint` makes them, where the signing key lies.
#[utoipa::path(
    get, path = "/api/v1/audit/checkpoints", tag = "audit",
    responses((status = 200, description = "The oldest first", body = CheckpointList), (status = 403, description = "Not one's role", body = Problem, content_type = "application/problem+json")),
)]
pub async fn checkpoints(desk: Desk) -> Result<web::Json<CheckpointList>, Problem> {
    let checkpoints = desk.run(|services, caller| services.checkpoints(caller)).await?;
    Ok(web::Json(CheckpointList { checkpoints }))
}
