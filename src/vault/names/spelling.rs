//! One Latin spelling for what Kazakh Cyrillic, Kazakh Latin (2021, and 2018 with accents), Russian,
//! and the transliterations of passports, press and habit (BGN/PCGN, ICAO 9303, ISO 9) write in
//! different ways. It is nobody's alphabet: `c` is ч, `x` is ш and щ, `j` is ж, `h` is х and һ.
//!
//! Only what different scripts write differently is put together here. What people confuse within
//! one script is put together in `sound.rs`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Latin letters that mean more than the letter without its accent.
const ACCENTED: &[(char, &str)] = &[
    ('ş', "x"),
    ('š', "x"),
    ('ś', "x"),
    ('ŝ', "x"),
    ('ç', "c"),
    ('č', "c"),
    ('ž', "j"),
    ('ı', "i"),
    ('ł', "l"),
    ('ß', "s"),
    ('ø', "o"),
    ('æ', "e"),
    ('ə', "a"),
    ('đ', "d"),
];

/// Groups of Latin letters, the longer ones first.
const GROUPS: &[(&str, &str)] = &[
    ("tsch", "c"),
    ("shch", "x"),
    ("you", "iu"),
    ("sch", "x"),
    ("tch", "c"),
    ("dzh", "j"),
    ("sh", "x"),
    ("ch", "c"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("tzh", "tj"),
    ("gh", "g"),
    ("tz", "ts"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("ou", "u"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("ye", "e"),
    ("yo", "e"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
];

/// A word of small letters in Latin ones from `a` to `z`, letter for letter. Letters of other scripts are left out.
pub(super) fn transcribed(word: &str) -> String {
    let letters: Vec<char> = word.nfc().flat_map(plain).collect();
    let mut spelt = String::new();
    let mut rest = letters.as_slice();
    while let Some((&letter, after)) = rest.split_first() {
        if let Some(latin) = cyrillic(letter).or_else(|| listed(ACCENTED, letter)) {
            spelt.push_str(latin);
            rest = after;
        } else if let Some((group, latin)) = GROUPS.iter().find(|(group, _)| starts_with(rest, group)) {
            spelt.push_str(latin);
            rest = rest.get(group.len()..).unwrap_or_default();
        } else {
            match letter {
                'c' => spelt.push_str(hard_or_soft_c(&spelt, after)),
                'j' => spelt.push(glide_or_zh(&spelt, after)),
                'a'..='z' => spelt.push(letter),
                _ => {}
            }
            rest = after;
        }
    }
    spelt
}

/// A letter without its accents, unless they make another letter of it.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let is_known = cyrillic(letter).is_some() || listed(ACCENTED, letter).is_some();
    let whole = is_known.then_some(letter);
    let parts = (!is_known).then(|| std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)));
    whole.into_iter().chain(parts.into_iter().flatten())
}

fn listed(list: &[(char, &'static str)], letter: char) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == letter).map(|(_, latin)| *latin)
}

fn starts_with(letters: &[char], group: &str) -> bool {
    letters.len() >= group.len() && group.chars().zip(letters).all(|(wanted, letter)| wanted == *letter)
}

const fn cyrillic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ґ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'є' => "e",
        'ж' | 'җ' => "j",
        'з' => "z",
        'и' | 'й' | 'і' | 'ы' | 'ї' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' | 'ў' => "u",
        'ф' => "f",
        'х' | 'һ' | 'ҳ' => "h",
        'ц' => "ts",
        'ч' | 'ҷ' => "c",
        'ш' | 'щ' => "x",
        'ъ' | 'ь' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => return None,
    })
}

/// `c` is к in `Victor` and `Nicolai`, ц in `Kuznecov`.
fn hard_or_soft_c(before: &str, after: &[char]) -> &'static str {
    let is_hard = matches!(after.first(), Some('k' | 't' | 'l' | 'r' | 'q'))
        || before.is_empty() && matches!(after.first(), Some('a' | 'o' | 'u'))
        || before.ends_with('i') && matches!(after.first(), Some('a' | 'o' | 'u'));
    if is_hard { "k" } else { "ts" }
}

/// `j` is ж, as in both Kazakh alphabets and the press, but й at the end of a syllable (`Sergej`, `Andrejev`).
fn glide_or_zh(before: &str, after: &[char]) -> char {
    let follows_vowel = before.ends_with(['a', 'e', 'i', 'o', 'u']);
    let ends_syllable = !matches!(after.first(), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ı'));
    if follows_vowel && ends_syllable { 'i' } else { 'j' }
}

/// The common spelling of a transcribed word: different ways to write the same sounds put together, no letter doubled.
pub(super) fn settled(spelt: &str) -> String {
    // ш and ч in a row are щ, as ISO 9 writes it; сх is `sh` in the Kazakh alphabet of 2021, which cannot
    // be told from ш of the press (Асхат: `Ashat`, `Askhat`).
    let joined = spelt.replace("dj", "j").replace("xc", "x").replace("sh", "x");
    let mut settled = single(&single(&joined).replace("ie", "e"));
    // ё after a consonant: `Fiodor`, `Piotr`.
    for at in (1..settled.len()).rev() {
        let is_yo = settled.get(at..).is_some_and(|rest| rest.starts_with("io"));
        if is_yo && !settled.get(..at).is_some_and(|before| before.ends_with(['a', 'e', 'i', 'o', 'u'])) {
            settled.replace_range(at..at + 2, "e");
        }
    }
    // `Smirnoff`; `Alexander`, `Peter`.
    if settled.len() > 3 && settled.ends_with(['f']) && matches!(settled.chars().rev().nth(1), Some('o' | 'e')) {
        settled.pop();
        settled.push('v');
    }
    if settled.len() > 4 && (settled.ends_with("der") || settled.ends_with("ter")) {
        settled.truncate(settled.len() - 2);
        settled.push('r');
    }
    single(&settled)
}

/// Doubled letters once.
fn single(letters: &str) -> String {
    let mut single = String::with_capacity(letters.len());
    for letter in letters.chars() {
        if !single.ends_with(letter) {
            single.push(letter);
        }
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_scripts_meet_in_one_spelling() {
        for (spellings, met) in [
            (&["нұржан", "нуржан", "nūrjan", "nurzhan", "nurjan", "núrjan"][..], "nurjan"),
            (&["шығанақ", "şyğanaq", "shyganak", "šyġanaq"], "xiganak"),
            (&["тоқаев", "токаев", "toqaev", "tokayev", "tokaev"], "tokaev"),
            (&["дмитрий", "dmitry", "dmitrii", "dmitriy", "dmitri", "dmitrij"], "dmitri"),
            (&["соловьёв", "соловьев", "solovyov", "solovyev"], "solovev"),
            (&["щербаков", "shcherbakov", "scherbakov", "ščerbakov"], "xerbakov"),
            (&["фёдор", "fyodor", "fedor", "fiodor"], "fedor"),
            (&["александр", "aleksandr", "alexander", "alexandr"], "aleksandr"),
            (&["кузнецов", "kuznetsov", "kuznecov", "kuznetzov"], "kuznetsov"),
            (&["смирнов", "smirnov", "smirnoff", "smirnow"], "smirnov"),
            (&["айгүл", "айгуль", "aigül", "aigul", "aygul"], "aigul"),
            (&["алиев", "aliyev", "aliev", "äliev"], "alev"),
        ] {
            for written in spellings {
                assert_eq!(settled(&transcribed(written)), met, "{written}");
            }
        }
    }

    #[test]
    fn letters_of_other_scripts_are_left_out() {
        assert_eq!(transcribed("山田"), "");
        assert_eq!(transcribed("γιώργος"), "");
    }
}
