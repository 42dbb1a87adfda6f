//! The filter: which complaints, as they were known when, and broken down by what. It is read from the query of a page's
//! address, and put back into the form whether it could be read or not.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use chrono::{Datelike, NaiveDate};

use crate::domain::code::{Code, CodeLists, ListName};
use crate::domain::field::{FieldError, FieldProblem};
use crate::i18n::{Language, indicators, labels, measures, problems, text};
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::measures::delay::{ComplaintClock, DelayMeasure};
use crate::measures::disclosure::BREAKDOWNS;
use crate::measures::indicator::Indicator;
use crate::measures::selection::Selection;
use crate::services::MeasureQuery;
use crate::web::api::problem::Problem;

/// What can be chosen, in the order of the form.
const NAMES: &[&str] = &[
    "filed_from",
    "filed_to",
    "as_known_on",
    "region",
    "agency",
    "kind_of_place",
    "organisation",
    "clock",
    "by",
    "delay",
    "indicator",
];

/// What whoever is given releases is offered: anything narrower could single somebody out.
const OF_RELEASES: &[&str] = &["by", "delay", "indicator"];

/// What was filled in, by the name of the field.
pub(super) struct Given(Vec<(String, String)>);

/// What is asked for, and which delay and indicator are shown group by group.
pub(super) struct Question {
    pub query: MeasureQuery,
    pub delay: DelayMeasure,
    pub indicator: Indicator,
}

/// What can be chosen from.
pub(super) struct Menus {
    pub language: Language,
    /// Whether only releases are given.
    pub released: bool,
    pub lists: Arc<CodeLists>,
    /// Identifiers and names.
    pub organisations: Vec<(String, String)>,
}

/// The form as it is shown.
pub(super) struct FilterForm {
    pub action: &'static str,
    pub fields: Vec<FilterField>,
    /// What is wrong and belongs to no field.
    pub faults: Vec<String>,
}

/// A field of the form.
pub(super) struct FilterField {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    /// `select`, `date`, or `text` for what a browser could not show as a date.
    pub kind: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
    pub error: Option<String>,
}

/// One of several to choose from.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Given {
    /// What the query of an address says. Fields left empty are as good as not given.
    pub(super) fn of(request: &HttpRequest, language: Language) -> Result<Self, Problem> {
        let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let given = query.map_err(|_| Problem::new("malformed", 400, language))?.into_inner();
        let given = given.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Ok(Self(given.filter(|(name, value)| name != "language" && !value.is_empty()).collect()))
    }

    /// The value of a field; nothing where it was not given.
    pub(super) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The query that asks the same of another page.
    pub(super) fn carried(&self) -> String {
        let known = self.0.iter().filter(|(name, _)| NAMES.contains(&name.as_str()));
        // What has been read is made of letters, digits and dashes; all else is of no use on another page.
        let plain = |value: &str| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let pairs = known.filter(|(_, value)| plain(value)).map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The question, and what is wrong with it.
    pub(super) fn read(&self, menus: &Menus) -> (Question, Vec<FieldError>) {
        let mut errors = Vec::new();
        for (place, (name, _)) in self.0.iter().enumerate() {
            let is_repeated = self.0[..place].iter().any(|(before, _)| before == name);
            match (NAMES.contains(&name.as_str()), is_repeated) {
                (false, _) => errors.push(FieldError { field: name.clone(), problem: FieldProblem::Unknown }),
                (true, true) => errors.push(FieldError { field: name.clone(), problem: FieldProblem::NotSingle }),
                (true, false) => {}
            }
        }
        let mut reading = Reading { given: self, menus, errors };
        let query = MeasureQuery {
            selection: Selection {
                region: reading.code("region", ListName::Region),
                agency: reading.code("agency", ListName::Agency),
                kind_of_place: reading.code("kind_of_place", ListName::KindOfPlace),
                organisation: reading.organisation(),
                ..Selection::default()
            },
            filed_from: reading.day("filed_from"),
            filed_to: reading.day("filed_to"),
            as_known_on: reading.day("as_known_on"),
            by: reading.word("by", Dimension::WORDS, Dimension::named).map(Breakdown::from),
            clock: reading.word("clock", ComplaintClock::WORDS, ComplaintClock::named).unwrap_or_default(),
            ..MeasureQuery::default()
        };
        let delay = reading.word("delay", DelayMeasure::WORDS, DelayMeasure::named);
        let indicator = reading.word("indicator", Indicator::WORDS, Indicator::named);
        let question = Question {
            query,
            delay: delay.unwrap_or(DelayMeasure::FilingToFirstResponse),
            indicator: indicator.unwrap_or(Indicator::Prosecuted),
        };
        (question, reading.errors)
    }
}

struct Reading<'a> {
    given: &'a Given,
    menus: &'a Menus,
    errors: Vec<FieldError>,
}

impl Reading<'_> {
    fn read<T>(&mut self, name: &str, problem: FieldProblem, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.given.value(name);
        if value.is_empty() {
            return None;
        }
        let read = read(value);
        if read.is_none() {
            self.errors.push(FieldError { field: name.to_owned(), problem });
        }
        read
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        self.read(name, FieldProblem::NotATime, day)
    }

    fn word<T>(
        &mut self,
        name: &str,
        options: &'static [&'static str],
        named: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.read(name, FieldProblem::NotOneOf { options }, named)
    }

    fn code(&mut self, name: &str, list: ListName) -> Option<String> {
        let lists = Arc::clone(&self.menus.lists);
        let is_known = |code: &Code| !lists.periods(list, code).is_empty();
        self.read(name, FieldProblem::UnknownCode { list }, |value| {
            value.parse::<Code>().ok().filter(is_known).map(|code| code.to_string())
        })
    }

    fn organisation(&mut self) -> Option<crate::domain::id::OrganisationId> {
        let is_known = self.menus.organisations.iter().any(|(id, _)| id == self.given.value("organisation"));
        self.read("organisation", FieldProblem::NotAnOrganisation, |value| value.parse().ok().filter(|_| is_known))
    }
}

fn day(value: &str) -> Option<NaiveDate> {
    value.parse().ok().filter(|day: &NaiveDate| (1900..=2200).contains(&day.year()))
}

impl FilterForm {
    /// The form of a page, which may have fields of its own, as it was filled in and with what is wrong in it.
    pub(super) fn of(
        action: &'static str,
        own_fields: &[&str],
        given: &Given,
        menus: &Menus,
        errors: &[FieldError],
    ) -> Self {
        let is_offered = |name: &&&str| {
            let is_own = !["delay", "indicator"].contains(*name) || own_fields.contains(*name);
            let was_wrong = errors.iter().any(|error| error.field == ***name);
            is_own && (!menus.released || OF_RELEASES.contains(*name) || was_wrong)
        };
        let fields: Vec<_> =
            NAMES.iter().filter(is_offered).map(|name| FilterField::of(name, given, menus, errors)).collect();
        let is_elsewhere = |error: &&FieldError| !fields.iter().any(|field| field.name == error.field);
        let told = |error: &FieldError| problems::explain_problem(menus.language, &error.field, &error.problem);
        let faults = errors.iter().filter(is_elsewhere).map(told).collect();
        Self { action, fields, faults }
    }

    /// Whether something is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        !self.faults.is_empty() || self.fields.iter().any(|field| field.error.is_some())
    }
}

impl FilterField {
    fn of(name: &'static str, given: &Given, menus: &Menus, errors: &[FieldError]) -> Self {
        let language = menus.language;
        let label = text(language, &format!("figures-field-{}", name.replace('_', "-")), &[]);
        let value = given.value(name).to_owned();
        let is_day = ["filed_from", "filed_to", "as_known_on"].contains(&name);
        let kind = match is_day {
            // What is no day would be shown as an empty field, and so be lost.
            true if value.is_empty() || day(&value).is_some() => "date",
            true => "text",
            false => "select",
        };
        let hint = (name == "as_known_on").then(|| text(language, "figures-hint-as-known-on", &[]));
        let told = |error: &FieldError| match error.problem {
            FieldProblem::NotATime => problems::explain_no_day(language, &label),
            _ => problems::explain_problem(language, &label, &error.problem),
        };
        let error = errors.iter().find(|error| error.field == name).map(told);
        Self { name, hint, kind, choices: choices(name, &value, menus), error, value, label }
    }

    /// The elements that describe it to a screen reader.
    pub(super) fn described_by(&self) -> String {
        let part = |there: bool, what: &str| there.then(|| format!("{}-{what}", self.name));
        let parts = [part(self.hint.is_some(), "hint"), part(self.error.is_some(), "error")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn choices(name: &str, chosen: &str, menus: &Menus) -> Vec<Choice> {
    let language = menus.language;
    let say = |key: &str| text(language, key, &[]);
    let offered: Vec<(String, String)> = match name {
        "region" => codes(menus, ListName::Region),
        "agency" => codes(menus, ListName::Agency),
        "kind_of_place" => codes(menus, ListName::KindOfPlace),
        "organisation" => menus.organisations.clone(),
        "clock" => worded(ComplaintClock::WORDS, |word| say(&format!("figures-clock-{word}"))),
        "by" => {
            let offered = if menus.released { BREAKDOWNS } else { Dimension::ALL };
            offered.iter().map(|by| (by.as_str().to_owned(), labels::of(language, *by))).collect()
        }
        "delay" => worded(DelayMeasure::WORDS, |word| measures::delay(language, word).label),
        "indicator" => {
            let label = |indicator: &Indicator| indicators::indicator(language, *indicator).label;
            Indicator::ALL.iter().map(|indicator| (indicator.as_str().to_owned(), label(indicator))).collect()
        }
        _ => return Vec::new(),
    };
    let nothing = match name {
        "by" => Some(say("figures-by-nothing")),
        "clock" | "delay" | "indicator" => None,
        _ => Some(say("figures-all")),
    };
    let default = match name {
        "delay" => DelayMeasure::FilingToFirstResponse.as_str(),
        "indicator" => Indicator::Prosecuted.as_str(),
        _ => "",
    };
    let chosen = if chosen.is_empty() { default } else { chosen };
    let all = nothing.map(|label| (String::new(), label)).into_iter().chain(offered);
    all.map(|(value, label)| Choice { is_chosen: value == chosen, value, label }).collect()
}

fn worded(words: &[&str], label: impl Fn(&str) -> String) -> Vec<(String, String)> {
    words.iter().map(|word| ((*word).to_owned(), label(word))).collect()
}

/// The codes of a list, also those that hold no longer, for old complaints have them; by their labels.
fn codes(menus: &Menus, list: ListName) -> Vec<(String, String)> {
    let mut codes: Vec<(String, String)> = Vec::new();
    for entry in menus.lists.entries(list) {
        let label = labels::entry(menus.language, entry).to_owned();
        match codes.iter_mut().find(|(code, _)| code == entry.code.as_str()) {
            // As it was called last.
            Some((_, known)) => *known = label,
            None => codes.push((entry.code.to_string(), label)),
        }
    }
    codes.sort_by_cached_key(|(_, label)| label.to_lowercase());
    codes
}
