//! The figures of the cases that a question is about, as they were known on a day.
//!
//! Whose cases are counted follows from who may read them now; everything else is as it was known at the end of the
//! day: what was recorded later, or corrected later, has no part in it. So the figures of a day that is over can be
//! had again, to the last digit.

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::asked::KnownOn;
use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services};
use crate::access::permission::{Action, Sight};
use crate::access::role::Roles;
use crate::domain::field::FieldProblem;
use crate::domain::words;
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::selection::Selection;
use crate::measures::statistics::Statistics;
use crate::statistics::suppression::Threshold;

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
    /// The figures.
    pub statistics: Arc<Statistics>,
}

impl Answer {
    fn new(day: KnownOn, withheld_below: Option<u64>, statistics: Arc<Statistics>) -> Self {
        let KnownOn { day, observed_until, day_is_over } = day;
        Self { day, observed_until, day_is_over, withheld_below, statistics }
    }
}

impl Services {
    /// Every figure of a question. Who sees figures of more than the cases of their own organisation gets them with
    /// small counts withheld.
    ///
    /// # Errors
    /// A day in the future; a filter that could single somebody out; those of the guard and of the database.
    pub fn statistics(&self, caller: &Caller, query: &MeasureQuery) -> Result<Answer, ServiceError> {
        let sees_all = |roles: &Roles| Action::ReadStatistics.sight(roles) == Sight::All;
        let is_released = caller.roles().is_some_and(sees_all);
        if is_released {
            check_singles_nobody_out(query)?;
        }
        let mut breakdowns = vec![query.by];
        if is_released && query.by.is_some() {
            breakdowns.insert(0, None);
        }
        let (day, mut figures) = self.reading(caller, Action::ReadStatistics, Subject::General, |tx, permit| {
            let asked = self.asked(tx, permit, Action::ReadStatistics, query)?;
            Ok::<_, ServiceError>((asked.day, asked.answers(self, tx, &breakdowns)?))
        })?;
        if is_released {
            let threshold = Threshold::default();
            let statistics = self.releases.of(&figures, threshold)?;
            return Ok(Answer::new(day, Some(threshold.get()), statistics));
        }
        Ok(Answer::new(day, None, figures.pop().ok_or(ServiceError::NotFound)?))
    }
}

/// Figures of all organisations are told for whole years and by breakdown alone: from two questions that differ by a
/// day or a code, somebody could be singled out.
fn check_singles_nobody_out(query: &MeasureQuery) -> Result<(), ServiceError> {
    let Selection { stage, region, agency, kind_of_place, place } = &query.selection;
    let begins_a_year = query.filed_from.is_none_or(|day| (day.month(), day.day()) == (1, 1));
    let ends_a_year = query.filed_to.is_none_or(|day| (day.month(), day.day()) == (12, 31));
    let narrow = [
        ("stage", stage.is_some()),
        ("region", region.is_some()),
        ("agency", agency.is_some()),
        ("kind_of_place", kind_of_place.is_some()),
        ("place", place.is_some()),
        ("filed_from", !begins_a_year),
        ("filed_to", !ends_a_year),
    ];
    match narrow.into_iter().find(|(_, narrow)| *narrow) {
        Some((field, _)) => Err(ServiceError::invalid(field, FieldProblem::SinglesOut)),
        None => Ok(()),
    }
}
