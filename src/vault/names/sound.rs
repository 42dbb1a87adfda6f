//! How a word sounds, with what people confuse put together, and its root.
//!
//! Vowels fall into three: а ә о ө; е э и і ы й; у ұ ү. қ, к, х and һ are one, and so are ш and ч
//! (Шоқан, Чокан). у beside a vowel is в (Дәулет, Давлет; Уәлиханов, Валиханов); ю after a consonant is у.

/// The letters that a sound is written with.
pub(super) const SOUNDS: &[u8] = b"aiubvgdjzklmnprstfx";

/// The shortest root that says anything.
const SHORTEST_ROOT: usize = 3;

/// Endings of surnames and patronymics, in the common spelling, the longer ones first.
const ENDINGS: &[&str] = &["ovic", "evic", "ovna", "evna", "kizi", "ogli", "oglu", "uli", "ova", "eva", "ov", "ev"];

/// How a word in the common spelling sounds.
pub(super) fn sound(spelling: &str) -> String {
    let letters = softened(spelling.as_bytes());
    let is_vowel = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| b"aeio".contains(letter));
    let mut sound = String::with_capacity(letters.len());
    for (at, letter) in letters.iter().enumerate() {
        let heard = match letter {
            b'a' | b'o' => 'a',
            b'e' | b'i' => 'i',
            b'u' if is_vowel(at.checked_sub(1)) || is_vowel(at.checked_add(1)) => 'v',
            b'h' => 'k',
            b'c' => 'x',
            other => char::from(*other),
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// The letters with ю after a consonant as у: Людмила, `Ludmila`.
fn softened(letters: &[u8]) -> Vec<u8> {
    let mut softened: Vec<u8> = Vec::with_capacity(letters.len());
    for letter in letters {
        if *letter == b'u'
            && let [.., before, b'i'] = softened.as_slice()
            && !b"aeiou".contains(before)
        {
            softened.pop();
        }
        softened.push(*letter);
    }
    softened
}

/// The sound of a word without the ending that makes a surname or a patronymic of a name, so that
/// Құнанбайұлы, Кунанбаев and Құнанбай meet; none where too little would be left. Vowels are one here:
/// Russian surnames were written down by ear (Өтемісұлы, Утемисов; Бөкейхан, Букейханов).
pub(super) fn root(spelling: &str) -> Option<String> {
    let stem = ENDINGS.iter().find_map(|ending| spelling.strip_suffix(ending)).unwrap_or(spelling);
    // Құнанбай gives Кунанба-ев, Құдайберді gives Кудайберд-иев.
    let mut root = sound(stem.trim_end_matches('i')).replace(['i', 'u'], "a");
    root = root.chars().fold(String::new(), |mut single, letter| {
        if !single.ends_with(letter) {
            single.push(letter);
        }
        single
    });
    (root.len() >= SHORTEST_ROOT).then_some(root)
}

#[cfg(test)]
mod tests {
    use super::super::spelling::{settled, transcribed};
    use super::*;

    fn spelling(word: &str) -> String {
        settled(&transcribed(word))
    }

    #[test]
    fn what_is_confused_sounds_alike() {
        for (one, other) in [
            ("қасымов", "хосимов"),
            ("дәулет", "давлет"),
            ("уәлиханов", "валиханов"),
            ("шоқан", "чокан"),
            ("людмила", "лудмила"),
            ("дюйсенов", "дүйсенов"),
            ("ыдырысов", "идирисов"),
        ] {
            assert_eq!(sound(&spelling(one)), sound(&spelling(other)), "{one}, {other}");
        }
    }

    #[test]
    fn a_sound_is_written_with_its_own_letters() {
        let all = sound("abcdefghijklmnoprstuvxz");
        assert!(all.bytes().all(|letter| SOUNDS.contains(&letter)), "{all}");
    }

    #[test]
    fn a_surname_and_a_patronymic_meet_in_their_root() {
        for (one, other) in [
            ("құнанбайұлы", "кунанбаев"),
            ("құдайбердіұлы", "кудайбердиев"),
            ("дулатұлы", "дулатов"),
            ("өтемісұлы", "утемисов"),
            ("бөкейхан", "бокейханова"),
            ("бектайұлы", "бектаевич"),
        ] {
            assert_eq!(root(&spelling(one)), root(&spelling(other)), "{one}, {other}");
        }
        assert_eq!(root("ali"), None);
    }
}
