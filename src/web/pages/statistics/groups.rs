//! Group beside group: a table of one breakdown, and the tests whether the groups wait equally long.

use super::Book;
use super::cells::{self, Cell};
use crate::i18n::{labels, measures, text};
use crate::measures::breakdown::Dimension;
use crate::measures::group_test::GroupTest;
use crate::measures::statistics::Figures;

/// A table with a row for each group and one for all of them together.
pub(super) struct Groups {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub tests: Vec<Test>,
    /// Why there are no tests, or what they cannot tell.
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
    /// The breakdown that was asked for, if one was; of each group the same cells as of all together.
    pub(super) fn of(
        book: &Book,
        title: &str,
        columns: Vec<String>,
        cells: impl Fn(&Figures) -> Vec<Cell>,
    ) -> Option<Self> {
        let statistics = &book.answer.statistics;
        let by = statistics.by?;
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
        let tests: Vec<Test> = statistics.tests.iter().map(test).collect();
        let note = if tests.is_empty() { "figures-no-tests" } else { "figures-tests-note" };
        Some(Self {
            title: text(language, "figures-groups-title", &titled),
            columns: std::iter::once(group_heading(book, by)).chain(columns).collect(),
            rows: statistics.groups.iter().map(of_group).chain([all]).collect(),
            tests,
            note: text(language, note, &[]),
        })
    }

    /// The same without tests, where they have nothing to do with what is shown.
    pub(super) fn without_tests(self) -> Self {
        Self { tests: Vec::new(), note: String::new(), ..self }
    }
}

fn group_heading(book: &Book, by: Dimension) -> String {
    let named = labels::of(book.language, by);
    let mut letters = named.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A figure with nothing beneath it.
pub(super) fn plain(figure: String) -> Cell {
    Cell { figure, beneath: Vec::new() }
}

/// How many complaints.
pub(super) fn cases(book: &Book, figures: &Figures) -> Cell {
    plain(cells::count(book.language, figures.cases))
}
