//! Small documents of any content: nothing in them may make a renderer fail.

use aiqyn::i18n::Language;
use aiqyn::report::archive::csv_archive;
use aiqyn::report::document::{Block, Document, KeyFigure};
use aiqyn::report::pdf::pdf;
use aiqyn::report::plot::{AtRisk, Curve, CurvePoint, Plot, Start};
use aiqyn::report::svg::svg;
use aiqyn::report::table::{Cell, Column, Kind, Table};
use aiqyn::report::workbook::workbook;
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::invented;
use crate::reading::{file, names, records};

/// What a program takes a text for a formula by, at its beginning (OWASP, CSV Injection).
const FORMULAS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[=+@#$\"\\]\\[<>&'а-яәіңғүұқөһ {}\u{0}-\u{20}-]{0,40}"]
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        Just(Cell::Withheld),
        words().prop_map(Cell::Text),
        any::<u64>().prop_map(Cell::Count),
        (any::<f64>(), 0..9_u8).prop_map(|(value, decimals)| Cell::Number { value, decimals }),
        any::<f64>().prop_map(Cell::Share),
        (-3000..12_000_i32).prop_map(|year| Cell::Date(NaiveDate::from_ymd_opt(year, 2, 28).unwrap())),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let kinds = [Kind::Text, Kind::Count, Kind::Number, Kind::Share, Kind::Date];
    let column = (words(), words(), proptest::option::of(words()), proptest::sample::select(kinds.to_vec()))
        .prop_map(|(id, title, unit, kind)| Column { id, definition: title.clone(), title, unit, kind });
    (words(), words(), proptest::option::of(words()), vec(column, 0..5), vec(vec(cell(), 0..6), 0..5))
        .prop_map(|(id, title, note, columns, rows)| Table { id, title, note, columns, rows })
}

fn curve() -> impl Strategy<Value = Curve> {
    let limit = || proptest::option::of(any::<f64>());
    let step = (any::<f64>(), any::<f64>(), limit(), limit()).prop_map(|(time, estimate, low, high)| CurvePoint {
        time,
        estimate,
        low,
        high,
    });
    (words(), vec(step, 0..6), any::<f64>()).prop_map(|(name, steps, last_time)| Curve { name, steps, last_time })
}

fn plot() -> impl Strategy<Value = Plot> {
    let numbers = vec(proptest::option::of(any::<u64>()), 0..4);
    let at_risk = (words(), vec(any::<f64>(), 0..5), vec((words(), numbers), 0..3))
        .prop_map(|(title, times, rows)| AtRisk { title, times, rows });
    (words(), words(), vec(curve(), 0..6), proptest::option::of(at_risk)).prop_map(|(id, title, curves, at_risk)| {
        Plot {
            id,
            x_title: title.clone(),
            y_title: title.clone(),
            alternative_text: title.clone(),
            note: Some(title.clone()),
            title,
            start: Start::One,
            curves,
            at_risk,
        }
    })
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        (0..9_u8, words()).prop_map(|(level, text)| Block::Heading { level, text }),
        words().prop_map(Block::Paragraph),
        words().prop_map(Block::Note),
        vec(words(), 0..3).prop_map(Block::Bullets),
        vec((words(), words()), 0..3).prop_map(Block::Definitions),
        vec((cell(), words(), words()), 0..6).prop_map(|figures| {
            let figure = |(value, label, detail)| KeyFigure { value, label, detail };
            Block::KeyFigures(figures.into_iter().map(figure).collect())
        }),
        table().prop_map(Block::Table),
        plot().prop_map(Block::Plot),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let languages = proptest::sample::select(Language::ALL.to_vec());
    let days = (1800..2200_i32).prop_map(|year| NaiveDate::from_ymd_opt(year, 2, 28).unwrap());
    (languages, words(), vec((words(), words()), 0..3), days, vec(block(), 0..6)).prop_map(
        |(language, title, facts, day, blocks)| Document {
            language,
            author: title.clone(),
            subtitle: vec![title.clone()],
            footer: title.clone(),
            title,
            facts,
            day,
            words: invented::words(language),
            blocks,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_document_becomes_a_workbook_and_an_archive(document in document()) {
        prop_assert!(workbook(&document).unwrap() == workbook(&document).unwrap());
        prop_assert!(csv_archive(&document).unwrap() == csv_archive(&document).unwrap());
    }

    #[test]
    fn no_sheet_and_no_file_of_any_document_holds_a_formula(document in document()) {
        let workbook = workbook(&document).unwrap();
        for name in names(&workbook).iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
            let sheet = file(&workbook, name);
            let parsed = roxmltree::Document::parse(&sheet).unwrap();
            let is_formula = |node: &roxmltree::Node<'_, '_>| ["f", "oleObject"].contains(&node.tag_name().name());
            prop_assert!(!parsed.descendants().any(|node| is_formula(&node)), "{sheet}");
        }
        prop_assert!(!names(&workbook).iter().any(|name| name.contains("externalLink")));
        let archive = csv_archive(&document).unwrap();
        for name in names(&archive) {
            for cell in records(&file(&archive, &name)).iter().flatten().filter(|cell| cell.starts_with(FORMULAS)) {
                // A number below nothing is a number.
                prop_assert!(cell.parse::<f64>().is_ok(), "{name}: {cell:?}");
            }
        }
    }

    #[test]
    fn any_plot_becomes_a_well_formed_picture(plot in plot()) {
        let picture = svg(&plot, &invented::words(Language::Kk), Language::Kk).unwrap();
        prop_assert!(roxmltree::Document::parse(&picture).is_ok(), "{picture}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_document_becomes_a_pdf(document in document()) {
        prop_assert!(pdf(&document).unwrap().starts_with(b"%PDF-1.7"));
    }
}
