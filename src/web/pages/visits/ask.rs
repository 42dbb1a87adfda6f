//! Asking for an urgent visit where there is no case yet: one short form files the complaint and asks for the visit.

use actix_web::HttpResponse;
use askama::Template;

use crate::domain::code::ListName;
use crate::domain::event::HappeningKind;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::time::{PartialTime, Zone};
use crate::domain::visit::{Evidence, VisitStepKind};
use crate::i18n::{labels, text};
use crate::services::{Caller, FileComplaint, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::case::once;
use crate::web::pages::form::{Described, Form, Posted, Sent};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::{go_to, html, is_of_the_form, page as show_page, refuse};

#[derive(Template)]
#[template(path = "visits/ask.html")]
struct AskPage {
    frame: Frame,
    form: Form,
    once: String,
}

/// The fields, in the order in which a caller on the telephone would say them.
const FIELDS: &[FieldSpec] = &[
    FieldSpec { name: "kind_of_place", kind: FieldKind::Code { list: ListName::KindOfPlace }, required: true },
    FieldSpec { name: "place", kind: FieldKind::Code { list: ListName::Place }, required: false },
    FieldSpec { name: "name", kind: FieldKind::Text, required: false },
    FieldSpec { name: "urgency", kind: FieldKind::Text, required: true },
    FieldSpec { name: "evidence", kind: FieldKind::Choice { options: Evidence::WORDS }, required: true },
    FieldSpec { name: "channel", kind: FieldKind::Code { list: ListName::Channel }, required: true },
];

impl AskPage {
    fn of(services: &Services, _: &Caller, frame: Frame, posted: &Posted) -> Result<Self, ServiceError> {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let described =
            Described { language, codes: &naming.codes, zone: Zone::default(), now: naming.now, events: Vec::new() };
        let request = HappeningKind::Visit(VisitStepKind::RequestVisit);
        let field = |spec: &FieldSpec| {
            let label = match spec.name {
                "name" => text(language, "ask-name", &[]),
                "urgency" => text(language, "ask-urgency", &[]),
                name => labels::field_of(language, request, name),
            };
            described.field(spec, label, posted)
        };
        Ok(Self { form: Form::new(FIELDS.iter().map(field).collect()), once: once(), frame })
    }
}

/// Shows the form.
///
/// # Errors
/// 401 and 403 as everywhere.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    show_page(&desk, |services, caller, frame| {
        services.may_file_with_visit(caller)?;
        AskPage::of(services, caller, frame, &Posted::default())
    })
    .await
}

/// Files and asks.
///
/// # Errors
/// Those of the guard; what is wrong with the form is shown in it.
pub async fn ask(sent: Sent) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (given, idempotency) = (posted.clone(), posted.once(&request));
    let asked = desk
        .run(move |services, caller| {
            let now = PartialTime::minute(services.now()).to_string();
            services.file_complaint(caller, &FileComplaint { idempotency, ..filing(&given, &now) })
        })
        .await;
    match asked {
        Ok(written) => Ok(go_to(format!("/cases/{}?done=requested", written.reference))),
        Err(problem) if is_of_the_form(&problem) => {
            let asked = Asked::of(&desk);
            let mut page = desk
                .run(move |services, caller| AskPage::of(services, caller, asked.frame(services, caller)?, &posted))
                .await?;
            page.form = page.form.blamed(&problem, desk.language);
            Ok(refuse(&problem, html(&page, desk.language)?))
        }
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// What is said once counts for the complaint and for the request: the place, and what has happened. It was learnt
/// of, filed and asked for now.
fn filing(posted: &Posted, now: &str) -> FileComplaint {
    let value = |name: &str| posted.first(name).to_owned();
    let pairs =
        |names: &[(&str, String)]| names.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let place = [("place", value("place")), ("kind_of_place", value("kind_of_place"))];
    let told = value("urgency");
    let mut file = vec![("occurred_at", now.to_owned()), ("learnt_at", now.to_owned()), ("channel", value("channel"))];
    file.extend(place.clone());
    // Where nothing is said, that is told once, at the field that the form has.
    file.push(("allegation", if told.trim().is_empty() { "–".to_owned() } else { told.clone() }));
    let mut visit = vec![("occurred_at", now.to_owned()), ("evidence", value("evidence")), ("urgency", told)];
    visit.extend(place);
    let name = value("name");
    let person = [("part", "alleged_victim".to_owned()), ("name", name.clone())];
    FileComplaint {
        fields: pairs(&file),
        people: if name.trim().is_empty() { Vec::new() } else { vec![pairs(&person)] },
        visit: Some(pairs(&visit)),
        ..FileComplaint::default()
    }
}
