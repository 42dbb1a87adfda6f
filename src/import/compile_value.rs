//! The values of events: which of the keys may stand together, and whether they fit the field.

use std::collections::{BTreeMap, HashMap};

use super::columns::{ColumnId, fold};
use super::compile::Compiler;
use super::value::{FieldRule, Fill, Map, Origin, TimeValue, Value};
use super::written::{Texts, WrittenMap, WrittenValue};
use crate::domain::code::Code;
use crate::domain::event::HappeningKind;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::time::PartialTime;

/// Reads the fields of an event.
pub(super) fn compile_fields(
    compiler: &mut Compiler,
    event: &str,
    kind: HappeningKind,
    written: &BTreeMap<String, WrittenValue>,
) -> Vec<FieldRule> {
    for name in written.keys().filter(|name| kind.fields().iter().all(|spec| spec.name != name.as_str())) {
        let names: Vec<_> = kind.fields().iter().map(|spec| spec.name).collect();
        let problem = format!("`{kind}` has no field `{name}`; its fields are {}", names.join(", "));
        compiler.refuse(format!("{event}.fields.{name}"), problem);
    }
    let mut rules = Vec::new();
    for spec in kind.fields() {
        let key = format!("{event}.fields.{}", spec.name);
        match written.get(spec.name) {
            Some(value) => rules.extend(compile_field(compiler, &key, *spec, value)),
            None if spec.required => compiler.refuse(key, format!("`{kind}` needs this field; add it")),
            None => {}
        }
    }
    rules
}

fn compile_field(compiler: &mut Compiler, key: &str, spec: FieldSpec, written: &WrittenValue) -> Option<FieldRule> {
    let fill = match spec.kind {
        FieldKind::Event => {
            compiler.refuse(key, "it names an earlier event of the same case, which a list cannot; take it out");
            return None;
        }
        FieldKind::Time => Fill::Time(compile_time(compiler, key, written)?),
        _ => Fill::Values(compile_value(compiler, key, spec.kind, written)?),
    };
    Some(FieldRule { spec, fill })
}

/// Reads where a time comes from.
pub(super) fn compile_time(compiler: &mut Compiler, key: &str, written: &WrittenValue) -> Option<TimeValue> {
    let formats = compiler.formats_at(key, written.formats.as_ref());
    if written.map.is_some() || written.otherwise.is_some() || written.empty.is_some() || written.split.is_some() {
        compiler.refuse(key, "a time takes no `map`, `otherwise`, `empty` or `split`; take them out");
    }
    match origin_of(compiler, key, written)? {
        Origin::FirstOf(columns) => Some(TimeValue::FirstOf(columns, formats)),
        Origin::Constant(texts) => match texts.as_slice() {
            [text] => match PartialTime::parse(text, compiler.zone) {
                Ok(time) => Some(TimeValue::Constant(time)),
                Err(problem) => {
                    compiler.refuse(format!("{key}.value"), format!("`{text}` is no time: {problem}"));
                    None
                }
            },
            _ => {
                compiler.refuse(format!("{key}.value"), "a time is one text, for instance \"2024-03\"");
                None
            }
        },
        Origin::Template(_) => {
            compiler.refuse(format!("{key}.template"), "a time comes from one column; write `column` or `first_of`");
            None
        }
    }
}

fn compile_value(compiler: &mut Compiler, key: &str, kind: FieldKind, written: &WrittenValue) -> Option<Value> {
    let origin = origin_of(compiler, key, written)?;
    let constant = matches!(origin, Origin::Constant(_));
    if constant && (written.map.is_some() || written.empty.is_some()) {
        compiler.refuse(key, "a constant `value` takes no `map` and no `empty`; take them out, or name a column");
    }
    if written.otherwise.is_some() && written.map.is_none() {
        compiler.refuse(format!("{key}.otherwise"), "it says what cells mean that a `map` does not have; add the map");
    }
    if written.formats.is_some() {
        compiler.refuse(format!("{key}.formats"), "formats belong to times only; take them out");
    }
    if written.split.is_some() && (!matches!(kind, FieldKind::Codes { .. }) || constant) {
        compiler.refuse(format!("{key}.split"), "only a field that takes several codes from a column can be split");
    }
    if written.split.as_deref() == Some("") {
        compiler.refuse(format!("{key}.split"), "say what parts the values, for instance \";\"");
    }
    let entries = written.map.as_ref().and_then(|map| entries_of(compiler, key, map));
    let otherwise = written.otherwise.clone().map(|Texts(texts)| texts);
    let value = Value {
        origin,
        split: written.split.clone(),
        map: entries.map(|entries| Map { entries, otherwise }),
        empty: written.empty.clone().unwrap_or_default().0,
    };
    refuse_misfits(compiler, key, kind, &value);
    Some(value)
}

fn origin_of(compiler: &mut Compiler, key: &str, written: &WrittenValue) -> Option<Origin> {
    let mut origins = Vec::new();
    origins.extend(written.value.clone().map(|Texts(texts)| Origin::Constant(texts)));
    if let Some(column) = &written.column {
        origins.push(Origin::FirstOf(vec![compiler.columns.intern(column)]));
    }
    if let Some(Texts(columns)) = &written.first_of {
        let columns: Vec<ColumnId> = columns.iter().map(|column| compiler.columns.intern(column)).collect();
        origins.push(Origin::FirstOf(columns));
    }
    if let Some(text) = &written.template {
        origins.push(Origin::Template(compiler.template_at(&format!("{key}.template"), text)?));
    }
    match (origins.pop(), origins.is_empty()) {
        (Some(Origin::FirstOf(columns)), true) if columns.is_empty() => {
            compiler.refuse(format!("{key}.first_of"), "name at least one column");
            None
        }
        (Some(origin), true) => Some(origin),
        _ => {
            compiler.refuse(key, "it needs exactly one of `value`, `column`, `first_of` and `template`");
            None
        }
    }
}

/// The entries of a map, by folded cell.
fn entries_of(compiler: &mut Compiler, key: &str, map: &WrittenMap) -> Option<HashMap<String, Vec<String>>> {
    let written = match map {
        WrittenMap::Here(entries) => entries.clone(),
        WrittenMap::Named(name) => match compiler.maps.get(name) {
            Some(entries) => entries.clone(),
            None => {
                compiler
                    .refuse(format!("{key}.map"), format!("there is no [maps.{name}]; add it, or write a table here"));
                return None;
            }
        },
    };
    let mut entries = HashMap::with_capacity(written.len());
    for (cell, Texts(values)) in written {
        if entries.insert(fold(&cell), values).is_some() {
            let problem = format!("`{cell}` is there twice; upper and lower case and spare blanks do not count");
            compiler.refuse(format!("{key}.map"), problem);
        }
    }
    Some(entries)
}

/// Notes the values named in the mapping that can never stand in the field.
fn refuse_misfits(compiler: &mut Compiler, key: &str, kind: FieldKind, value: &Value) {
    for text in value.named() {
        match kind {
            FieldKind::Choice { options } if !options.contains(&text) => {
                compiler.refuse(key, format!("`{text}` cannot stand here; the words are {}", options.join(", ")));
            }
            FieldKind::Code { list } | FieldKind::Codes { list } if text.parse::<Code>().is_err() => {
                compiler.refuse(key, format!("`{text}` is no code of the list {}", list.as_str()));
            }
            _ => {}
        }
    }
    let many = |values: &&Vec<String>| values.len() > 1;
    let mapped = value.map.iter().flat_map(|map| map.entries.values().chain(&map.otherwise));
    let constant = match &value.origin {
        Origin::Constant(values) => Some(values),
        _ => None,
    };
    if !matches!(kind, FieldKind::Codes { .. }) && mapped.chain(constant).chain([&value.empty]).any(|v| many(&v)) {
        compiler.refuse(key, "only one value can stand here, and a list of several is given");
    }
}
