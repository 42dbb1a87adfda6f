//! Where a Kazakh word may be broken at the end of a line, which Typst does not know.
//!
//! A syllable has one vowel; one consonant between two vowels goes with the second, of several only the last does;
//! no single letter stands alone; ь and ъ stay with the letter before. These are the rules of Kazakh orthography for
//! carrying words over; words from Russian follow them too.

/// Where a word may be broken; seen only where it is.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';
const VOWELS: &str = "аәеёиоөуұүыіэюя";
const CYRILLIC: std::ops::RangeInclusive<char> = '\u{400}'..='\u{52f}';
/// Shorter words are left whole.
const SHORTEST: usize = 7;
/// The rules let two letters stand alone; three read better in a narrow column.
const FEWEST_BESIDE: usize = 3;

/// The text with a soft hyphen at each place where a word of it may be broken.
pub(super) fn hyphenated(text: &str) -> String {
    let mut hyphenated = String::with_capacity(text.len() * 2);
    let mut word: Vec<char> = Vec::new();
    for character in text.chars() {
        if CYRILLIC.contains(&character) {
            word.push(character);
            continue;
        }
        break_word(&word, &mut hyphenated);
        word.clear();
        hyphenated.push(character);
    }
    break_word(&word, &mut hyphenated);
    hyphenated
}

fn break_word(word: &[char], into: &mut String) {
    for (place, letter) in word.iter().enumerate() {
        if word.len() >= SHORTEST && may_break_before(word, place) {
            into.push(SOFT_HYPHEN);
        }
        into.push(*letter);
    }
}

/// Before a consonant and its vowel, when a vowel came before.
fn may_break_before(word: &[char], place: usize) -> bool {
    let starts_syllable = word.get(place).is_some_and(|letter| !is_vowel(*letter) && !is_sign(*letter))
        && word.get(place + 1).is_some_and(|letter| is_vowel(*letter));
    let has_letters_beside = place >= FEWEST_BESIDE && word.len() - place >= FEWEST_BESIDE;
    starts_syllable && has_letters_beside && word[..place].iter().any(|letter| is_vowel(*letter))
}

fn is_vowel(letter: char) -> bool {
    letter.to_lowercase().all(|letter| VOWELS.contains(letter))
}

fn is_sign(letter: char) -> bool {
    letter.to_lowercase().all(|letter| matches!(letter, 'ь' | 'ъ'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(word: &str) -> String {
        hyphenated(word).replace(SOFT_HYPHEN, "-")
    }

    #[test]
    fn words_break_between_syllables() {
        assert_eq!(broken("қанағаттандырылмаған"), "қана-ғат-тан-ды-рыл-ма-ған");
        assert_eq!(broken("департаменті"), "депар-та-менті");
        assert_eq!(broken("Қылмыстық іс"), "Қыл-мыс-тық іс");
    }

    #[test]
    fn no_letter_is_left_alone_and_short_words_stay_whole() {
        assert_eq!(broken("арыздар"), "арыз-дар");
        assert_eq!(broken("шағым"), "шағым");
        assert_eq!(broken("reports"), "reports");
    }
}
