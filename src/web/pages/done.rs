//! What has just been done, in words: a page that changed something leads to another with one of these in its address.

use crate::i18n::{Language, text};

/// The words that an address may carry.
const DONE: &[&str] = &[
    "filed",
    "filed-without-files",
    "recorded",
    "corrected",
    "shared",
    "unshared",
    "attached",
    "draft-saved",
    "draft-deleted",
    "requested",
    "answered",
    "saved",
    "invited",
    "removed",
];

/// What one of the words says; nothing for another one.
pub fn words(language: Language, word: &str) -> Option<String> {
    DONE.contains(&word).then(|| text(language, &format!("done-{word}"), &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::find;

    #[test]
    fn everything_that_can_be_done_has_words_and_nothing_else_is_said() {
        for word in DONE {
            for language in Language::ALL {
                assert!(find(*language, &format!("done-{word}"), &[]).is_some(), "{word} in {language:?}");
            }
        }
        assert_eq!(words(Language::En, "<b>paid</b>"), None);
    }
}
