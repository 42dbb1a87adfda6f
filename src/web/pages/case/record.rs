//! Recording a step or a fact: the form with what it must carry.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{event_form, name};
use crate::domain::event::HappeningKind;
use crate::domain::time::PartialTime;
use crate::domain::visit::VisitStepKind;
use crate::i18n::{Language, labels, text};
use crate::services::{AddEvent, Caller, CaseName, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::{Form, Posted, Sent, TimeEntry};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::{go_to, html, is_of_the_form, page as show_page, refuse};

#[derive(Template)]
#[template(path = "case/record.html")]
struct RecordPage {
    frame: Frame,
    reference: String,
    kind: HappeningKind,
    title: String,
    form: Form,
    seen: i32,
    once: String,
    /// The stage that the case has reached.
    stage: String,
}

impl RecordPage {
    fn of(
        services: &Services,
        caller: &Caller,
        frame: Frame,
        (case, kind): (CaseName, HappeningKind),
        posted: Option<Posted>,
    ) -> Result<Self, ServiceError> {
        let naming = Naming::of(services, frame.language)?;
        let view = services.case_to_record_in(caller, case, kind)?;
        let posted = posted.unwrap_or_else(|| beginning(&naming, &view.case, kind));
        Ok(Self {
            reference: view.record.reference.to_string(),
            title: labels::of(frame.language, kind),
            form: event_form::form(&naming, &view.case, kind, &posted),
            seen: view.case.version().0,
            once: event_form::once(),
            stage: labels::of(frame.language, view.case.stage()),
            kind,
            frame,
        })
    }
}

/// What a form begins with: a visit is asked for now, at the place that the complaint is about, and renews the last
/// refused request. Everything else happened when somebody says that it did.
fn beginning(naming: &Naming, case: &crate::domain::case::Case, kind: HappeningKind) -> Posted {
    let mut posted = Posted::default();
    if kind != HappeningKind::Visit(VisitStepKind::RequestVisit) {
        return posted;
    }
    let now = TimeEntry::of(PartialTime::minute(naming.now), case.zone());
    for (part, value) in [("day", now.day), ("month", now.month), ("year", now.year), ("clock", now.clock)] {
        posted.set(&format!("occurred_at.{part}"), &value);
    }
    if let Some((_, file)) = case.complaint() {
        let place = file.place.as_ref().map(ToString::to_string);
        let kind_of_place = file.kind_of_place.as_ref().map(ToString::to_string);
        posted.set("place", &place.unwrap_or_default());
        posted.set("kind_of_place", &kind_of_place.unwrap_or_default());
    }
    let refused = case.visits().last().filter(|visit| visit.refused_at.is_some() && visit.approved_at.is_none());
    if let Some(visit) = refused {
        posted.set("renews", &visit.request.to_string());
        posted.set("kind_of_place", visit.requested.kind_of_place.code().as_str());
        posted.set("place", &visit.requested.place.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    posted
}

fn read(path: &(String, String), language: Language) -> Result<(CaseName, HappeningKind), Problem> {
    let kind = HappeningKind::named(&path.1).ok_or_else(|| Problem::new("not_found", 404, language))?;
    Ok((name(&path.0, language)?, kind))
}

/// Shows the form.
///
/// # Errors
/// 404 where there is no such case or kind.
pub async fn page(desk: Desk, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let what = read(&path, desk.language)?;
    show_page(&desk, move |services, caller, frame| RecordPage::of(services, caller, frame, what, None)).await
}

/// Records it.
///
/// # Errors
/// Those of the guard; what is wrong with the form is shown in it.
pub async fn record(sent: Sent, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (case, kind) = read(&path, desk.language)?;
    let mut fields = event_form::fields(kind, &posted);
    fields.push(("kind".to_owned(), kind.as_str().to_owned()));
    let event = AddEvent { case, seen: posted.seen(), fields, idempotency: posted.once(&request) };
    match desk.run(move |services, caller| services.record_event(caller, &event)).await {
        Ok(written) => Ok(go_to(format!("/cases/{}?done=recorded", written.reference))),
        Err(problem) if is_of_the_form(&problem) => again(&desk, (case, kind), posted, &problem).await,
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// The form again, with what is wrong. It names the version that the case has now: whoever sends it again has been
/// told that it has changed.
async fn again(
    desk: &Desk,
    what: (CaseName, HappeningKind),
    posted: Posted,
    problem: &Problem,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(desk);
    let mut page = desk
        .run(move |services, caller| {
            RecordPage::of(services, caller, asked.frame(services, caller)?, what, Some(posted))
        })
        .await?;
    page.form = blamed(page.form, problem, desk.language);
    Ok(refuse(problem, html(&page, desk.language)?))
}

/// What is wrong, put into the form of an event.
pub(super) fn blamed(form: Form, problem: &Problem, language: Language) -> Form {
    match problem.word() {
        "invalid_input" => form.blamed(problem, language),
        "stale_version" => form.at_fault(text(language, "record-stale", &[])),
        _ => form.at_fault(problem.detail().to_owned()),
    }
}
