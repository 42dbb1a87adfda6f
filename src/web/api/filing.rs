//! POST /cases: filing a complaint.

use actix_web::{HttpRequest, HttpResponse};

use super::body::{self, Body, fields, take_forms};
use super::names::NameHitItem;
use super::problem::Problem;
use super::receipt::WriteReceipt;
use super::version::idempotency;
use crate::services::FileComplaint;
use crate::web::desk::Desk;

/// Files a complaint.
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "cases",
    params(("Idempotency-Key" = Option<String>, Header, description = "A key of the client's choice; the same request with the same key is done once")),
    request_body(content = super::openapi::FilingBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Filed", body = WriteReceipt),
        (status = 400, description = "No JSON object", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Longer than 1 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are missing or wrong", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn file(desk: Desk, request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let mut object = body::object(&request, &body, desk.language)?;
    let people = take_forms(&mut object, "people", desk.language)?;
    let fields = fields(object, desk.language)?;
    let idempotency = idempotency(&request, &body, desk.language)?;
    let filing = FileComplaint { fields, people, idempotency, ..FileComplaint::default() };
    let named = |(field, value): &(String, String)| (field == "name").then(|| value.clone());
    let names: Vec<String> = filing.people.iter().flatten().filter_map(named).collect();
    let receipt = desk
        .run(move |services, caller| {
            let written = services.file_complaint(caller, &filing)?;
            let duplicates = services.possible_duplicates(caller, &names);
            let others = duplicates.iter().filter(|hit| hit.case != written.case);
            let possible_duplicates = others.map(NameHitItem::new).collect();
            Ok(WriteReceipt { possible_duplicates, ..WriteReceipt::new(&written) })
        })
        .await?;
    Ok(receipt.created(&format!("/api/v1/cases/{}", receipt.case_id)))
}
