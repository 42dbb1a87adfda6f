//! The codes that a mapping brings along.

use chrono::NaiveDate;

use super::compile::Compiler;
use super::written::WrittenCode;
use crate::domain::code::{Code, CodeEntry, ListName};

/// Reads `[[codes]]`, noting what is wrong.
pub(super) fn compile_codes(compiler: &mut Compiler, written: Vec<WrittenCode>) -> Vec<(ListName, CodeEntry)> {
    written.into_iter().filter_map(|code| compile_code(compiler, code)).collect()
}

fn compile_code(compiler: &mut Compiler, written: WrittenCode) -> Option<(ListName, CodeEntry)> {
    let key = format!("codes.{}", written.code);
    let list = written.list.parse::<ListName>().ok();
    if list.is_none() {
        let names: Vec<_> = ListName::ALL.iter().map(|list| list.as_str()).collect();
        compiler.refuse(
            format!("{key}.list"),
            format!("there is no list `{}`; the lists are {}", written.list, names.join(", ")),
        );
    }
    for (name, label) in [("kk", &written.kk), ("ru", &written.ru), ("en", &written.en)] {
        if label.trim().is_empty() {
            compiler.refuse(format!("{key}.{name}"), "the label is empty; every code has one in each language");
        }
    }
    let more = written.iso.iter().chain(written.attributes.iter().flat_map(|(name, value)| [name, value]));
    if [&written.kk, &written.ru, &written.en].into_iter().chain(more).any(|text| text.contains(char::is_control)) {
        compiler.refuse(key.clone(), "a label or an attribute holds a control character; leave it out");
    }
    let code = code_at(compiler, format!("{key}.code"), &written.code);
    let valid_from = day_at(compiler, format!("{key}.valid_from"), written.valid_from.as_deref());
    let valid_to = day_at(compiler, format!("{key}.valid_to"), written.valid_to.as_deref());
    if valid_from.zip(valid_to).is_some_and(|(from, to)| from >= to) {
        compiler
            .refuse(format!("{key}.valid_to"), "it must lie after valid_from; it is the first day without the code");
    }
    let parent = written.parent.map(|parent| code_at(compiler, format!("{key}.parent"), &parent));
    let successors: Vec<_> =
        written.successors.0.iter().map(|code| code_at(compiler, format!("{key}.successors"), code)).collect();
    let entry = CodeEntry {
        code: code?,
        valid_from,
        valid_to,
        kk: written.kk,
        ru: written.ru,
        en: written.en,
        parent: parent.flatten(),
        iso: written.iso,
        successors: successors.into_iter().flatten().collect(),
        attributes: written.attributes,
    };
    Some((list?, entry))
}

/// Reads a code, noting where it is none.
pub(super) fn code_at(compiler: &mut Compiler, key: String, text: &str) -> Option<Code> {
    let code = text.parse();
    if let Err(problem) = &code {
        compiler.refuse(key, format!("`{text}` is no code: {problem}"));
    }
    code.ok()
}

fn day_at(compiler: &mut Compiler, key: String, text: Option<&str>) -> Option<NaiveDate> {
    let text = text?;
    let day = text.parse().ok();
    if day.is_none() {
        compiler.refuse(key, format!("`{text}` is no day; write it as \"2024-03-04\", in quotes"));
    }
    day
}
