//! Looks a text up by its key and fills it in.

use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::static_loader;

use super::Language;

// A new `.ftl` file is seen when this file is compiled anew; a change of one that is here already, at once.
static_loader! {
    static LOCALES = {
        locales: "./src/i18n",
        fallback_language: "en",
        // Isolation marks serve texts that mix writing directions. Ours all run from left to right,
        // and the marks would be copied along into mails, PDF and JSON.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// What a text is filled in with: names and values, `&[("count", 3.into())]`.
pub type Args<'a> = &'a [(&'a str, FluentValue<'a>)];

/// A text in a language. A key that has none is given back as it is: whoever meets it sees at least
/// which word is meant.
#[must_use]
pub fn text(language: Language, key: &str, args: Args<'_>) -> String {
    find(language, key, args).unwrap_or_else(|| {
        tracing::error!(key, language = language.as_str(), "there is no such text");
        key.to_owned()
    })
}

/// A text in a language; `None` where that language has none, or the arguments do not fill it.
/// Another language never stands in.
#[must_use]
pub fn find(language: Language, key: &str, args: Args<'_>) -> Option<String> {
    let args: HashMap<&str, FluentValue<'_>> = args.iter().cloned().collect();
    LOCALES.lookup_single_language(language.id(), key, Some(&args)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_missing_or_not_filled_gives_its_key() {
        assert_eq!(text(Language::Kk, "no-such-key", &[]), "no-such-key");
        assert_eq!(text(Language::Kk, "quoted", &[]), "quoted");
    }

    #[test]
    fn no_marks_are_put_around_what_is_filled_in() {
        assert_eq!(text(Language::Ru, "quoted", &[("text", "жалоба".into())]), "«жалоба»");
    }
}
