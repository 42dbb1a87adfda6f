//! Renders the tables of a report, and the data of its plots, as CSV files in a zip archive, with a data dictionary.
//!
//! For programs: values at full precision, shares from 0 to 1, days as ISO 8601, nothing where there is no value and
//! [`WITHHELD`] where one was suppressed. A text that a spreadsheet could take for a formula is preceded by an
//! apostrophe, as the OWASP advises against CSV injection.

use std::collections::HashSet;
use std::io::{Cursor, Write};

use chrono::Datelike;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Document;
use super::table::{Cell, Table};

/// What a CSV file has in place of a suppressed value, in every language.
pub const WITHHELD: &str = "withheld";
const DICTIONARY: &str = "data-dictionary";

/// What a spreadsheet takes a text for a formula by, at its beginning (OWASP, CSV Injection).
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Why an archive could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file of it could not be written.
    #[error("a CSV file cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// The archive could not be written.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// There was no room for it.
    #[error("the archive cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Renders a document's data. The same document gives the same bytes.
///
/// # Errors
/// When a file or the archive cannot be written into memory.
pub fn csv_archive(document: &Document) -> Result<Vec<u8>, ArchiveError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time(document))
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut dictionary = vec![["file", "column", "title", "definition", "unit", "kind"].map(str::to_owned)];
    dictionary.push(withheld(document));
    let mut taken = HashSet::from([DICTIONARY.to_owned()]);
    for dataset in document.datasets() {
        let name = format!("{}.csv", file_name(&dataset.table.id, &mut taken));
        archive.start_file(&name, options)?;
        archive.write_all(&rows(&dataset.table)?)?;
        dictionary.extend(described(&name, &dataset.label, &dataset.table));
    }
    archive.start_file(format!("{DICTIONARY}.csv"), options)?;
    archive.write_all(&written(dictionary)?)?;
    Ok(archive.finish()?.into_inner())
}

/// Midnight of the document's day; zip knows no day before 1980.
fn time(document: &Document) -> DateTime {
    let day = document.day;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    u16::try_from(day.year())
        .ok()
        .and_then(|year| DateTime::from_date_and_time(year, part(day.month()), part(day.day()), 0, 0, 0).ok())
        .unwrap_or_default()
}

fn rows(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let head = table.columns.iter().map(|column| harmless(&column.id)).collect();
    let rows = table.rows.iter().map(|row| table.cells(row).map(|(_, cell)| raw(cell)).collect::<Vec<String>>());
    written(std::iter::once(head).chain(rows))
}

fn written<Row: AsRef<[String]>>(rows: impl IntoIterator<Item = Row>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // A row without columns is no record.
        if !row.as_ref().is_empty() {
            writer.write_record(row.as_ref())?;
        }
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn raw(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Withheld => WITHHELD.to_owned(),
        Cell::Text(text) => harmless(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number { value, .. } | Cell::Share(value) if value.is_finite() => value.to_string(),
        Cell::Number { .. } | Cell::Share(_) => String::new(),
        // A year of more or fewer than four digits has its sign before it.
        Cell::Date(day) => harmless(&day.format("%Y-%m-%d").to_string()),
    }
}

/// The text, with an apostrophe before what a spreadsheet would compute.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULAS) { format!("'{text}") } else { text.to_owned() }
}

fn withheld(document: &Document) -> [String; 6] {
    let words = &document.words;
    ["*", "*", WITHHELD, &words.withheld_meaning, "", ""].map(harmless)
}

fn described<'a>(file: &'a str, label: &'a str, table: &'a Table) -> impl Iterator<Item = [String; 6]> + 'a {
    let of_table =
        [file, "", &format!("{label}. {}", table.title), table.note.as_deref().unwrap_or_default(), "", "table"];
    let of_columns = table.columns.iter().map(move |column| {
        let unit = column.unit.as_deref().unwrap_or_default();
        [file, &column.id, &column.title, &column.definition, unit, column.kind.code()].map(harmless)
    });
    std::iter::once(of_table.map(harmless)).chain(of_columns)
}

/// A name that every file system takes, and that no file before has.
fn file_name(id: &str, taken: &mut HashSet<String>) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' };
    let base: String = id.chars().take(80).map(plain).collect::<String>().to_ascii_lowercase();
    let base = if base.is_empty() { "table".to_owned() } else { base };
    let numbered = (2_u32..).map(|number| format!("{base}_{number}"));
    let free = std::iter::once(base.clone()).chain(numbered).find(|name| !taken.contains(name));
    let name = free.unwrap_or(base);
    taken.insert(name.clone());
    name
}
