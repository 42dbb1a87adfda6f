//! Renders a report's tables, and the data of its plots, as a workbook (XLSX): for people who go on counting.
//! Numbers are numbers and days are days, at full precision; the formats round. No text of a document is a formula.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::document::{Block, Dataset, Document};
use super::table::{Cell, Kind, Table};

/// What a sheet name may hold at most, in characters.
const LONGEST_NAME: usize = 31;
/// How wide a column gets at most, in characters.
const WIDEST: usize = 44;
/// What a cell may hold at most, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// The first row of a sheet's table: above it are the title and the way back.
const TABLE_TOP: u32 = 2;
/// The height of a line of a heading, in points.
const LINE_HEIGHT: f64 = 15.0;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The library refused something; too many rows or columns for a sheet, for one.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
}

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    wrapped: Format,
    quiet: Format,
    withheld: Format,
    count: Format,
    share: Format,
    day: Format,
}

/// Renders a document's data. The same document gives the same bytes.
///
/// # Errors
/// When a table has more rows or columns than a sheet can hold.
pub fn workbook(document: &Document) -> Result<Vec<u8>, WorkbookError> {
    let datasets = document.datasets();
    let mut taken = HashSet::new();
    let front = sheet_name(&document.words.contents, &mut taken);
    let names: Vec<String> = datasets.iter().map(|dataset| sheet_name(&dataset.label, &mut taken)).collect();
    let last = sheet_name(&document.words.definitions, &mut taken);
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document));
    write_front(
        workbook.add_worksheet().set_name(&front)?.set_print_fit_to_pages(1, 0),
        document,
        &datasets,
        &names,
        &formats,
    )?;
    for (dataset, name) in datasets.iter().zip(&names) {
        // On paper, one page wide: a table that is torn into columns cannot be read.
        let sheet = workbook.add_worksheet().set_name(name)?.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.write_url_with_text(0, 0, link_to(&front), text(&document.words.contents))?;
        write_table(sheet, document, dataset, &formats)?;
    }
    write_definitions(
        workbook.add_worksheet().set_name(&last)?.set_print_fit_to_pages(1, 0),
        document,
        &datasets,
        &formats,
    )?;
    Ok(workbook.save_to_buffer()?)
}

impl Formats {
    fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Bottom)
                .set_border_bottom(FormatBorder::Thin),
            wrapped: plain.clone().set_text_wrap(),
            quiet: Format::new().set_font_color(0x0059_5959),
            withheld: plain.clone().set_align(FormatAlign::Right).set_font_color(0x0059_5959),
            count: plain.clone().set_num_format("#,##0"),
            share: plain.clone().set_num_format("0.0%"),
            day: plain.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            text: plain,
        }
    }
}

fn properties(document: &Document) -> DocProperties {
    let properties = DocProperties::new().set_title(&document.title).set_author(&document.author);
    match date(document.day) {
        Some(day) => properties.set_creation_datetime(&day),
        // A workbook knows no such day. Without one it would take the clock's.
        None => properties.set_creation_datetime(&ExcelDateTime::default()),
    }
}

fn date(day: NaiveDate) -> Option<ExcelDateTime> {
    let part = |number: u32| u8::try_from(number).ok();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}

/// The title, the facts, the key figures and the contents.
fn write_front(
    sheet: &mut Worksheet,
    document: &Document,
    datasets: &[Dataset<'_>],
    names: &[String],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 34)?.set_column_width(1, 70)?.set_column_width(2, 40)?;
    sheet.write_with_format(0, 0, text(&document.title), &formats.title)?;
    let mut row = 1;
    for line in &document.subtitle {
        sheet.write_with_format(row, 0, text(line), &formats.quiet)?;
        row += 1;
    }
    row += 1;
    for (name, value) in &document.facts {
        sheet.write_with_format(row, 0, text(name), &formats.quiet)?;
        sheet.write_with_format(row, 1, text(value), &formats.wrapped)?;
        row += 1;
    }
    row += 1;
    for block in &document.blocks {
        let Block::KeyFigures(figures) = block else { continue };
        for figure in figures {
            write_cell(sheet, (row, 0), &figure.value, document, formats)?;
            sheet.write_with_format(row, 1, text(&figure.label), &formats.wrapped)?;
            sheet.write_with_format(row, 2, text(&figure.detail), &formats.wrapped)?;
            row += 1;
        }
        row += 1;
    }
    sheet.write_with_format(row, 0, text(&document.words.contents), &formats.head)?;
    for (dataset, name) in datasets.iter().zip(names) {
        row += 1;
        sheet.write_url_with_text(row, 0, link_to(name), text(name))?;
        sheet.write_with_format(row, 1, text(&dataset.table.title), &formats.wrapped)?;
    }
    row += 2;
    sheet.write_with_format(row, 0, text(&document.words.withheld), &formats.withheld)?;
    sheet.write_with_format(row, 1, text(&document.words.withheld_meaning), &formats.wrapped)?;
    Ok(())
}

fn write_table(
    sheet: &mut Worksheet,
    document: &Document,
    dataset: &Dataset<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let table = dataset.table.as_ref();
    let title = format!("{}. {}", dataset.label, table.title);
    sheet.write_with_format(1, 0, text(&title), &formats.title)?;
    let mut lines = 1;
    for (place, column) in (0_u16..).zip(&table.columns) {
        let heading = heading(&column.title, column.unit.as_deref());
        sheet.write_with_format(TABLE_TOP, place, text(&heading), &formats.head)?;
        let width = width(document, table, usize::from(place));
        sheet.set_column_width(place, f64::from(width))?;
        lines = lines.max(lines_of(&heading, width));
    }
    sheet.set_row_height(TABLE_TOP, f64::from(lines) * LINE_HEIGHT)?;
    let mut at = TABLE_TOP;
    for row in &table.rows {
        at += 1;
        for (place, (_, cell)) in (0_u16..).zip(table.cells(row)) {
            write_cell(sheet, (at, place), cell, document, formats)?;
        }
    }
    if table.rows.is_empty() {
        at += 1;
        sheet.write_with_format(at, 0, text(&document.words.no_data), &formats.quiet)?;
    }
    if let Some(note) = &table.note {
        sheet.write_with_format(at + 2, 0, text(note), &formats.quiet)?;
    }
    let has_names = table.columns.first().is_some_and(|column| matches!(column.kind, Kind::Text | Kind::Date));
    sheet.set_freeze_panes(TABLE_TOP + 1, u16::from(has_names))?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    document: &Document,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Withheld => {
            sheet.write_with_format(row, column, text(&document.words.withheld), &formats.withheld)?;
        }
        Cell::Text(words) => {
            sheet.write_with_format(row, column, text(words), &formats.text)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a workbook holds nothing but floating-point numbers")]
        Cell::Count(count) => {
            sheet.write_with_format(row, column, *count as f64, &formats.count)?;
        }
        Cell::Number { value, .. } | Cell::Share(value) if !value.is_finite() => {}
        Cell::Number { value, decimals } => {
            sheet.write_with_format(row, column, *value, &number_format(*decimals))?;
        }
        Cell::Share(share) => {
            sheet.write_with_format(row, column, *share, &formats.share)?;
        }
        Cell::Date(day) => match date(*day) {
            Some(day) => {
                sheet.write_with_format(row, column, &day, &formats.day)?;
            }
            None => {
                sheet.write_with_format(row, column, day.to_string(), &formats.text)?;
            }
        },
    }
    Ok(())
}

fn write_definitions(
    sheet: &mut Worksheet,
    document: &Document,
    datasets: &[Dataset<'_>],
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (place, (title, width)) in (0_u16..).zip(document.words.definition_columns.iter().zip([16, 34, 80, 14])) {
        sheet.write_with_format(0, place, text(title), &formats.head)?;
        sheet.set_column_width(place, width)?;
    }
    let mut row = 0;
    for dataset in datasets {
        for column in &dataset.table.columns {
            row += 1;
            let unit = column.unit.as_deref().unwrap_or_default();
            let cells = [dataset.label.as_str(), &column.title, &column.definition, unit];
            for (place, cell) in (0_u16..).zip(cells) {
                sheet.write_with_format(row, place, text(cell), &formats.wrapped)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn heading(title: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| title.to_owned(), |unit| format!("{title}, {unit}"))
}

fn number_format(decimals: u8) -> Format {
    let fraction = "0".repeat(usize::from(decimals));
    let pattern = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{fraction}") };
    Format::new().set_align(FormatAlign::Top).set_num_format(pattern)
}

/// Wide enough for the cells, and for the longest word of the heading.
fn width(document: &Document, table: &Table, place: usize) -> u16 {
    let printed = table.rows.iter().filter_map(|row| row.get(place)).map(|cell| document.printed(cell).chars().count());
    let title = table.columns.get(place).map(|column| heading(&column.title, column.unit.as_deref()));
    let longest_word = title.iter().flat_map(|title| title.split_whitespace()).map(|word| word.chars().count());
    let width = printed.chain(longest_word).max().unwrap_or(0).clamp(8, WIDEST) + 2;
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// How many lines a heading takes in a column so many characters wide.
fn lines_of(heading: &str, width: u16) -> u16 {
    let (mut lines, mut taken) = (1, 0);
    for word in heading.split_whitespace().map(|word| word.chars().count()) {
        if taken > 0 && taken + 1 + word > usize::from(width) {
            lines += 1;
            taken = 0;
        }
        taken += word + usize::from(taken > 0);
    }
    lines
}

fn link_to(sheet: &str) -> Url {
    Url::new(format!("internal:'{sheet}'!A1"))
}

/// A text that a cell can hold: a longer one is cut.
fn text(words: &str) -> &str {
    let mut units = 0;
    let cut = words.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > LONGEST_TEXT
    });
    cut.map_or(words, |(at, _)| &words[..at])
}

/// A name that a workbook takes for a sheet, and that no sheet before has.
fn sheet_name(label: &str, taken: &mut HashSet<String>) -> String {
    let allowed = |character: char| {
        !matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !character.is_control()
    };
    let base: String = label.chars().filter(|character| allowed(*character)).collect();
    let base = if base.trim().is_empty() { "Sheet" } else { base.trim() };
    let endings = std::iter::once(String::new()).chain((2_u32..).map(|number| format!(" ({number})")));
    let shortened = |ending: String| {
        let kept: String = base.chars().take(LONGEST_NAME - ending.len()).collect();
        kept + &ending
    };
    let free =
        endings.map(shortened).find(|name| !taken.contains(&name.to_lowercase()) && name.to_lowercase() != "history");
    let name = free.unwrap_or_default();
    taken.insert(name.to_lowercase());
    name
}
