//! GET /cases: the list.

use actix_web::{HttpRequest, web};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::params::Params;
use super::problem::Problem;
use crate::domain::field::FieldProblem;
use crate::domain::stage::Stage;
use crate::i18n::{Language, labels};
use crate::services::{CaseCursor, CaseFilter, CaseListing, CaseOrder, NamedPerson};
use crate::web::desk::Desk;

/// A row of the list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CaseItem {
    id: String,
    /// The human-readable name, `2026-000123`.
    reference: String,
    version: i32,
    stage: String,
    /// The headline in words.
    stage_label: String,
    investigation: String,
    visit: String,
    channel: String,
    region: Option<String>,
    kind_of_place: Option<String>,
    place: Option<String>,
    agency: Option<String>,
    /// As precisely as it is known, in the case's zone.
    filed_at: Option<String>,
    /// The earliest deadline of what the case waits for.
    next_due_at: Option<String>,
    overdue: bool,
    updated_at: Option<String>,
    /// The people by name, where they were asked for and can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<Vec<PersonItem>>,
}

/// A person of a case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PersonItem {
    /// The part that they have in it.
    part: &'static str,
    name: String,
}

/// A page of the list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CaseList {
    cases: Vec<CaseItem>,
    /// The `cursor` of the next page; none after the last.
    next: Option<String>,
}

/// The orders of the list, by their words.
pub const SORTS: &[&str] = &["-filed", "filed", "due", "-updated"];

/// The order that a word names.
pub fn order(word: &str) -> Option<CaseOrder> {
    match word {
        "-filed" => Some(CaseOrder::FiledLast),
        "filed" => Some(CaseOrder::FiledFirst),
        "due" => Some(CaseOrder::DueFirst),
        "-updated" => Some(CaseOrder::ChangedLast),
        _ => None,
    }
}

/// Takes the filter of cases out of the parameters.
pub fn filter(params: &mut Params) -> CaseFilter {
    CaseFilter {
        stage: params.word("stage", Stage::WORDS, Stage::named),
        region: params.code("region"),
        agency: params.code("agency"),
        kind_of_place: params.code("kind_of_place"),
        place: params.code("place"),
        filed_from: params.day("filed_from"),
        filed_to: params.day("filed_to"),
        overdue_at: None,
        reader: None,
    }
}

/// Lists cases, a page at a time.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases",
    params(
        ("stage" = Option<Stage>, Query, description = "The headline"),
        ("region" = Option<String>, Query, description = "A code of the list `region`"),
        ("agency" = Option<String>, Query, description = "A code of the list `agency`"),
        ("kind_of_place" = Option<String>, Query, description = "A code of the list `kind_of_place`"),
        ("place" = Option<String>, Query, description = "A code of the list `place`"),
        ("filed_from" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or later"),
        ("filed_to" = Option<chrono::NaiveDate>, Query, description = "Filed on this day or earlier"),
        ("overdue" = Option<bool>, Query, description = "`true`: only cases with a deadline that has run out"),
        ("sort" = Option<String>, Query, description = "`-filed` (default), `filed`, `due` or `-updated`"),
        ("people" = Option<bool>, Query, description = "`true`: with the names of the people in each case; each is a sealed read that the audit log tells of"),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before, with the same `sort`"),
        ("limit" = Option<u16>, Query, description = "Rows a page, 1 to 200; 50 unless told"),
    ),
    responses((status = 200, description = "A page", body = CaseList), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk, request: HttpRequest) -> Result<web::Json<CaseList>, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let mut filter = filter(&mut params);
    let overdue = params.word("overdue", &["true", "false"], |word| word.parse::<bool>().ok());
    let order = params.word("sort", SORTS, order).unwrap_or_default();
    let cursor = params.read("cursor", FieldProblem::Unreadable, |text| text.parse::<CaseCursor>().ok());
    let limit = params.number("limit", 1, 200).unwrap_or(50);
    let with_people = params.word("people", &["true", "false"], |word| word.parse::<bool>().ok()).unwrap_or(false);
    params.finish()?;
    let desk = if with_people { desk.writing() } else { desk };
    let (page, people, now) = desk
        .run(move |services, caller| {
            let now = services.now();
            filter.overdue_at = overdue.unwrap_or(false).then_some(now);
            if with_people {
                let (page, people) = services.list_cases_with_people(caller, &filter, order, cursor, limit)?;
                return Ok((page, Some(people), now));
            }
            Ok((services.list_cases(caller, &filter, order, cursor, limit)?, None, now))
        })
        .await?;
    let item = |case: CaseListing| {
        // None stands for those of a case that were refused.
        let named = people.as_ref().and_then(|people| people.get(&case.id));
        let people = named.map(|named| named.iter().map(PersonItem::new).collect());
        CaseItem { people, ..CaseItem::new(case, now, desk.language) }
    };
    let cases = page.cases.into_iter().map(item).collect();
    Ok(web::Json(CaseList { cases, next: page.next.map(|cursor| cursor.to_string()) }))
}

impl PersonItem {
    fn new(person: &NamedPerson) -> Self {
        Self { part: person.part.as_str(), name: person.name.expose().to_owned() }
    }
}

impl CaseItem {
    fn new(case: CaseListing, now: DateTime<Utc>, language: Language) -> Self {
        Self {
            id: case.id.to_string(),
            reference: case.reference.to_string(),
            version: case.version,
            stage_label: Stage::named(&case.stage)
                .map_or_else(|| case.stage.clone(), |stage| labels::of(language, stage)),
            stage: case.stage,
            investigation: case.investigation_state,
            visit: case.visit_state,
            channel: case.channel,
            region: case.region,
            kind_of_place: case.kind_of_place,
            place: case.place,
            agency: case.agency,
            filed_at: case.filed_at.map(|time| time.show(case.zone)),
            next_due_at: case.next_due_at.map(|due| case.zone.show(due)),
            overdue: case.next_due_at.is_some_and(|due| due < now),
            updated_at: case.updated_at.map(|at| case.zone.show(at)),
            people: None,
        }
    }
}
