//! Labels, cells and columns in the language of the annex.

use chrono::NaiveDate;

use crate::domain::code::{Code, CodeLists, ListName};
use crate::i18n::labels::{self, Labelled};
use crate::i18n::{self, Language, text};
use crate::measures::breakdown::NOT_KNOWN;
use crate::measures::count::Count;
use crate::measures::figures::Share;
use crate::report::table::{Cell, Column, Kind};
use crate::statistics::suppression::Threshold;

/// What stands for a withheld number.
pub(super) const WITHHELD: &str = "•";

/// The words of an annex.
pub(super) struct Words<'a> {
    pub language: Language,
    lists: &'a CodeLists,
    most_withheld: u64,
    known_on: NaiveDate,
}

impl<'a> Words<'a> {
    pub fn new(language: Language, lists: &'a CodeLists, known_on: NaiveDate, threshold: Threshold) -> Self {
        Self { language, lists, most_withheld: threshold.get() - 1, known_on }
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    /// A text with names and numbers put in.
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        let args: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        text(self.language, key, &args)
    }

    /// A word of the domain.
    pub fn label(&self, word: impl Labelled) -> String {
        labels::of(self.language, word)
    }

    /// A day in words.
    pub fn day(&self, day: NaiveDate) -> String {
        i18n::day(self.language, day)
    }

    /// A code of a list in words, as it was called on the day of the annex or last before it.
    pub fn code(&self, list: ListName, code: &str) -> String {
        if code == NOT_KNOWN {
            return self.say("annex-group-not-known");
        }
        let Ok(known) = code.parse::<Code>() else { return code.to_owned() };
        let current = self.lists.entry(list, &known, self.known_on);
        let entry = current.or_else(|| self.lists.periods(list, &known).last());
        entry.map_or_else(|| code.to_owned(), |entry| labels::entry(self.language, entry).to_owned())
    }

    /// What the mark for withheld numbers means.
    pub fn withheld_meaning(&self) -> String {
        let values = [("most", self.most_withheld.to_string()), ("mark", WITHHELD.to_owned())];
        self.fill("annex-reading-withheld", &values)
    }

    /// A count in a sentence.
    pub fn printed_count(&self, count: Count) -> String {
        count.shown().map_or_else(|| WITHHELD.to_owned(), |count| self.language.count(count))
    }

    /// A number of days in a sentence; “not reached” where there is none.
    pub fn printed_days(&self, days: Option<f64>) -> String {
        days.map_or_else(|| self.say("annex-not-reached"), |days| self.language.number(days, 1))
    }

    /// A share in a sentence.
    pub fn printed_share(&self, share: Option<f64>) -> String {
        share.map_or_else(|| WITHHELD.to_owned(), |share| self.language.share(share, 1))
    }

    /// A column of a table: its heading's key is `annex-column-` and its name.
    pub fn column(&self, id: &str, kind: Kind) -> Column {
        let title = self.say(&format!("annex-column-{}", id.replace('_', "-")));
        let unit = matches!(kind, Kind::Number).then(|| self.say("annex-unit-days"));
        Column { id: id.to_owned(), definition: title.clone(), title, unit, kind }
    }

    /// The columns of a share: number, of, share, low, high.
    pub fn share_columns(&self) -> Vec<Column> {
        let kinds = [Kind::Count, Kind::Count, Kind::Share, Kind::Share, Kind::Share];
        ["numerator", "denominator", "share", "lo", "hi"]
            .iter()
            .zip(kinds)
            .map(|(id, kind)| self.column(id, kind))
            .collect()
    }
}

/// A count as a cell.
pub(super) fn count(count: Count) -> Cell {
    count.shown().map_or(Cell::Withheld, Cell::Count)
}

/// The cells of a share: number, of, share, low, high.
pub(super) fn share(share: &Share) -> [Cell; 5] {
    let withheld = share.numerator.shown().is_none() || share.denominator.shown().is_none();
    let part = |value: Option<f64>| match value {
        _ if withheld => Cell::Withheld,
        Some(value) => Cell::Share(value),
        None => Cell::Empty,
    };
    [count(share.numerator), count(share.denominator), part(share.share), part(share.lo), part(share.hi)]
}

/// A number of days as a cell: withheld where the counts that it rests on are, a dash where it does not exist.
pub(super) fn days(days: Option<f64>, rests_on: &[Count]) -> Cell {
    match days {
        _ if rests_on.iter().any(|count| count.shown().is_none()) => Cell::Withheld,
        Some(value) => Cell::Number { value, decimals: 1 },
        None => Cell::Text("–".to_owned()),
    }
}
