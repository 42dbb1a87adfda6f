//! A form as it is shown to somebody who fills one in for the first time: its fields in a few groups, what was typed,
//! and what is wrong with it.

use std::collections::HashMap;

use crate::web::api::problem::Problem;

/// What a form has sent.
pub struct Typed(HashMap<String, String>);

/// A form.
pub struct Entries {
    pub groups: Vec<Group>,
    /// What is wrong with all of it.
    pub fault: Option<String>,
}

/// Fields that belong together.
pub struct Group {
    pub title: String,
    pub fields: Vec<Field>,
}

/// A field.
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub entry: Entry,
}

/// How a field is filled in.
pub enum Entry {
    /// In one line.
    Line { value: String, inputmode: &'static str },
    /// In several lines.
    Lines { value: String, rows: u8 },
    /// By choosing one of a list, or nothing.
    List { nothing: String, choices: Vec<Choice> },
    /// By choosing one of a few.
    One(Vec<Choice>),
    /// By its parts: each with its name, its label and what was typed.
    Parts(Vec<(String, String, String)>),
}

/// Something that can be chosen.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Typed {
    /// Of a form with nothing in it.
    pub fn nothing() -> Self {
        Self(HashMap::new())
    }

    /// Of what was sent; of a field that comes twice, the first.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut typed = HashMap::new();
        for (name, value) in pairs {
            typed.entry(name).or_insert(value);
        }
        Self(typed)
    }

    /// A field as it was typed.
    pub fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether nothing but blanks was typed.
    pub fn is_empty(&self, name: &str) -> bool {
        self.value(name).trim().is_empty()
    }

    /// Choices, with the one that was chosen.
    pub fn choices(&self, name: &str, of: impl IntoIterator<Item = (String, String)>) -> Vec<Choice> {
        let choice = |(value, label): (String, String)| Choice { is_chosen: self.value(name) == value, value, label };
        of.into_iter().map(choice).collect()
    }
}

impl Field {
    /// The elements that describe it to a screen reader.
    pub fn described_by(&self) -> String {
        let part = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.name));
        let parts = [part(self.hint.is_some(), "hint"), part(self.error.is_some(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Where a link to it leads: to what can be typed into first.
    pub fn anchor(&self) -> String {
        match &self.entry {
            Entry::Parts(parts) => parts.first().map_or_else(String::new, |(name, ..)| name.clone()),
            Entry::One(_) => format!("{}-1", self.name),
            _ => self.name.to_owned(),
        }
    }
}

impl Entries {
    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        self.fault.is_some() || self.fields().any(|field| field.error.is_some())
    }

    /// Every field.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    /// The first field: where to begin when all of it is wrong.
    pub fn first(&self) -> String {
        self.fields().next().map(Field::anchor).unwrap_or_default()
    }

    /// The same with what is wrong with its fields. `owner` says at which field a name of the service stands.
    pub fn blamed(mut self, problem: &Problem, owner: impl Fn(&str) -> String) -> Self {
        for (name, message) in problem.fields() {
            let name = owner(name);
            let mut fields = self.groups.iter_mut().flat_map(|group| &mut group.fields);
            match fields.find(|field| field.name == name) {
                Some(field) => {
                    field.error.get_or_insert_with(|| message.to_owned());
                }
                None => self.fault = Some(message.to_owned()),
            }
        }
        self
    }

    /// The same with what is wrong with all of it.
    pub fn at_fault(self, fault: String) -> Self {
        Self { fault: Some(fault), ..self }
    }
}
