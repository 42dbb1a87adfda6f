//! The subjects that a complaint is logged by, and the fields of each.

use crate::domain::complaint::File;
use crate::domain::event::HappeningKind;
use crate::domain::fact::SafeguardKind;
use crate::domain::field::{FieldError, FieldKind, FieldProblem, FieldSpec};
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::sealed::PlainText;
use crate::domain::words;
use crate::i18n::{Language, labels, text};
use crate::services::{FileComplaint, Typed};
use crate::web::pages::form::{Described, Field, Posted};

use super::people;

words! {
    /// A subject, with a page of its own.
    Section {
        /// What is alleged, how it came in, when it was learnt of: all that must be said.
        Complaint = "complaint",
        /// Who is in it.
        People = "people",
        /// Where and when it happened.
        Place = "place",
        /// What was done, and why.
        Treatment = "treatment",
        /// The first hours in custody.
        Safeguards = "safeguards",
    }
}

/// Where one begins.
pub const FIRST: Section = Section::Complaint;

const LEARNT_AT: FieldSpec = FieldSpec { name: "learnt_at", kind: FieldKind::Time, required: true };
const FILED_AT: FieldSpec = FieldSpec { name: "occurred_at", kind: FieldKind::Time, required: false };

/// The fields of the filing with these names, in this order.
fn of_file(names: &[&str]) -> Vec<FieldSpec> {
    let spec = |name: &&str| File::<PlainText>::FIELDS.iter().find(|spec| spec.name == *name).copied();
    names.iter().filter_map(spec).collect()
}

impl Section {
    /// The one after it; none after the last.
    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|section| *section == self)?;
        Self::ALL.get(at + 1).copied()
    }

    /// Its name on pages.
    pub fn title(self, language: Language) -> String {
        text(language, &format!("section-{}", self.as_str()), &[])
    }

    /// Its fields; those of people come again for each of them.
    pub fn specs(self) -> Vec<FieldSpec> {
        match self {
            Self::Complaint => [vec![LEARNT_AT], of_file(&["channel", "allegation"]), vec![FILED_AT]].concat(),
            Self::Place => of_file(&["place", "kind_of_place", "region", "agency", "incident_at", "context"]),
            Self::Treatment => of_file(&["forms", "purposes", "sex", "age_band", "remarks"]),
            Self::Safeguards => {
                let time = |word: &&'static str| FieldSpec { name: word, kind: FieldKind::Time, required: false };
                SafeguardKind::WORDS.iter().map(time).collect()
            }
            Self::People => Vec::new(),
        }
    }

    /// Its fields as they are shown.
    pub fn fields(self, described: &Described<'_>, posted: &Posted) -> Vec<Field> {
        if self == Self::People {
            return Vec::new();
        }
        let field = |spec: &FieldSpec| {
            let label = label(described.language, spec.name);
            let field = described.field(spec, label, posted);
            match hint(spec.name) {
                Some(key) => field.with_hint(text(described.language, key, &[])),
                None => field,
            }
        };
        self.specs().iter().map(field).collect()
    }

    /// Whether a field that is wrong is one of its own.
    pub fn has(self, field: &str) -> bool {
        match self {
            Self::People => field.starts_with("people"),
            _ => self.specs().iter().any(|spec| spec.name == field),
        }
    }
}

fn label(language: Language, name: &str) -> String {
    let filing = HappeningKind::Investigation(InvestigationStepKind::File);
    match (name, SafeguardKind::named(name)) {
        ("occurred_at", _) => text(language, "draft-filed-at", &[]),
        (_, Some(kind)) => labels::of(language, kind),
        _ => labels::field_of(language, filing, name),
    }
}

fn hint(name: &str) -> Option<&'static str> {
    match name {
        "learnt_at" => Some("draft-learnt-hint"),
        "occurred_at" => Some("draft-filed-hint"),
        "allegation" => Some("draft-allegation-hint"),
        "incident_at" => Some("page-time-hint"),
        _ => None,
    }
}

/// What a draft would be filed as. Where nothing is said of when it was filed, that is now.
pub fn filing(typed: &Typed, now: &str) -> FileComplaint {
    let posted = Posted::from(typed.0.clone());
    let specs: Vec<FieldSpec> = Section::ALL.iter().flat_map(|section| section.specs()).collect();
    let mut fields = posted.fields(&specs);
    if !fields.iter().any(|(name, value)| name == "occurred_at" && !value.trim().is_empty()) {
        fields.retain(|(name, _)| name != "occurred_at");
        fields.push(("occurred_at".to_owned(), now.to_owned()));
    }
    FileComplaint { fields, people: people::of(&posted), ..FileComplaint::default() }
}

/// When the allegation was learnt of must be said, for the clock of a complaint starts there.
pub fn missing(typed: &Typed) -> Option<FieldError> {
    let posted = Posted::from(typed.0.clone());
    let said = posted.values_of(&LEARNT_AT, LEARNT_AT.name).iter().any(|value| !value.trim().is_empty());
    (!said).then(|| FieldError { field: LEARNT_AT.name.to_owned(), problem: FieldProblem::Missing })
}
