//! From the mapping file as written to a mapping that holds together. Every error is collected,
//! with the key where it is and what would mend it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::brought::{code_at, compile_codes};
use super::columns::{Columns, Template, fold};
use super::compile_value::{compile_fields, compile_time};
use super::condition::{Condition, Consequence, Contradiction, Test};
use super::dates::DateFormats;
use super::mapping::{EventRule, Mapping, MappingError, MappingErrors, Source};
use super::written::{
    Texts, Written, WrittenCondition, WrittenConsequence, WrittenContradiction, WrittenEvent, WrittenMissing,
    WrittenSource,
};
use crate::domain::event::HappeningKind;
use crate::domain::investigation::InvestigationStepKind;
use crate::domain::time::Zone;

/// What is known while a mapping is put together.
pub(super) struct Compiler {
    /// The columns named so far.
    pub columns: Columns,
    /// The formats of dates, where a value names none of its own.
    pub formats: DateFormats,
    /// `[maps]`.
    pub maps: BTreeMap<String, BTreeMap<String, Texts>>,
    /// The zone of the list.
    pub zone: Zone,
    errors: Vec<MappingError>,
}

impl Compiler {
    /// Notes an error.
    pub fn refuse(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        self.errors.push(MappingError { key: key.into(), problem: problem.into() });
    }

    /// The formats that a value or condition names, or the mapping's.
    pub fn formats_at(&mut self, key: &str, formats: Option<&Texts>) -> DateFormats {
        let Some(Texts(formats)) = formats else { return self.formats.clone() };
        match DateFormats::new(formats.iter().map(String::as_str)) {
            Ok(formats) => formats,
            Err((text, _)) => {
                self.refuse(
                    format!("{key}.formats"),
                    format!(
                        "`{text}` is no format of a date; write year, month and, where known, day as in \"%d.%m.%Y\""
                    ),
                );
                self.formats.clone()
            }
        }
    }

    /// A template, or a note that it is none.
    pub fn template_at(&mut self, key: &str, text: &str) -> Option<Template> {
        let template = Template::parse(text, &mut self.columns);
        if template.is_none() {
            self.refuse(key, "a brace is not closed; write `{column}` for a cell, `{{` and `}}` for braces");
        }
        template
    }
}

/// Puts a mapping together.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn compile(written: Written) -> Result<Mapping, MappingErrors> {
    let zone = Zone::named(&written.source.time_zone);
    let mut compiler = Compiler {
        columns: Columns::default(),
        formats: DateFormats::iso(),
        maps: written.maps,
        zone: zone.unwrap_or_default(),
        errors: Vec::new(),
    };
    compiler.formats = compiler.formats_at("dates", written.dates.formats.as_ref());
    let source = compile_source(&mut compiler, written.source, zone);
    let codes = compile_codes(&mut compiler, written.codes);
    let mut names = HashMap::new();
    let events: Vec<_> = (1..)
        .zip(written.event)
        .filter_map(|(number, event)| compile_event(&mut compiler, number, event, &mut names))
        .collect();
    let filing = HappeningKind::Investigation(InvestigationStepKind::File);
    if !events.iter().any(|event| event.kind == filing) {
        compiler.refuse("event", "a case begins with its filing; add an [[event]] with kind = \"file\"");
    }
    let contradictions: Vec<_> = written
        .contradiction
        .into_iter()
        .filter_map(|contradiction| compile_contradiction(&mut compiler, contradiction, &events))
        .collect();
    for (place, contradiction) in contradictions.iter().enumerate() {
        if contradictions[..place].iter().any(|earlier| earlier.name == contradiction.name) {
            compiler.refuse(format!("contradiction.{}", contradiction.name), "there are two of this name; rename one");
        }
    }
    match source {
        Some(source) if compiler.errors.is_empty() => {
            Ok(Mapping { source, columns: compiler.columns, codes, contradictions, events })
        }
        _ => Err(MappingErrors(compiler.errors)),
    }
}

fn compile_source(compiler: &mut Compiler, written: WrittenSource, zone: Option<Zone>) -> Option<Source> {
    let name = written.name.trim().to_owned();
    if name.is_empty() {
        compiler.refuse("source.name", "the list needs a name of its own, which later runs must repeat");
    }
    if zone.is_none() {
        compiler.refuse("source.time_zone", "this is no zone of the tz database; write for instance \"Asia/Almaty\"");
    }
    if let Some(encoding) = written.encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
        compiler.refuse(
            "source.encoding",
            format!("only \"utf-8\" is read; convert the file: iconv -f {encoding} -t UTF-8 list.csv > list-utf8.csv"),
        );
    }
    let delimiter = match written.delimiter.as_deref() {
        None => Some(b','),
        Some("tab") => Some(b'\t'),
        Some(text) => match text.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Some(*byte),
            _ => None,
        },
    };
    if delimiter.is_none() {
        compiler.refuse("source.delimiter", "it must be one character, for instance \",\", \";\" or \"tab\"");
    }
    let jurisdiction = code_at(compiler, "source.jurisdiction".to_owned(), &written.jurisdiction);
    let key = written.key.0.iter().map(|column| compiler.columns.intern(column)).collect();
    Some(Source { name, jurisdiction: jurisdiction?, zone: zone?, key, delimiter: delimiter? })
}

fn compile_event(
    compiler: &mut Compiler,
    number: usize,
    written: WrittenEvent,
    names: &mut HashMap<String, usize>,
) -> Option<EventRule> {
    let name = written.name.unwrap_or_else(|| written.kind.clone());
    let key = format!("event.{name}");
    if let Some(earlier) = names.insert(name.clone(), number) {
        compiler.refuse(&key, format!("events {earlier} and {number} have this name; give each a `name` of its own"));
    }
    let Some(kind) = HappeningKind::named(&written.kind) else {
        let kinds: Vec<_> = HappeningKind::all().map(HappeningKind::as_str).collect();
        compiler.refuse(
            format!("{key}.kind"),
            format!("there is no event `{}`; the events are {}", written.kind, kinds.join(", ")),
        );
        return None;
    };
    let when = compile_conditions(compiler, &key, &written.when);
    let occurred_at = compile_time(compiler, &format!("{key}.occurred_at"), &written.occurred_at);
    let fields = compile_fields(compiler, &key, kind, &written.fields);
    let skip_without_time = written.missing == Some(WrittenMissing::Skip);
    Some(EventRule { name, kind, when, occurred_at: occurred_at?, skip_without_time, fields })
}

fn compile_conditions(compiler: &mut Compiler, key: &str, written: &[WrittenCondition]) -> Vec<Condition> {
    (1..)
        .zip(written)
        .filter_map(|(number, condition)| compile_condition(compiler, &format!("{key}.when[{number}]"), condition))
        .collect()
}

fn compile_condition(compiler: &mut Compiler, key: &str, written: &WrittenCondition) -> Option<Condition> {
    let folded = |texts: &Texts| texts.0.iter().map(|text| fold(text)).collect::<HashSet<_>>();
    let compares = written.before.is_some() || written.after.is_some();
    let formats = compiler.formats_at(key, written.formats.as_ref());
    if written.formats.is_some() && !compares {
        compiler.refuse(format!("{key}.formats"), "formats belong to `before` and `after` only; take them out");
    }
    let mut tests = Vec::new();
    tests.extend(written.is.as_ref().map(|texts| Test::Is(folded(texts))));
    tests.extend(written.is_not.as_ref().map(|texts| Test::IsNot(folded(texts))));
    tests.extend(written.empty.map(Test::Empty));
    tests.extend(written.before.as_ref().map(|other| Test::Before(compiler.columns.intern(other), formats.clone())));
    tests.extend(written.after.as_ref().map(|other| Test::After(compiler.columns.intern(other), formats)));
    let column = compiler.columns.intern(&written.column);
    match (tests.pop(), tests.is_empty()) {
        (Some(test), true) => Some(Condition { column, test }),
        _ => {
            compiler
                .refuse(key, "a condition has one of `is`, `is_not`, `empty`, `before` and `after`; write two for two");
            None
        }
    }
}

fn compile_contradiction(
    compiler: &mut Compiler,
    written: WrittenContradiction,
    events: &[EventRule],
) -> Option<Contradiction> {
    let key = format!("contradiction.{}", written.name);
    let when = compile_conditions(compiler, &key, &written.when);
    if written.when.is_empty() {
        compiler.refuse(format!("{key}.when"), "without a condition it holds of every row; add one");
    }
    if written.reason.trim().is_empty() {
        compiler.refuse(format!("{key}.reason"), "say in words what is wrong; the report repeats it");
    }
    let reason = compiler.template_at(&format!("{key}.reason"), &written.reason);
    let place = written.event.as_ref().and_then(|name| events.iter().position(|event| event.name == *name));
    let then = match (written.then, &written.event, place, &written.field) {
        (WrittenConsequence::Refuse, None, _, None) => Ok(Consequence::Refuse),
        (WrittenConsequence::Note, None, _, None) => Ok(Consequence::Note),
        (WrittenConsequence::Refuse | WrittenConsequence::Note, ..) => {
            Err("`event` and `field` belong to `drop_event` and `drop_field` only; take them out".to_owned())
        }
        (_, None, ..) => Err("say by `event = \"…\"` which event is meant".to_owned()),
        (_, Some(name), None, _) => Err(format!("there is no event named `{name}`")),
        (WrittenConsequence::DropEvent, _, Some(place), None) => Ok(Consequence::DropEvent(place)),
        (WrittenConsequence::DropEvent, ..) => Err("`field` belongs to `drop_field` only; take it out".to_owned()),
        (WrittenConsequence::DropField, _, Some(place), field) => {
            droppable(&events[place], field.as_deref()).map(|field| Consequence::DropField(place, field))
        }
    };
    let then = then.map_err(|problem| compiler.refuse(format!("{key}.then"), problem)).ok();
    Some(Contradiction { name: written.name, when, then: then?, reason: reason? })
}

fn droppable(event: &EventRule, field: Option<&str>) -> Result<&'static str, String> {
    let field = field.ok_or("say by `field = \"…\"` which field is meant")?;
    let rule = event.fields.iter().find(|rule| rule.spec.name == field);
    match rule {
        None => Err(format!("the event `{}` fills no field `{field}`", event.name)),
        Some(rule) if rule.spec.required => Err(format!("`{}` needs `{field}`; drop the event or refuse", event.name)),
        Some(rule) => Ok(rule.spec.name),
    }
}
