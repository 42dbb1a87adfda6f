//! What somebody typed into a form of these pages, whichever fields it has.

use actix_web::web;

use crate::services::WrittenFields;
use crate::web::desk::Desk;

/// What a form sends.
pub type Sent = web::Form<Vec<(String, String)>>;

/// The same, without the form token.
#[derive(Clone)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// Fields that nobody typed: what a form begins with.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Takes the form token out. Where no field has one, that of the header counts, if there is one.
    pub fn take(desk: Desk, sent: Sent) -> (Desk, Self) {
        let mut typed = Self(sent.into_inner());
        match typed.remove("csrf") {
            Some(token) => (desk.with_form_token(Some(token)), typed),
            None => (desk, typed),
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(given, _)| given == name)?;
        Some(self.0.remove(at).1)
    }

    /// What stands in a field, without blanks around it.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.trim())
    }

    /// Everything that was chosen for a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.trim())
    }

    /// Every field.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// For a use case that reads the fields itself.
    pub fn written(&self) -> WrittenFields {
        self.0.iter().cloned().collect()
    }
}
