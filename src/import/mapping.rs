//! A mapping: what the columns of one list mean. It can only be had by reading a mapping file
//! without errors, so none with an unknown field or an unreadable format exists.

use std::fmt;

use serde::Serialize;

use super::columns::Columns;
use super::compile::compile;
use super::condition::{Condition, Contradiction};
use super::value::{FieldRule, Fill, TimeValue};
use crate::domain::code::{Code, CodeEntry, CodeLists, ListName};
use crate::domain::event::HappeningKind;
use crate::domain::field::FieldKind;
use crate::domain::time::Zone;

/// A mapping.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(super) source: Source,
    pub(super) columns: Columns,
    pub(super) codes: Vec<(ListName, CodeEntry)>,
    pub(super) contradictions: Vec<Contradiction>,
    pub(super) events: Vec<EventRule>,
}

/// The list that a mapping is for.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub name: String,
    pub jurisdiction: Code,
    pub zone: Zone,
    pub key: Vec<super::columns::ColumnId>,
    pub delimiter: u8,
}

/// An event that a row may tell of.
#[derive(Clone, Debug)]
pub(super) struct EventRule {
    pub name: String,
    pub kind: HappeningKind,
    pub when: Vec<Condition>,
    pub occurred_at: TimeValue,
    /// Whether the event is left out where its date is empty, instead of refusing the row.
    pub skip_without_time: bool,
    pub fields: Vec<FieldRule>,
}

/// Something wrong with a mapping file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{key}: {problem}")]
pub struct MappingError {
    /// The key, `event.closing.fields.ground`.
    pub key: String,
    /// What is wrong with it, and what would mend it.
    pub problem: String,
}

/// Everything that is wrong with a mapping file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MappingErrors(pub Vec<MappingError>);

impl std::error::Error for MappingErrors {}

impl fmt::Display for MappingErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Everything that is wrong with it; where it is no TOML, or a key is unknown or missing, the
    /// first such place.
    pub fn parse(toml: &str) -> Result<Self, MappingErrors> {
        let written = toml::from_str(toml).map_err(|error| {
            MappingErrors(vec![MappingError { key: "mapping".to_owned(), problem: error.to_string() }])
        })?;
        compile(written)
    }

    /// The name of the list; rows of two lists with different names never count as the same.
    #[must_use]
    pub fn source_name(&self) -> &str {
        &self.source.name
    }

    /// The state whose deadlines apply.
    #[must_use]
    pub fn jurisdiction(&self) -> &Code {
        &self.source.jurisdiction
    }

    /// The time zone of the cases.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.source.zone
    }

    /// The codes that the mapping brings along and that these lists do not know yet.
    pub fn missing_codes<'a>(&'a self, codes: &'a CodeLists) -> impl Iterator<Item = (ListName, &'a CodeEntry)> {
        let unknown = |(list, entry): &&'a (ListName, CodeEntry)| codes.periods(*list, &entry.code).is_empty();
        self.codes.iter().filter(unknown).map(|(list, entry)| (*list, entry))
    }

    /// Adds the codes that the mapping brings along, where the lists do not know them yet, and
    /// says how many.
    pub fn add_missing_codes(&self, codes: &mut CodeLists) -> usize {
        let missing: Vec<_> = self.missing_codes(codes).map(|(list, entry)| (list, entry.clone())).collect();
        let number = missing.len();
        for (list, entry) in missing {
            codes.add(list, entry);
        }
        number
    }

    /// The codes that the mapping names and no list has, on whatever day.
    #[must_use]
    pub fn unknown_codes(&self, codes: &CodeLists) -> Vec<MappingError> {
        let mut errors = Vec::new();
        let mut look = |key: String, list: ListName, text: &str| {
            let known = text.parse().is_ok_and(|code: Code| !codes.periods(list, &code).is_empty());
            let problem = || format!("the list {} has no `{text}`; correct it, or add it by [[codes]]", list.as_str());
            let error = (!known).then(|| MappingError { key, problem: problem() });
            errors.extend(error.filter(|error| !errors.contains(error)));
        };
        look("source.jurisdiction".to_owned(), ListName::Jurisdiction, self.source.jurisdiction.as_str());
        for event in &self.events {
            for field in &event.fields {
                let (FieldKind::Code { list } | FieldKind::Codes { list }) = field.spec.kind else { continue };
                let Fill::Values(value) = &field.fill else { continue };
                for text in value.named() {
                    look(format!("event.{}.fields.{}", event.name, field.spec.name), list, text);
                }
            }
        }
        errors.sort_by(|a, b| (&a.key, &a.problem).cmp(&(&b.key, &b.problem)));
        errors
    }
}
