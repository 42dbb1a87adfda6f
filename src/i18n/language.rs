//! The three languages, and which of them a browser asks for.

use fluent_templates::{LanguageIdentifier, langid};

/// A language that Aiqyn speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English; what the API speaks unless asked otherwise.
    #[default]
    En,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Self] = &[Self::Kk, Self::Ru, Self::En];

    /// The code of ISO 639-1, for `lang` attributes, URLs and headers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Kk => "Қазақша",
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// Looks a language up by its code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.as_str().eq_ignore_ascii_case(code))
    }

    /// Reads an `Accept-Language` header (RFC 9110, 12.5.4): the language that is wanted most, the
    /// first of several wanted alike. `None` where the header asks for none of ours.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let wishes: Vec<Wish<'_>> = header.split(',').filter_map(Wish::read).collect();
        let refused = |language: &Self| wishes.iter().any(|wish| wish.weight == 0 && wish.names(*language));
        let mut best: Option<(u16, Self)> = None;
        for wish in wishes.iter().filter(|wish| wish.weight > 0) {
            let Some(language) = wish.language().filter(|language| !refused(language)) else { continue };
            if best.is_none_or(|(weight, _)| wish.weight > weight) {
                best = Some((wish.weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    pub(super) fn id(self) -> &'static LanguageIdentifier {
        const KK: &LanguageIdentifier = &langid!("kk");
        const RU: &LanguageIdentifier = &langid!("ru");
        const EN: &LanguageIdentifier = &langid!("en");
        match self {
            Self::Kk => KK,
            Self::Ru => RU,
            Self::En => EN,
        }
    }
}

/// One part of the header: `kk-KZ;q=0.8`.
struct Wish<'a> {
    primary: &'a str,
    /// Thousandths.
    weight: u16,
}

impl<'a> Wish<'a> {
    /// `None` where the part is empty or its weight is no weight; the rest of the header still counts.
    fn read(part: &'a str) -> Option<Self> {
        let mut pieces = part.split(';').map(str::trim);
        let range = pieces.next().filter(|range| !range.is_empty())?;
        let primary = range.split('-').next().unwrap_or(range);
        let weight = match pieces.next() {
            None | Some("") => 1000,
            Some(piece) => weight(piece)?,
        };
        Some(Self { primary, weight })
    }

    fn names(&self, language: Language) -> bool {
        self.primary.eq_ignore_ascii_case(language.as_str())
    }

    fn language(&self) -> Option<Language> {
        if self.primary == "*" { Some(Language::default()) } else { Language::named(self.primary) }
    }
}

/// `q=0.8` in thousandths.
fn weight(piece: &str) -> Option<u16> {
    let (name, value) = piece.split_once('=')?;
    let value = value.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if !name.trim().eq_ignore_ascii_case("q") || fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match whole {
        "0" => format!("{fraction:0<3}").parse().ok(),
        "1" if fraction.bytes().all(|byte| byte == b'0') => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_language_that_is_wanted_most_is_chosen() {
        for (header, expected) in [
            ("kk", Some(Language::Kk)),
            ("kk-KZ, ru;q=0.9, en;q=0.5", Some(Language::Kk)),
            ("ru-RU,ru;q=0.9,kk;q=0.95", Some(Language::Ru)),
            ("de, en;q=0.3, ru;q=0.7", Some(Language::Ru)),
            ("EN-gb", Some(Language::En)),
            ("kk-Cyrl-KZ;q=0.2, ru;q=0.20", Some(Language::Kk)),
            ("ru ; Q=1.000 , kk", Some(Language::Ru)),
            ("*", Some(Language::En)),
            ("de, *;q=0.1", Some(Language::En)),
            ("*, en;q=0", None),
            ("ru;q=0", None),
            ("ru;q=2, kk;q=0.1", Some(Language::Kk)),
            ("ru;q=0.1234, kk;q=0.1", Some(Language::Kk)),
            ("de, fr", None),
            ("", None),
            (",;,q=1", None),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn a_code_is_read_back_and_nothing_else_is() {
        for language in Language::ALL {
            assert_eq!(Language::named(language.as_str()), Some(*language));
        }
        assert_eq!(Language::named("kz"), None);
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(header in any::<String>()) {
            let _ = Language::accepted(&header);
        }

        #[test]
        fn near_headers_choose_a_language_that_they_name(
            header in "((kk|ru|en|de|\\*)(-[A-Z]{2})?(;q=[01](\\.[0-9]{0,4})?)?,? ?){0,5}",
        ) {
            if let Some(language) = Language::accepted(&header) {
                prop_assert!(header.contains(language.as_str()) || header.contains('*'));
            }
        }
    }
}
