//! The figures of the cases that a question is about, as they were known on a day.
//!
//! Whose cases are counted follows from who may read them now; everything else is as it was known at the end of the
//! day: what was recorded later, or corrected later, has no part in it. So the figures of a day that is over can be
//! had again, to the last digit.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::data_fingerprint::DataFingerprint;
use super::error::ServiceError;
use super::figure_cache::{Basis, Question};
use super::guard::{Permit, Subject};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::code::{Code, CodeLists, Followed, ListName};
use crate::domain::field::FieldProblem;
use crate::domain::time::Zone;
use crate::domain::words;
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::gathering::Gathering;
use crate::measures::mandate::Mandate;
use crate::measures::selection::Selection;
use crate::measures::statistics::Statistics;
use crate::measures::terms::Terms;
use crate::store::{MeasureFilter, MeasuredRow, OrganisationRecord, Transaction};

words! {
    /// Under which codes a breakdown counts.
    #[derive(Default)]
    CodesAs {
        /// As they were when the complaint was filed.
        #[default]
        Filed = "filed",
        /// As they are on the day of the figures: an old code counts under the one that followed it. One that was
        /// split among several stays itself.
        Current = "current",
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MeasureQuery {
    /// Which cases and visits.
    pub selection: Selection,
    /// Filed on this day or later.
    pub filed_from: Option<NaiveDate>,
    /// Filed on this day or earlier.
    pub filed_to: Option<NaiveDate>,
    /// By what they are broken down.
    pub by: Option<Dimension>,
    /// When the clock of a complaint starts.
    pub clock: ComplaintClock,
    /// Under which codes a breakdown counts.
    pub codes: CodesAs,
    /// As known at the end of this day; none for today.
    pub as_known_on: Option<NaiveDate>,
}

/// Something as it was known on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsKnown<T> {
    /// The day, in the reporting zone ([`Zone::default`]).
    pub day: NaiveDate,
    /// Until when what was open was observed: the end of that day, also where it is not over yet.
    pub observed_until: DateTime<Utc>,
    /// Whether nothing can be recorded on that day any more, so that this will never change.
    pub day_is_over: bool,
    /// What was known.
    pub known: T,
}

/// One question, ready to be answered.
struct Asked {
    basis: Arc<Basis>,
    codes: Arc<CodeLists>,
    question: Question,
}

impl Services {
    /// Every figure of a question.
    ///
    /// # Errors
    /// A day in the future; those of the guard and of the database.
    pub fn statistics(&self, caller: &Caller, query: &MeasureQuery) -> Result<AsKnown<Arc<Statistics>>, ServiceError> {
        let AsKnown { day, observed_until, day_is_over, mut known } = self.answer(caller, query, &[query.by])?;
        let known = known.pop().ok_or(ServiceError::NotFound)?;
        Ok(AsKnown { day, observed_until, day_is_over, known })
    }

    /// Every figure of a question, broken down by one thing after the other; the cases are read once for all.
    ///
    /// # Errors
    /// As [`Services::statistics`].
    pub fn statistics_by(
        &self,
        caller: &Caller,
        query: &MeasureQuery,
        dimensions: &[Dimension],
    ) -> Result<AsKnown<Vec<Arc<Statistics>>>, ServiceError> {
        let breakdowns: Vec<Option<Dimension>> = dimensions.iter().copied().map(Some).collect();
        self.answer(caller, query, &breakdowns)
    }

    /// The fingerprint of the cases that a question is about: of all that is measured of each, and of which they are.
    ///
    /// # Errors
    /// As [`Services::statistics`].
    pub fn fingerprint(&self, caller: &Caller, query: &MeasureQuery) -> Result<AsKnown<[u8; 32]>, ServiceError> {
        self.reading(caller, Action::ReadStatistics, Subject::General, |tx, permit| {
            let day = self.known_on(query)?;
            let asked = self.asked(tx, permit, query, day.day)?;
            let is_asked_for = |row: &MeasuredRow<'_>| {
                let (selection, case) = (&query.selection, &row.case);
                selection.admits_case(case) || case.visits.iter().any(|visit| selection.admits_visit(case, visit))
            };
            let parts = tx.gather_cases(day.day, &asked.filter(), DataFingerprint::default, |fingerprint, row| {
                if is_asked_for(row) {
                    fingerprint.add(row);
                }
            })?;
            let mut whole = DataFingerprint::default();
            parts.into_iter().for_each(|part| whole.merge(part));
            Ok(day.with(whole.bytes()))
        })
    }

    fn answer(
        &self,
        caller: &Caller,
        query: &MeasureQuery,
        breakdowns: &[Option<Dimension>],
    ) -> Result<AsKnown<Vec<Arc<Statistics>>>, ServiceError> {
        self.reading(caller, Action::ReadStatistics, Subject::General, |tx, permit| {
            let day = self.known_on(query)?;
            let asked = self.asked(tx, permit, query, day.day)?;
            let known = |by: &Option<Dimension>| self.figures.find(&asked.basis, &asked.broken_down(*by));
            let mut answers: Vec<Option<Arc<Statistics>>> = breakdowns.iter().map(known).collect();
            let missing: Vec<Option<Dimension>> =
                breakdowns.iter().zip(&answers).filter(|(_, known)| known.is_none()).map(|(by, _)| *by).collect();
            if !missing.is_empty() {
                let mut figures = asked.gather(tx, day.observed_until, &missing)?.into_iter();
                for (by, answer) in breakdowns.iter().zip(&mut answers).filter(|(_, known)| known.is_none()) {
                    *answer = figures.next();
                    if let Some(figures) = &*answer {
                        self.figures.keep(&asked.basis, asked.broken_down(*by), figures.clone());
                    }
                }
            }
            Ok(day.with(answers.into_iter().flatten().collect()))
        })
    }

    /// The day that is asked for, and its end.
    fn known_on(&self, query: &MeasureQuery) -> Result<AsKnown<()>, ServiceError> {
        let zone = Zone::default();
        let today = zone.date_of(self.now());
        let day = query.as_known_on.unwrap_or(today);
        if day > today {
            return Err(ServiceError::invalid("as_known_on", FieldProblem::InTheFuture));
        }
        let observed_until = zone.start_of(day + Days::new(1)) - TimeDelta::seconds(1);
        Ok(AsKnown { day, observed_until, day_is_over: day < today, known: () })
    }

    fn asked(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        query: &MeasureQuery,
        known_on: NaiveDate,
    ) -> Result<Asked, ServiceError> {
        let (code_lists_revision, codes) = self.known_code_lists(tx)?;
        let basis = Arc::new(Basis {
            statistics_revision: tx.statistics_revision()?,
            code_lists_revision,
            deadlines: tx.deadlines()?,
            organisations: tx.organisations()?,
        });
        let query = MeasureQuery { as_known_on: None, ..query.clone() };
        let question = Question { query, known_on, reader: permit.reader(Action::ReadStatistics)? };
        Ok(Asked { basis, codes, question })
    }
}

impl<T> AsKnown<T> {
    fn with<U>(self, known: U) -> AsKnown<U> {
        let Self { day, observed_until, day_is_over, .. } = self;
        AsKnown { day, observed_until, day_is_over, known }
    }
}

impl Asked {
    fn broken_down(&self, by: Option<Dimension>) -> Question {
        let query = MeasureQuery { by, ..self.question.query.clone() };
        Question { query, ..self.question }
    }

    fn filter(&self) -> MeasureFilter {
        let Question { query, reader, .. } = &self.question;
        MeasureFilter { filed_from: query.filed_from, filed_to: query.filed_to, reader: *reader }
    }

    /// The figures by each of these breakdowns, from one reading of the cases.
    fn gather(
        &self,
        tx: &mut Transaction<'_>,
        observed_until: DateTime<Utc>,
        breakdowns: &[Option<Dimension>],
    ) -> Result<Vec<Arc<Statistics>>, ServiceError> {
        let Question { query, known_on, .. } = &self.question;
        let mandate = Mandate::of(&self.codes);
        let terms = Terms { clock: query.clock, deadlines: &self.basis.deadlines, mandate, observed_until };
        let begin = || breakdowns.iter().map(|by| Gathering::new(*by)).collect::<Vec<_>>();
        let parts = tx.gather_cases(*known_on, &self.filter(), begin, |gatherings, row| {
            for gathering in gatherings {
                gathering.add(&row.case, &query.selection, &terms);
            }
        })?;
        let whole = parts.into_iter().reduce(|mut whole, part| {
            whole.iter_mut().zip(part).for_each(|(whole, part)| whole.merge(part));
            whole
        });
        let gatherings = whole.unwrap_or_else(begin).into_iter().zip(breakdowns);
        let finish = |(gathering, by): (Gathering, &Option<Dimension>)| {
            let named = match by {
                Some(by) => gathering.rename(|name| self.group_name(*by, name)),
                None => gathering,
            };
            Arc::new(named.finish())
        };
        Ok(gatherings.map(finish).collect())
    }

    /// The name of a group as it is told: an organisation's name, and a code followed into the one that holds on the
    /// day of the figures where that is asked for.
    fn group_name(&self, by: Dimension, name: &str) -> String {
        let list = match by {
            Dimension::Organisation => return organisation_name(&self.basis.organisations, name),
            Dimension::Region => ListName::Region,
            Dimension::Agency | Dimension::Body => ListName::Agency,
            Dimension::KindOfPlace => ListName::KindOfPlace,
            Dimension::Sex => ListName::Sex,
            Dimension::AgeBand => ListName::AgeBand,
            Dimension::Year | Dimension::Quarter | Dimension::Month => return name.to_owned(),
        };
        let Question { query, known_on, .. } = &self.question;
        let (CodesAs::Current, Ok(code)) = (query.codes, name.parse::<Code>()) else { return name.to_owned() };
        match self.codes.follow(list, &code, *known_on) {
            Followed::Into(current) => current.to_string(),
            Followed::Split(_) => name.to_owned(),
        }
    }
}

fn organisation_name(organisations: &[OrganisationRecord], id: &str) -> String {
    let named = organisations.iter().find(|organisation| organisation.id.to_string() == id);
    named.map_or_else(|| id.to_owned(), |organisation| organisation.name.clone())
}
