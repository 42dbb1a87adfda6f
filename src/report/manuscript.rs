//! A document as the template of the PDF reads it: everything formatted, nothing left to decide but the layout.
//! The names of the fields are those of annex.typ.

use std::collections::BTreeSet;

use serde::Serialize;

use super::document::{Block, Document, KeyFigure};
use super::plot::Plot;
use super::svg::{PlotError, svg};
use super::syllables;
use super::table::{Kind, Table};
use super::typesetting::printable;
use crate::i18n::Language;

#[derive(Serialize)]
pub(super) struct Manuscript {
    language: &'static str,
    title: String,
    author: String,
    subtitle: Vec<String>,
    facts: Vec<[String; 2]>,
    footer: String,
    contents: String,
    page: String,
    table: String,
    figure: String,
    no_data: String,
    blocks: Vec<Piece>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Piece {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    Note { text: String },
    Code { text: String },
    Bullets { items: Vec<String> },
    KeyFigures { items: Vec<BigNumber> },
    Definitions { items: Vec<[String; 2]> },
    Table { title: String, note: Option<String>, columns: Vec<Heading>, rows: Vec<Vec<String>> },
    Plot { title: String, note: Option<String>, description: String, picture: String },
}

#[derive(Serialize)]
struct BigNumber {
    value: String,
    label: String,
    detail: String,
}

#[derive(Serialize)]
struct Heading {
    title: String,
    is_text: bool,
    /// Its part of the table's width.
    weight: usize,
}

/// Formats a document.
///
/// # Errors
/// When a plot cannot be drawn.
pub(super) fn of(document: &Document) -> Result<Manuscript, PlotError> {
    let mut level = 0;
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        blocks.push(piece(document, block, &mut level)?);
    }
    Ok(Manuscript {
        language: document.language.as_str(),
        title: title(document),
        author: printable(&document.author),
        subtitle: document.subtitle.iter().map(|line| printable(line)).collect(),
        facts: pairs(&document.facts),
        footer: printable(&document.footer),
        contents: printable(&document.words.contents),
        page: printable(&document.words.page),
        table: printable(&document.words.table),
        figure: printable(&document.words.figure),
        no_data: printable(&document.words.no_data),
        blocks,
    })
}

/// A document for screen readers must have a title.
fn title(document: &Document) -> String {
    let title = printable(&document.title);
    if title.trim().is_empty() { "–".to_owned() } else { title }
}

/// `level` is that of the heading before: none may be skipped, or a screen reader's outline has a hole.
fn piece(document: &Document, block: &Block, level: &mut u8) -> Result<Piece, PlotError> {
    Ok(match block {
        Block::Heading { level: wanted, text } => {
            *level = (*wanted).clamp(1, (*level + 1).min(4));
            Piece::Heading { level: *level, text: printable(text) }
        }
        Block::Paragraph(text) => Piece::Paragraph { text: printable(text) },
        Block::Note(text) => Piece::Note { text: printable(text) },
        Block::Code(text) => Piece::Code { text: printable(text) },
        Block::Bullets(items) => Piece::Bullets { items: items.iter().map(|item| printable(item)).collect() },
        Block::KeyFigures(figures) => {
            Piece::KeyFigures { items: figures.iter().map(|figure| big_number(document, figure)).collect() }
        }
        Block::Definitions(definitions) => Piece::Definitions { items: pairs(definitions) },
        Block::Table(table) => tabular(document, table),
        Block::Plot(plot) => picture(document, plot)?,
    })
}

fn pairs(pairs: &[(String, String)]) -> Vec<[String; 2]> {
    pairs.iter().map(|(name, value)| [printable(name), printable(value)]).collect()
}

fn big_number(document: &Document, figure: &KeyFigure) -> BigNumber {
    BigNumber {
        value: printable(&document.printed(&figure.value)),
        label: printable(&figure.label),
        detail: printable(&figure.detail),
    }
}

fn picture(document: &Document, plot: &Plot) -> Result<Piece, PlotError> {
    let markup = svg(plot, &document.words, document.language)?;
    // A picture for a reader without eyes needs words; the title is better than nothing.
    let description = if plot.alternative_text.trim().is_empty() { &plot.title } else { &plot.alternative_text };
    Ok(Piece::Plot {
        title: printable(&plot.title),
        note: plot.note.as_deref().map(printable),
        description: printable(description),
        picture: printable(&markup),
    })
}

fn tabular(document: &Document, table: &Table) -> Piece {
    let hyphenated = |text: String| match document.language {
        Language::Kk => syllables::hyphenated(&text),
        Language::Ru | Language::En => text,
    };
    let printed: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| table.cells(row).map(|(_, cell)| printable(&document.printed(cell))).collect())
        .collect();
    let widest_text = match table.columns.len() {
        0..=6 => 56,
        7..=9 => 34,
        _ => 25,
    };
    let units: BTreeSet<&String> = table.columns.iter().filter_map(|column| column.unit.as_ref()).collect();
    let common = units.first().filter(|_| units.len() == 1);
    let columns = table.columns.iter().enumerate().map(|(place, column)| {
        let title = match column.unit.as_ref().filter(|_| common.is_none()) {
            Some(unit) => format!("{}, {unit}", column.title),
            None => column.title.clone(),
        };
        let cells = printed.iter().filter_map(|row| row.get(place));
        let title = hyphenated(printable(&title));
        let weight = weight(column.kind, widest_text, &title, cells);
        Heading { title, is_text: column.kind == Kind::Text, weight }
    });
    let title = match common {
        Some(unit) => format!("{} ({unit})", table.title),
        None => table.title.clone(),
    };
    Piece::Table {
        title: printable(&title),
        note: table.note.as_deref().map(printable),
        columns: columns.collect(),
        rows: printed.into_iter().map(|row| row.into_iter().map(hyphenated).collect()).collect(),
    }
}

/// How wide a column wants to be, in characters: words may break over lines, numbers may not.
fn weight<'a>(kind: Kind, widest_text: usize, title: &str, cells: impl Iterator<Item = &'a String>) -> usize {
    let longest_cell = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
    let pieces = title.split(|letter: char| letter.is_whitespace() || letter == syllables::SOFT_HYPHEN);
    let longest_word = pieces.map(|piece| piece.chars().count()).max().unwrap_or(0);
    match kind {
        Kind::Text => longest_cell.clamp(12, widest_text).max(longest_word.min(14)),
        // Headings are bold, digits narrow.
        _ => longest_cell.max(longest_word.min(12) + 2).clamp(7, 14),
    }
}
