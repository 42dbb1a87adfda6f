//! A form of a few fields: what was given, and what is wrong with it, beside the field and above all.

use serde::Deserialize;

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

/// A field with its label.
pub struct Field {
    pub name: &'static str,
    pub label: String,
    /// What to give, in a few words.
    pub hint: Option<String>,
    /// `text` or `password`.
    pub kind: &'static str,
    /// What a browser may fill in by itself: a token of the HTML standard, 4.10.18.7.
    pub autocomplete: &'static str,
    /// What was given before. Nothing secret: it would stand in the page.
    pub value: String,
    pub error: Option<String>,
}

impl Field {
    /// A field that shows what is typed.
    pub fn text(name: &'static str, label: String, autocomplete: &'static str) -> Self {
        Self { name, label, hint: None, kind: "text", autocomplete, value: String::new(), error: None }
    }

    /// A field that does not.
    pub fn password(name: &'static str, label: String, autocomplete: &'static str) -> Self {
        Self { kind: "password", ..Self::text(name, label, autocomplete) }
    }

    pub fn with_hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub fn with_value(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
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

    /// Whether something is wrong.
    pub fn is_wrong(&self) -> bool {
        self.fault.is_some() || self.fields.iter().any(|field| field.error.is_some())
    }

    /// The first field: where to begin when all of it is wrong.
    pub fn first(&self) -> &'static str {
        self.fields.first().map_or("", |field| field.name)
    }

    /// The same with what is wrong with its fields. A field is blamed once; what blames none is told above.
    pub fn blamed(mut self, problem: &Problem) -> Self {
        for (name, message) in problem.fields() {
            match self.fields.iter_mut().find(|field| field.name == name) {
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
