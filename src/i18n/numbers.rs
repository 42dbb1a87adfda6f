//! How numbers are written in each language: decimals, thousands, percentages.

use super::Language;

/// What stands between thousands and before a percent sign: never a place where a line may break.
const NARROW_SPACE: char = '\u{202f}';
const NO_BREAK_SPACE: char = '\u{a0}';

impl Language {
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
            Self::En => format!("{number}%"),
            Self::Kk | Self::Ru => format!("{number}{NO_BREAK_SPACE}%"),
        }
    }

    fn mark(self) -> char {
        match self {
            Self::En => '.',
            Self::Kk | Self::Ru => ',',
        }
    }

    fn group(self, digits: &str) -> String {
        let (separator, longest_whole) = match self {
            Self::En => (',', 3),
            Self::Kk | Self::Ru => (NARROW_SPACE, 4),
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
        assert_eq!(Language::En.count(1_234_567), "1,234,567");
        assert_eq!(Language::En.count(999), "999");
        assert_eq!(Language::Ru.count(1234), "1234");
        assert_eq!(Language::Kk.count(12_345), "12\u{202f}345");
    }

    #[test]
    fn decimals_have_a_point_in_english_and_a_comma_elsewhere() {
        assert_eq!(Language::En.number(1234.56, 1), "1,234.6");
        assert_eq!(Language::Kk.number(41.25, 1), "41,2");
        assert_eq!(Language::Ru.number(-0.04, 1), "0,0");
        assert_eq!(Language::Ru.number(-3.0, 0), "−3");
        assert_eq!(Language::En.number(f64::NAN, 2), "–");
    }

    #[test]
    fn shares_are_percentages() {
        assert_eq!(Language::En.share(0.0187, 1), "1.9%");
        assert_eq!(Language::Ru.share(0.0187, 1), "1,9\u{a0}%");
    }
}
