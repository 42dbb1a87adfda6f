//! The end of logging a complaint: all of it at a glance, what is missing, who may have a case already.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::draft_id;
use super::sections::{Section, filing, missing};
use crate::access::permission::{Action, Relation, decide};
use crate::domain::field::FieldError;
use crate::domain::id::DraftId;
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{Language, problems};
use crate::services::{Caller, Draft, FileComplaint, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;
use crate::web::pages::case::once;
use crate::web::pages::form::{Described, Entry, Field, Posted};
use crate::web::pages::frame::{Asked, Frame};
use crate::web::pages::naming::Naming;
use crate::web::pages::{html, page as show_page, refuse};

/// How its writer will stand to the case.
const OWN_NEW_CASE: Relation = Relation::Case { owned: true, shared: false, visit_requested: false };

#[derive(Template)]
#[template(path = "drafts/review.html")]
struct ReviewPage {
    frame: Frame,
    draft: DraftId,
    subjects: Vec<Subject>,
    /// References of cases in which somebody of that name stands.
    duplicates: Vec<String>,
    /// Whether files can be attached at once.
    takes_files: bool,
    once: String,
    /// What is wrong with all of it.
    fault: Option<String>,
}

/// A subject with what was typed.
struct Subject {
    section: Section,
    title: String,
    said: Vec<(String, String)>,
    wrong: Vec<String>,
}

impl ReviewPage {
    fn of(services: &Services, caller: &Caller, frame: Frame, draft: &Draft) -> Result<Self, ServiceError> {
        let language = frame.language;
        let naming = Naming::of(services, language)?;
        let now = PartialTime::minute(naming.now).to_string();
        let complaint = filing(&draft.typed, &now);
        let wrong = wrong(services, caller, draft, &complaint)?;
        let described =
            Described { language, codes: &naming.codes, zone: Zone::default(), now: naming.now, events: Vec::new() };
        let posted = Posted::from(draft.typed.0.clone());
        let subject = |section: &Section| Subject {
            section: *section,
            title: section.title(language),
            said: said(*section, &described, &posted),
            wrong: wrong
                .iter()
                .filter(|error| section.has(&error.field))
                .map(|error| problems::explain_field(language, error))
                .collect(),
        };
        let named = |(field, value): &(String, String)| (field == "name").then(|| value.clone());
        let names: Vec<String> = complaint.people.iter().flatten().filter_map(named).collect();
        let duplicates = services.possible_duplicates(caller, &names);
        Ok(Self {
            draft: draft.id,
            subjects: Section::ALL.iter().map(subject).collect(),
            duplicates: duplicates.iter().map(|hit| hit.reference.to_string()).collect(),
            takes_files: services.keeps_documents()
                && decide(caller.standing(), Action::AddDocument, OWN_NEW_CASE).is_ok(),
            once: once(),
            fault: None,
            frame,
        })
    }

    fn is_ready(&self) -> bool {
        self.subjects.iter().all(|subject| subject.wrong.is_empty())
    }
}

/// Everything that stands in the way of filing it.
fn wrong(
    services: &Services,
    caller: &Caller,
    draft: &Draft,
    complaint: &FileComplaint,
) -> Result<Vec<FieldError>, ServiceError> {
    let mut wrong = match services.check_complaint(caller, complaint) {
        Err(ServiceError::Invalid(wrong)) => wrong,
        Err(other) => return Err(other),
        Ok(()) => Vec::new(),
    };
    wrong.extend(missing(&draft.typed));
    Ok(wrong)
}

/// What was typed of a subject, in words.
fn said(section: Section, described: &Described<'_>, posted: &Posted) -> Vec<(String, String)> {
    let fields = match section {
        Section::People => super::people::forms(described, posted)
            .into_iter()
            .filter(|person| person.remove.is_some())
            .flat_map(|person| person.form.fields)
            .collect(),
        _ => section.fields(described, posted),
    };
    fields.into_iter().filter_map(|field| Some((field.label.clone(), in_words(field, described.language)?))).collect()
}

fn in_words(field: Field, language: Language) -> Option<String> {
    let chosen = |choices: Vec<crate::web::pages::form::Choice>| {
        let chosen = choices.into_iter().filter(|choice| choice.is_chosen && !choice.value.is_empty());
        chosen.map(|choice| choice.label).collect::<Vec<_>>().join("; ")
    };
    let words = match field.entry {
        Entry::Line { value, .. } | Entry::Lines { value } => value,
        Entry::One(choices) | Entry::Several(choices) => chosen(choices),
        Entry::List(groups) => chosen(groups.into_iter().flat_map(|group| group.choices).collect()),
        Entry::Time(time) => {
            let text = time.to_text();
            let known = PartialTime::parse(&text, Zone::default());
            known.map_or(text, |time| crate::i18n::time(language, time, Zone::default()))
        }
    };
    (!words.trim().is_empty()).then_some(words)
}

/// Shows what has been typed.
///
/// # Errors
/// 404 where it is none of their drafts.
pub async fn page(desk: Desk, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = draft_id(&path, desk.language)?;
    show_page(&desk.writing(), move |services, caller, frame| {
        ReviewPage::of(services, caller, frame, &services.own_draft(caller, id)?)
    })
    .await
}

/// The page again, with what stands in the way of filing.
///
/// # Errors
/// As [`page`].
pub async fn refused(desk: &Desk, id: DraftId, problem: &Problem) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(desk);
    let mut page = desk
        .run(move |services, caller| {
            let frame = asked.frame(services, caller)?;
            ReviewPage::of(services, caller, frame, &services.own_draft(caller, id)?)
        })
        .await?;
    page.fault = Some(problem.detail().to_owned());
    Ok(refuse(problem, html(&page, desk.language)?))
}
