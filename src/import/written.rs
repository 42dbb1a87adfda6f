//! The mapping file as it is written: every key that there is, and nothing of what it means.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A mapping file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub source: WrittenSource,
    #[serde(default)]
    pub dates: WrittenDates,
    #[serde(default)]
    pub maps: BTreeMap<String, BTreeMap<String, Texts>>,
    #[serde(default)]
    pub codes: Vec<WrittenCode>,
    #[serde(default)]
    pub contradiction: Vec<WrittenContradiction>,
    #[serde(default)]
    pub event: Vec<WrittenEvent>,
}

/// `[source]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSource {
    pub name: String,
    pub jurisdiction: String,
    pub time_zone: String,
    #[serde(default)]
    pub key: Texts,
    pub delimiter: Option<String>,
    pub encoding: Option<String>,
}

/// `[dates]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenDates {
    pub formats: Option<Texts>,
}

/// `[[codes]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCode {
    pub list: String,
    pub code: String,
    pub kk: String,
    pub ru: String,
    pub en: String,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub parent: Option<String>,
    pub iso: Option<String>,
    #[serde(default)]
    pub successors: Texts,
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

/// `[[contradiction]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenContradiction {
    pub name: String,
    pub when: Vec<WrittenCondition>,
    pub then: WrittenConsequence,
    pub event: Option<String>,
    pub field: Option<String>,
    pub reason: String,
}

/// What a contradiction leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenConsequence {
    Refuse,
    DropEvent,
    DropField,
    Note,
}

/// `[[event]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenEvent {
    pub name: Option<String>,
    pub kind: String,
    #[serde(default)]
    pub when: Vec<WrittenCondition>,
    pub occurred_at: WrittenValue,
    pub missing: Option<WrittenMissing>,
    #[serde(default)]
    pub fields: BTreeMap<String, WrittenValue>,
}

/// What becomes of an event whose date is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenMissing {
    Skip,
    Refuse,
}

/// A condition on one column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCondition {
    pub column: String,
    pub is: Option<Texts>,
    pub is_not: Option<Texts>,
    pub empty: Option<bool>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub formats: Option<Texts>,
}

/// Where a value comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenValue {
    pub value: Option<Texts>,
    pub column: Option<String>,
    pub first_of: Option<Texts>,
    pub template: Option<String>,
    pub map: Option<WrittenMap>,
    pub otherwise: Option<Texts>,
    pub empty: Option<Texts>,
    pub split: Option<String>,
    pub formats: Option<Texts>,
}

/// A map: written out on the spot, or one of `[maps]` by its name.
#[derive(Debug)]
pub(super) enum WrittenMap {
    Named(String),
    Here(BTreeMap<String, Texts>),
}

/// One text or a list of texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes, or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

impl<'de> Deserialize<'de> for WrittenMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrTable;

        impl<'de> Visitor<'de> for NameOrTable {
            type Value = WrittenMap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table from cells to values, or the name of a table under [maps]")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<WrittenMap, E> {
                Ok(WrittenMap::Named(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<WrittenMap, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((cell, value)) = table.next_entry()? {
                    entries.insert(cell, value);
                }
                Ok(WrittenMap::Here(entries))
            }
        }

        deserializer.deserialize_any(NameOrTable)
    }
}
