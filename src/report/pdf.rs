//! Renders a report as PDF: A4, tagged for screen readers, fit for archives (PDF/A-2a and PDF/UA-1)
//! unless it holds a sign that no font of ours can show.
//! The document's words reach the template as data alone: no word of theirs is ever read as Typst.

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::document::Document;
use super::manuscript;
use super::svg::PlotError;
use super::typesetting::{Template, Typesetting};

/// Why a report could not be rendered as PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A plot could not be drawn.
    #[error(transparent)]
    Plot(#[from] PlotError),
    /// The data could not be written down for the template.
    #[error("the report's data cannot be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The template could not be opened.
    #[error("the template cannot be opened: {0}")]
    Template(FileError),
    /// Typst refused the template or what it set.
    #[error("the report cannot be typeset: {0}")]
    Typesetting(String),
    /// The day of the document is beyond what a PDF can say.
    #[error("a PDF cannot be dated {0}")]
    Day(NaiveDate),
}

impl From<EcoVec<SourceDiagnostic>> for PdfError {
    fn from(faults: EcoVec<SourceDiagnostic>) -> Self {
        Self::Typesetting(faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; "))
    }
}

/// Renders a document. The same document gives the same bytes. It takes seconds of a processor in a development build:
/// call it where blocking is allowed.
///
/// # Errors
/// When a plot, the data or the typesetting fails; words of the document do not make it fail, whatever they are.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PdfError> {
    let rendered = render(document);
    forget();
    rendered
}

/// Lets go of what was computed.
pub(super) fn forget() {
    // Typst remembers what it has computed, for the next compilation; the next report is another one.
    typst::comemo::evict(0);
}

fn render(document: &Document) -> Result<Vec<u8>, PdfError> {
    written(&typeset(document)?, document.day, &identity(document))
}

/// Writes what was set, dated with a day.
pub(super) fn written(set: &PagedDocument, dated: NaiveDate, identity: &str) -> Result<Vec<u8>, PdfError> {
    let day = Timestamp::new_utc(day(dated)?);
    let options = |standards| PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some(concat!("Aiqyn ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: Some(day),
        standards,
        ..PdfOptions::default()
    };
    // Words that no archive may hold cost the claim to be fit for archives, not the report.
    let for_archives = typst_pdf::pdf(set, &options(standards()?));
    Ok(for_archives.or_else(|_| typst_pdf::pdf(set, &options(PdfStandards::default())))?)
}

fn typeset(document: &Document) -> Result<PagedDocument, PdfError> {
    let data = serde_json::to_string(&manuscript::of(document)?)?;
    set(Template::Annex, data)
}

/// Sets data by a template.
pub(super) fn set(template: Template, data: String) -> Result<PagedDocument, PdfError> {
    let world = Typesetting::new(template, data).map_err(PdfError::Template)?;
    Ok(typst::compile::<PagedDocument>(&world).output?)
}

fn standards() -> Result<PdfStandards, PdfError> {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fault| PdfError::Typesetting(fault.message().to_string()))
}

fn day(day: NaiveDate) -> Result<Datetime, PdfError> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    Datetime::from_ymd_hms(day.year(), part(day.month()), part(day.day()), 0, 0, 0)
        .filter(|_| (0..=9999).contains(&day.year()))
        .ok_or(PdfError::Day(day))
}

/// What tells this report from others, for the identifier in the file; only a hash of it is written there.
fn identity(document: &Document) -> String {
    let facts = document.facts.iter().map(|(name, value)| format!("{name}={value}"));
    let lines: Vec<String> = [document.title.clone(), document.day.to_string()].into_iter().chain(facts).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use typst::layout::{Frame, FrameItem};

    use super::super::document::{Block, CurveWords, Words};
    use super::*;
    use crate::i18n::Language;

    fn words() -> Words {
        let word = || "word".to_owned();
        Words {
            contents: "Мазмұны".to_owned(),
            page: "{pages} беттің {page}-беті".to_owned(),
            table: "{n}-кесте".to_owned(),
            figure: "{n}-сурет".to_owned(),
            definitions: word(),
            definition_columns: [word(), word(), word(), word()],
            withheld: "<5".to_owned(),
            withheld_meaning: word(),
            no_data: word(),
            curve: CurveWords { name: word(), estimate: word(), low: word(), high: word() },
        }
    }

    fn saying(blocks: Vec<Block>) -> Document {
        Document {
            language: Language::Kk,
            title: "Қосымша".to_owned(),
            subtitle: Vec::new(),
            facts: Vec::new(),
            day: NaiveDate::default(),
            author: String::new(),
            footer: "таңба".to_owned(),
            words: words(),
            blocks,
        }
    }

    /// What can be read on the pages of a document.
    fn pages(document: &Document) -> Vec<String> {
        let set = typeset(document).unwrap();
        set.pages().iter().map(|page| read(&page.frame)).collect()
    }

    fn read(frame: &Frame) -> String {
        let read_item = |item: &FrameItem| match item {
            FrameItem::Group(group) => read(&group.frame),
            FrameItem::Text(text) => text.text.to_string(),
            _ => String::new(),
        };
        frame.items().map(|(_, item)| read_item(item)).collect()
    }

    /// Whether the file claims it; the claim is written only where it was checked.
    fn is_fit_for_archives(document: &Document) -> bool {
        let file = pdf(document).unwrap();
        file.windows(11).any(|part| part == b"pdfaid:part")
    }

    #[test]
    fn words_are_printed_and_never_read_as_typst() {
        let hostile = r#"#panic("x") $a$ "]#let x = 1; *bold* _it_ @ref <label> \ /* // = x"#;
        let text = pages(&saying(vec![Block::Paragraph(hostile.to_owned())])).concat();
        let without_spaces = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert!(without_spaces(&text).contains(&without_spaces(hostile)), "{text}");
    }

    #[test]
    fn pages_are_numbered_as_the_language_has_it() {
        let pages = pages(&saying(vec![Block::Paragraph("бір".to_owned())]));
        assert!(pages[2].contains("3 беттің 3-беті"), "{}", pages[2]);
    }

    #[test]
    fn what_no_font_can_show_is_marked_and_does_not_fail() {
        let document = saying(vec![Block::Paragraph("\u{1f600} 한 ₸ → \u{200b}\u{7}".to_owned())]);
        assert!(pages(&document).concat().contains('₸'));
        assert!(pdf(&document).is_ok());
    }

    #[test]
    fn a_report_is_fit_for_archives_even_without_a_title() {
        let document = Document { title: "  ".to_owned(), ..saying(Vec::new()) };
        assert!(is_fit_for_archives(&document));
    }

    #[test]
    fn every_kazakh_letter_stands_in_archives_upright_italic_and_bold() {
        let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі".to_owned();
        let heading = Block::Heading { level: 1, text: letters.clone() };
        let document = saying(vec![heading, Block::Paragraph(letters.clone()), Block::Bullets(vec![letters])]);
        assert!(is_fit_for_archives(&document));
    }

    #[test]
    fn a_day_that_no_pdf_can_have_is_refused() {
        let document = Document { day: NaiveDate::MIN, ..saying(Vec::new()) };
        assert!(matches!(pdf(&document), Err(PdfError::Day(_))));
    }
}
