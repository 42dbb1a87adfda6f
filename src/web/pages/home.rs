//! The first page: for each role its own work first.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::cases::CaseLines;
use super::drafts::DraftLines;
use super::frame::{Asked, Frame};
use super::naming::Naming;
use super::visits::VisitLines;
use super::{go_to, show};
use crate::access::role::Role;
use crate::services::{Caller, CaseFilter, CaseOrder, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::language::Choice;

/// How many lines a section has.
const LINES: u16 = 8;
/// How many visit requests stand there.
const REQUESTS: u16 = 25;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    requests: Option<VisitLines>,
    intake: Option<DraftLines>,
    overdue: Option<CaseLines>,
    own: Option<CaseLines>,
    changed: Option<CaseLines>,
    is_administrator: bool,
    is_analyst: bool,
    is_auditor: bool,
}

/// Where somebody begins whose work is all on one page.
fn only_work(caller: &Caller) -> Option<&'static str> {
    let mut roles = caller.roles()?.iter();
    match (roles.next(), roles.next()) {
        (Some(Role::Analyst), None) => Some("/statistics"),
        (Some(Role::Auditor), None) => Some("/audit"),
        _ => None,
    }
}

/// Shows the page. That the choice of a language can be read is all that is asked of it here.
///
/// # Errors
/// 401 where nobody has signed in.
pub async fn page(desk: Desk, _: web::Query<Choice>) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&desk);
    let home = desk
        .run(move |services, caller| {
            let frame = asked.frame(services, caller)?;
            match only_work(caller) {
                Some(path) => Ok(Err(path)),
                None => Home::of(services, caller, frame).map(Ok),
            }
        })
        .await?;
    match home {
        Ok(home) => show(&home, desk.language),
        Err(path) => Ok(go_to(path)),
    }
}

impl Home {
    fn of(services: &Services, caller: &Caller, frame: Frame) -> Result<Self, ServiceError> {
        let naming = Naming::of(services, frame.language)?;
        // A program finds its lists in the API; what its token may is asked for there.
        let is_person = frame.who.is_some();
        let has = |role: Role| is_person && caller.roles().is_some_and(|roles| roles.iter().any(|own| own == role));
        let list = |order, filter: CaseFilter, heading| {
            let page = services.list_cases(caller, &filter, order, None, LINES)?;
            Ok::<_, ServiceError>(CaseLines::of(&naming, &page.cases, heading))
        };
        let is_caseworker = has(Role::Caseworker);
        let sees_requests = is_caseworker || has(Role::NpmMember) || has(Role::Approver);
        let overdue = CaseFilter { overdue_at: Some(naming.now), ..CaseFilter::default() };
        let logs = has(Role::IntakeOfficer) || is_caseworker;
        Ok(Self {
            requests: sees_requests
                .then(|| VisitLines::of_the_longest_waits(services, caller, &naming, REQUESTS, "requests"))
                .transpose()?,
            intake: logs
                .then(|| services.own_drafts(caller).map(|drafts| DraftLines::of(&naming, &drafts)))
                .transpose()?,
            overdue: is_caseworker.then(|| list(CaseOrder::DueFirst, overdue, "overdue")).transpose()?,
            own: logs
                .then(|| services.own_cases(caller, LINES.into()).map(|cases| CaseLines::of(&naming, &cases, "own")))
                .transpose()?,
            changed: (is_caseworker || has(Role::NpmMember) || logs)
                .then(|| list(CaseOrder::ChangedLast, CaseFilter::default(), "changed"))
                .transpose()?,
            is_administrator: has(Role::Administrator),
            is_analyst: has(Role::Analyst),
            is_auditor: has(Role::Auditor),
            frame,
        })
    }
}
