//! From a written name to its words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::spelling::{settled, transcribed};

/// The most words of a name that are looked at.
pub const MOST_WORDS: usize = 6;

/// The most characters of a name that are looked at.
const MOST_CHARACTERS: usize = 400;

/// The most letters of a word that are looked at; nobody's name is longer.
const MOST_LETTERS: usize = 24;

/// Initials that take two or three letters where they are transliterated. They are none without their dot: `Ян`, `Цю`.
const LONG_INITIALS: &[&str] = &["yu", "iu", "ju", "ya", "ia", "ja", "ye", "yo", "ts", "tz", "shch", "dzh", "дж"];

/// Endings of patronymics, in the common spelling.
const PATRONYMICS: &[&str] =
    &["ovic", "evic", "ovna", "evna", "icna", "uli", "kizi", "ogli", "oglu", "ilic", "mic", "kic", "tic"];

/// What stands apart at times (`Момыш-улы`, `Айтбай ұлы`) and belongs to the word before it.
const ENDINGS_APART: &[&str] = &["uli", "kizi", "ogli", "oglu"];

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In Latin letters, as it was written.
    pub(super) transcribed: String,
    /// In the common spelling (see `spelling.rs`), two letters at least.
    pub(super) spelling: String,
    /// Whether it is a patronymic beside a given name and a surname. It says less than they do, and
    /// is left out often.
    pub(super) is_patronymic: bool,
}

/// The words of a name, whatever stands between them. Initials are left out: what they would find is
/// nobody's name.
pub(super) fn words(written: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for part in parts(written) {
        let word = Word::of(transcribed(&part));
        if let Some(before) = words.last_mut()
            && ENDINGS_APART.contains(&word.spelling.as_str())
        {
            *before = Word::of(format!("{}{}", before.transcribed, word.transcribed));
        } else if word.spelling.len() > 1 && words.len() < MOST_WORDS {
            words.push(word);
        }
    }
    // Two words are a given name and a surname, even where that ends like a patronymic (`Шостакович`).
    if words.len() > 2 {
        words.iter_mut().for_each(|word| word.is_patronymic = is_patronymic(&word.spelling));
    }
    words
}

impl Word {
    fn of(mut transcribed: String) -> Self {
        transcribed.truncate(MOST_LETTERS); // ASCII: a byte is a letter
        Self { spelling: settled(&transcribed), transcribed, is_patronymic: false }
    }
}

fn is_patronymic(spelling: &str) -> bool {
    spelling.len() > 4 && PATRONYMICS.iter().any(|ending| spelling.ends_with(ending))
}

/// Runs of letters in small letters, composed. Signs that stand for a soft sign are no gap.
fn parts(written: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let characters = written.nfkc().take(MOST_CHARACTERS).flat_map(char::to_lowercase).chain(std::iter::once(' '));
    for character in characters {
        match character {
            _ if character.is_alphabetic() || is_combining_mark(character) => part.push(character),
            '\'' | '’' | '‘' | 'ʹ' | 'ʼ' | 'ʺ' | '`' | '´' | '′' | '"' if !part.is_empty() => {}
            _ => {
                let word = std::mem::take(&mut part);
                let is_initial = character == '.' && LONG_INITIALS.contains(&word.as_str());
                if !(word.is_empty() || is_initial) {
                    parts.push(word);
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(written: &str) -> Vec<String> {
        words(written).into_iter().map(|word| word.spelling).collect()
    }

    #[test]
    fn initials_dots_and_hyphens_are_no_words() {
        assert_eq!(spelt("Ахметов Н.Б."), ["ahmetov"]);
        assert_eq!(spelt("Yu. Zh. Akhmetov"), ["ahmetov"]);
        assert_eq!(spelt("Қасым-Жомарт"), spelt("КАСЫМ  Жомарт"));
        assert_eq!(spelt("Бауыржан Момыш-улы"), spelt("Bauyrjan Momyşūly"));
    }

    #[test]
    fn a_patronymic_is_one_beside_two_names_only() {
        let patronymics = |written| words(written).into_iter().filter(|word| word.is_patronymic).count();
        for written in ["Сергей Иванович Петров", "Нұрлан Қайратұлы Ахметов", "Anna Sergeyevna Kim"]
        {
            assert_eq!(patronymics(written), 1, "{written}");
        }
        assert_eq!(patronymics("Дмитрий Шостакович"), 0);
        assert_eq!(patronymics("Абай Құнанбайұлы"), 0);
    }
}
