//! The list of cases that somebody may see, filtered and in an order of their choice, a page at a time.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::CaseLines;
use crate::domain::code::ListName;
use crate::domain::field::{FieldKind, FieldProblem, FieldSpec};
use crate::domain::stage::Stage;
use crate::domain::time::Zone;
use crate::i18n::{Language, labels, text};
use crate::services::{CaseCursor, CaseFilter, CaseOrder, CasePage};
use crate::web::api::cases::{SORTS, filter, order};
use crate::web::api::params::Params;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::{Choice, ChoiceGroup, Described, Entry, Field, Form, Posted};
use crate::web::pages::frame::{Asked, Frame, query_of};
use crate::web::pages::naming::Naming;
use crate::web::pages::{html, refuse, show};

/// How many cases stand on a page.
const ON_A_PAGE: u16 = 50;

#[derive(Template)]
#[template(path = "cases/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    lines: CaseLines,
    /// The address of the next page.
    next: Option<String>,
    is_filtered: bool,
}

/// Shows the list.
///
/// # Errors
/// 401 and 403 as everywhere; a filter that is wrong is shown in its form.
pub async fn page(desk: Desk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let language = desk.language;
    let mut params = Params::of(&request, language)?;
    let posted = Posted::from(params.given().to_vec());
    let mut filter = filter(&mut params);
    let overdue = params.word("overdue", &["true"], |word| Some(word == "true")).unwrap_or(false);
    let order = params.word("sort", SORTS, order).unwrap_or_default();
    let cursor = params.read("cursor", FieldProblem::Unreadable, |text| text.parse::<CaseCursor>().ok());
    for of_the_page in ["language", "done"] {
        params.all(of_the_page);
    }
    let wrong = params.finish().err();
    let none = wrong.is_some();
    let asked = Asked::of(&desk);
    let (frame, naming, found) = desk
        .run(move |services, caller| {
            let naming = Naming::of(services, language)?;
            filter.overdue_at = overdue.then_some(naming.now);
            let found = found(services, caller, none, &filter, (order, cursor))?;
            Ok((asked.frame(services, caller)?, naming, found))
        })
        .await?;
    let form = form(&naming, &posted);
    let form = match &wrong {
        Some(problem) => form.blamed(problem, language),
        None => form,
    };
    let page = ListPage {
        // An address that is wrong is not carried on.
        frame: if none { frame } else { frame.keeping(posted.pairs()) },
        form,
        lines: CaseLines::of(&naming, &found.cases, "list"),
        next: found.next.map(|cursor| next_address(&posted, cursor)),
        is_filtered: posted.pairs().iter().any(|(name, value)| name != "language" && !value.is_empty()),
    };
    match wrong {
        Some(problem) => Ok(refuse(&problem, html(&page, language)?)),
        None => show(&page, language),
    }
}

fn found(
    services: &crate::services::Services,
    caller: &crate::services::Caller,
    none: bool,
    filter: &CaseFilter,
    (order, cursor): (CaseOrder, Option<CaseCursor>),
) -> Result<CasePage, crate::services::ServiceError> {
    let limit = if none { 0 } else { ON_A_PAGE };
    services.list_cases(caller, filter, order, cursor, limit)
}

/// The same address with the cursor of the next page.
fn next_address(posted: &Posted, cursor: CaseCursor) -> String {
    let kept = posted.pairs().iter().filter(|(name, _)| name != "cursor").cloned();
    let asked: Vec<(String, String)> = kept.chain([("cursor".to_owned(), cursor.to_string())]).collect();
    format!("/cases?{}", query_of(&asked))
}

fn form(naming: &Naming, posted: &Posted) -> Form {
    let language = naming.language;
    let described =
        Described { language, codes: &naming.codes, zone: Zone::default(), now: naming.now, events: Vec::new() };
    let code = |name: &'static str, list| {
        let spec = FieldSpec { name, kind: FieldKind::Code { list }, required: false };
        described.field(&spec, labels::field(language, name), posted).in_a_list()
    };
    let say = |key: &str| text(language, key, &[]);
    let mut fields = vec![stage_field(language, posted)];
    fields.push(code("region", ListName::Region));
    fields.push(code("agency", ListName::Agency));
    fields.push(code("kind_of_place", ListName::KindOfPlace));
    fields.push(Field::date("filed_from", say("cases-filed-from")).with_value(posted.first("filed_from")));
    fields.push(Field::date("filed_to", say("cases-filed-to")).with_value(posted.first("filed_to")));
    fields.push(choice_field(
        "sort",
        say("cases-sort"),
        SORTS.iter().map(|word| (*word, say(sort_words(word)))),
        posted,
    ));
    let overdue = [("true", say("cases-overdue-only"))];
    let overdue = overdue.map(|(word, label)| Choice {
        value: word.to_owned(),
        label,
        is_chosen: posted.first("overdue") == word,
    });
    fields.push(Field::new("overdue", say("cases-overdue"), Entry::Several(overdue.into())));
    Form::new(fields)
}

fn sort_words(word: &str) -> &'static str {
    match word {
        "filed" => "cases-sort-filed-first",
        "due" => "cases-sort-due",
        "-updated" => "cases-sort-changed",
        _ => "cases-sort-filed-last",
    }
}

fn stage_field(language: Language, posted: &Posted) -> Field {
    let stages = Stage::ALL.iter().map(|stage| (stage.as_str(), labels::of(language, *stage)));
    choice_field("stage", text(language, "cases-stage", &[]), stages, posted)
}

fn choice_field(
    name: &'static str,
    label: String,
    options: impl Iterator<Item = (&'static str, String)>,
    posted: &Posted,
) -> Field {
    let choices =
        options.map(|(word, label)| Choice { value: word.to_owned(), label, is_chosen: posted.first(name) == word });
    Field::new(name, label, Entry::List(vec![ChoiceGroup { label: None, choices: choices.collect() }]))
}
