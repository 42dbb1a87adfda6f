//! A table of a report: columns that say what they hold, and rows of typed cells. Not how it looks.

use chrono::NaiveDate;

/// One table. It is a table in the PDF, a sheet in the workbook and a file in the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name of its file, in `snake_case`, one for each table of a document.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What a reader must know to read it right.
    pub note: Option<String>,
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom. A row that is too short ends in empty cells; cells past the last column are left out.
    pub rows: Vec<Vec<Cell>>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in the CSV file, in `snake_case`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What is counted or measured, and how.
    pub definition: String,
    /// The unit of its numbers: days, cases.
    pub unit: Option<String>,
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold, where they hold anything. It decides the alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Count,
    /// Any numbers, such as days.
    Number,
    /// Shares of one, shown as percentages.
    Share,
    /// Days of the calendar.
    Date,
}

impl Kind {
    /// The word for it in the data dictionary.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "count",
            Self::Number => "number",
            Self::Share => "share",
            Self::Date => "date",
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// There is no value.
    Empty,
    /// There is a value, but so small that it could tell who is meant: it was suppressed.
    Withheld,
    /// Words; also what stands for a number that does not exist, such as a median that was not reached.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number, and how many decimals are worth printing. Data files keep all of them.
    Number {
        /// The value, in the unit of the column.
        value: f64,
        /// How many decimals are printed.
        decimals: u8,
    },
    /// A share of one, from 0 to 1; printed as a percentage with one decimal.
    Share(f64),
    /// A day.
    Date(NaiveDate),
}

impl Table {
    /// The cells of a row, exactly one for each column.
    pub fn cells<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        self.columns.iter().enumerate().map(|(place, column)| (column, row.get(place).unwrap_or(&Cell::Empty)))
    }
}
