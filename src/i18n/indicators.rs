//! The names of the shares of visits, of the indicators by article and of the quality of data, each with its definition.
//!
//! The definition says what the figure is; `measures` works it out. Where one changes, so must the other.

use super::Language;
use super::measures::{MeasureText, measure};
use crate::measures::indicator::{Article, Indicator};
use crate::measures::quality::{ImportantCode, ImportantDate, RecordingMeasure};
use crate::measures::visit_measure::VisitMeasure;

/// The counts of visits that shares are taken of, by their field in the figures.
pub const VISIT_COUNTS: &[&str] = &["requests", "needing_approval", "answered", "waiting"];

/// The tables of shares by code.
pub const TABLES: &[&str] = &[
    "refusals_by_ground",
    "refused_by_evidence",
    "reprisals_by_kind",
    "reparation_asked_by_form",
    "reparation_granted_by_form",
];

/// A count of visits, by its word in [`VISIT_COUNTS`].
#[must_use]
pub fn visit_count(language: Language, word: &str) -> MeasureText {
    measure(language, "visit-count", word)
}

/// A share of visits.
#[must_use]
pub fn visit_share(language: Language, share: VisitMeasure) -> MeasureText {
    measure(language, "visit-share", share.as_str())
}

/// A table of shares by code, by its word in [`TABLES`].
#[must_use]
pub fn table(language: Language, word: &str) -> MeasureText {
    measure(language, "table", word)
}

/// An article of the Convention; its definition says what it demands.
#[must_use]
pub fn article(language: Language, article: Article) -> MeasureText {
    measure(language, "article", article.as_str())
}

/// An indicator.
#[must_use]
pub fn indicator(language: Language, indicator: Indicator) -> MeasureText {
    measure(language, "indicator", indicator.as_str())
}

/// A date that figures hang on.
#[must_use]
pub fn important_date(language: Language, date: ImportantDate) -> MeasureText {
    measure(language, "quality-date", date.as_str())
}

/// A code that breakdowns hang on.
#[must_use]
pub fn important_code(language: Language, code: ImportantCode) -> MeasureText {
    measure(language, "quality-code", code.as_str())
}

/// A share that tells how cases were recorded.
#[must_use]
pub fn recording(language: Language, share: RecordingMeasure) -> MeasureText {
    measure(language, "quality-recording", share.as_str())
}

/// What is left out of a share because it is not known.
#[must_use]
pub fn unknown(language: Language) -> MeasureText {
    measure(language, "figure", "unknown")
}

/// What should be there and is missing.
#[must_use]
pub fn missing(language: Language) -> MeasureText {
    measure(language, "figure", "missing")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts::{assert_whole, keys};

    fn every(language: Language) -> Vec<MeasureText> {
        let mut all = vec![unknown(language), missing(language)];
        all.extend(VISIT_COUNTS.iter().map(|word| visit_count(language, word)));
        all.extend(VisitMeasure::ALL.iter().map(|share| visit_share(language, *share)));
        all.extend(TABLES.iter().map(|word| table(language, word)));
        all.extend(Article::ALL.iter().map(|number| article(language, *number)));
        all.extend(Indicator::ALL.iter().map(|asked| indicator(language, *asked)));
        all.extend(ImportantDate::ALL.iter().map(|date| important_date(language, *date)));
        all.extend(ImportantCode::ALL.iter().map(|code| important_code(language, *code)));
        all.extend(RecordingMeasure::ALL.iter().map(|share| recording(language, *share)));
        all
    }

    #[test]
    fn every_figure_has_a_label_and_a_definition() {
        for language in Language::ALL {
            for text in every(*language) {
                assert_whole(&text.label);
                assert_whole(&text.definition);
                assert!(text.definition.ends_with('.'), "{}", text.definition);
            }
        }
    }

    #[test]
    fn no_text_is_left_of_a_figure_that_is_gone() {
        let families = ["visit-count-", "visit-share-", "table-", "article-", "indicator-", "quality-", "figure-"];
        let written = keys(Language::En);
        let ours = written.iter().filter(|key| families.iter().any(|family| key.starts_with(family)));
        assert_eq!(ours.count(), 2 * every(Language::En).len());
    }
}
