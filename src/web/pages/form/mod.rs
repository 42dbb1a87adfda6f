//! A form as it is shown: its fields, what was given, and what is wrong with it, beside the field and above all.

mod described;
mod posted;
mod sent;
mod time_entry;

use askama::Template;
use serde::Deserialize;

pub use described::Described;
pub use posted::Posted;
pub use sent::{Sent, SentWithFiles};
pub use time_entry::TimeEntry;

use super::frame::Frame;
use crate::i18n::problems::explain_no_day;
use crate::i18n::{Language, text};
use crate::web::api::problem::Problem;

/// What a form sends that has nothing but a button: the form token of the session that its page was for.
#[derive(Deserialize)]
pub struct FormToken {
    pub csrf: Option<String>,
}

/// A form as it is shown.
pub struct Form {
    pub fields: Vec<Field>,
    /// What is wrong with all of it, which no single field is to blame for.
    pub fault: Option<String>,
}

/// A form within a page: what is wrong, and the fields. It has no button of its own.
#[derive(Template)]
#[template(path = "form/form.html")]
pub struct FormView<'a> {
    frame: &'a Frame,
    form: &'a Form,
}

/// A field within a page.
#[derive(Template)]
#[template(path = "form/field.html")]
pub struct FieldView<'a> {
    frame: &'a Frame,
    field: &'a Field,
}

/// A field with its label.
pub struct Field {
    pub name: String,
    pub label: String,
    /// What to give, in a few words.
    pub hint: Option<String>,
    pub error: Option<String>,
    /// Whether it says that it must be filled in.
    pub is_marked: bool,
    pub entry: Entry,
}

/// How a field is filled in.
pub enum Entry {
    /// In one line.
    Line {
        /// `text`, `password` or `date`.
        kind: &'static str,
        /// What a browser may fill in by itself: a token of the HTML standard, 4.10.18.7.
        autocomplete: &'static str,
        /// What was given before. Nothing secret: it would stand in the page.
        value: String,
    },
    /// In as many lines as it takes.
    Lines {
        /// What was given before.
        value: String,
    },
    /// By choosing one of a few.
    One(Vec<Choice>),
    /// By choosing any number.
    Several(Vec<Choice>),
    /// By choosing one of many.
    List(Vec<ChoiceGroup>),
    /// By a day, a month and a year, as far as they are known.
    Time(TimeEntry),
}

/// Something that may be chosen.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// Choices that belong together.
pub struct ChoiceGroup {
    /// What they have in common; none for those that stand first, by themselves.
    pub label: Option<String>,
    pub choices: Vec<Choice>,
}

impl Field {
    /// A field that is filled in in one of these ways.
    pub fn new(name: impl Into<String>, label: String, entry: Entry) -> Self {
        Self { name: name.into(), label, hint: None, error: None, is_marked: false, entry }
    }

    /// A field that shows what is typed.
    pub fn text(name: impl Into<String>, label: String, autocomplete: &'static str) -> Self {
        Self::new(name, label, Entry::Line { kind: "text", autocomplete, value: String::new() })
    }

    /// A field that does not.
    pub fn password(name: impl Into<String>, label: String, autocomplete: &'static str) -> Self {
        Self::new(name, label, Entry::Line { kind: "password", autocomplete, value: String::new() })
    }

    /// A field for a calendar day.
    pub fn date(name: impl Into<String>, label: String) -> Self {
        Self::new(name, label, Entry::Line { kind: "date", autocomplete: "off", value: String::new() })
    }

    /// The same field with its few choices in a list that opens, where they would take too much room.
    pub fn in_a_list(self) -> Self {
        let entry = match self.entry {
            Entry::One(choices) => {
                let choices = choices.into_iter().filter(|choice| !choice.value.is_empty()).collect();
                Entry::List(vec![ChoiceGroup { label: None, choices }])
            }
            other => other,
        };
        Self { entry, ..self }
    }

    pub fn with_hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same, saying that it must be filled in.
    pub fn marked(self, is_marked: bool) -> Self {
        Self { is_marked, ..self }
    }

    pub fn with_value(self, given: &str) -> Self {
        let entry = match self.entry {
            Entry::Line { kind, autocomplete, .. } => Entry::Line { kind, autocomplete, value: given.to_owned() },
            Entry::Lines { .. } => Entry::Lines { value: given.to_owned() },
            other => other,
        };
        Self { entry, ..self }
    }

    /// The field, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> FieldView<'a> {
        FieldView { frame, field: self }
    }

    /// The elements that describe it to a screen reader.
    pub fn described_by(&self) -> String {
        let part = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.name));
        let parts = [part(self.hint.is_some(), "hint"), part(self.error.is_some(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Form {
    /// A form in which nothing is wrong yet.
    pub fn new(fields: Vec<Field>) -> Self {
        Self { fields, fault: None }
    }

    /// The form, to be put into a page.
    pub fn view<'a>(&'a self, frame: &'a Frame) -> FormView<'a> {
        FormView { frame, form: self }
    }

    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        self.fault.is_some() || self.fields.iter().any(|field| field.error.is_some())
    }

    /// The first field: where to begin when all of it is wrong.
    pub fn first(&self) -> &str {
        self.fields.first().map_or("", |field| &field.name)
    }

    /// The same with what is wrong with its fields. A field is blamed once; what blames none is told above.
    pub fn blamed(mut self, problem: &Problem, language: Language) -> Self {
        for (name, word, message) in problem.fields() {
            match self.fields.iter_mut().find(|field| field.name == name) {
                Some(field) => {
                    let told = match (word, &field.entry) {
                        ("not_a_time", Entry::Time(_)) => {
                            text(language, "page-not-a-time", &[("field", field.label.clone().into())])
                        }
                        ("not_a_time", Entry::Line { kind: "date", .. }) => explain_no_day(language, &field.label),
                        _ => message.to_owned(),
                    };
                    field.error.get_or_insert(told);
                }
                None => self.fault = Some(message.to_owned()),
            }
        }
        self
    }

    /// The same of one of several forms: what blames none of its fields is told by another.
    pub fn blamed_where_it_has_the_field(self, problem: &Problem, language: Language) -> Self {
        Self { fault: None, ..self.blamed(problem, language) }
    }

    /// The same with what is wrong with all of it.
    pub fn at_fault(self, fault: String) -> Self {
        Self { fault: Some(fault), ..self }
    }
}
