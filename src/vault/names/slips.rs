//! Every sound that is one slip away from another: a letter too many, one missing, one for another, two swapped.

use std::collections::BTreeSet;

use super::sound::SOUNDS;

/// The shortest sound in which a slip is allowed for: shorter words are all one slip from each other.
pub(super) const SHORTEST: usize = 4;

/// The sounds one slip away, without the sound itself: some 40 for each letter of it.
pub(super) fn slips(sound: &str) -> BTreeSet<String> {
    let letters = sound.as_bytes();
    if letters.len() < SHORTEST {
        return BTreeSet::new();
    }
    let mut slips = BTreeSet::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let mut add = |middle: &[u8], rest: &[u8]| slips.insert(joined(&[before, middle, rest]));
        for sound in SOUNDS {
            add(&[*sound], after);
        }
        if let [first, rest @ ..] = after {
            add(&[], rest);
            for sound in SOUNDS {
                add(&[*sound], rest);
            }
            if let [second, rest @ ..] = rest {
                add(&[*second, *first], rest);
            }
        }
    }
    slips.remove(sound);
    slips
}

/// As a sound is: no letter doubled.
fn joined(parts: &[&[u8]]) -> String {
    let mut joined = String::new();
    for letter in parts.iter().flat_map(|part| part.iter()) {
        let letter = char::from(*letter);
        if !joined.ends_with(letter) {
            joined.push(letter);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_slip_is_there() {
        let slips = slips("marat");
        for slip in ["murat", "mart", "marats", "amrat", "mrat", "marant"] {
            assert!(slips.contains(slip), "{slip}");
        }
        assert!(!slips.contains("marat") && !slips.contains("murut"));
        assert!(slips.len() < 40 * 5 + 20, "{}", slips.len());
    }

    #[test]
    fn a_short_word_has_none() {
        assert!(slips("kim").is_empty() && slips("").is_empty());
    }
}
