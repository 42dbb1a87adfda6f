//! The people of a draft: each with the fields of a person, numbered, and room for one more.

use crate::domain::complaint::{Part, Person};
use crate::domain::event::HappeningKind;
use crate::domain::fact::FactKind;
use crate::domain::field::FieldSpec;
use crate::domain::sealed::PlainText;
use crate::i18n::{labels, text};
use crate::web::pages::form::{Described, Field, Form, Posted};

/// The most people that a draft has; more can be added to the case.
const MOST: usize = 20;

/// The fields of a person, the name first.
fn specs() -> Vec<FieldSpec> {
    let mut specs = Person::<PlainText>::FIELDS.to_vec();
    specs.sort_by_key(|spec| match spec.name {
        "part" => 0,
        "name" => 1,
        "contact" => 2,
        _ => 3,
    });
    specs
}

fn name_of(index: usize, field: &str) -> String {
    format!("people[{index}].{field}")
}

/// How many were typed, whatever of them was left empty.
fn count(posted: &Posted) -> usize {
    let begins = |index: usize| posted.pairs().iter().any(|(name, _)| name.starts_with(&format!("people[{index}].")));
    (0..MOST).take_while(|index| begins(*index)).count()
}

/// Whether anything is known of a person beside the part.
fn is_somebody(posted: &Posted, index: usize) -> bool {
    posted.first(&name_of(index, "remove")).is_empty()
        && specs().iter().any(|spec| spec.name != "part" && !posted.first(&name_of(index, spec.name)).trim().is_empty())
}

/// The people of a draft, each with their fields, for the use case.
pub fn of(posted: &Posted) -> Vec<Vec<(String, String)>> {
    let person = |index: usize| {
        let field = |spec: &FieldSpec| (spec.name.to_owned(), posted.first(&name_of(index, spec.name)).to_owned());
        specs().iter().map(field).collect()
    };
    (0..count(posted)).filter(|index| is_somebody(posted, *index)).map(person).collect()
}

/// What was typed of people, numbered anew without those who were left empty or are to go.
pub fn tidied(posted: &Posted) -> Vec<(String, String)> {
    let numbered = |(index, fields): (usize, Vec<(String, String)>)| {
        fields.into_iter().map(move |(name, value)| (name_of(index, &name), value))
    };
    of(posted).into_iter().enumerate().flat_map(numbered).collect()
}

/// A person on the page, with the number that people count them by.
pub struct PersonForm {
    pub number: usize,
    pub form: Form,
    /// The name of the box that takes them out; none for the one who is only being added.
    pub remove: Option<String>,
}

/// Those who were typed, and room for one more.
pub fn forms(described: &Described<'_>, posted: &Posted) -> Vec<PersonForm> {
    let known = count(posted);
    let mut with_one_more = posted.clone();
    let part = if known == 0 { Part::AllegedVictim } else { Part::Witness };
    with_one_more.set(&name_of(known, "part"), part.as_str());
    let person = |index: usize| {
        let kind = HappeningKind::Fact(FactKind::Person);
        let field = |spec: &FieldSpec| -> Field {
            let label = labels::field_of(described.language, kind, spec.name);
            described.field_named(spec, &name_of(index, spec.name), label, &with_one_more).in_a_list()
        };
        PersonForm {
            number: index + 1,
            form: Form::new(specs().iter().map(field).collect()),
            remove: (index < known).then(|| name_of(index, "remove")),
        }
    };
    (0..=known.min(MOST - 1)).map(person).collect()
}

/// What to call the one with a number.
pub fn heading(described: &Described<'_>, person: &PersonForm) -> String {
    let key = if person.remove.is_some() { "people-person" } else { "people-one-more" };
    text(described.language, key, &[("number", person.number.into())])
}
