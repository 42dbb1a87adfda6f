//! Sending a complaint without an account: the words on what is protected, the form, and the receipt, once.

use actix_web::{HttpResponse, web};
use askama::Template;
use zeroize::Zeroizing;

use super::super::frame::Frame;
use super::super::sign_in::refuse;
use super::super::{html, show};
use super::entry::{Entries, Entry, Field, Group, Typed};
use super::wait;
use crate::domain::code::{CodeLists, ListName};
use crate::i18n::{Language, labels, text};
use crate::services::{OrganisationRecord, PublicComplaint, ServiceError, Services};
use crate::web::api::problem::Problem;
use crate::web::desk::Desk;

/// The parts of the time of the incident, from the largest.
const TIME: [&str; 4] = ["incident_at.year", "incident_at.month", "incident_at.day", "incident_at.clock"];

#[derive(Template)]
#[template(path = "public/complaint.html")]
struct ComplaintPage {
    frame: Frame,
    entries: Entries,
}

#[derive(Template)]
#[template(path = "public/filed.html")]
struct FiledPage {
    frame: Frame,
    /// The only copy.
    receipt: Zeroizing<String>,
    reference: String,
}

/// What the form offers.
struct Offer {
    organisations: Vec<OrganisationRecord>,
    regions: Vec<(String, String)>,
    kinds_of_place: Vec<(String, String)>,
}

impl Offer {
    fn of(services: &Services, language: Language) -> Result<Self, ServiceError> {
        let codes = services.code_lists()?;
        let today = services.now().date_naive();
        let of = |list: ListName| {
            let codes: &CodeLists = &codes;
            let valid = codes.entries(list).filter(|entry| entry.is_valid_on(today));
            let mut offered: Vec<(String, String)> =
                valid.map(|entry| (entry.code.to_string(), labels::entry(language, entry).to_owned())).collect();
            offered.sort_by(|one, other| one.1.cmp(&other.1));
            offered
        };
        Ok(Self {
            organisations: services.open_to_the_public()?,
            regions: of(ListName::Region),
            kinds_of_place: of(ListName::KindOfPlace),
        })
    }

    /// The form with what was typed.
    fn entries(self, language: Language, typed: &Typed) -> Entries {
        let say = |key: &str| text(language, key, &[]);
        let field = |name: &'static str, label: &str, hint: Option<&str>, entry: Entry| Field {
            name,
            label: say(label),
            hint: hint.map(say),
            error: None,
            entry,
        };
        let line = |name: &'static str, label: &str, hint: Option<&str>| {
            field(name, label, hint, Entry::Line { value: typed.value(name).to_owned(), inputmode: "text" })
        };
        let list = |name: &'static str, label: &str, choices: Vec<(String, String)>| {
            let nothing = say("public-not-chosen");
            field(name, label, None, Entry::List { nothing, choices: typed.choices(name, choices) })
        };
        let mut what = Vec::new();
        if self.organisations.len() > 1 {
            let known = self.organisations.into_iter().map(|one| (one.id.to_string(), one.name));
            let choices = typed.choices("organisation", known);
            what.push(field("organisation", "public-organisation", None, Entry::One(choices)));
        }
        let allegation = Entry::Lines { value: typed.value("allegation").to_owned(), rows: 10 };
        what.push(field("allegation", "public-allegation", Some("public-allegation-hint"), allegation));
        let parts = ["public-day", "public-month", "public-year", "public-clock"].map(say);
        let names = [TIME[2], TIME[1], TIME[0], TIME[3]];
        let parts = names.into_iter().zip(parts).map(|(name, label)| {
            (name.to_owned(), label, typed.value(name).to_owned())
        });
        let writers = ["self", "other"].map(|word| (word.to_owned(), say(&format!("public-writer-{word}"))));
        let group = |title: &str, fields| Group { title: say(title), fields };
        Entries {
            fault: None,
            groups: vec![
                group("public-what", what),
                group("public-when-where", vec![
                    field("incident_at", "public-incident", Some("public-incident-hint"), Entry::Parts(parts.collect())),
                    list("region", "public-region", self.regions),
                    list("kind_of_place", "public-kind-of-place", self.kinds_of_place),
                ]),
                group("public-who", vec![
                    field("writer", "public-writer", None, Entry::One(typed.choices("writer", writers))),
                    line("victim_name", "public-victim-name", Some("public-optional")),
                    line("name", "public-name", Some("public-name-hint")),
                    line("contact", "public-contact", Some("public-contact-hint")),
                    line("contact_how", "public-contact-how", Some("public-contact-how-hint")),
                ]),
            ],
        }
    }
}

/// What was typed, as a complaint.
fn complaint(typed: &Typed) -> PublicComplaint {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields: Vec<(String, String)> =
        ["allegation", "region", "kind_of_place"].map(|name| own(name, typed.value(name))).to_vec();
    fields.push(own("incident_at", &incident_at(typed)));
    let mut people = Vec::new();
    let is_victim = typed.value("writer") == "self";
    let contact: Vec<&str> =
        ["contact", "contact_how"].map(|name| typed.value(name).trim()).into_iter().filter(|it| !it.is_empty()).collect();
    if !typed.is_empty("name") || !contact.is_empty() {
        let part = if is_victim { "alleged_victim" } else { "complainant" };
        people.push(vec![
            own("part", part),
            own("name", typed.value("name")),
            own("contact", &contact.join("\n")),
        ]);
    }
    if !typed.is_empty("victim_name") {
        people.push(vec![own("part", "alleged_victim"), own("name", typed.value("victim_name"))]);
    }
    PublicComplaint { organisation: Some(typed.value("organisation").to_owned()), fields, people }
}

/// A time as the domain reads it: as far as its parts go, from the year down.
fn incident_at(typed: &Typed) -> String {
    let [year, month, day, clock] = TIME.map(|name| typed.value(name).trim());
    let two = |part: &str| if part.len() == 1 { format!("0{part}") } else { part.to_owned() };
    let mut time = String::from(year);
    for (mark, part) in [('-', two(month)), ('-', two(day)), ('T', clock.to_owned())] {
        // A part without the one before it makes a text that is no time, and is told as that.
        if !part.is_empty() {
            time.push(mark);
            time.push_str(if mark == 'T' && part.len() == 4 { "0" } else { "" });
            time.push_str(&part);
        }
    }
    time
}

/// At which field of the form a field of the service stands.
fn place_of(field: &str) -> String {
    match field.split_once("].") {
        Some((_, name)) => name.to_owned(),
        None => field.to_owned(),
    }
}

/// Shows the form.
///
/// # Errors
/// Those of the database.
pub async fn page(desk: Desk) -> Result<HttpResponse, Problem> {
    let language = desk.language;
    let offer = desk.run_as_nobody(move |services| Offer::of(services, language)).await?;
    let entries = offer.entries(language, &Typed::nothing());
    show(&ComplaintPage { frame: Frame::for_anybody(language), entries }, language)
}

/// Takes a complaint, and shows its receipt.
///
/// # Errors
/// Those of the database; what is wrong with the form is shown in it.
pub async fn file(desk: Desk, given: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let (language, origin) = (desk.language, desk.origin());
    let typed = Typed::of(given.into_inner());
    let given = complaint(&typed);
    let problem = match desk.try_receipt(move |services| services.file_publicly(&given, &origin)).await {
        Ok(filed) => {
            // The address of this answer can be asked for again by a form alone.
            let frame = Frame { here: "/receipt", ..Frame::for_anybody(language) };
            let page = FiledPage { frame, receipt: filed.receipt.print(), reference: filed.reference.to_string() };
            return show(&page, language);
        }
        Err(problem) => problem,
    };
    let offer = desk.run_as_nobody(move |services| Offer::of(services, language)).await?;
    let entries = offer.entries(language, &typed);
    let entries = match wait(&problem, language, "public-wait") {
        Some(wait) => entries.at_fault(wait),
        None if problem.word() == "invalid_input" => entries.blamed(&problem, place_of),
        // Also when the server is at fault, what was typed is not lost.
        None => entries.at_fault(problem.title().to_owned()),
    };
    refuse(&problem, html(&ComplaintPage { frame: Frame::for_anybody(language), entries }, language)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(parts: [&str; 4]) -> String {
        incident_at(&Typed::of(TIME.iter().zip(parts).map(|(name, part)| (name.to_string(), part.to_owned())).collect()))
    }

    #[test]
    fn a_time_goes_as_far_as_it_is_known() {
        assert_eq!(time(["2026", "3", "", ""]), "2026-03");
        assert_eq!(time(["2026", "03", "4", ""]), "2026-03-04");
        assert_eq!(time(["2026", "3", "4", "9:30"]), "2026-03-04T09:30");
        assert_eq!(time(["", "", "", ""]), "");
    }

    #[test]
    fn a_name_that_is_wrong_is_blamed_at_its_field() {
        assert_eq!(place_of("people[0].name"), "name");
        assert_eq!(place_of("allegation"), "allegation");
    }
}
