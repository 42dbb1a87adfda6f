//! /code-lists: what may stand where a code is asked for.

use actix_web::{HttpRequest, web};
use serde::Serialize;

use super::params::Params;
use super::problem::Problem;
use crate::domain::code::{CodeEntry, CodeLists, ListName};
use crate::i18n::{Language, labels};
use crate::services::Services;
use crate::web::desk::Desk;

/// One list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CodeListItem {
    list: ListName,
    label: String,
    entries: Vec<CodeEntry>,
}

/// The lists asked for.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CodeListsBody {
    lists: Vec<CodeListItem>,
}

/// The code lists, each code with its labels and its periods of validity.
#[utoipa::path(
    get, path = "/api/v1/code-lists", tag = "code lists",
    params(
        ("list" = Option<ListName>, Query, description = "Only this list"),
        ("on" = Option<chrono::NaiveDate>, Query, description = "Only codes that are valid on this day"),
    ),
    responses((status = 200, description = "The lists", body = CodeListsBody), (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json")),
)]
pub async fn list(desk: Desk, request: HttpRequest) -> Result<web::Json<CodeListsBody>, Problem> {
    let mut params = Params::of(&request, desk.language)?;
    let wanted = params.word("list", ListName::WORDS, |word| word.parse::<ListName>().ok());
    let on = params.day("on");
    params.finish()?;
    let codes = desk.run(Services::read_code_lists).await?;
    let lists = ListName::ALL.iter().copied().filter(|list| wanted.is_none_or(|wanted| wanted == *list));
    Ok(web::Json(CodeListsBody { lists: lists.map(|list| item(&codes, list, on, desk.language)).collect() }))
}

fn item(codes: &CodeLists, list: ListName, on: Option<chrono::NaiveDate>, language: Language) -> CodeListItem {
    let valid = |entry: &&CodeEntry| on.is_none_or(|day| entry.is_valid_on(day));
    CodeListItem {
        list,
        label: labels::of(language, list),
        entries: codes.entries(list).filter(valid).cloned().collect(),
    }
}
