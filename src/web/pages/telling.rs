//! What happened, as a page tells it: the words of a step or a fact, and what it carries.

use serde_json::Value;

use super::naming::Naming;
use crate::domain::event::{Happening, RETRACTION};
use crate::domain::fact::Fact;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::id::EventId;
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{labels, text};
use crate::services::{EventView, Shown};

/// An event in words.
pub struct Told {
    pub id: EventId,
    pub label: String,
    pub at: String,
    pub details: Vec<Detail>,
}

/// Something that it carries.
pub struct Detail {
    pub label: String,
    pub value: String,
    /// It is a text that is closed to whoever looks.
    pub is_sealed: bool,
    /// It may have several lines.
    pub is_text: bool,
}

/// Tells an event.
pub fn tell(naming: &Naming, view: &EventView, zone: Zone) -> Told {
    let language = naming.language;
    // Where a field says what it is more closely than its kind does, it is told by that.
    let (label, said) = match &view.happening {
        Some(Happening::Fact(Fact::Person(person))) => (labels::of(language, person.part), "part"),
        Some(Happening::Fact(Fact::Safeguard(safeguard))) => (labels::of(language, safeguard.safeguard), "safeguard"),
        Some(happening) => (labels::of(language, happening.kind()), ""),
        None => (labels::label(language, "happening", RETRACTION), ""),
    };
    let details = view.happening.as_ref().map_or_else(Vec::new, |happening| details(naming, happening, zone, said));
    Told { id: view.event.id, label, at: naming.time(view.event.occurred_at, zone), details }
}

/// What a happening carries, field by field, but for the one that has been said.
fn details(naming: &Naming, happening: &Happening<Shown>, zone: Zone, said_already: &str) -> Vec<Detail> {
    let kind = happening.kind();
    let values = serde_json::to_value(happening).unwrap_or_default();
    let detail = |spec: &FieldSpec| {
        let value = values.get(spec.name)?;
        let label = labels::field_of(naming.language, kind, spec.name);
        let is_text = spec.kind == FieldKind::Text;
        if value.is_null() {
            let value = text(naming.language, "page-sealed", &[]);
            return Some(Detail { label, value, is_sealed: true, is_text });
        }
        Some(Detail { label, value: said(naming, spec, value, zone)?, is_sealed: false, is_text })
    };
    kind.fields().iter().filter(|spec| spec.name != said_already).filter_map(detail).collect()
}

/// A value in words; none for an event's identifier, which says nothing to people.
fn said(naming: &Naming, spec: &FieldSpec, value: &Value, zone: Zone) -> Option<String> {
    let word = value.as_str().unwrap_or_default();
    Some(match spec.kind {
        FieldKind::Code { list } => naming.code(list, word),
        FieldKind::Codes { list } => {
            let codes = value.as_array()?.iter().filter_map(Value::as_str);
            codes.map(|code| naming.code(list, code)).collect::<Vec<_>>().join("; ")
        }
        FieldKind::Choice { options } => {
            labels::options(naming.language, options).into_iter().find(|(option, _)| *option == word)?.1
        }
        FieldKind::Text => word.to_owned(),
        FieldKind::Time => naming.time(PartialTime::parse(word, zone).ok()?, zone),
        FieldKind::Event => return None,
    })
}

/// What a happening carries as the values of its form, to be shown in it again.
pub fn values(happening: &Happening<Shown>) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(happening) else { return Vec::new() };
    let mut values = Vec::new();
    for (name, value) in fields {
        let several = match value {
            Value::String(word) => vec![word],
            Value::Array(words) => words.into_iter().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        values.extend(several.into_iter().map(|value| (name.clone(), value)));
    }
    values
}
