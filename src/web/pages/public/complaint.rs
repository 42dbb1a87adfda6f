//! Sending a complaint without an account: the words on what is protected, the form, and the receipt, once.

use actix_web::{HttpResponse, web};
use askama::Template;
use zeroize::Zeroizing;

use super::super::form::{Choice, Described, Entry, Field, Form, Posted};
use super::super::frame::Frame;
use super::super::{html, refuse, show};
use super::wait;
use crate::domain::event::HappeningKind;
use crate::domain::field::FieldSpec;
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::time::Zone;
use crate::i18n::{Language, text};
use crate::services::{PublicComplaint, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// What of a filing somebody can tell who knows nothing of cases, with the words for it and a hint.
const OF_THE_FILING: &[(&str, &str, Option<&str>)] = &[
    ("allegation", "public-allegation", Some("public-allegation-hint")),
    ("incident_at", "public-incident", Some("public-incident-hint")),
    ("region", "public-region", None),
    ("kind_of_place", "public-kind-of-place", None),
];

/// The lines about people, each with the words for it and a hint.
const OF_PEOPLE: &[(&str, &str, Option<&str>)] = &[
    ("victim_name", "public-victim-name", None),
    ("name", "public-name", Some("public-name-hint")),
    ("contact", "public-contact", Some("public-contact-hint")),
    ("contact_how", "public-contact-how", Some("public-contact-how-hint")),
];

#[derive(Template)]
#[template(path = "public/complaint.html")]
struct ComplaintPage {
    frame: Frame,
    form: Form,
}

#[derive(Template)]
#[template(path = "public/filed.html")]
struct FiledPage {
    frame: Frame,
    /// The only copy.
    receipt: Zeroizing<String>,
    reference: String,
}

fn specs() -> &'static [FieldSpec] {
    HappeningKind::Investigation(InvestigationStepKind::File).fields()
}

/// The form with what was typed.
fn form(services: &Services, language: Language, posted: &Posted) -> Result<Form, ServiceError> {
    let say = |key: &str| text(language, key, &[]);
    let with = |field: Field, hint: &Option<&str>| match hint {
        Some(hint) => field.with_hint(say(hint)),
        None => field,
    };
    let mut fields = Vec::new();
    let organisations = services.open_to_the_public()?;
    if organisations.len() > 1 {
        let named = organisations.into_iter().map(|organisation| (organisation.id.to_string(), organisation.name));
        let choices = choices(posted, "organisation", named);
        fields.push(Field::new("organisation", say("public-organisation"), Entry::One(choices)).marked(true));
    }
    let codes = services.code_lists()?;
    let (zone, now) = (Zone::default(), services.now());
    let described = Described { language, codes: &codes, zone, now, events: Vec::new() };
    for (name, label, hint) in OF_THE_FILING {
        let spec = specs().iter().find(|spec| spec.name == *name);
        fields.extend(spec.map(|spec| with(described.field(spec, say(label), posted), hint)));
    }
    let writers = ["self", "other"].map(|word| (word.to_owned(), say(&format!("public-writer-{word}"))));
    fields.push(Field::new("writer", say("public-writer"), Entry::One(choices(posted, "writer", writers))));
    for (name, label, hint) in OF_PEOPLE {
        fields.push(with(Field::text(*name, say(label), "off").with_value(posted.first(name)), hint));
    }
    Ok(Form::new(fields))
}

fn choices(posted: &Posted, name: &str, of: impl IntoIterator<Item = (String, String)>) -> Vec<Choice> {
    let choice = |(value, label): (String, String)| Choice { is_chosen: posted.first(name) == value, value, label };
    of.into_iter().map(choice).collect()
}

/// What was typed, as a complaint.
fn complaint(posted: &Posted) -> PublicComplaint {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let told = specs().iter().filter(|spec| OF_THE_FILING.iter().any(|(name, ..)| *name == spec.name));
    let is_given = |name: &&str| !posted.first(name).trim().is_empty();
    let contact: Vec<&str> =
        ["contact", "contact_how"].iter().filter(|name| is_given(name)).map(|name| posted.first(name).trim()).collect();
    let mut people = Vec::new();
    if is_given(&"name") || !contact.is_empty() {
        let part = if posted.first("writer") == "self" { "alleged_victim" } else { "complainant" };
        people.push(vec![own("part", part), own("name", posted.first("name")), own("contact", &contact.join("\n"))]);
    }
    if is_given(&"victim_name") {
        people.push(vec![own("part", "alleged_victim"), own("name", posted.first("victim_name"))]);
    }
    PublicComplaint { organisation: Some(posted.first("organisation").to_owned()), fields: posted.fields(told), people }
}

/// Shows the form.
///
/// # Errors
/// Those of the database.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let language = desk.language;
    let form = desk.run_as_nobody(move |services| form(services, language, &Posted::default())).await?;
    show(&ComplaintPage { frame: Frame::for_anybody(language), form }, language)
}

/// Takes a complaint, and shows its receipt. No redirect leads to that: it could be shown again.
///
/// # Errors
/// Those of the database where even the form cannot be shown; what is wrong is shown in the form, and nothing that was
/// typed is lost.
pub async fn file(desk: Desk, given: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let (language, origin) = (desk.language, desk.origin());
    let posted = Posted::from(given.into_inner());
    let given = complaint(&posted);
    let problem = match desk.try_receipt(move |services| services.file_publicly(&given, &origin)).await {
        Ok(filed) => {
            let (receipt, reference) = (filed.receipt.print(), filed.reference.to_string());
            return show(&FiledPage { frame: Frame::for_anybody(language), receipt, reference }, language);
        }
        Err(problem) => problem,
    };
    let says_nothing = posted.first("allegation").trim().is_empty();
    let form = desk.run_as_nobody(move |services| form(services, language, &posted)).await?;
    let form = match wait(&problem, language, "public-wait") {
        Some(wait) => form.at_fault(wait),
        None if problem.word() == "invalid_input" => {
            let mut form = form.blamed(&problem, language);
            // In the words of the page: those of the field are written for who works with cases.
            let missing = form.fields.iter_mut().find(|field| says_nothing && field.name == "allegation");
            if let Some(error) = missing.and_then(|field| field.error.as_mut()) {
                *error = text(language, "public-allegation-missing", &[]);
            }
            form
        }
        None => form.at_fault(problem.detail().to_owned()),
    };
    Ok(refuse(&problem, html(&ComplaintPage { frame: Frame::for_anybody(language), form }, language)?))
}
