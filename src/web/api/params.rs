//! Query parameters, read like a form: every one that is wrong is named.

use actix_web::{HttpRequest, web};
use chrono::NaiveDate;

use super::body;
use super::problem::Problem;
use crate::domain::code::Code;
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::Language;

/// The parameters of a request.
pub struct Params {
    given: Vec<(String, String)>,
    errors: Vec<FieldError>,
    language: Language,
}

impl Params {
    /// Reads the query string.
    ///
    /// # Errors
    /// 400 where it is none.
    pub fn of(request: &HttpRequest, language: Language) -> Result<Self, Problem> {
        let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let given = query.map_err(|_| Problem::new("malformed", 400, language))?.into_inner();
        Ok(Self { given, errors: Vec::new(), language })
    }

    /// Reads the fields of a body.
    ///
    /// # Errors
    /// Those of [`body::object`] and [`body::fields`].
    pub fn of_body(request: &HttpRequest, body: &[u8], language: Language) -> Result<Self, Problem> {
        let given = body::fields(body::object(request, body, language)?, language)?;
        Ok(Self { given, errors: Vec::new(), language })
    }

    /// What has not been taken yet.
    pub fn given(&self) -> &[(String, String)] {
        &self.given
    }

    /// Takes every value of a field that may have several.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.given).into_iter().partition(|(given, _)| given == name);
        self.given = left;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Takes a text that must be given, as it is: a password may begin with a blank.
    pub fn text(&mut self, name: &str) -> String {
        let text = self.given.iter().position(|(given, _)| given == name).map(|at| self.given.remove(at).1);
        match text {
            Some(text) if !text.is_empty() => text,
            _ => {
                self.refuse(name, FieldProblem::Missing);
                String::new()
            }
        }
    }

    /// Notes that a parameter is wrong.
    pub fn refuse(&mut self, name: &str, problem: FieldProblem) {
        self.errors.push(FieldError { field: name.to_owned(), problem });
    }

    /// Takes a parameter and reads it; what does not read is noted with its problem.
    pub fn read<T>(&mut self, name: &str, problem: FieldProblem, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let at = self.given.iter().position(|(given, _)| given == name)?;
        let (_, value) = self.given.remove(at);
        if value.trim().is_empty() {
            return None;
        }
        let read = read(value.trim());
        if read.is_none() {
            self.refuse(name, problem);
        }
        read
    }

    /// A day.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let plausible = |day: &NaiveDate| (1900..=2200).contains(&chrono::Datelike::year(day));
        self.read(name, FieldProblem::NotATime, |text| text.parse().ok().filter(plausible))
    }

    /// A day that must be given.
    pub fn required_day(&mut self, name: &str) -> Option<NaiveDate> {
        let is_given = self.given.iter().any(|(given, value)| given == name && !value.trim().is_empty());
        if !is_given {
            self.given.retain(|(given, _)| given != name);
            self.refuse(name, FieldProblem::Missing);
            return None;
        }
        self.day(name)
    }

    /// A code of any list. One that no case has simply finds none.
    pub fn code(&mut self, name: &str) -> Option<String> {
        self.read(name, FieldProblem::Unreadable, |text| text.parse::<Code>().ok().map(|code| code.to_string()))
    }

    /// A whole number in a range.
    pub fn number(&mut self, name: &str, min: u16, max: u16) -> Option<u16> {
        self.read(name, FieldProblem::NotInRange { min, max }, |text| {
            text.parse().ok().filter(|number| (min..=max).contains(number))
        })
    }

    /// One of some words.
    pub fn word<T>(
        &mut self,
        name: &str,
        options: &'static [&'static str],
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.read(name, FieldProblem::NotOneOf { options }, read)
    }

    /// Ends the reading: what is left over is no parameter of this resource.
    ///
    /// # Errors
    /// 422 with every problem.
    pub fn finish(mut self) -> Result<(), Problem> {
        for (name, _) in std::mem::take(&mut self.given) {
            self.refuse(&name, FieldProblem::Unknown);
        }
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::invalid(&self.errors, self.language)) }
    }
}
