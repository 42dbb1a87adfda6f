//! Code lists: regions, kinds of place, agencies, grounds and the rest. They are data that an
//! administrator edits; here is what a code is, when it is valid, and which code followed it.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A code of some list: lower case ASCII letters, digits and underscores, 64 at most.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(String);

/// A text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has 1 to 64 lower case letters, digits and underscores")]
pub struct NotACode;

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotACode)
        }
    }
}

/// A list finds a code by its text: codes sort as their texts do.
impl Borrow<str> for Code {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A list, at the level of types: the code of a region cannot stand where one of an agency belongs.
pub trait CodeList: Clone + fmt::Debug + PartialEq + Eq {
    /// Its name at run time.
    const NAME: ListName;
}

/// A code of one particular list. Whether the list holds it on a given day is checked when a
/// form is read, against the [`CodeLists`] of that day.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeIn<L>(Code, PhantomData<L>);

impl<L> CodeIn<L> {
    /// Takes a code whose list has been checked, or is about to be.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self(code, PhantomData)
    }

    /// The code without its list.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.0
    }
}

impl<L> fmt::Debug for CodeIn<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<L> fmt::Display for CodeIn<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<L> Serialize for CodeIn<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, L> Deserialize<'de> for CodeIn<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Code::deserialize(deserializer).map(Self::new)
    }
}

macro_rules! code_lists {
    ($($(#[$doc:meta])* $list:ident = $name:literal),+ $(,)?) => {
        /// The lists that there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ListName {$($(#[$doc])* $list),+}

        impl ListName {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$list),+];
            /// Their names.
            pub const WORDS: &[&str] = &[$($name),+];

            /// Whether a code must be valid on the day of the event that names it. A charge follows the law
            /// of the day of the act, which may be long before.
            #[must_use]
            pub fn follows_the_day_of_the_event(self) -> bool {
                self != Self::Charge
            }

            /// The name in URLs, files and the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {$(Self::$list => $name),+}
            }
        }

        impl FromStr for ListName {
            type Err = NotACode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|list| list.as_str() == text).ok_or(NotACode)
            }
        }

        /// The lists as types, for [`CodeIn`].
        pub mod list {
            $($(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $list;

            impl super::CodeList for $list {
                const NAME: super::ListName = super::ListName::$list;
            })+
        }
    };
}

code_lists! {
    /// States whose deadlines apply.
    Jurisdiction = "jurisdiction",
    /// Regions and cities of republican significance.
    Region = "region",
    /// Kinds of place where people are held or meet the authorities, with NPM coverage.
    KindOfPlace = "kind_of_place",
    /// Single places of detention.
    Place = "place",
    /// Bodies: those complained of, those that receive, investigate and decide.
    Agency = "agency",
    /// How a complaint came in.
    Channel = "channel",
    /// Forms of ill-treatment (Istanbul Protocol).
    FormOfIllTreatment = "form_of_ill_treatment",
    /// Purposes (CAT art. 1).
    Purpose = "purpose",
    /// Circumstances in which it happened.
    Context = "context",
    /// Why a complaint was dismissed or a prosecution discontinued.
    DismissalGround = "dismissal_ground",
    /// Why a visit was refused.
    VisitRefusalGround = "visit_refusal_ground",
    /// Articles charged.
    Charge = "charge",
    /// Age bands.
    AgeBand = "age_band",
    /// Sexes.
    Sex = "sex",
    /// Kinds of reprisal (CAT art. 13).
    ReprisalKind = "reprisal_kind",
    /// Death and self-harm in custody (CAT art. 11).
    CustodyIncident = "custody_incident",
    /// Forms of reparation (CAT art. 14).
    ReparationForm = "reparation_form",
    /// Why a visit request lapsed.
    LapseReason = "lapse_reason",
    /// Kinds of removal from the country (CAT art. 3).
    ExpulsionKind = "expulsion_kind",
}

/// One code through one period of validity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CodeEntry {
    /// The code.
    #[schema(value_type = String)]
    pub code: Code,
    /// First day of validity; none = always was.
    pub valid_from: Option<NaiveDate>,
    /// First day on which it is no longer valid; none = still is.
    pub valid_to: Option<NaiveDate>,
    /// Kazakh label.
    pub kk: String,
    /// Russian label.
    pub ru: String,
    /// English label.
    pub en: String,
    /// The code above it: a place's kind, an agency's ministry, a region's state.
    #[schema(value_type = Option<String>)]
    pub parent: Option<Code>,
    /// The code in ISO 3166-2, where there is one.
    pub iso: Option<String>,
    /// The codes that took over when this one ended.
    #[schema(value_type = Vec<String>)]
    pub successors: Vec<Code>,
    /// What else is known of it, for instance `npm_coverage` of a kind of place.
    pub attributes: BTreeMap<String, String>,
}

impl CodeEntry {
    /// Whether it holds on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// Where a breakdown counts an old code today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed<'a> {
    /// Under this code: the same, or the one that took its place.
    Into(&'a Code),
    /// Its territory or tasks went to several; a case under it can be given to none of them.
    Split(&'a [Code]),
}

/// All lists, as they are in the database.
#[derive(Clone, Debug, Default)]
pub struct CodeLists {
    lists: HashMap<ListName, BTreeMap<Code, Vec<CodeEntry>>>,
}

impl CodeLists {
    /// Adds an entry; periods of one code are kept in the order of time.
    pub fn add(&mut self, list: ListName, entry: CodeEntry) {
        let periods = self.lists.entry(list).or_default().entry(entry.code.clone()).or_default();
        periods.push(entry);
        periods.sort_by_key(|period| period.valid_from);
    }

    /// The entry of a code on a day; `None` where the list has no such code then.
    #[must_use]
    pub fn entry(&self, list: ListName, code: &Code, on: NaiveDate) -> Option<&CodeEntry> {
        self.periods(list, code).iter().find(|entry| entry.is_valid_on(on))
    }

    /// The entry of a code, given as text, on a day; `None` also where the text is no code.
    #[must_use]
    pub fn entry_of_text(&self, list: ListName, code: &str, on: NaiveDate) -> Option<&CodeEntry> {
        self.periods_of_text(list, code).iter().find(|entry| entry.is_valid_on(on))
    }

    /// Every period of a code, earliest first; empty where the list does not know it.
    #[must_use]
    pub fn periods(&self, list: ListName, code: &Code) -> &[CodeEntry] {
        self.periods_of_text(list, code.as_str())
    }

    fn periods_of_text(&self, list: ListName, code: &str) -> &[CodeEntry] {
        self.lists.get(&list).and_then(|codes| codes.get(code)).map_or(&[], Vec::as_slice)
    }

    /// Every entry of a list, by code and period.
    pub fn entries(&self, list: ListName) -> impl Iterator<Item = &CodeEntry> {
        self.lists.get(&list).into_iter().flat_map(BTreeMap::values).flatten()
    }

    /// Follows a code to the one that holds on a day. A code that is valid then, or unknown,
    /// stays itself.
    #[must_use]
    pub fn follow<'a>(&'a self, list: ListName, code: &'a Code, on: NaiveDate) -> Followed<'a> {
        let mut current = code;
        // A chain of successors longer than this is a circle in the data.
        for _ in 0..16 {
            if self.entry(list, current, on).is_some() {
                break;
            }
            match self.periods(list, current).last().map(|entry| entry.successors.as_slice()) {
                Some([next]) => current = next,
                Some(several) if !several.is_empty() => return Followed::Split(several),
                _ => break,
            }
        }
        Followed::Into(current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(text: &str, from: Option<&str>, to: Option<&str>, successors: &[&str]) -> CodeEntry {
        CodeEntry {
            code: code(text),
            valid_from: from.map(day),
            valid_to: to.map(day),
            kk: String::new(),
            ru: String::new(),
            en: String::new(),
            parent: None,
            iso: None,
            successors: successors.iter().map(|s| code(s)).collect(),
            attributes: BTreeMap::new(),
        }
    }

    #[test]
    fn a_code_is_valid_from_its_first_day_until_the_day_before_its_last() {
        let mut lists = CodeLists::default();
        lists.add(ListName::Region, entry("south", None, Some("2018-06-19"), &["turkistan", "shymkent"]));
        let on = |text| lists.entry(ListName::Region, &code("south"), day(text)).is_some();
        assert!(on("2018-06-18"));
        assert!(!on("2018-06-19"));
        assert!(lists.entry(ListName::Agency, &code("south"), day("2018-06-18")).is_none());
    }

    #[test]
    fn an_old_code_is_followed_into_its_only_successor_but_not_into_several() {
        let mut lists = CodeLists::default();
        lists.add(ListName::Agency, entry("a", None, Some("2015-01-01"), &["b"]));
        lists.add(ListName::Agency, entry("b", Some("2015-01-01"), Some("2019-01-01"), &["c"]));
        lists.add(ListName::Agency, entry("c", Some("2019-01-01"), None, &[]));
        lists.add(ListName::Agency, entry("s", None, Some("2018-06-19"), &["b", "c"]));
        let today = day("2026-01-01");
        assert_eq!(lists.follow(ListName::Agency, &code("a"), today), Followed::Into(&code("c")));
        assert_eq!(lists.follow(ListName::Agency, &code("a"), day("2016-01-01")), Followed::Into(&code("b")));
        assert_eq!(lists.follow(ListName::Agency, &code("s"), today), Followed::Split(&[code("b"), code("c")]));
        assert_eq!(lists.follow(ListName::Agency, &code("unknown"), today), Followed::Into(&code("unknown")));
    }

    #[test]
    fn a_circle_of_successors_ends() {
        let mut lists = CodeLists::default();
        lists.add(ListName::Agency, entry("a", None, Some("2015-01-01"), &["b"]));
        lists.add(ListName::Agency, entry("b", None, Some("2015-01-01"), &["a"]));
        assert!(matches!(lists.follow(ListName::Agency, &code("a"), day("2026-01-01")), Followed::Into(_)));
    }
}
