//! The archive of CSV files.

use aiqyn::i18n::Language;
use aiqyn::report::archive::csv_archive;
use aiqyn::report::document::{Block, Document};
use aiqyn::report::table::{Cell, Column, Kind, Table};

use crate::invented;
use crate::reading::{file, names, records};

fn with_cells(cells: Vec<Cell>) -> Document {
    let column = |number| Column {
        id: format!("column_{number}"),
        title: "Баған".to_owned(),
        definition: "=HYPERLINK(\"http://evil\")".to_owned(),
        unit: None,
        kind: Kind::Text,
    };
    let columns = (0..cells.len()).map(column).collect();
    let table =
        Table { id: "cells".to_owned(), title: "Кесте".to_owned(), note: None, columns, rows: vec![cells] };
    Document { blocks: vec![Block::Table(table)], ..invented::report(Language::Kk) }
}

fn row_of(cells: Vec<Cell>) -> Vec<String> {
    records(&file(&csv_archive(&with_cells(cells)).unwrap(), "cells.csv")).remove(1)
}

#[test]
fn the_same_document_gives_the_same_archive() {
    let archive = || csv_archive(&invented::report(Language::Ru)).unwrap();
    assert!(archive() == archive());
}

#[test]
fn every_table_and_every_plot_is_a_file() {
    let expected = [
        "filing_to_first_answer_by_body.csv",
        "filing_to_first_answer_by_body_at_risk.csv",
        "filing_to_first_answer.csv",
        "filing_to_first_answer_at_risk.csv",
        "first_answer_by_region.csv",
        "endings.csv",
        "endings_at_risk.csv",
        "endings_by_month.csv",
        "refusals_by_ground.csv",
        "no_visits.csv",
        "nothing.csv",
        "data-dictionary.csv",
    ];
    let mut names = names(&csv_archive(&invented::report(Language::En)).unwrap());
    names.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn values_have_full_precision_and_days_are_iso() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    let cells = vec![
        Cell::Number { value: 1.0 / 3.0, decimals: 1 },
        Cell::Share(0.018_705),
        Cell::Date(day),
        Cell::Count(12_480),
    ];
    assert_eq!(row_of(cells), ["0.3333333333333333", "0.018705", "2026-03-04", "12480"]);
}

#[test]
fn no_value_is_empty_and_a_suppressed_one_is_named() {
    assert_eq!(row_of(vec![Cell::Empty, Cell::Withheld]), ["", "withheld"]);
}

#[test]
fn no_text_can_be_taken_for_a_formula() {
    let texts = ["=1+1", "+7 701", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "a=b"];
    let row = row_of(texts.iter().map(|text| Cell::Text((*text).to_owned())).collect());
    assert_eq!(row, ["'=1+1", "'+7 701", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "'\nx", "'＝1", "a=b"]);
}

#[test]
fn the_dictionary_explains_every_column_of_every_file() {
    let document = invented::report(Language::Kk);
    let archive = csv_archive(&document).unwrap();
    let dictionary = records(&file(&archive, "data-dictionary.csv"));
    assert_eq!(dictionary[0], ["file", "column", "title", "definition", "unit", "kind"]);
    assert_eq!(dictionary[1][2], "withheld");
    for name in names(&archive).iter().filter(|name| *name != "data-dictionary.csv") {
        for column in &records(&file(&archive, name))[0] {
            assert!(dictionary.iter().any(|row| row[0] == *name && row[1] == *column), "{name} {column}");
        }
    }
}

#[test]
fn the_dictionary_holds_no_formula_either() {
    let archive = csv_archive(&with_cells(vec![Cell::Empty])).unwrap();
    let dictionary = records(&file(&archive, "data-dictionary.csv"));
    assert!(dictionary.iter().flatten().all(|cell| !cell.starts_with('=')));
}
