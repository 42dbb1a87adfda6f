//! The fields of a form that has choices, boxes and days beside texts, each with its label, hint and fault.

use super::typed::Typed;
use crate::i18n::Language;
use crate::i18n::problems::explain_no_day;
use crate::web::api::problem::Problem;

/// A form on a page that may have several.
pub struct EntryForm {
    /// What the identifiers of its fields begin with.
    pub id: String,
    pub entries: Vec<Entry>,
    /// What is wrong with all of it.
    pub fault: Option<String>,
}

/// A field.
pub struct Entry {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    /// Whether it may be left empty; that is said beside its label.
    pub optional: bool,
    pub control: Control,
}

/// How it is filled in.
pub enum Control {
    /// A text of a kind of HTML's: `text`, `number`, `date`.
    Input { kind: &'static str, value: String },
    /// One of some; the first may be none of them.
    Choice(Vec<Choice>),
    /// Any of some.
    Boxes(Vec<Choice>),
}

/// What can be chosen.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: String) -> Self {
        Self { value: value.into(), label, chosen: false }
    }
}

impl Entry {
    fn new(name: &'static str, label: String, control: Control) -> Self {
        Self { name, label, hint: None, error: None, optional: false, control }
    }

    pub fn text(name: &'static str, label: String) -> Self {
        Self::new(name, label, Control::Input { kind: "text", value: String::new() })
    }

    pub fn number(name: &'static str, label: String) -> Self {
        Self::new(name, label, Control::Input { kind: "number", value: String::new() })
    }

    pub fn day(name: &'static str, label: String) -> Self {
        Self::new(name, label, Control::Input { kind: "date", value: String::new() })
    }

    pub fn choice(name: &'static str, label: String, options: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Choice(options))
    }

    pub fn boxes(name: &'static str, label: String, options: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Boxes(options))
    }

    pub fn with_hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    fn fill(&mut self, given: &[&str]) {
        match &mut self.control {
            Control::Input { value, .. } => given.first().copied().unwrap_or_default().clone_into(value),
            Control::Choice(options) | Control::Boxes(options) => {
                options.iter_mut().for_each(|option| option.chosen = given.contains(&option.value.as_str()));
            }
        }
    }

    /// Whether it is a group of boxes, which has a legend in place of a label.
    pub fn is_group(&self) -> bool {
        matches!(self.control, Control::Boxes(_))
    }
}

impl EntryForm {
    pub fn new(id: &str, entries: Vec<Entry>) -> Self {
        Self { id: id.to_owned(), entries, fault: None }
    }

    /// The same, filled in with what was typed.
    pub fn filled(mut self, typed: &Typed) -> Self {
        for entry in &mut self.entries {
            let given: Vec<&str> = typed.all(entry.name).collect();
            entry.fill(&given);
        }
        self
    }

    /// The same with what is wrong with its fields.
    pub fn blamed(mut self, problem: &Problem, language: Language) -> Self {
        for (name, word, message) in problem.fields() {
            match self.entries.iter_mut().find(|entry| entry.name == name) {
                Some(Entry { label, error, control, .. }) => {
                    let own = match control {
                        Control::Input { kind, .. } if word == "not_a_time" && *kind == "date" => {
                            // A browser would show what is no day as an empty field.
                            *kind = "text";
                            Some(explain_no_day(language, label))
                        }
                        _ => None,
                    };
                    error.get_or_insert_with(|| own.unwrap_or_else(|| message.to_owned()));
                }
                None => self.fault = Some(message.to_owned()),
            }
        }
        self
    }

    pub fn is_wrong(&self) -> bool {
        self.fault.is_some() || self.entries.iter().any(|entry| entry.error.is_some())
    }

    /// The identifier of a field.
    pub fn id_of(&self, entry: &Entry) -> String {
        format!("{}-{}", self.id, entry.name)
    }

    /// The first field: where to begin when all of it is wrong.
    pub fn first(&self) -> String {
        self.entries.first().map(|entry| self.id_of(entry)).unwrap_or_default()
    }

    /// The elements that describe a field to a screen reader.
    pub fn described_by(&self, entry: &Entry) -> String {
        let part = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.id_of(entry)));
        let parts = [part(entry.hint.is_some(), "hint"), part(entry.error.is_some(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
