//! The figures of the cases that a question is about, as they were known on a day.
//!
//! Whose cases are counted follows from who may read them now; everything else is as it was known at the end of the
//! day: what was recorded later, or corrected later, has no part in it. So the figures of a day that is over can be
//! had again, to the last digit.

use std::sync::{Arc, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

use super::asked::{Asked, KnownOn};
use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::lag::{Lag, Lagging};
use super::release::{self, is_given_releases};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::domain::field::FieldProblem;
use crate::domain::time::Zone;
use crate::domain::words;
use crate::measures::breakdown::Breakdown;
use crate::measures::delay::ComplaintClock;
use crate::measures::selection::Selection;
use crate::measures::statistics::Statistics;
use crate::store::{Source, Transaction};

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
    /// How they are broken down.
    pub by: Option<Breakdown>,
    /// When the clock of a complaint starts.
    pub clock: ComplaintClock,
    /// Under which codes a breakdown counts.
    pub codes: CodesAs,
    /// As known at the end of this day; none for today.
    pub as_known_on: Option<NaiveDate>,
}

/// What is answered to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The day, in the reporting zone ([`crate::domain::time::Zone::default`]).
    pub day: NaiveDate,
    /// Until when what was open was observed: the end of that day.
    pub observed_until: DateTime<Utc>,
    /// Whether nothing can be recorded on that day any more.
    pub day_is_over: bool,
    /// Where counts are withheld: those from 1 to below this one, and what would give them away.
    pub withheld_below: Option<u64>,
    /// What was recorded by then is in the figures, where something may have been recorded since; none where nothing has.
    pub counted_at: Option<DateTime<Utc>>,
    /// The figures.
    pub statistics: Arc<Statistics>,
}

/// Figures by several breakdowns.
pub(super) struct Counted {
    pub(super) day: KnownOn,
    /// What was recorded by then is in them, where something may have been recorded since.
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) figures: Vec<Arc<Statistics>>,
}

impl Answer {
    fn new(counted: &Counted, withheld_below: Option<u64>, statistics: Arc<Statistics>) -> Self {
        let KnownOn { day, observed_until, day_is_over } = counted.day;
        Self { day, observed_until, day_is_over, withheld_below, counted_at: counted.at, statistics }
    }
}

impl Services {
    /// Every figure of a question. Those of many cases may lag a moment behind ([`Lag`]). Who sees figures of more than the cases of their own organisation is given the
    /// release of a quarter, with small counts withheld.
    ///
    /// # Errors
    /// A day in the future, a period that ends before it begins; to whom releases are given, a question that could
    /// single somebody out; those of the guard and of the database.
    pub fn statistics(&self, caller: &Caller, query: &MeasureQuery) -> Result<Answer, ServiceError> {
        let action = Action::ReadStatistics;
        if !is_given_releases(caller, action) {
            let counted = self.figures(caller, action, query, &[query.by])?;
            return Ok(Answer::new(&counted, None, counted.figures.first().ok_or(ServiceError::NotFound)?.clone()));
        }
        let counted = self.figures(caller, action, query, &release::parts())?;
        let released = self.releases.of(&counted.figures)?;
        let statistics = query.by.map_or(Some(released.whole()), |breakdown| released.by(breakdown.dimension));
        let statistics = statistics.ok_or(ServiceError::NotFound)?.clone();
        Ok(Answer::new(&counted, Some(released.threshold().get()), statistics))
    }

    /// Whether figures may be read, without reading any.
    ///
    /// # Errors
    /// Those of the guard.
    pub fn may_read_figures(&self, caller: &Caller) -> Result<(), ServiceError> {
        self.reading(caller, Action::ReadStatistics, Subject::General, |_, _| Ok(()))
    }

    /// The question as it will be answered to this caller.
    ///
    /// # Errors
    /// A period that ends before it begins, a day in the future; to whom releases are given, a narrower choice.
    pub(super) fn settled(
        &self,
        caller: &Caller,
        action: Action,
        query: &MeasureQuery,
    ) -> Result<MeasureQuery, ServiceError> {
        let is_backwards = query.filed_from.zip(query.filed_to).is_some_and(|(from, to)| to < from);
        if is_backwards {
            return Err(ServiceError::invalid("filed_to", FieldProblem::EndsBeforeItBegins));
        }
        let settled = if is_given_releases(caller, action) { self.released_question(query)? } else { query.clone() };
        self.known_on(&settled)?;
        Ok(settled)
    }

    /// The figures of a question, settled for this caller, by each of these breakdowns.
    fn figures(
        &self,
        caller: &Caller,
        action: Action,
        query: &MeasureQuery,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<Counted, ServiceError> {
        let kept =
            self.reading_figures(caller, action, self.may_lag(caller, action, query), |tx, permit, source| {
                let asked = self.settled_and_asked(tx, permit, source, (caller, action), query)?;
                if let Some(figures) = asked.known(self, breakdowns) {
                    return Ok(Some((asked.counted(figures), None)));
                }
                let lagging = match breakdowns {
                    [by] => asked.lagging(self, *by),
                    _ => None,
                };
                let counted = lagging.map(|Lagging { figures, counted_at, by }| {
                    let is_old = asked.now - counted_at > self.lag.renewed_after;
                    (Counted { at: Some(counted_at), ..asked.counted(vec![figures]) }, is_old.then_some(by))
                });
                Ok(counted)
            })?;
        let Some((counted, too_old)) = kept else { return self.count(caller, action, query, breakdowns) };
        if let Some(by) = too_old {
            self.count_behind(caller, action, query, &[by]);
        }
        Ok(counted)
    }

    /// Whether something may be missing from the figures of a question that was recorded a moment ago. What is asked as
    /// known on a day that is over has one answer, and so has a release.
    fn may_lag(&self, caller: &Caller, action: Action, query: &MeasureQuery) -> bool {
        !is_given_releases(caller, action) && !query.as_known_on.is_some_and(|day| self.is_over(day))
    }

    /// Whether a day is over, so that its figures have one answer.
    pub(super) fn is_over(&self, day: NaiveDate) -> bool {
        day < Zone::default().date_of(self.now())
    }

    fn settled_and_asked(
        &self,
        tx: &mut Transaction<'_>,
        permit: &Permit<'_>,
        source: Source,
        (caller, action): (&Caller, Action),
        query: &MeasureQuery,
    ) -> Result<Asked, ServiceError> {
        let question = self.settled(caller, action, query)?;
        self.asked(tx, permit, (action, source), &question)
    }

    /// Counts, and keeps what was counted.
    fn count(
        &self,
        caller: &Caller,
        action: Action,
        query: &MeasureQuery,
        breakdowns: &[Option<Breakdown>],
    ) -> Result<Counted, ServiceError> {
        let _turn = self.gathering_turn();
        self.reading_figures(caller, action, self.may_lag(caller, action, query), |tx, permit, source| {
            let asked = self.settled_and_asked(tx, permit, source, (caller, action), query)?;
            Ok(asked.counted(asked.answers(self, tx, breakdowns)?))
        })
    }

    /// Counts on a thread of its own, unless that is done already: of all that lags, one thing at a time.
    fn count_behind(&self, caller: &Caller, action: Action, query: &MeasureQuery, breakdowns: &[Option<Breakdown>]) {
        let (services, caller, query, breakdowns) = (self.clone(), caller.clone(), query.clone(), breakdowns.to_vec());
        self.recounting.begin("figures", move || {
            if let Err(error) = services.count(&caller, action, &query, &breakdowns) {
                tracing::warn!(%error, "figures could not be counted anew; who asks next will be told why");
            }
        });
    }

    /// The same services with another lag of their figures.
    #[must_use]
    pub fn with_lag(mut self, lag: Lag) -> Self {
        self.lag = lag;
        self
    }

    /// Waits until nobody else gathers figures: they take all processors, and of two who ask the same the second finds
    /// it answered. Waited for before a connection is taken, which others need.
    pub(super) fn gathering_turn(&self) -> MutexGuard<'_, ()> {
        self.gathering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
