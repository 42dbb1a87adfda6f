//! The statistics pages: how long it takes, how complaints end, what becomes of visit requests, the indicators by article.
//!
//! Each page asks the services once, for all of its figures. Where the filter cannot be read, the page comes back with
//! the form as it was filled in, and without figures.

mod cells; // figures as they are written
mod chart; // curves as pictures within a page
mod definitions; // what each figure means
mod delays; // how long it takes
mod endings; // how complaints end
mod filter; // which complaints
mod groups; // group beside group
mod head; // what stands above the figures
mod indicators; // by article of the Convention
mod names; // codes and groups in words
mod overview; // the main figures
mod visits; // urgent visits

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, ContentType};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use self::filter::{Given, Menus, Question};
use self::head::{Head, Tab};
use self::names::Names;
use super::frame::{self, Frame};
use super::html;
use crate::access::permission::{Action, Sight};
use crate::i18n::Language;
use crate::measures::breakdown::Breakdown;
use crate::services::{Answer, Caller, ServiceError, Services};
use crate::web::api::only;
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// The statistics pages.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/statistics").get(overview::page).default_service(only("GET, HEAD")))
        .service(web::resource("/statistics/delays").get(delays::page).default_service(only("GET, HEAD")))
        .service(web::resource("/statistics/endings").get(endings::page).default_service(only("GET, HEAD")))
        .service(web::resource("/statistics/visits").get(visits::page).default_service(only("GET, HEAD")))
        .service(web::resource("/statistics/indicators").get(indicators::page).default_service(only("GET, HEAD")))
        .service(web::resource("/statistics/definitions").get(definitions::page).default_service(only("GET, HEAD")));
}

/// What every page is made of.
struct Asked {
    frame: Frame,
    head: Head,
    /// None where the filter is wrong.
    book: Option<Book>,
}

/// The figures of a page, with what is needed to put them into words.
struct Book {
    language: Language,
    answer: Answer,
    names: Names,
    question: Question,
    /// None for whom figures are released quarter by quarter.
    open_visits: Option<i64>,
}

/// Asks for the figures of a page, as the query of its address has it.
async fn asked(desk: &Desk, request: &HttpRequest, tab: Tab) -> Result<Asked, Problem> {
    let asked = frame::Asked::of(desk);
    let given = Given::of(request, desk.language)?;
    desk.run(move |services, caller| {
        let frame = asked.frame(services, caller)?;
        gathered(services, caller, frame, tab, &given)
    })
    .await
}

fn gathered(
    services: &Services,
    caller: &Caller,
    frame: Frame,
    tab: Tab,
    given: &Given,
) -> Result<Asked, ServiceError> {
    // Whoever may not read figures learns nothing of the filters either.
    services.may_read_figures(caller)?;
    let open_visits = services.count_open_visits(caller)?;
    let language = frame.language;
    let released = caller.roles().is_some_and(|roles| Action::ReadStatistics.sight(roles) == Sight::All);
    let menus =
        Menus { language, released, lists: services.code_lists()?, organisations: organisations(services, caller)? };
    let (mut question, mut errors) = given.read(&menus);
    let delays_of_groups = tab.delays_of_groups(&question);
    question.query.by = question.query.by.map(|by| Breakdown { delays_of_groups, ..by });
    let answered = if errors.is_empty() { services.statistics(caller, &question.query).map(Some) } else { Ok(None) };
    let answer = match answered {
        Ok(answer) => answer,
        Err(ServiceError::Invalid(wrong)) => {
            errors.extend(wrong);
            None
        }
        Err(error) => return Err(error),
    };
    let head = Head::of(tab, given, &menus, &errors, answer.as_ref());
    let book = answer.map(|answer| Book {
        language,
        names: Names { language, lists: Arc::clone(&menus.lists), day: answer.day },
        answer,
        question,
        open_visits,
    });
    let carried = given.carried();
    let kept = if carried.is_empty() { carried } else { format!("{carried}&") };
    Ok(Asked { frame: Frame { kept, ..frame }, head, book })
}

/// The organisations, by identifier and name. The console has none to choose from.
fn organisations(services: &Services, caller: &Caller) -> Result<Vec<(String, String)>, ServiceError> {
    let may_list = caller.roles().is_some();
    let organisations = if may_list { services.organisations(caller)? } else { Vec::new() };
    Ok(organisations.into_iter().map(|organisation| (organisation.id.to_string(), organisation.name)).collect())
}

/// The page, with the status of its filter.
fn shown(page: &impl Template, head: &Head, language: Language) -> Result<HttpResponse, Problem> {
    let status = if head.form.is_wrong() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = html(page, language)?;
    let mut answer = HttpResponse::build(status);
    answer.insert_header((CONTENT_LANGUAGE, language.as_str())).content_type(ContentType::html());
    Ok(answer.body(html))
}
