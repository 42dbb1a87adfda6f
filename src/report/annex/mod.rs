//! The annex for the Committee against Torture: from released figures to a document in one language.
//!
//! It decides what is said and in which order; the figures come worked out and with small numbers withheld, and how it
//! looks is the renderers' affair. The same annex gives the same document, to the last letter.

mod articles; // a section for each article
mod breakdowns; // the main figures for each period, region, kind of place …
mod closing; // deadlines, definitions, and how to make it again
mod method; // how to read the figures, in plain words
mod plots; // curves
mod quality; // how far the data can be trusted
mod summary; // the main figures first
mod tables; // figures as tables
mod words; // labels, cells and columns

use std::sync::Arc;

use chrono::NaiveDate;

use self::words::Words;
use super::Format;
use super::document::{self, Block, CurveWords, Document};
use super::plot::Plot;
use crate::domain::code::CodeLists;
use crate::domain::deadline::Deadlines;
use crate::i18n::Language;
use crate::measures::delay::DelayMeasure;
use crate::measures::disclosure::Released;
use crate::measures::statistics::Figures;
use crate::statistics::suppression::Threshold;

/// What the annex is made of.
#[derive(Clone, Debug)]
pub struct Annex {
    /// The first day of filing that counts; none for all.
    pub from: Option<NaiveDate>,
    /// The last day of filing that counts; none for all.
    pub to: Option<NaiveDate>,
    /// As known at the end of this day.
    pub known_on: NaiveDate,
    /// Whether that day was over when the figures were made.
    pub day_is_over: bool,
    /// The organisations whose complaints are in it, by name.
    pub organisations: Vec<String>,
    /// The figures, fit to leave the system.
    pub figures: Arc<Released>,
    /// The deadlines that waits were held against.
    pub deadlines: Deadlines,
    /// The code lists, for the labels of codes.
    pub lists: Arc<CodeLists>,
    /// A SHA-256 of all that the figures rest on, in hexadecimal digits.
    pub fingerprint: String,
    /// The version of the program.
    pub version: &'static str,
}

impl Annex {
    /// A name for its file: `annex-2024-01-01-2025-12-31-en.pdf`; of all complaints, `annex-2025-12-31-en.pdf` by the
    /// day as of which they are known.
    #[must_use]
    pub fn file_name(&self, language: Language, format: Format) -> String {
        let last = self.to.unwrap_or(self.known_on);
        let days: Vec<String> = self.from.into_iter().chain([last]).map(|day| day.to_string()).collect();
        format!("annex-{}-{}.{}", days.join("-"), language.as_str(), format.extension())
    }
}

/// The annex in words.
#[must_use]
pub fn document(annex: &Annex, language: Language) -> Document {
    let words = Words::new(language, &annex.lists, annex.known_on, annex.figures.threshold());
    let mut blocks = Vec::new();
    if !annex.day_is_over {
        blocks.push(Block::Note(words.say("annex-provisional")));
    }
    blocks.extend(summary::blocks(annex, &words));
    blocks.extend(method::blocks(annex, &words));
    blocks.extend(articles::blocks(annex, &words));
    blocks.extend(breakdowns::blocks(annex, &words));
    blocks.extend(quality::blocks(annex, &words));
    blocks.extend(closing::blocks(annex, &words));
    Document {
        language,
        title: words.say("annex-title"),
        subtitle: vec![words.say("annex-subtitle")],
        facts: facts(annex, &words),
        day: annex.known_on,
        author: annex.organisations.join(", "),
        footer: annex.fingerprint.chars().take(16).collect(),
        words: document_words(&words),
        blocks,
    }
}

/// One of the plots of the annex by itself, drawn of any figures: a delay by its word, `first_hours` or `endings`; and
/// the words that go with it. None where there is no such plot.
#[must_use]
pub fn plot(name: &str, figures: &Figures, language: Language) -> Option<(Plot, document::Words)> {
    let lists = CodeLists::default();
    let words = Words::new(language, &lists, NaiveDate::default(), Threshold::default());
    let plot = match name {
        "first_hours" => plots::first_hours(figures, &words),
        "endings" => plots::endings(&figures.endings, &words),
        delay => plots::waiting(figures, DelayMeasure::named(delay)?, &words),
    };
    Some((plot, document_words(&words)))
}

fn facts(annex: &Annex, words: &Words<'_>) -> Vec<(String, String)> {
    let day = |day| words.day(day);
    let span = match (annex.from, annex.to) {
        (Some(from), Some(to)) => words.fill("annex-period-span", &[("from", day(from)), ("to", day(to))]),
        (Some(from), None) => words.fill("annex-period-from", &[("from", day(from))]),
        (None, Some(to)) => words.fill("annex-period-to", &[("to", day(to))]),
        (None, None) => words.say("annex-period-all"),
    };
    let counted = words.printed_count(annex.figures.whole().all.cases);
    let version = words.fill("annex-version", &[("version", annex.version.to_owned())]);
    [
        ("annex-period", span),
        ("annex-known-on", day(annex.known_on)),
        ("annex-counted", counted),
        ("annex-organisations", annex.organisations.join("; ")),
        ("annex-made-with", version),
        ("annex-fingerprint", in_groups(&annex.fingerprint)),
    ]
    .map(|(key, fact)| (words.say(key), fact))
    .to_vec()
}

/// A long number in groups of eight, between which a line may break.
fn in_groups(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn document_words(words: &Words<'_>) -> document::Words {
    let numbered = |key| words.fill(key, &[("n", "{n}".to_owned())]);
    document::Words {
        contents: words.say("annex-contents"),
        page: words.fill("annex-page-of", &[("page", "{page}".to_owned()), ("pages", "{pages}".to_owned())]),
        table: numbered("annex-table"),
        figure: numbered("annex-figure"),
        definitions: words.say("annex-definitions"),
        definition_columns: ["annex-table-of", "annex-column", "annex-definition", "annex-unit"]
            .map(|key| words.say(key)),
        withheld: words::WITHHELD.to_owned(),
        withheld_meaning: words.withheld_meaning(),
        no_data: words.say("annex-no-data"),
        curve: CurveWords {
            name: words.say("annex-curve"),
            estimate: words.say("annex-column-share"),
            low: words.say("annex-column-lo"),
            high: words.say("annex-column-hi"),
        },
    }
}
