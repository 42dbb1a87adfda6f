//! Checks on the `.ftl` files as a whole: the three languages say the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{Language, find};

/// The keys of a language, attributes as `key.attribute`, each with the arguments that it takes.
fn arguments(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/i18n").join(language.as_str());
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        for (key, arguments) in messages(&source) {
            assert!(all.insert(key.clone(), arguments).is_none(), "{key} stands twice in {language:?}");
        }
    }
    all
}

fn messages(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut message = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let before = line.split_once(" =").map(|(before, _)| before);
        match before {
            Some(name) if is_key(name) => {
                name.clone_into(&mut message);
                found.push((message.clone(), BTreeSet::new()));
            }
            Some(name) if name.trim().strip_prefix('.').is_some_and(is_key) => {
                found.push((format!("{message}{}", name.trim()), BTreeSet::new()));
            }
            _ => {}
        }
        let names = line.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next());
        if let Some((_, arguments)) = found.last_mut() {
            arguments.extend(names.map(str::to_owned));
        }
    }
    found
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The keys of a language.
pub(super) fn keys(language: Language) -> BTreeSet<String> {
    arguments(language).into_keys().collect()
}

/// Holds that a text is a text: filled in, and no key.
pub(super) fn assert_whole(said: &str) {
    assert!(!said.trim().is_empty());
    assert!(!said.contains(['{', '}', '$', '\u{2068}', '\u{2069}']), "not filled in: {said}");
    assert!(!said.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'.' | b'_')), "a key: {said}");
}

/// Every text of a language, with the numbers of its plurals tried.
fn texts(language: Language) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (key, arguments) in arguments(language) {
        for number in [0, 1, 2, 5, 21] {
            let args: Vec<_> = arguments.iter().map(|name| (name.as_str(), number.into())).collect();
            let said = find(language, &key, &args).unwrap_or_else(|| panic!("{key} cannot be read in {language:?}"));
            all.push((key.clone(), said));
            if arguments.is_empty() {
                break;
            }
        }
    }
    all
}

#[test]
fn the_three_languages_have_the_same_keys_with_the_same_arguments() {
    let english = arguments(Language::En);
    assert!(english.len() > 200, "only {} keys were read", english.len());
    for language in [Language::Kk, Language::Ru] {
        let other = arguments(language);
        for (key, names) in &english {
            assert_eq!(other.get(key), Some(names), "{key} in {language:?}");
        }
        let more: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(more.is_empty(), "only in {language:?}: {more:?}");
    }
}

#[test]
fn every_text_can_be_read_whatever_the_number() {
    for language in Language::ALL {
        for (_, said) in texts(*language) {
            assert_whole(&said);
        }
    }
}

#[test]
fn each_language_is_written_in_its_own_letters() {
    let cyrillic = |said: &str| said.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    assert!(texts(Language::En).iter().all(|(_, said)| !cyrillic(said)));
    let bare = ["quoted", "date-minute"];
    for language in [Language::Kk, Language::Ru] {
        for (key, said) in texts(language) {
            assert!(cyrillic(&said) || bare.contains(&key.as_str()), "{key} in {language:?}: {said}");
        }
    }
}

#[test]
fn kazakh_is_kazakh_and_not_a_copy_of_russian() {
    let kazakh_letters = |said: &str| said.to_lowercase().contains(['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і']);
    let texts = texts(Language::Kk);
    let kazakh = texts.iter().filter(|(_, said)| kazakh_letters(said)).count();
    assert!(kazakh * 100 > texts.len() * 90, "{kazakh} of {} texts", texts.len());
    let russian = self::texts(Language::Ru);
    assert!(russian.iter().all(|(_, said)| !kazakh_letters(said)));
}
