//! A report before it is rendered: what it says, in one language, in order. Every renderer reads this and nothing else.
//! It must never hold what may not leave the system: suppression has happened before.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::plot::Plot;
use super::table::{Cell, Table};
use crate::i18n::{Language, short_day};

/// A whole report.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is written in.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// Lines beneath the title: for whom, about what.
    pub subtitle: Vec<String>,
    /// The table of the title page: period, as known on, version, fingerprint.
    pub facts: Vec<(String, String)>,
    /// The day as of which everything in it was known; the date in the metadata of every file, never the clock's.
    pub day: NaiveDate,
    /// Who answers for it.
    pub author: String,
    /// What stands at the foot of every page, such as the fingerprint.
    pub footer: String,
    /// The words that renderers need.
    pub words: Words,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The words that renderers put in by themselves, in the document's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The heading of the contents.
    pub contents: String,
    /// The number of a page, with `{page}` and `{pages}` in it.
    pub page: String,
    /// The number of a table, with `{n}` in it: `Table {n}`, `{n}-кесте`.
    pub table: String,
    /// The number of a figure, with `{n}` in it.
    pub figure: String,
    /// The name of the sheet of definitions.
    pub definitions: String,
    /// The headings of that sheet: table, column, definition, unit.
    pub definition_columns: [String; 4],
    /// What is printed in place of a withheld number, such as `<5`.
    pub withheld: String,
    /// What the mark means, in a sentence.
    pub withheld_meaning: String,
    /// What stands in a table or plot without data.
    pub no_data: String,
    /// The headings of a plot's data.
    pub curve: CurveWords,
}

/// The headings of a plot's data as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveWords {
    /// Which curve.
    pub name: String,
    /// The estimate.
    pub estimate: String,
    /// The lower end of its interval.
    pub low: String,
    /// The upper end of its interval.
    pub high: String,
}

/// A piece of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, numbered in print.
    Heading {
        /// 1 is a chapter; a level that skips one is raised.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// Something to know besides, in small print.
    Note(String),
    /// A command to type.
    Code(String),
    /// A list.
    Bullets(Vec<String>),
    /// A row of big numbers.
    KeyFigures(Vec<KeyFigure>),
    /// Terms and what they mean.
    Definitions(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A plot.
    Plot(Plot),
}

/// A number that is worth being seen first.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// The number.
    pub value: Cell,
    /// What it counts.
    pub label: String,
    /// What must be read with it: the interval, the numerator and denominator.
    pub detail: String,
}

/// A table of a document as data files have it: the tables themselves, and the plots as numbers.
pub struct Dataset<'a> {
    /// `Table 1`, `Figure 2`, as in print.
    pub label: String,
    /// The table.
    pub table: Cow<'a, Table>,
}

impl Document {
    /// Every table, and every plot as one or two tables, in the order in which they are printed.
    #[must_use]
    pub fn datasets(&self) -> Vec<Dataset<'_>> {
        let (mut tables, mut figures) = (0_u32, 0_u32);
        let mut datasets = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Table(table) => {
                    tables += 1;
                    let label = numbered(&self.words.table, tables);
                    datasets.push(Dataset { label, table: Cow::Borrowed(table) });
                }
                Block::Plot(plot) => {
                    figures += 1;
                    let label = numbered(&self.words.figure, figures);
                    let of_plot = [Some(plot.data(&self.words)), plot.at_risk_data()];
                    let of_plot = of_plot.into_iter().flatten().map(Cow::Owned);
                    datasets.extend(of_plot.map(|table| Dataset { label: label.clone(), table }));
                }
                _ => {}
            }
        }
        datasets
    }

    /// A cell as it is printed.
    #[must_use]
    pub fn printed(&self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Withheld => self.words.withheld.clone(),
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => self.language.count(*count),
            Cell::Number { value, decimals } => self.language.number(*value, *decimals),
            Cell::Share(share) => self.language.share(*share, 1),
            Cell::Date(day) => short_day(self.language, *day),
        }
    }
}

fn numbered(pattern: &str, number: u32) -> String {
    pattern.replace("{n}", &number.to_string())
}
