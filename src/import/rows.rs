//! The rows of a list, one at a time. Nothing is kept of a row but its key, so that a list of
//! any length takes the memory of its longest row and some 100 bytes for each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Read};

use chrono::{DateTime, Utc};

use super::columns::{Bound, Cells, Unbound};
use super::convert::Converter;
use super::mapping::{Mapping, MappingErrors};
use super::problem::{BadRow, Problem, Reason};
use super::records::{LONGEST, Next, Records};
use super::row::{ImportedCase, Row, RowKey};
use crate::domain::code::CodeLists;

/// Why a list cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// The input failed.
    #[error("the list cannot be read")]
    Input(#[from] io::Error),
    /// There is no header.
    #[error("the list is empty; its first line must name the columns")]
    Empty,
    /// It is a file of a spreadsheet program.
    #[error(
        "this is a spreadsheet or another archive, and not CSV: nothing in it is read. Open it in the spreadsheet \
         program and save the sheet as CSV, with UTF-8 as its encoding (in Excel: “CSV UTF-8”)"
    )]
    Spreadsheet,
    /// The header cannot be read.
    #[error("the first line, which must name the columns, is {0}")]
    Header(&'static str),
    /// The header lacks columns that the mapping names.
    #[error("the list has no column {missing}; its columns are {found}. Is the delimiter right?")]
    MissingColumns {
        /// The columns that the mapping names.
        missing: String,
        /// The columns that there are.
        found: String,
    },
    /// The header has a column twice.
    #[error("the list has more than one column {0}; rename all but one of each")]
    ColumnsTwice(String),
    /// The mapping names codes that no list has.
    #[error("the mapping names codes that there are not:\n{0}")]
    UnknownCodes(MappingErrors),
}

/// How the files of spreadsheet programs begin: ZIP archives (XLSX, ODS) and what came before them (XLS).
const SPREADSHEETS: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06", &[0xD0, 0xCF, 0x11, 0xE0]];

/// Reads a list by a mapping. `codes` must hold the codes that the mapping brings along
/// ([`Mapping::add_missing_codes`]).
///
/// # Errors
/// Why the list as a whole cannot be read. What is wrong with a row is told by [`Row::Bad`].
pub fn read<'a, R: Read>(
    mapping: &'a Mapping,
    input: R,
    codes: &'a CodeLists,
    now: DateTime<Utc>,
) -> Result<Rows<'a, R>, Unopened> {
    let unknown = mapping.unknown_codes(codes);
    if !unknown.is_empty() {
        return Err(Unopened::UnknownCodes(MappingErrors(unknown)));
    }
    let mut records = Records::new(input, mapping.source.delimiter);
    if records.begins_with_any_of(SPREADSHEETS)? {
        return Err(Unopened::Spreadsheet);
    }
    let header = header(&mut records)?;
    let bound = mapping.columns.bind(&header).map_err(|unbound| not_bound(&unbound, &header))?;
    let converter = Converter { mapping, codes, now };
    Ok(Rows { records, header, bound, converter, seen: HashMap::new(), ended: false })
}

fn header<R: Read>(records: &mut Records<R>) -> Result<Vec<String>, Unopened> {
    match records.next()? {
        Next::Record(_) => {}
        Next::End => return Err(Unopened::Empty),
        Next::TooLong(_) => return Err(Unopened::Header("too long")),
        Next::Unclosed(_) => return Err(Unopened::Header("broken: a quote is never closed")),
    }
    let names = records.cells().map(|cell| std::str::from_utf8(cell).map(|name| name.trim().to_owned()));
    let mut names = names
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| Unopened::Header("not UTF-8; convert the file (iconv -f UTF-16 or CP1251 -t UTF-8)"))?;
    if let Some(first) = names.first_mut()
        && let Some(without_mark) = first.strip_prefix('\u{feff}')
    {
        *first = without_mark.to_owned();
    }
    Ok(names)
}

fn not_bound(unbound: &Unbound, header: &[String]) -> Unopened {
    let quoted = |names: &[String]| {
        let quoted: Vec<_> = names.iter().map(|name| format!("“{}”", name.escape_debug())).collect();
        quoted.join(", ")
    };
    if unbound.missing.is_empty() {
        Unopened::ColumnsTwice(quoted(&unbound.twice))
    } else {
        let shown = &header[..header.len().min(100)];
        Unopened::MissingColumns { missing: quoted(&unbound.missing), found: quoted(shown) }
    }
}

/// The rows of a list. Lines without any cell filled are no rows.
pub struct Rows<'a, R> {
    records: Records<R>,
    header: Vec<String>,
    bound: Bound,
    converter: Converter<'a>,
    seen: HashMap<RowKey, u64>,
    ended: bool,
}

impl<R: Read> Iterator for Rows<'_, R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let row = match self.records.next() {
                Ok(next) => self.row(next),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            };
            if let Some(row) = row {
                return Some(Ok(row));
            }
        }
        None
    }
}

impl<R: Read> Rows<'_, R> {
    fn row(&mut self, next: Next) -> Option<Row> {
        let (line, result) = match next {
            Next::End => {
                self.ended = true;
                return None;
            }
            Next::TooLong(line) => (line, Err(vec![Problem::of_row(Reason::TooLong { max: LONGEST })])),
            Next::Unclosed(line) => (line, Err(vec![Problem::of_row(Reason::UnclosedQuote)])),
            Next::Record(_) if self.records.cells().all(|cell| cell.trim_ascii().is_empty()) => return None,
            Next::Record(line) => (line, self.case(line)),
        };
        Some(match result {
            Ok(case) => Row::Good(case),
            Err(problems) => Row::Bad(BadRow { line, problems }),
        })
    }

    fn case(&mut self, line: u64) -> Result<ImportedCase, Vec<Problem>> {
        let texts = texts_of(&self.records, &self.header)?;
        let mapping = self.converter.mapping;
        let cells = Cells { all: &texts, bound: &self.bound, columns: &mapping.columns };
        let key = key_of(mapping, &cells).ok_or_else(|| vec![Problem::of_row(Reason::NoKey)])?;
        match self.seen.entry(key) {
            Entry::Vacant(place) => _ = place.insert(line),
            Entry::Occupied(earlier) => {
                return Err(vec![Problem::of_row(Reason::Duplicate { line: *earlier.get() })]);
            }
        }
        self.converter.convert(line, key, &cells)
    }
}

/// The cells of the row as text, as many as the header has.
fn texts_of<'r, R: Read>(records: &'r Records<R>, header: &[String]) -> Result<Vec<&'r str>, Vec<Problem>> {
    let (expected, found) = (header.len(), records.cells().len());
    let mut problems = Vec::new();
    if expected != found {
        problems.push(Problem::of_row(Reason::Ragged { expected, found }));
    }
    let mut texts = Vec::with_capacity(found);
    for (place, cell) in records.cells().enumerate() {
        match std::str::from_utf8(cell) {
            Ok(text) => texts.push(text),
            Err(_) => {
                let column = header.get(place).cloned();
                problems.push(Problem::in_column(column, &String::from_utf8_lossy(cell), Reason::NotUtf8));
            }
        }
    }
    if problems.is_empty() { Ok(texts) } else { Err(problems) }
}

/// The key of a row; none where its columns are all empty. Without columns, every cell is the key.
fn key_of(mapping: &Mapping, cells: &Cells<'_>) -> Option<RowKey> {
    if mapping.source.key.is_empty() {
        return Some(RowKey::of(&mapping.source.name, cells.all.iter().map(|cell| cell.trim())));
    }
    let mut key = mapping.source.key.iter().map(|column| cells.text(*column));
    let filled = key.clone().any(|text| !text.is_empty());
    filled.then(|| RowKey::of(&mapping.source.name, &mut key))
}
