//! How a word sounds with one slip in it: a letter too many, one missing, one for another, two swapped.
//!
//! The slip is made in the letters as they were written, and the sound is taken after. Made in the
//! sound itself it would miss a consonant that was left out between two vowels: they run together.

use std::collections::BTreeSet;

use super::sound::{SOUNDS, sound};
use super::spelling::settled;

/// The shortest sound that a slip may lead from or to: shorter words are all one slip from each other.
const SHORTEST: usize = 4;

/// The sounds of a transcribed word with one slip, without its own: some 40 for each letter of it.
pub(super) fn slips(transcribed: &str) -> BTreeSet<String> {
    let own = sound(&settled(transcribed));
    let letters = transcribed.as_bytes();
    let mut slips = BTreeSet::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let mut add = |middle: &[u8], rest: &[u8]| {
            let written: String = [before, middle, rest].concat().into_iter().map(char::from).collect();
            let heard = sound(&settled(&written));
            if heard.len().max(own.len()) >= SHORTEST && heard != own {
                slips.insert(heard);
            }
        };
        for letter in SOUNDS {
            add(&[*letter], after);
        }
        if let [first, rest @ ..] = after {
            add(&[], rest);
            for letter in SOUNDS {
                add(&[*letter], rest);
            }
            if let [second, rest @ ..] = rest {
                add(&[*second, *first], rest);
            }
        }
    }
    slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_slip_is_there() {
        let forgiven = slips("marat");
        for slip in ["murat", "mart", "marats", "amrat", "mrat", "marant"] {
            assert!(forgiven.contains(slip), "{slip}");
        }
        assert!(!forgiven.contains("marat") && !forgiven.contains("murut"));
        assert!(forgiven.len() < 40 * 5 + 20, "{}", forgiven.len());
        assert!(slips("maat").contains("marat"), "vowels that run together");
    }

    #[test]
    fn short_words_are_no_slips_of_each_other() {
        assert!(slips("kim").iter().all(|slip| slip.len() > 3), "{:?}", slips("kim"));
        assert!(slips("").is_empty());
    }
}
