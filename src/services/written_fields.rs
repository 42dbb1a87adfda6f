//! Fields as an administrator wrote them, read one by one; every one that is wrong is named.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::error::ServiceError;
use crate::domain::code::{Code, CodeLists, ListName};
use crate::domain::field::{FieldError, FieldProblem};

/// The most characters of a label or a source.
const LONGEST_LABEL: usize = 500;

/// What was written, by the names of the fields.
#[derive(Clone, Debug, Default)]
pub struct WrittenFields(BTreeMap<String, String>);

impl FromIterator<(String, String)> for WrittenFields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl WrittenFields {
    /// What stands in a field, without blanks around it.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }
}

/// Reading them.
pub(super) struct FieldReading<'a> {
    written: &'a WrittenFields,
    errors: Vec<FieldError>,
}

impl<'a> FieldReading<'a> {
    pub(super) fn of(written: &'a WrittenFields) -> Self {
        Self { written, errors: Vec::new() }
    }

    pub(super) fn refuse(&mut self, name: &str, problem: FieldProblem) {
        self.errors.push(FieldError { field: name.to_owned(), problem });
    }

    /// A text that must be there.
    pub(super) fn label(&mut self, name: &str) -> String {
        let text = self.written.get(name);
        if text.is_empty() {
            self.refuse(name, FieldProblem::Missing);
        } else if text.chars().count() > LONGEST_LABEL {
            self.refuse(name, FieldProblem::TooLong { max: LONGEST_LABEL });
        } else if text.chars().any(char::is_control) {
            self.refuse(name, FieldProblem::ControlCharacter);
        }
        text.to_owned()
    }

    /// A day, or none.
    pub(super) fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.written.get(name);
        let day = text.parse().ok().filter(|day: &NaiveDate| (1900..=2200).contains(&day.year()));
        if day.is_none() && !text.is_empty() {
            self.refuse(name, FieldProblem::NotATime);
        }
        day
    }

    /// A day that must be there.
    pub(super) fn required_day(&mut self, name: &str) -> Option<NaiveDate> {
        if self.written.get(name).is_empty() {
            self.refuse(name, FieldProblem::Missing);
        }
        self.day(name)
    }

    /// A whole number that must be there.
    pub(super) fn number(&mut self, name: &str, min: u16, max: u16) -> Option<u16> {
        let text = self.written.get(name);
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        if number.is_none() {
            let problem = if text.is_empty() { FieldProblem::Missing } else { FieldProblem::NotInRange { min, max } };
            self.refuse(name, problem);
        }
        number
    }

    /// One of some words, which must be there.
    pub(super) fn word<T>(
        &mut self,
        name: &str,
        options: &'static [&'static str],
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.written.get(name);
        let word = read(text);
        if word.is_none() {
            let problem = if text.is_empty() { FieldProblem::Missing } else { FieldProblem::NotOneOf { options } };
            self.refuse(name, problem);
        }
        word
    }

    /// A code of a list, or none.
    pub(super) fn code(&mut self, name: &str, list: ListName, lists: &CodeLists) -> Option<Code> {
        let text = self.written.get(name);
        let code = text.parse::<Code>().ok().filter(|code| !lists.periods(list, code).is_empty());
        if code.is_none() && !text.is_empty() {
            self.refuse(name, FieldProblem::UnknownCode { list });
        }
        code
    }

    /// A code that no list need have yet.
    pub(super) fn new_code(&mut self, name: &str) -> Option<Code> {
        let text = self.written.get(name);
        let code = text.parse().ok();
        if code.is_none() {
            let problem = if text.is_empty() { FieldProblem::Missing } else { FieldProblem::NotACode };
            self.refuse(name, problem);
        }
        code
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn finish(self) -> Result<(), ServiceError> {
        if self.errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(self.errors)) }
    }
}
