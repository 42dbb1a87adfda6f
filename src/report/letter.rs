//! A letter that somebody prints, signs and sends: what it says, and the PDF of it.
//!
//! Its words reach the template as data alone. The same letter gives the same bytes.

use chrono::NaiveDate;
use serde::Serialize;

use super::pdf::{PdfError, forget, set, written};
use super::typesetting::{Template, printable};
use crate::i18n::Language;

/// A letter. It may hold what was sealed, so it cannot be printed into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is written in.
    pub language: Language,
    /// When it was written; the date in the metadata of the file.
    pub day: NaiveDate,
    /// Who writes: the name, then lines beneath it.
    pub sender: Vec<String>,
    /// Date, reference and the like.
    pub reference: Vec<String>,
    /// To whom.
    pub addressee: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub pieces: Vec<Piece>,
    /// The last line before the signature.
    pub closing: String,
    /// What stands under the lines to sign on: name and office, signature, date.
    pub signature: [String; 3],
    /// What stands at the foot of every page.
    pub footer: String,
    /// The number of a page, with `{page}` and `{pages}` in it.
    pub page: String,
}

/// A piece of a letter.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Piece {
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// What somebody wrote, line by line.
    Quoted {
        /// The lines.
        lines: Vec<String>,
    },
    /// Numbered points.
    Numbered {
        /// The points.
        items: Vec<String>,
    },
    /// What is the case, each with its name.
    Facts {
        /// The name, and what is so.
        items: Vec<[String; 2]>,
    },
}

impl Piece {
    fn printable(self) -> Self {
        let all = |texts: Vec<String>| texts.iter().map(|text| printable(text)).collect();
        match self {
            Self::Heading { text } => Self::Heading { text: printable(&text) },
            Self::Paragraph { text } => Self::Paragraph { text: printable(&text) },
            Self::Quoted { lines } => Self::Quoted { lines: all(lines) },
            Self::Numbered { items } => Self::Numbered { items: all(items) },
            Self::Facts { items } => {
                Self::Facts { items: items.into_iter().map(|pair| pair.map(|text| printable(&text))).collect() }
            }
        }
    }
}

/// A letter as the template reads it.
#[derive(Serialize)]
struct Manuscript {
    language: &'static str,
    sender: Vec<String>,
    reference: Vec<String>,
    addressee: Vec<String>,
    subject: String,
    pieces: Vec<Piece>,
    closing: String,
    signature: Vec<String>,
    footer: String,
    page: String,
}

impl Manuscript {
    fn of(letter: &Letter) -> Self {
        let all = |texts: &[String]| texts.iter().map(|text| printable(text)).collect::<Vec<_>>();
        // Who writes has a name, however a letter was put together: the template reads it.
        let sender = if letter.sender.is_empty() { vec!["–".to_owned()] } else { all(&letter.sender) };
        Self {
            language: letter.language.as_str(),
            sender,
            reference: all(&letter.reference),
            addressee: all(&letter.addressee),
            subject: printable(&letter.subject),
            pieces: letter.pieces.iter().cloned().map(Piece::printable).collect(),
            closing: printable(&letter.closing),
            signature: all(&letter.signature),
            footer: printable(&letter.footer),
            page: printable(&letter.page),
        }
    }
}

/// Renders a letter: A4, tagged for screen readers. It takes seconds of a processor in a development build: call it
/// where blocking is allowed.
///
/// # Errors
/// When the data or the typesetting fails; words of the letter do not make it fail, whatever they are.
pub fn pdf(letter: &Letter) -> Result<Vec<u8>, PdfError> {
    let rendered = render(letter);
    forget();
    rendered
}

fn render(letter: &Letter) -> Result<Vec<u8>, PdfError> {
    let data = serde_json::to_string(&Manuscript::of(letter))?;
    let identity = format!("{}\n{}\n{}", letter.subject, letter.day, letter.reference.join("\n"));
    written(&set(Template::Letter, data)?, letter.day, &identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_letter_are_never_read_as_typst() {
        let hostile = r#"#panic("x") $a$ "]#let x = 1; *bold* _it_ @ref <label> \ /* // = x"#.to_owned();
        let letter = Letter {
            language: Language::Kk,
            day: NaiveDate::default(),
            sender: Vec::new(),
            reference: vec![hostile.clone()],
            addressee: vec![hostile.clone()],
            subject: hostile.clone(),
            pieces: vec![
                Piece::Quoted { lines: vec![hostile.clone(), "\u{1f600}".to_owned()] },
                Piece::Facts { items: vec![[hostile.clone(), hostile.clone()]] },
            ],
            closing: hostile.clone(),
            signature: [hostile.clone(), hostile.clone(), hostile.clone()],
            footer: hostile.clone(),
            page: "{page}".to_owned(),
        };
        assert!(pdf(&letter).unwrap().starts_with(b"%PDF"));
    }
}
