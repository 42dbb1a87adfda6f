//! The names of states, steps, fields, lists and of every other word that the domain has.
//!
//! A label's key is its family and its word: `stage-visit-requested`.

use super::{Language, find};
use crate::domain::code::{CodeEntry, ListName};
use crate::domain::complaint::{Answer, Part};
use crate::domain::deadline::{AwaitedStep, Basis};
use crate::domain::event::HappeningKind;
use crate::domain::fact::{Consistency, Fate, FollowUpEnd, ReparationRoute, SafeguardKind};
use crate::domain::investigation::InvestigationState;
use crate::domain::milestone::{Ending, Outcome};
use crate::domain::public_state::PublicState;
use crate::domain::stage::Stage;
use crate::domain::time::Precision;
use crate::domain::visit::{Approval, Evidence, VisitState};
use crate::measures::breakdown::Dimension;

/// A word of the domain that has a label.
pub trait Labelled: Copy {
    /// The first part of its key.
    const FAMILY: &'static str;

    /// The word.
    fn word(self) -> &'static str;
}

/// A set of words with its family.
struct WordSet {
    family: &'static str,
    words: &'static [&'static str],
    #[cfg(test)]
    type_name: &'static str,
}

macro_rules! labelled {
    ($($type:ident = $family:literal),+ $(,)?) => {
        $(impl Labelled for $type {
            const FAMILY: &'static str = $family;

            fn word(self) -> &'static str {
                self.as_str()
            }
        })+

        const WORD_SETS: &[WordSet] = &[$(WordSet {
            family: $family,
            words: $type::WORDS,
            #[cfg(test)]
            type_name: stringify!($type),
        }),+];
    };
}

labelled! {
    InvestigationState = "investigation",
    VisitState = "visit",
    Stage = "stage",
    AwaitedStep = "awaited",
    Basis = "basis",
    Ending = "ending",
    Outcome = "outcome",
    Evidence = "evidence",
    Approval = "approval",
    Answer = "answer",
    Part = "part",
    SafeguardKind = "safeguard",
    Consistency = "consistency",
    Fate = "fate",
    ReparationRoute = "reparation-route",
    FollowUpEnd = "follow-up-end",
    PublicState = "public-state",
}

impl Labelled for HappeningKind {
    const FAMILY: &'static str = "happening";

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Labelled for ListName {
    const FAMILY: &'static str = "list";

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Labelled for Dimension {
    const FAMILY: &'static str = "dimension";

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Labelled for Precision {
    const FAMILY: &'static str = "precision";

    fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// The label of a word of the domain.
#[must_use]
pub fn of<L: Labelled>(language: Language, item: L) -> String {
    label(language, L::FAMILY, item.word())
}

/// The label of a word of a family; the word itself where there is none.
#[must_use]
pub fn label(language: Language, family: &str, word: &str) -> String {
    find(language, &key(family, word), &[]).unwrap_or_else(|| word.to_owned())
}

/// The label of a field wherever it stands; its name where no form has such a field.
#[must_use]
pub fn field(language: Language, name: &str) -> String {
    find(language, &key("field", name), &[]).unwrap_or_else(|| name.to_owned())
}

/// The label of a field in the form of a kind of happening, which may be more telling than the
/// general one.
#[must_use]
pub fn field_of(language: Language, kind: HappeningKind, name: &str) -> String {
    let family = key("field", kind.as_str());
    find(language, &key(&family, name), &[]).unwrap_or_else(|| field(language, name))
}

/// The words that a field may hold, each with its label, in the order in which they are offered.
#[must_use]
pub fn options(language: Language, words: &'static [&'static str]) -> Vec<(&'static str, String)> {
    let family = WORD_SETS.iter().find(|set| set.words == words).map_or("", |set| set.family);
    words.iter().map(|word| (*word, label(language, family, word))).collect()
}

/// The label of an entry of a code list, as the administrator wrote it.
#[must_use]
pub fn entry(language: Language, entry: &CodeEntry) -> &str {
    match language {
        Language::Kk => &entry.kk,
        Language::Ru => &entry.ru,
        Language::En => &entry.en,
    }
}

fn key(family: &str, word: &str) -> String {
    format!("{family}-{}", word.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::domain::field::FieldKind;

    fn assert_labelled(family: &str, word: &str) {
        for language in Language::ALL {
            let key = key(family, word);
            assert!(find(*language, &key, &[]).is_some(), "{key} has no text in {language:?}");
        }
    }

    #[test]
    fn every_word_has_a_label_in_every_language() {
        for set in WORD_SETS {
            for word in set.words {
                assert_labelled(set.family, word);
            }
        }
        for precision in [Precision::Minute, Precision::Day, Precision::Month] {
            assert_labelled(Precision::FAMILY, precision.word());
        }
    }

    #[test]
    fn every_set_of_words_in_the_domain_is_labelled() {
        let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain");
        let mut found = 0;
        for file in fs::read_dir(domain).unwrap() {
            let source = fs::read_to_string(file.unwrap().path()).unwrap();
            for name in names_of_word_sets(&source) {
                assert!(WORD_SETS.iter().any(|set| set.type_name == name), "{name} has no labels");
                found += 1;
            }
        }
        assert_eq!(found, WORD_SETS.len());
    }

    fn names_of_word_sets(source: &str) -> Vec<&str> {
        let bodies = source.split("\nwords! {").skip(1);
        bodies
            .filter_map(|body| body.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("///")))
            .filter_map(|line| line.strip_suffix(" {"))
            .collect()
    }

    #[test]
    fn every_kind_of_happening_and_every_list_has_a_label() {
        for kind in HappeningKind::all() {
            assert_labelled(HappeningKind::FAMILY, kind.as_str());
        }
        for list in ListName::ALL {
            assert_labelled(ListName::FAMILY, list.as_str());
        }
    }

    #[test]
    fn every_field_of_every_form_has_a_label_and_so_have_its_options() {
        for kind in HappeningKind::all() {
            for spec in kind.fields() {
                assert_labelled("field", spec.name);
                let FieldKind::Choice { options: words } = spec.kind else { continue };
                for (word, label) in options(Language::Kk, words) {
                    assert_ne!(word, label, "{} {}", kind, spec.name);
                }
            }
        }
    }

    #[test]
    fn no_label_is_made_for_a_field_that_no_form_has() {
        let keys = crate::i18n::texts::keys(Language::En);
        let known = |key: &str| {
            HappeningKind::all().any(|kind| {
                kind.fields().iter().any(|spec| {
                    key == self::key("field", spec.name)
                        || key == self::key(&self::key("field", kind.as_str()), spec.name)
                })
            })
        };
        let envelope =
            ["occurred_at", "recorded_at", "corrects", "why", "kind", "learnt_at", "time_zone", "jurisdiction"]
                .map(|name| self::key("field", name));
        let of_accounts = [
            "login",
            "password",
            "new_password",
            "code",
            "invitation",
            "roles",
            "organisation",
            "recovery_key",
            "scopes",
            "days",
        ]
        .map(|name| self::key("field", name));
        let of_administration = [
            "entry_code",
            "label_kk",
            "label_ru",
            "label_en",
            "valid_from",
            "valid_to",
            "parent",
            "step",
            "hours",
            "basis",
            "level",
            "after_hours",
            "actor",
            "subject",
            "from",
            "to",
        ]
        .map(|name| self::key("field", name));
        let elsewhere = [envelope.as_slice(), &of_accounts, &of_administration].concat();
        for key in keys.iter().filter(|key| key.starts_with("field-")) {
            assert!(known(key) || elsewhere.contains(key), "{key} is the label of nothing");
        }
    }

    #[test]
    fn a_form_may_name_a_field_more_tellingly() {
        let named = |word: &str| HappeningKind::named(word).unwrap();
        assert_eq!(field(Language::En, "forms"), "Forms");
        assert_eq!(field_of(Language::En, named("file"), "forms"), "Forms of ill-treatment");
        assert_eq!(field_of(Language::En, named("reparation_claim"), "forms"), "Forms of reparation");
        assert_eq!(field_of(Language::En, named("note"), "remarks"), field(Language::En, "remarks"));
        assert_eq!(field(Language::En, "no_such_field"), "no_such_field");
    }
}
