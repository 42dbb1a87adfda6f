//! Correcting an event: what was recorded, to be told rightly or taken back, and why.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::record::blamed;
use super::{event_form, name};
use crate::audit::Purpose;
use crate::domain::event::{HappeningKind, RETRACTION};
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::id::EventId;
use crate::i18n::{Language, labels, text};
use crate::services::{AddEvent, Caller, CaseName, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::{Choice, Entry, Field, Form, Posted, Sent};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::telling::values;
use crate::web::pages::{go_to, html, is_of_the_form, page as show_page, refuse};

const WHY: FieldSpec = FieldSpec { name: "why", kind: FieldKind::Text, required: true };

#[derive(Template)]
#[template(path = "case/correct.html")]
struct CorrectPage {
    frame: Frame,
    reference: String,
    event: EventId,
    title: String,
    form: Form,
    seen: i32,
    once: String,
}

impl CorrectPage {
    fn of(
        services: &Services,
        caller: &Caller,
        frame: Frame,
        (case, event): (CaseName, EventId),
        posted: Option<Posted>,
    ) -> Result<Self, ServiceError> {
        let naming = Naming::of(services, frame.language)?;
        let history = services.events_to_correct(&caller.clone().with_purpose(Purpose::Correction), case)?;
        let view = history.events.iter().find(|view| view.event.id == event).ok_or(ServiceError::NotFound)?;
        let happening = view.happening.as_ref().ok_or(ServiceError::NotFound)?;
        let posted = posted.unwrap_or_else(|| {
            let mut told = values(happening);
            told.push(("occurred_at".to_owned(), view.event.occurred_at.to_string()));
            Posted::from(told)
        });
        let mut form = event_form::form(&naming, &history.case, happening.kind(), &posted);
        form.fields.insert(0, why(frame.language, &posted));
        form.fields.insert(1, never(frame.language, &posted));
        Ok(Self {
            reference: history.record.reference.to_string(),
            event,
            title: labels::of(frame.language, happening.kind()),
            form,
            seen: history.case.version().0,
            once: event_form::once(),
            frame,
        })
    }
}

fn why(language: Language, posted: &Posted) -> Field {
    let label = labels::field(language, WHY.name);
    Field::new(WHY.name, label, Entry::Lines { value: posted.first(WHY.name).to_owned() }).marked(true)
}

fn never(language: Language, posted: &Posted) -> Field {
    let never = Choice {
        value: RETRACTION.to_owned(),
        label: text(language, "correct-never", &[]),
        is_chosen: posted.first("instead") == RETRACTION,
    };
    Field::new("instead", text(language, "correct-instead", &[]), Entry::Several(vec![never]))
}

fn read(path: &(String, String), language: Language) -> Result<(CaseName, EventId), Problem> {
    let event = path.1.parse().map_err(|_| Problem::new("not_found", 404, language))?;
    Ok((name(&path.0, language)?, event))
}

/// Shows the form, filled in with what was recorded.
///
/// # Errors
/// 404 where there is no such event.
pub async fn page(desk: Desk, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let what = read(&path, desk.language)?;
    show_page(&desk.writing(), move |services, caller, frame| CorrectPage::of(services, caller, frame, what, None))
        .await
}

/// Records the correction.
///
/// # Errors
/// Those of the guard; what is wrong with the form is shown in it.
pub async fn correct(sent: Sent, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (case, event) = read(&path, desk.language)?;
    let (seen, idempotency) = (posted.seen(), posted.once(&request));
    let given = posted.clone();
    let corrected = desk
        .run(move |services, caller| {
            let fields = fields(services, caller, (case, event), &given)?;
            services.correct_event(caller, &AddEvent { case, seen, fields, idempotency })
        })
        .await;
    match corrected {
        Ok(written) => Ok(go_to(format!("/cases/{}?done=corrected", written.reference))),
        Err(problem) if is_of_the_form(&problem) => {
            let asked = Asked::of(&desk);
            let mut page = desk
                .run(move |services, caller| {
                    CorrectPage::of(services, caller, asked.frame(services, caller)?, (case, event), Some(posted))
                })
                .await?;
            page.form = blamed(page.form, &problem, desk.language);
            Ok(refuse(&problem, html(&page, desk.language)?))
        }
        Err(problem) => keep(&desk, &request, &posted, problem),
    }
}

/// What the form says, in the fields of the use case.
fn fields(
    services: &Services,
    caller: &Caller,
    (case, event): (CaseName, EventId),
    posted: &Posted,
) -> Result<Vec<(String, String)>, ServiceError> {
    let mut fields = posted.fields([&WHY]);
    fields.push(("corrects".to_owned(), event.to_string()));
    if posted.first("instead") == RETRACTION {
        fields.push(("kind".to_owned(), RETRACTION.to_owned()));
        return Ok(fields);
    }
    let kind = kind_of(services, caller, case, event)?;
    fields.push(("kind".to_owned(), kind.as_str().to_owned()));
    fields.extend(event_form::fields(kind, posted));
    Ok(fields)
}

fn kind_of(
    services: &Services,
    caller: &Caller,
    case: CaseName,
    event: EventId,
) -> Result<HappeningKind, ServiceError> {
    let history = services.events_to_correct(&caller.leaving_texts_closed(), case)?;
    let event = history.case.events().iter().find(|known| known.id == event).ok_or(ServiceError::NotFound)?;
    event.entry.happening().map(crate::domain::event::Happening::kind).ok_or(ServiceError::NotFound)
}
