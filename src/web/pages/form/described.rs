//! Fields of the domain as they are shown: from the one description of a step's form.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Choice, ChoiceGroup, Entry, Field, Posted, TimeEntry};
use crate::domain::code::{CodeEntry, CodeLists, ListName};
use crate::domain::event::HappeningKind;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::time::{PartialTime, Zone};
use crate::i18n::{Language, labels, text};

/// Lists of more entries than this are chosen from by opening them.
const FEW: usize = 7;

/// What fields are shown by: the lists, the language, the case's clock and the events that a field may name.
pub struct Described<'a> {
    pub language: Language,
    pub codes: &'a CodeLists,
    pub zone: Zone,
    pub now: DateTime<Utc>,
    /// For a field that names an event: those that may be named, each with its words.
    pub events: Vec<(String, String)>,
}

impl Described<'_> {
    /// The fields of a kind of happening, with what was posted for them.
    pub fn fields(&self, kind: HappeningKind, posted: &Posted) -> Vec<Field> {
        let of_kind = |spec: &FieldSpec| self.field(spec, labels::field_of(self.language, kind, spec.name), posted);
        kind.fields().iter().filter(|spec| self.is_offered(spec)).map(of_kind).collect()
    }

    /// A field that names an event is not shown where there is none to name.
    fn is_offered(&self, spec: &FieldSpec) -> bool {
        spec.kind != FieldKind::Event || !self.events.is_empty()
    }

    /// One field.
    pub fn field(&self, spec: &FieldSpec, label: String, posted: &Posted) -> Field {
        self.field_named(spec, spec.name, label, posted)
    }

    /// One field under another name, as in a form with several people.
    pub fn field_named(&self, spec: &FieldSpec, name: &str, label: String, posted: &Posted) -> Field {
        let chosen: Vec<&str> = posted.all(name).map(str::trim).collect();
        let entry = match spec.kind {
            FieldKind::Text if matches!(spec.name, "name" | "rank_or_unit") => {
                Entry::Line { kind: "text", autocomplete: "off", value: posted.first(name).to_owned() }
            }
            FieldKind::Text => Entry::Lines { value: posted.first(name).to_owned() },
            FieldKind::Time => Entry::Time(self.time(name, posted)),
            FieldKind::Choice { options } => self.choice(options, spec.required, &chosen),
            FieldKind::Code { list } => self.code(list, spec.required, &chosen),
            FieldKind::Codes { list } => Entry::Several(self.codes_of(list, &chosen)),
            FieldKind::Event => {
                let event = |(id, label): &(String, String)| Choice {
                    is_chosen: chosen.contains(&id.as_str()),
                    value: id.clone(),
                    label: label.clone(),
                };
                Entry::List(vec![ChoiceGroup { label: None, choices: self.events.iter().map(event).collect() }])
            }
        };
        Field::new(name, label, entry).marked(spec.required)
    }

    fn time(&self, name: &str, posted: &Posted) -> TimeEntry {
        let typed = TimeEntry::posted(posted, name);
        if typed != TimeEntry::default() {
            return typed;
        }
        let known = PartialTime::parse(posted.first(name), self.zone);
        known.map_or_else(|_| TimeEntry::default(), |time| TimeEntry::of(time, self.zone))
    }

    fn choice(&self, options: &'static [&'static str], required: bool, chosen: &[&str]) -> Entry {
        let choice = |(word, label): (&'static str, String)| Choice {
            value: word.to_owned(),
            label,
            is_chosen: chosen.contains(&word),
        };
        let mut choices: Vec<Choice> = labels::options(self.language, options).into_iter().map(choice).collect();
        if !required {
            choices.insert(0, self.not_said(chosen));
        }
        Entry::One(choices)
    }

    fn code(&self, list: ListName, required: bool, chosen: &[&str]) -> Entry {
        let valid = self.codes_of(list, chosen);
        let ended = self.ended(list, chosen);
        if valid.len() <= FEW && ended.is_empty() {
            let mut choices = valid;
            if !required {
                choices.insert(0, self.not_said(chosen));
            }
            return Entry::One(choices);
        }
        let mut groups = vec![ChoiceGroup { label: None, choices: valid }];
        if !ended.is_empty() {
            groups.push(ChoiceGroup { label: Some(text(self.language, "page-codes-ended", &[])), choices: ended });
        }
        Entry::List(groups)
    }

    fn not_said(&self, chosen: &[&str]) -> Choice {
        let is_chosen = chosen.iter().all(|value| value.is_empty());
        Choice { value: String::new(), label: text(self.language, "page-not-said", &[]), is_chosen }
    }

    fn today(&self) -> NaiveDate {
        self.zone.date_of(self.now)
    }

    fn codes_of(&self, list: ListName, chosen: &[&str]) -> Vec<Choice> {
        let today = self.today();
        let valid = self.codes.entries(list).filter(|entry| entry.is_valid_on(today));
        let mut choices: Vec<Choice> = valid.map(|entry| self.choice_of(list, entry, chosen)).collect();
        // Ages have an order of their own; other lists are looked through by name.
        if choices.len() > FEW && list != ListName::AgeBand {
            choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
        }
        choices
    }

    /// Codes that held once: something that is recorded late may need one.
    fn ended(&self, list: ListName, chosen: &[&str]) -> Vec<Choice> {
        let today = self.today();
        let mut choices: Vec<Choice> = Vec::new();
        for entry in self.codes.entries(list) {
            let holds = self.codes.entry(list, &entry.code, today).is_some();
            let is_told = choices.iter().any(|choice| choice.value == entry.code.as_str());
            if !holds && !is_told && entry.valid_to.is_some_and(|end| end <= today) {
                choices.push(self.choice_of(list, entry, chosen));
            }
        }
        choices
    }

    fn choice_of(&self, list: ListName, entry: &CodeEntry, chosen: &[&str]) -> Choice {
        let label = labels::entry(self.language, entry);
        let label = match list {
            ListName::Place | ListName::KindOfPlace => match self.coverage(list, entry) {
                Some(coverage) => format!("{label} – {coverage}"),
                None => label.to_owned(),
            },
            _ => label.to_owned(),
        };
        Choice { value: entry.code.to_string(), is_chosen: chosen.contains(&entry.code.as_str()), label }
    }

    /// Whether the preventive mechanism may go there.
    fn coverage(&self, list: ListName, entry: &CodeEntry) -> Option<String> {
        let of_kind = |kind: &CodeEntry| kind.attributes.get("npm_coverage").cloned();
        let coverage = match list {
            ListName::KindOfPlace => of_kind(entry),
            _ => {
                let kind = entry.parent.as_ref()?;
                self.codes.entry(ListName::KindOfPlace, kind, self.today()).and_then(of_kind)
            }
        };
        Some(labels::label(self.language, "npm-coverage", &coverage?))
    }
}
