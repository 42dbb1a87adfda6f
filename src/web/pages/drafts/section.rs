//! One subject of a complaint that is being logged: its form, saved whatever is wrong with it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::draft_id;
use super::people::{PersonForm, forms, heading, tidied};
use super::sections::{Section, filing};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::id::DraftId;
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::Language;
use crate::services::{Caller, ServiceError, Services, Typed};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::form::{Described, Form, Posted, Sent};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::resume::keep;
use crate::web::pages::{go_to, html, page as show_page, refuse};

#[derive(Template)]
#[template(path = "drafts/section.html")]
struct SectionPage {
    frame: Frame,
    draft: DraftId,
    section: Section,
    sections: Vec<(Section, String)>,
    form: Form,
    people: Vec<(String, PersonForm)>,
}

impl SectionPage {
    fn of(
        services: &Services,
        frame: Frame,
        (draft, section): (DraftId, Section),
        typed: &Typed,
    ) -> Result<Self, ServiceError> {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let described =
            Described { language, codes: &naming.codes, zone: Zone::default(), now: naming.now, events: Vec::new() };
        let posted = Posted::from(typed.0.clone());
        let people = if section == Section::People { forms(&described, &posted) } else { Vec::new() };
        Ok(Self {
            draft,
            section,
            sections: Section::ALL.iter().map(|section| (*section, section.title(language))).collect(),
            form: Form::new(section.fields(&described, &posted)),
            people: people.into_iter().map(|person| (heading(&described, &person), person)).collect(),
            frame,
        })
    }

    /// The same with what is wrong.
    fn blamed(mut self, problem: &Problem, language: Language) -> Self {
        if self.people.is_empty() {
            self.form = self.form.blamed(problem, language);
        }
        for (_, person) in &mut self.people {
            let form = std::mem::replace(&mut person.form, Form::new(Vec::new()));
            person.form = form.blamed_where_it_has_the_field(problem, language);
        }
        self
    }

    fn is_here(&self, section: &Section) -> bool {
        self.section == *section
    }

    fn title(&self) -> String {
        self.section.title(self.frame.language)
    }
}

fn read(path: &(String, String), language: Language) -> Result<(DraftId, Section), Problem> {
    let section = Section::named(&path.1).ok_or_else(|| Problem::new("not_found", 404, language))?;
    Ok((draft_id(&path.0, language)?, section))
}

/// Shows the form with what was typed.
///
/// # Errors
/// 404 where it is none of their drafts.
pub async fn page(desk: Desk, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (draft, section) = read(&path, desk.language)?;
    show_page(&desk, move |services, caller, frame| {
        let opened = services.own_draft(caller, draft)?;
        SectionPage::of(services, frame, (draft, section), &opened.typed)
    })
    .await
}

/// Saves what was typed, and goes on where nothing is wrong with it.
///
/// # Errors
/// 404 where it is none of their drafts.
pub async fn save(sent: Sent, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let Sent { desk, posted, request } = sent;
    let (draft, section) = read(&path, desk.language)?;
    let given = posted.clone();
    let saved = desk.run(move |services, caller| save_section(services, caller, (draft, section), &given)).await;
    let (typed, wrong) = match saved {
        Ok(saved) => saved,
        Err(problem) => return keep(&desk, &request, &posted, problem),
    };
    if wrong.is_empty() {
        return Ok(go_to(target(draft, section, posted.first("go"))));
    }
    let problem = Problem::invalid(&wrong, desk.language);
    let asked = Asked::of(&desk);
    let page = desk
        .run(move |services, caller| {
            SectionPage::of(services, asked.frame(services, caller)?, (draft, section), &typed)
        })
        .await?
        .blamed(&problem, desk.language);
    Ok(refuse(&problem, html(&page, desk.language)?))
}

/// Where the pressed button leads.
fn target(draft: DraftId, section: Section, go: &str) -> String {
    match (go, section.next()) {
        ("later", _) => "/drafts?done=draft-saved".to_owned(),
        ("more", _) => format!("/drafts/{draft}/{}?done=draft-saved", section.as_str()),
        ("review", _) | (_, None) => format!("/drafts/{draft}"),
        (_, Some(next)) => format!("/drafts/{draft}/{}", next.as_str()),
    }
}

/// Puts what was typed of a subject in the place of what was there, and says what is wrong with it. What is still
/// missing is told at the end.
fn save_section(
    services: &Services,
    caller: &Caller,
    (draft, section): (DraftId, Section),
    posted: &Posted,
) -> Result<(Typed, Vec<FieldError>), ServiceError> {
    let mut typed = services.own_draft(caller, draft)?.typed;
    typed.0.retain(|(name, _)| !section.has(base(name)));
    if section == Section::People {
        typed.0.extend(tidied(posted));
    } else {
        let own = posted.typed().filter(|(name, _)| section.has(base(name)));
        typed.0.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    services.save_draft(caller, draft, &typed)?;
    let now = PartialTime::minute(services.now()).to_string();
    let wrong = match services.check_complaint(caller, &filing(&typed, &now)) {
        Err(ServiceError::Invalid(wrong)) => wrong,
        Err(other) => return Err(other),
        Ok(()) => Vec::new(),
    };
    let own = wrong.into_iter().filter(|error| section.has(&error.field) && error.problem != FieldProblem::Missing);
    Ok((typed, own.collect()))
}

/// The field that a part of a time belongs to.
fn base(name: &str) -> &str {
    if name.starts_with("people[") {
        return name;
    }
    name.split_once('.').map_or(name, |(base, _)| base)
}
