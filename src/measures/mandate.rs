//! Which kinds of place the mandate of the National Preventive Mechanism covers, and since when.

use chrono::NaiveDate;

use crate::domain::code::{CodeLists, ListName};
use crate::domain::words;

words! {
    /// Whether the mandate of the National Preventive Mechanism covers a kind of place on a day.
    Coverage {
        /// Covered.
        Covered = "covered",
        /// Outside the mandate.
        NotCovered = "not_covered",
        /// Not known.
        Unknown = "unknown",
    }
}

/// The attribute of a kind of place that tells it.
const ATTRIBUTE: &str = "npm_coverage";

/// The mandate of the National Preventive Mechanism, as the code list of kinds of place has it.
#[derive(Clone, Copy, Debug)]
pub struct Mandate<'a>(&'a CodeLists);

impl<'a> Mandate<'a> {
    /// That of these code lists.
    #[must_use]
    pub fn of(lists: &'a CodeLists) -> Self {
        Self(lists)
    }

    /// Whether a kind of place was covered on a day.
    #[must_use]
    pub fn coverage(self, kind_of_place: &str, day: NaiveDate) -> Coverage {
        let entry = self.0.entry_of_text(ListName::KindOfPlace, kind_of_place, day);
        let told = entry.and_then(|entry| entry.attributes.get(ATTRIBUTE));
        told.and_then(|word| Coverage::named(word)).unwrap_or(Coverage::Unknown)
    }
}
