//! What a browser sent with a form.

use actix_web::HttpRequest;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::TimeEntry;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::id::CaseVersion;
use crate::services::Idempotency;
use crate::web::desk::Desk;

/// The fields that a page adds to a form for itself.
const OF_THE_PAGE: &[&str] = &["csrf", "seen", "once"];

/// The names and values of a form, as they came.
#[derive(Clone, Default)]
pub struct Posted(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Posted {
    fn from(mut pairs: Vec<(String, String)>) -> Self {
        // Browsers send the lines of a text with the ends of RFC 7578.
        for (_, value) in &mut pairs {
            if value.contains('\r') {
                *value = value.replace("\r\n", "\n");
            }
        }
        Self(pairs)
    }
}

impl Posted {
    /// The value of a field; empty where it did not come.
    pub fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field came.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(given, _)| given == name)
    }

    /// Gives a field a value in the place of those that it has.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(given, _)| given != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Everything that came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The desk that the form came to, with its form token.
    pub fn at(&self, desk: Desk) -> Desk {
        if self.has("csrf") { desk.with_form_token(Some(self.first("csrf").to_owned())) } else { desk }
    }

    /// The version of the case that the page was made from; 0, which no case has, where it cannot be read.
    pub fn seen(&self) -> CaseVersion {
        CaseVersion(self.first("seen").parse().unwrap_or(0))
    }

    /// What makes that a form which is sent twice counts once.
    pub fn once(&self, request: &HttpRequest) -> Option<Idempotency> {
        let key = self.first("once").parse::<Uuid>().ok()?;
        let mut hash = Sha256::new();
        hash.update(request.path());
        for (name, value) in self.0.iter().filter(|(name, _)| name != "csrf") {
            for part in [name, value] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
        }
        Some(Idempotency { key: format!("page {key}"), fingerprint: hash.finalize().into() })
    }

    /// The values of one described field, in the form in which the domain reads them.
    pub fn values_of(&self, spec: &FieldSpec, name: &str) -> Vec<String> {
        match spec.kind {
            FieldKind::Time => {
                let typed = TimeEntry::posted(self, name).to_text();
                if typed.is_empty() { self.all(name).map(str::to_owned).collect() } else { vec![typed] }
            }
            _ => self.all(name).map(str::to_owned).collect(),
        }
    }

    /// The described fields, for a use case.
    pub fn fields<'a>(&self, specs: impl IntoIterator<Item = &'a FieldSpec>) -> Vec<(String, String)> {
        let pairs = |spec: &'a FieldSpec| {
            self.values_of(spec, spec.name).into_iter().map(move |value| (spec.name.to_owned(), value))
        };
        specs.into_iter().flat_map(pairs).collect()
    }

    /// What was typed, without what the page added for itself.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = |name: &str| !OF_THE_PAGE.contains(&name);
        self.0.iter().filter(move |(name, _)| own(name)).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
