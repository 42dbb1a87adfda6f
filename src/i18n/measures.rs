//! The names of delays, rates, endings and the figures of a delay, each with its definition in one sentence.
//!
//! The sentence says what the figure is; `measures` works it out. Where one changes, so must the other.

use super::{Language, text};

/// The delays.
pub const DELAYS: &[&str] = &[
    "filing_to_routing",
    "routing_to_decision",
    "filing_to_first_response",
    "filing_to_dismissal",
    "filing_to_prosecution",
    "visit_request_to_answer",
    "visit_request_to_visit",
    "visit_approval_to_visit",
    "appeal_to_answer",
    "deprivation_to_registration",
    "deprivation_to_lawyer",
    "deprivation_to_doctor",
    "deprivation_to_family_notice",
];

/// The rates.
pub const RATES: &[&str] = &[
    "routed",
    "dismissed",
    "dismissed_by_internal_security",
    "prosecuted",
    "withdrawn",
    "appealed",
    "reopened",
    "convicted",
    "visit_refused",
    "visit_approved",
];

/// How complaints end, as a share of all by a day, and those that are still open then.
pub const INCIDENCES: &[&str] = &["dismissed", "prosecuted", "withdrawn", "still_open"];

/// The figures of a delay that need a word of explanation.
pub const FIGURES: &[&str] = &[
    "median",
    "median_bounds",
    "restricted_mean",
    "mean_of_ended",
    "within_deadline",
    "longest_open",
    "left_out",
    "missing_start",
];

/// A measure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureText {
    /// What it is called.
    pub label: String,
    /// What it counts.
    pub definition: String,
}

/// A delay, by its word in [`DELAYS`].
#[must_use]
pub fn delay(language: Language, word: &str) -> MeasureText {
    measure(language, "delay", word)
}

/// A rate, by its word in [`RATES`].
#[must_use]
pub fn rate(language: Language, word: &str) -> MeasureText {
    measure(language, "rate", word)
}

/// The share that has ended in one way, by its word in [`INCIDENCES`].
#[must_use]
pub fn incidence(language: Language, word: &str) -> MeasureText {
    measure(language, "incidence", word)
}

/// A figure of a delay, by its word in [`FIGURES`].
#[must_use]
pub fn figure(language: Language, word: &str) -> MeasureText {
    measure(language, "delay-figure", word)
}

pub(super) fn measure(language: Language, family: &str, word: &str) -> MeasureText {
    let key = format!("{family}-{}", word.replace('_', "-"));
    MeasureText { label: text(language, &key, &[]), definition: text(language, &format!("{key}.definition"), &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts::assert_whole;

    #[test]
    fn every_measure_has_a_label_and_a_definition() {
        for language in Language::ALL {
            let delays = DELAYS.iter().map(|word| delay(*language, word));
            let rates = RATES.iter().map(|word| rate(*language, word));
            let incidences = INCIDENCES.iter().map(|word| incidence(*language, word));
            let figures = FIGURES.iter().map(|word| figure(*language, word));
            for measure in delays.chain(rates).chain(incidences).chain(figures) {
                assert_whole(&measure.label);
                assert_whole(&measure.definition);
                assert!(measure.definition.ends_with('.'), "{}", measure.definition);
            }
        }
    }
}
