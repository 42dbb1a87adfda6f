//! The language of a report, and what depends on it besides the words: how numbers and dates are written.
//! It holds no words: they come in already translated.

use chrono::NaiveDate;

/// A comma or a point, and what stands between thousands: never a place where a line may break.
const NARROW_SPACE: char = '\u{202f}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// What a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Kazakh, in Cyrillic letters.
    Kazakh,
    /// Russian.
    Russian,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Kazakh, Self::Russian, Self::English];

    /// The language of an ISO 639-1 code; none for other codes.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// The ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kazakh => "kk",
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// A whole number with its thousands apart: `12,345`, in Kazakh and Russian `12 345`, where four digits stay together.
    #[must_use]
    pub fn count(self, count: u64) -> String {
        self.group(&count.to_string())
    }

    /// A number with so many decimals, rounded half to even as it is held; a dash where it is not finite.
    #[must_use]
    pub fn number(self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = format!("{:.*}", usize::from(decimals), value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
        let is_zero = plain.chars().all(|digit| matches!(digit, '0' | '.'));
        let sign = if value < 0.0 && !is_zero { "−" } else { "" };
        let whole = self.group(whole);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{}{fraction}", self.mark()) }
    }

    /// A share of one as a percentage: `1.9%`, in Kazakh and Russian `1,9 %`.
    #[must_use]
    pub fn share(self, share: f64, decimals: u8) -> String {
        let number = self.number(share * 100.0, decimals);
        match self {
            Self::English => format!("{number}%"),
            Self::Kazakh | Self::Russian => format!("{number}{NO_BREAK_SPACE}%"),
        }
    }

    /// A day: `15.11.2026` in Kazakh and Russian; ISO 8601 in English, where the order of day and month would be in doubt.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        match self {
            Self::English => day.format("%Y-%m-%d").to_string(),
            Self::Kazakh | Self::Russian => day.format("%d.%m.%Y").to_string(),
        }
    }

    fn mark(self) -> char {
        match self {
            Self::English => '.',
            Self::Kazakh | Self::Russian => ',',
        }
    }

    fn group(self, digits: &str) -> String {
        let (separator, longest_whole) = match self {
            Self::English => (',', 3),
            Self::Kazakh | Self::Russian => (NARROW_SPACE, 4),
        };
        if digits.len() <= longest_whole {
            return digits.to_owned();
        }
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * separator.len_utf8());
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_as_each_language_has_it() {
        assert_eq!(Language::English.count(1_234_567), "1,234,567");
        assert_eq!(Language::English.count(999), "999");
        assert_eq!(Language::Russian.count(1234), "1234");
        assert_eq!(Language::Kazakh.count(12_345), "12\u{202f}345");
    }

    #[test]
    fn decimals_have_a_point_in_english_and_a_comma_elsewhere() {
        assert_eq!(Language::English.number(1234.56, 1), "1,234.6");
        assert_eq!(Language::Kazakh.number(41.25, 1), "41,2");
        assert_eq!(Language::Russian.number(-0.04, 1), "0,0");
        assert_eq!(Language::Russian.number(-3.0, 0), "−3");
        assert_eq!(Language::English.number(f64::NAN, 2), "–");
    }

    #[test]
    fn shares_are_percentages() {
        assert_eq!(Language::English.share(0.0187, 1), "1.9%");
        assert_eq!(Language::Russian.share(0.0187, 1), "1,9\u{a0}%");
    }
}
