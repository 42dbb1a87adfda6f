//! Codes and groups in words.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::code::{Code, CodeLists, ListName};
use crate::i18n::{Language, labels, text};
use crate::measures::breakdown::{Dimension, NOT_KNOWN};

/// The names that codes had on the day of the figures.
pub(super) struct Names {
    pub language: Language,
    pub lists: Arc<CodeLists>,
    pub day: NaiveDate,
}

impl Names {
    /// A code of a list: as it was called on the day of the figures or last before it.
    pub(super) fn code(&self, list: ListName, code: &str) -> String {
        if code == NOT_KNOWN {
            return text(self.language, "annex-group-not-known", &[]);
        }
        let Ok(known) = code.parse::<Code>() else { return code.to_owned() };
        let current = self.lists.entry(list, &known, self.day);
        let entry = current.or_else(|| self.lists.periods(list, &known).last());
        entry.map_or_else(|| code.to_owned(), |entry| labels::entry(self.language, entry).to_owned())
    }

    /// A group of a breakdown.
    pub(super) fn group(&self, by: Dimension, name: &str) -> String {
        let list = match by {
            Dimension::Region => ListName::Region,
            Dimension::Agency | Dimension::Body => ListName::Agency,
            Dimension::KindOfPlace => ListName::KindOfPlace,
            Dimension::Sex => ListName::Sex,
            Dimension::AgeBand => ListName::AgeBand,
            Dimension::Quarter => return self.quarter(name),
            Dimension::Year | Dimension::Month | Dimension::Organisation => {
                return if name == NOT_KNOWN { self.code(ListName::Region, name) } else { name.to_owned() };
            }
        };
        self.code(list, name)
    }

    /// `2024-Q3` as people say it.
    fn quarter(&self, name: &str) -> String {
        match name.split_once("-Q") {
            Some((year, quarter)) => {
                text(self.language, "figures-quarter", &[("year", year.into()), ("quarter", quarter.into())])
            }
            None => self.code(ListName::Region, name),
        }
    }
}
