//! The workbook.

use aiqyn::i18n::Language;
use aiqyn::report::document::Document;
use aiqyn::report::table::Cell;
use aiqyn::report::workbook::workbook;

use crate::invented;
use crate::reading::{Stored, cell, file};

/// The sheet of the table by region: after the contents, and two plots with their numbers at risk.
const BY_REGION: usize = 6;
/// The sheet of endings by month: after that of the plot of endings, with its numbers at risk.
const BY_MONTH: usize = 9;

fn report() -> Vec<u8> {
    workbook(&invented::report(Language::En)).unwrap()
}

#[test]
fn the_same_document_gives_the_same_workbook() {
    assert!(report() == report());
}

#[test]
fn its_date_is_the_days_of_the_document() {
    let properties = file(&report(), "docProps/core.xml");
    assert_eq!(properties.matches("2026-11-15T00:00:00Z").count(), 2, "{properties}");
}

#[test]
fn numbers_are_numbers() {
    assert_eq!(cell(&report(), BY_REGION, "B4"), Some(Stored::Number(983.0, "#,##0".to_owned())));
    assert_eq!(cell(&report(), BY_REGION, "E4"), Some(Stored::Number(97.0, "#,##0.0".to_owned())));
}

#[test]
fn shares_are_percentages() {
    assert_eq!(cell(&report(), BY_REGION, "H4"), Some(Stored::Number(0.13, "0.0%".to_owned())));
}

#[test]
fn days_are_days() {
    let serial_of_2021_01_01 = 44_197.0;
    assert_eq!(cell(&report(), BY_MONTH, "A4"), Some(Stored::Number(serial_of_2021_01_01, "yyyy-mm-dd".to_owned())));
}

#[test]
fn suppressed_numbers_are_a_mark() {
    assert_eq!(cell(&report(), BY_REGION, "C9"), Some(Stored::Text("<5".to_owned())));
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text() {
    let mut document = invented::report(Language::En);
    document.facts = vec![("=1+1".to_owned(), "@SUM(A1)".to_owned())];
    let workbook = workbook(&document).unwrap();
    assert_eq!(cell(&workbook, 1, "A4"), Some(Stored::Text("=1+1".to_owned())));
    assert_eq!(cell(&workbook, 1, "B4"), Some(Stored::Text("@SUM(A1)".to_owned())));
}

#[test]
fn sheets_are_called_like_the_tables_in_print() {
    let names = file(&workbook(&invented::report(Language::Kk)).unwrap(), "xl/workbook.xml");
    let parsed = roxmltree::Document::parse(&names).unwrap();
    let sheets = parsed.descendants().filter(|node| node.tag_name().name() == "sheet");
    let sheets: Vec<&str> = sheets.filter_map(|sheet| sheet.attribute("name")).collect();
    let expected = ["Мазмұны", "1-сурет", "1-сурет (2)", "2-сурет", "2-сурет (2)", "1-кесте", "3-сурет", "3-сурет (2)"];
    assert_eq!(sheets[..8], expected);
    assert_eq!(sheets.last(), Some(&"Анықтамалар"));
}

#[test]
fn labels_that_no_sheet_can_have_are_mended() {
    let mut document: Document = invented::report(Language::En);
    document.words.table = "[History]: a name / that is * much too long for any sheet?".to_owned();
    assert!(workbook(&document).is_ok());
}

#[test]
fn a_text_longer_than_a_cell_is_cut() {
    let mut document = invented::report(Language::En);
    document.facts = vec![("long".to_owned(), "ә".repeat(40_000))];
    let Some(Stored::Text(text)) = cell(&workbook(&document).unwrap(), 1, "B4") else { panic!("no text") };
    assert_eq!(text.chars().count(), 32_767);
}

#[test]
fn a_number_that_is_none_leaves_its_cell_empty() {
    let mut document = invented::report(Language::En);
    for block in &mut document.blocks {
        let aiqyn::report::document::Block::Table(table) = block else { continue };
        table.rows[0][1] = Cell::Number { value: f64::NAN, decimals: 1 };
        break;
    }
    assert_eq!(cell(&workbook(&document).unwrap(), BY_REGION, "B4"), None);
}
