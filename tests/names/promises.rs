//! What holds for every name, whatever it is.

use std::collections::BTreeSet;

use aiqyn::vault::names::{IndexKey, MOST_WORDS, NameQuery, NameTokens, Token};
use proptest::prelude::*;

use crate::list::{names, verdict};

fn all(tokens: &NameTokens) -> BTreeSet<Token> {
    tokens.words.iter().flat_map(|word| word.all().collect::<Vec<_>>()).collect()
}

#[test]
fn tokens_under_another_key_share_nothing() {
    let (one, other) = (IndexKey::generate(), IndexKey::generate());
    let under = |key: &IndexKey| -> BTreeSet<Token> {
        names().iter().flat_map(|person| all(&NameTokens::of(key, &person.name))).collect()
    };
    assert!(under(&one).is_disjoint(&under(&other)));
}

#[test]
fn tokens_of_one_form_never_equal_those_of_another() {
    let key = IndexKey::generate();
    // `Барак` is spelt as it sounds, and is its own root.
    let tokens = NameTokens::of(&key, "Барак");
    assert_eq!(all(&tokens).len(), 3);
}

#[test]
fn the_same_name_gives_the_same_tokens_however_it_is_set() {
    let key = IndexKey::generate();
    let tokens = |written: &str| NameTokens::of(&key, written);
    let usual = tokens("Қасым-Жомарт Тоқаев");
    for written in [
        "ҚАСЫМ-ЖОМАРТ ТОҚАЕВ",
        "  қасым  жомарт\tтоқаев ",
        "Қасым – Жомарт, Тоқаев",
        "Қасым-Жомарт К. Тоқаев",
        "Қасым-Жомарт Тоқаев.",
        "Касым-Жомарт Токаев",
        "Qasym-Jomart Toqaev",
    ] {
        assert_eq!(tokens(written), usual, "{written}");
    }
    for written in ["А.Ахметов", "А. Ахметов", "А Ахметов", "Ахметов А.Б.", "Ахметов"]
    {
        assert_eq!(tokens(written), tokens("Ахметов"), "{written}");
    }
    // й in one character and in two.
    assert_eq!(tokens("Абай"), tokens("Абаи\u{306}"));
}

#[test]
fn a_name_of_signs_alone_finds_nobody() {
    let key = IndexKey::generate();
    for written in ["", " ", "–", "А. Б.", "123", "山田", "\u{301}"] {
        assert_eq!(NameTokens::of(&key, written), NameTokens::default(), "{written}");
        assert_eq!(NameQuery::of(&key, written).judge(&[]), None);
    }
}

#[test]
fn a_person_is_found_in_any_order_and_without_the_patronymic() {
    let key = IndexKey::generate();
    for asked in ["Ахметов Нұрлан", "Akhmetov, Nurlan", "Нурлан Серикович Ахметов", "Ахметов Н."]
    {
        assert!(verdict(&key, asked, "Нұрлан Ахметов").is_some(), "{asked}");
    }
    assert!(verdict(&key, "Нұрлан Ахметов", "Ахметов Нұрлан Серікұлы").is_some());
    assert!(verdict(&key, "Нұрлан Оспанов", "Нұрлан Серікұлы Ахметов").is_none());
}

#[test]
fn the_key_is_not_shown() {
    assert_eq!(format!("{:?}", IndexKey::generate()), "IndexKey(Secret(…))");
}

proptest! {
    #[test]
    fn no_text_whatever_breaks_it_and_tokens_are_few(written in any::<String>()) {
        let key = IndexKey::generate();
        let tokens = NameTokens::of(&key, &written);
        prop_assert!(tokens.words.len() <= MOST_WORDS);
        prop_assert!(tokens.words.iter().all(|word| (2..=3).contains(&word.all().count())));
        let query = NameQuery::of(&key, &written);
        prop_assert!(query.words().iter().all(|word| word.tokens().len() <= 1_100));
        prop_assert_eq!(query.words().len(), tokens.words.len());
    }

    #[test]
    fn letters_of_every_script_break_nothing(written in "[a-zA-Zа-яёА-ЯЁәғқңөұүһіışŞğöüūäñ'’. -]{0,600}") {
        let key = IndexKey::generate();
        prop_assert!(NameTokens::of(&key, &written).words.len() <= MOST_WORDS);
        let _query = NameQuery::of(&key, &written);
    }
}
