//! Group beside group: a table of one breakdown, and the tests whether the groups wait equally long.

use super::Book;
use super::cells::{self, Cell};
use crate::i18n::{labels, measures, text};
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::measures::delay_set::DelaySet;
use crate::measures::group_test::GroupTest;
use crate::measures::statistics::Figures;

/// A table with a row for each group and one for all of them together.
pub(super) struct Groups {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub tests: Vec<Test>,
    /// Why there are no tests, or what they cannot tell; nothing where no delay is told of.
    pub note: String,
}

/// A row of figures under a name.
pub(super) struct Row {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// A test between groups.
pub(super) struct Test {
    pub delay: String,
    pub chi_square: String,
    pub degrees_of_freedom: u64,
    pub p: String,
}

impl Groups {
    /// The breakdown that was asked for, if one was; of each group the same cells as of all together, and a test of each delay
    /// that is told of them.
    pub(super) fn of(
        book: &Book,
        title: &str,
        columns: Vec<String>,
        cells: impl Fn(&Figures) -> Vec<Cell>,
    ) -> Option<Self> {
        let statistics = &book.answer.statistics;
        let Breakdown { dimension: by, delays_of_groups } = book.question.query.by?;
        let language = book.language;
        let of_group =
            |(name, figures): &(String, Figures)| Row { name: book.names.group(by, name), cells: cells(figures) };
        let all = Row { name: text(language, "annex-group-all", &[]), cells: cells(&statistics.all) };
        let titled = [("what", title.into()), ("dimension", labels::of(language, by).into())];
        let test = |test: &GroupTest| Test {
            delay: measures::delay(language, test.measure.as_str()).label,
            chi_square: language.number(test.chi_square, 2),
            degrees_of_freedom: test.degrees_of_freedom,
            p: if test.p < 0.001 { format!("< {}", language.number(0.001, 3)) } else { language.number(test.p, 3) },
        };
        let are_told = |test: &&GroupTest| delays_of_groups.contains(test.measure);
        let tests: Vec<Test> = statistics.tests.iter().filter(are_told).map(test).collect();
        let note = match delays_of_groups {
            DelaySet::NONE => None,
            _ if tests.is_empty() => Some("figures-no-tests"),
            _ => Some("figures-tests-note"),
        };
        Some(Self {
            title: text(language, "figures-groups-title", &titled),
            columns: std::iter::once(group_heading(book, by)).chain(columns).collect(),
            rows: statistics.groups.iter().map(of_group).chain([all]).collect(),
            tests,
            note: note.map(|note| text(language, note, &[])).unwrap_or_default(),
        })
    }
}

fn group_heading(book: &Book, by: Dimension) -> String {
    let named = labels::of(book.language, by);
    let mut letters = named.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A figure with nothing beneath it.
pub(super) fn plain(figure: String) -> Cell {
    Cell { figure, beneath: None }
}

/// How many complaints.
pub(super) fn cases(book: &Book, figures: &Figures) -> Cell {
    plain(cells::count(book.language, figures.cases))
}
