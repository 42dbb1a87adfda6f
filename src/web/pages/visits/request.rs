//! A visit request: to the Ombudsman's office the request and nothing else of its case, with the two answers; to those
//! who asked, how long it has waited, the letters, and the way to the case.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{Action, Relation, decide};
use crate::domain::code::ListName;
use crate::domain::id::{CaseId, EventId};
use crate::domain::time::PartialTime;
use crate::domain::visit::{Approval, VisitState};
use crate::i18n::{Language, labels, text};
use crate::services::{AddEvent, Caller, CaseName, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::case::once;
use crate::web::pages::form::{Posted, Sent};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::spans::{between, since};
use crate::web::pages::telling::{Told, tell};
use crate::web::pages::{go_to, html, is_of_the_form, page as show_page, refuse};

#[derive(Template)]
#[template(path = "visits/request.html")]
struct RequestPage {
    frame: Frame,
    request: EventId,
    reference: String,
    needs_approval: bool,
    state: String,
    /// How long it has waited, or did until it was answered.
    clock: String,
    clock_words: String,
    ground: Option<String>,
    events: Vec<Told>,
    may_answer: bool,
    may_see_case: bool,
    may_renew: bool,
    grounds: Vec<(String, String)>,
    seen: i32,
    once: String,
    chosen: String,
    fault: Option<String>,
}

/// The body of the Ombudsman in the list of agencies: what answers a request, where nobody names another.
const OMBUDSMAN: &str = "ombudsman";

impl RequestPage {
    fn of(services: &Services, caller: &Caller, frame: Frame, id: EventId) -> Result<Self, ServiceError> {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let view = services.view_request(caller, id)?;
        let (visit, zone) = (&view.visit, view.zone);
        let is_waiting = visit.answered_at().is_none();
        let given = Relation::Request { given: true, readable: false };
        let may_answer =
            visit.state == VisitState::Requested && decide(caller.standing(), Action::AnswerRequest, given).is_ok();
        let readable = Relation::Case { owned: true, shared: true, visit_requested: true };
        let may = |action| decide(caller.standing(), action, readable).is_ok();
        let grounds = naming.codes.entries(ListName::VisitRefusalGround);
        let answered_after = visit.answered_at().and_then(|at| between(language, visit.requested_at, at, zone));
        let words = if is_waiting { "visits-clock-waiting" } else { "visits-clock-answered" };
        let clock_words = text(language, words, &[("time", naming.time(visit.requested_at, zone).into())]);
        let clock = answered_after.unwrap_or_else(|| since(language, visit.requested_at, zone, view.now));
        Ok(Self {
            request: id,
            reference: view.reference.to_string(),
            needs_approval: visit.requested.approval != Some(Approval::NotRequired),
            state: labels::of(language, answered_state(visit)),
            clock,
            clock_words,
            ground: visit
                .refusal_ground
                .as_ref()
                .map(|ground| naming.code(ListName::VisitRefusalGround, ground.code().as_str())),
            events: view.events.iter().map(|event| tell(&naming, event, zone)).collect(),
            may_answer,
            may_see_case: may(Action::ViewCase),
            may_renew: may(Action::RequestVisit) && visit.refused_at.is_some() && !visit.renewed,
            grounds: grounds.map(|entry| (entry.code.to_string(), labels::entry(language, entry).to_owned())).collect(),
            seen: view.version,
            once: once(),
            chosen: String::new(),
            fault: None,
            frame,
        })
    }
}

/// What became of the visit later is the case's.
fn answered_state(visit: &crate::domain::visits::Visit) -> VisitState {
    match (visit.approved_at, visit.refused_at) {
        (Some(_), _) => VisitState::Approved,
        (None, Some(_)) => VisitState::Refused,
        (None, None) => visit.state,
    }
}

fn request_id(text: &str, language: Language) -> Result<EventId, Problem> {
    text.parse().map_err(|_| Problem::new("not_found", 404, language))
}

/// Shows the request.
///
/// # Errors
/// 404 where there is no such request, or it may not be seen.
pub async fn page(desk: Desk, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = request_id(&path, desk.language)?;
    show_page(&desk.writing(), move |services, caller, frame| RequestPage::of(services, caller, frame, id)).await
}

/// Approves or refuses it, now.
///
/// # Errors
/// Those of the guard; what is wrong with the form is shown in it.
pub async fn answer(sent: Sent, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let id = request_id(&path, desk.language)?;
    let (seen, idempotency, given) = (posted.seen(), posted.once(&request), posted.clone());
    let answered = desk
        .run(move |services, caller| {
            let fields = answer_fields(&given, services);
            // The guard finds the case by the request.
            let case = CaseName::Id(CaseId(id.0));
            services.answer_request(caller, id, &AddEvent { case, seen, fields, idempotency })
        })
        .await;
    match answered {
        Ok(_) => Ok(go_to(format!("/visits/{id}?done=answered"))),
        Err(problem) if is_of_the_form(&problem) => {
            let asked = Asked::of(&desk);
            let mut page = desk
                .run(move |services, caller| RequestPage::of(services, caller, asked.frame(services, caller)?, id))
                .await?;
            page.chosen = posted.first("ground").to_owned();
            page.fault = Some(match problem.word() {
                "stale_version" => text(desk.language, "record-stale", &[]),
                _ => problem.detail().to_owned(),
            });
            Ok(refuse(&problem, html(&page, desk.language)?))
        }
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// The answer in the fields of the use case: it is given now, by the Ombudsman.
fn answer_fields(posted: &Posted, services: &Services) -> Vec<(String, String)> {
    let refuses = posted.first("kind") == "refuse_visit";
    let now = PartialTime::minute(services.now()).to_string();
    let mut fields = vec![("kind", posted.first("kind").to_owned()), ("occurred_at", now)];
    if refuses {
        fields.push(("refusing_body", OMBUDSMAN.to_owned()));
        fields.push(("ground", posted.first("ground").to_owned()));
    } else {
        fields.push(("approving_body", OMBUDSMAN.to_owned()));
    }
    fields.push(("remarks", posted.first("remarks").to_owned()));
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
