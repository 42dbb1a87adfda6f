//! What a record may say beyond its words: identifiers, numbers, times, hashes, and words of this
//! program. A [`Detail`] cannot be made of a text that came from outside, so no name can slip in.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use uuid::Uuid;

use crate::domain::code::Code;
use crate::domain::id::{ActorId, CaseId, EventId, OrganisationId, Reference};

/// A word of this program, a number, an identifier, a time or a hash: 1 to 100 of `a-z`, `0-9`, `_`,
/// `.`, `:` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Detail(String);

impl Detail {
    /// The most characters that one may have.
    pub const MAX_CHARACTERS: usize = 100;

    /// A word that stands in this program. A capital is made small, what else does not belong becomes
    /// `_`, and what is too long is cut: such a word is a mistake of the program, and no reason to
    /// leave an act unrecorded.
    #[must_use]
    pub fn word(word: &'static str) -> Self {
        let fit = |byte: u8| char::from(if is_allowed(byte) { byte } else { b'_' });
        let text: String = word.to_ascii_lowercase().bytes().map(fit).take(Self::MAX_CHARACTERS).collect();
        Self(if text.is_empty() { "_".to_owned() } else { text })
    }

    /// The first bytes of a hash or of a public key, in hexadecimal digits; 50 at most.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        let first = bytes.get(..Self::MAX_CHARACTERS / 2).unwrap_or(bytes);
        Self(if first.is_empty() { "_".to_owned() } else { HEXLOWER.encode(first) })
    }

    /// One that was stored.
    pub(crate) fn stored(text: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_CHARACTERS).contains(&text.len()) && text.bytes().all(is_allowed);
        fits.then(|| Self(text.to_owned()))
    }

    /// It as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.:-".contains(&byte)
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! details_of {
    ($($source:ty),+ $(,)?) => {$(
        impl From<$source> for Detail {
            fn from(value: $source) -> Self {
                Self(value.to_string())
            }
        }
    )+};
}

// Each of these prints itself in the allowed characters; a test holds it.
details_of!(u16, i32, u32, i64, u64, usize, bool, Uuid, CaseId, EventId, OrganisationId, ActorId, Reference, Code);

impl From<NaiveDate> for Detail {
    /// `2026-06-15`; years of more than four digits begin with `_`.
    fn from(day: NaiveDate) -> Self {
        Self(day.to_string().replace('+', "_"))
    }
}

impl From<DateTime<Utc>> for Detail {
    /// `2026-06-15t07:00:00.000000z`
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.to_rfc3339_opts(SecondsFormat::Micros, true).to_ascii_lowercase())
    }
}

/// The details of a record by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Details(BTreeMap<Detail, Detail>);

impl Details {
    /// With one more; a second one of the same name takes the place of the first.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.0.insert(Detail::word(name), detail.into());
        self
    }

    /// Those that were stored: a JSON object of texts, in the one form that this program writes.
    pub(crate) fn stored(json: &str) -> Option<Self> {
        let texts: BTreeMap<String, String> = serde_json::from_str(json).ok()?;
        let read = |(name, detail): (String, String)| Some((Detail::stored(&name)?, Detail::stored(&detail)?));
        let details = Self(texts.into_iter().map(read).collect::<Option<_>>()?);
        // Another form (blanks, a name that comes twice) would be a change that the hash does not see.
        (details.to_json() == json).then_some(details)
    }

    /// As a JSON object of texts, by name, without blanks.
    #[must_use]
    pub fn to_json(&self) -> String {
        // No character that is allowed needs an escape.
        let pairs: Vec<String> = self.iter().map(|(name, detail)| format!("\"{name}\":\"{detail}\"")).collect();
        format!("{{{}}}", pairs.join(","))
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, detail)| detail)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, by name in the order of its bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, detail)| (name.as_str(), detail.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_detail_is_made_of_it_can_be_read_back() {
        let details = [
            Detail::word("by_password"),
            Detail::word("Ұзын Text / ''"),
            Detail::word(""),
            Detail::bytes(&[0xab; 32]),
            Detail::bytes(&[0xab; 64]),
            Detail::bytes(&[]),
            i64::MIN.into(),
            usize::MAX.into(),
            true.into(),
            Uuid::max().into(),
            Reference { year: 2026, number: 123 }.into(),
            "sizo_almaty_2".parse::<Code>().unwrap().into(),
            NaiveDate::MAX.into(),
            NaiveDate::MIN.into(),
            DateTime::<Utc>::MIN_UTC.into(),
            DateTime::from_timestamp_micros(1_781_506_800_000_000).unwrap().into(),
        ];
        for detail in details {
            assert_eq!(Detail::stored(detail.as_str()), Some(detail));
        }
        assert_eq!(Detail::word("Ab c").as_str(), "ab_c");
    }

    #[test]
    fn what_this_program_did_not_write_is_no_detail() {
        for text in ["", "Aigul", "айгүл", "two words", "a\"b", &"a".repeat(101)] {
            assert_eq!(Detail::stored(text), None, "{text}");
        }
    }

    #[test]
    fn details_are_read_back_in_one_form_only() {
        let details = Details::default().with("reason", Detail::word("checkpoint")).with("cases", 3_u64);
        assert_eq!(details.to_json(), r#"{"cases":"3","reason":"checkpoint"}"#);
        assert_eq!(details.to_json(), serde_json::to_string(&details).unwrap());
        assert_eq!(Details::stored(&details.to_json()), Some(details.clone()));
        assert_eq!(details.get("cases"), Some("3"));
        assert_eq!(Details::stored("{}"), Some(Details::default()));
        let others = [
            r#"{"reason":"checkpoint","cases":"3"}"#,
            r#"{"cases":"2","cases":"3"}"#,
            r#"{ }"#,
            r#"{"cases":3}"#,
            r#"{"name":"Aigul"}"#,
            "[]",
            "",
        ];
        for other in others {
            assert_eq!(Details::stored(other), None, "{other}");
        }
    }
}
