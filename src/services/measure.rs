//! Delays and rates over the cases that a filter lets through, whole and broken down.

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::code::{Code, CodeLists, Followed, ListName};
use crate::domain::deadline::Deadlines;
use crate::domain::words;
use crate::measures::breakdown::{Dimension, groups};
use crate::measures::delay::{ComplaintClock, DelayMeasure};
use crate::measures::measured::{MeasuredCase, MeasuredVisit};
use crate::measures::rate::{RateFigures, RateMeasure};
use crate::measures::tally::{DelayFigures, measure_all};
use crate::store::CaseFilter;

words! {
    /// Under which codes a breakdown counts.
    #[derive(Default)]
    CodesAs {
        /// As they were when the complaint was filed.
        #[default]
        Filed = "filed",
        /// As they are today: an old code counts under the one that followed it. One that was split
        /// among several stays itself.
        Current = "current",
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureQuery {
    /// Which cases.
    pub filter: CaseFilter,
    /// By what they are broken down.
    pub by: Option<Dimension>,
    /// When the clock of a complaint starts.
    pub clock: ComplaintClock,
    /// Under which codes a breakdown counts.
    pub codes: CodesAs,
}

/// One delay in one group.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayRow {
    /// The delay.
    pub measure: DelayMeasure,
    /// The group; none for all together.
    pub group: Option<String>,
    /// The figures.
    pub figures: DelayFigures,
}

/// One rate in one group.
#[derive(Clone, Debug, PartialEq)]
pub struct RateRow {
    /// The rate.
    pub measure: RateMeasure,
    /// The group; none for all together.
    pub group: Option<String>,
    /// The figures.
    pub figures: RateFigures,
}

/// All delays.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayReport {
    /// Open waits were observed until then.
    pub observed_until: DateTime<Utc>,
    /// How many cases the filter let through.
    pub cases: usize,
    /// The figures: first all together, then by group.
    pub rows: Vec<DelayRow>,
}

/// All rates.
#[derive(Clone, Debug, PartialEq)]
pub struct RateReport {
    /// The instant for which they hold.
    pub observed_until: DateTime<Utc>,
    /// How many cases the filter let through.
    pub cases: usize,
    /// The figures: first all together, then by group.
    pub rows: Vec<RateRow>,
}

struct Data {
    now: DateTime<Utc>,
    deadlines: Deadlines,
    cases: Vec<MeasuredCase>,
    visits: Vec<MeasuredVisit>,
}

impl Services {
    fn measured(&self, caller: &Caller, query: &MeasureQuery) -> Result<Data, ServiceError> {
        let now = self.now();
        self.reading(caller, Action::ReadStatistics, Subject::General, |tx, permit| {
            let filter = CaseFilter { reader: permit.reader(Action::ReadStatistics)?, ..query.filter.clone() };
            Ok(Data {
                now,
                deadlines: tx.deadlines()?,
                cases: tx.measured_cases(&filter)?,
                visits: tx.measured_visits(&filter)?,
            })
        })
    }

    /// Every delay.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delays(&self, caller: &Caller, query: &MeasureQuery) -> Result<DelayReport, ServiceError> {
        self.delay_report(query, &self.measured(caller, query)?)
    }

    /// Every rate.
    ///
    /// # Errors
    /// Those of the database.
    pub fn rates(&self, caller: &Caller, query: &MeasureQuery) -> Result<RateReport, ServiceError> {
        self.rate_report(query, &self.measured(caller, query)?)
    }

    /// Every delay and every rate, of the same cases at the same instant.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delays_and_rates(
        &self,
        caller: &Caller,
        query: &MeasureQuery,
    ) -> Result<(DelayReport, RateReport), ServiceError> {
        let data = self.measured(caller, query)?;
        Ok((self.delay_report(query, &data)?, self.rate_report(query, &data)?))
    }

    fn delay_report(&self, query: &MeasureQuery, data: &Data) -> Result<DelayReport, ServiceError> {
        let mut rows = Vec::new();
        self.each_group(query, data, |group, cases, visits| data.delays(query, group, cases, visits, &mut rows))?;
        Ok(DelayReport { observed_until: data.now, cases: data.cases.len(), rows })
    }

    fn rate_report(&self, query: &MeasureQuery, data: &Data) -> Result<RateReport, ServiceError> {
        let mut rows = Vec::new();
        self.each_group(query, data, |group, cases, visits| rates(group, cases, visits, &mut rows))?;
        Ok(RateReport { observed_until: data.now, cases: data.cases.len(), rows })
    }

    /// Hands out all cases and visits together, then those of each group.
    fn each_group(
        &self,
        query: &MeasureQuery,
        data: &Data,
        mut measure: impl FnMut(Option<&str>, &[&MeasuredCase], &[&MeasuredVisit]),
    ) -> Result<(), ServiceError> {
        let all_cases: Vec<&MeasuredCase> = data.cases.iter().collect();
        let all_visits: Vec<&MeasuredVisit> = data.visits.iter().collect();
        measure(None, &all_cases, &all_visits);
        let Some(by) = query.by else { return Ok(()) };
        let codes = self.code_lists()?;
        let rename = |name: &str| renamed(&codes, by, query.codes, data.now, name);
        let mut visits = groups(&data.visits, by, rename);
        let mut cases = groups(&data.cases, by, rename);
        for name in visits.keys() {
            cases.entry(name.clone()).or_default();
        }
        for (name, cases) in cases {
            measure(Some(&name), &cases, &visits.remove(&name).unwrap_or_default());
        }
        Ok(())
    }
}

impl Data {
    fn delays(
        &self,
        query: &MeasureQuery,
        group: Option<&str>,
        cases: &[&MeasuredCase],
        visits: &[&MeasuredVisit],
        rows: &mut Vec<DelayRow>,
    ) {
        let figures =
            measure_all(cases.iter().copied(), visits.iter().copied(), query.clock, &self.deadlines, self.now);
        rows.extend(figures.map(|(measure, figures)| DelayRow { measure, group: group.map(str::to_owned), figures }));
    }
}

fn rates(group: Option<&str>, cases: &[&MeasuredCase], visits: &[&MeasuredVisit], rows: &mut Vec<RateRow>) {
    for measure in RateMeasure::ALL.iter().copied() {
        let figures = if measure.is_of_visits() {
            measure.over_visits(visits.iter().copied())
        } else {
            measure.over_cases(cases.iter().copied())
        };
        rows.push(RateRow { measure, group: group.map(str::to_owned), figures });
    }
}

/// The name of a group, followed into the code that holds today where that is asked for.
fn renamed(codes: &CodeLists, by: Dimension, codes_as: CodesAs, now: DateTime<Utc>, name: &str) -> String {
    let list = match by {
        Dimension::Year => return name.to_owned(),
        Dimension::Region => ListName::Region,
        Dimension::Agency | Dimension::Body => ListName::Agency,
        Dimension::KindOfPlace => ListName::KindOfPlace,
    };
    let (CodesAs::Current, Ok(code)) = (codes_as, name.parse::<Code>()) else { return name.to_owned() };
    match codes.follow(list, &code, now.date_naive()) {
        Followed::Into(current) => current.to_string(),
        Followed::Split(_) => name.to_owned(),
    }
}
