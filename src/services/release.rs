//! Figures that leave the system, or that are shown to whoever sees those of all organisations.
//!
//! From two answers that differ by a day or a code somebody could be singled out. So there is one release of all
//! complaints for each quarter, the same for everybody, and every table of it is decided beside all others.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, Days, NaiveDate};

use super::error::ServiceError;
use super::measure::MeasureQuery;
use super::{Caller, Services};
use crate::access::permission::{Action, Sight};
use crate::access::role::Roles;
use crate::domain::field::FieldProblem;
use crate::domain::time::Zone;
use crate::measures::breakdown::Breakdown;
use crate::measures::disclosure::{BREAKDOWNS, Released};
use crate::measures::selection::Selection;
use crate::measures::statistics::Statistics;
use crate::statistics::suppression::Threshold;

/// How many releases are kept: deciding what is withheld takes longer than reading them.
const MOST: usize = 32;

/// A release, and the figures that it was made of, the whole first.
#[derive(Debug)]
struct Release {
    made_of: Vec<Arc<Statistics>>,
    released: Arc<Released>,
}

/// The latest releases.
#[derive(Debug, Default)]
pub(super) struct Releases {
    known: Mutex<Vec<Release>>,
    /// Held while one is decided: of two who ask for the same, the second finds it made.
    deciding: Mutex<()>,
}

/// What a release is made of: the whole, and [`BREAKDOWNS`].
pub(super) fn parts() -> Vec<Option<Breakdown>> {
    [None].into_iter().chain(BREAKDOWNS.iter().map(|by| Some(Breakdown::from(*by)))).collect()
}

impl Releases {
    /// The release of figures, in the order of [`parts`].
    ///
    /// # Errors
    /// Where the figures contradict each other, which they never should.
    pub(super) fn of(&self, figures: &[Arc<Statistics>]) -> Result<Arc<Released>, ServiceError> {
        if let Some(released) = self.find(figures) {
            return Ok(released);
        }
        let _turn = self.deciding.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(released) = self.find(figures) {
            return Ok(released);
        }
        let (whole, breakdowns) = figures.split_first().ok_or(ServiceError::NotFound)?;
        let released = Arc::new(Released::of(whole, breakdowns, Threshold::default())?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(0, Release { made_of: figures.to_vec(), released: released.clone() });
        known.truncate(MOST);
        Ok(released)
    }

    fn find(&self, figures: &[Arc<Statistics>]) -> Option<Arc<Released>> {
        let is_it = |release: &&Release| {
            release.made_of.len() == figures.len()
                && release.made_of.iter().zip(figures).all(|(known, asked)| Arc::ptr_eq(known, asked))
        };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(is_it).map(|release| release.released.clone())
    }
}

/// Whether who asks sees figures of more than the cases of their own organisation. The console does, but it holds the
/// database itself.
pub(super) fn is_given_releases(caller: &Caller, action: Action) -> bool {
    caller.roles().is_some_and(|roles: &Roles| action.sight(roles) == Sight::All)
}

impl Services {
    /// The question of whoever is given releases, on the day of one: that which is asked for, or the latest.
    ///
    /// # Errors
    /// Any narrower choice: of cases, of another breakdown than [`BREAKDOWNS`], of a day between two quarters.
    pub(super) fn released_question(&self, query: &MeasureQuery) -> Result<MeasureQuery, ServiceError> {
        let Selection { stage, region, agency, kind_of_place, place, organisation } = &query.selection;
        let latest = last_day_of_the_quarter_before(Zone::default().date_of(self.now()));
        let day = query.as_known_on.unwrap_or(latest);
        let is_quarters_last = |day: NaiveDate| last_day_of_the_quarter_before(day + Days::new(1)) == day;
        let narrow = [
            ("stage", stage.is_some()),
            ("region", region.is_some()),
            ("agency", agency.is_some()),
            ("kind_of_place", kind_of_place.is_some()),
            ("place", place.is_some()),
            ("organisation", organisation.is_some()),
            ("filed_from", query.filed_from.is_some()),
            ("filed_to", query.filed_to.is_some()),
            ("clock", query.clock != Default::default()),
            ("codes", query.codes != Default::default()),
            ("by", query.by.is_some_and(|breakdown| !BREAKDOWNS.contains(&breakdown.dimension))),
            ("as_known_on", day > latest || !is_quarters_last(day)),
        ];
        match narrow.into_iter().find(|(_, narrow)| *narrow) {
            Some((field, _)) => Err(ServiceError::invalid(field, FieldProblem::SinglesOut)),
            None => Ok(MeasureQuery { as_known_on: Some(day), ..MeasureQuery::default() }),
        }
    }
}

/// The last day of the quarter before the one that a day belongs to.
fn last_day_of_the_quarter_before(day: NaiveDate) -> NaiveDate {
    let first_month = day.month0() / 3 * 3;
    let first = day.with_day(1).and_then(|day| day.with_month0(first_month));
    first.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_ends_on_its_last_day() {
        let before = |day: &str| last_day_of_the_quarter_before(day.parse().unwrap()).to_string();
        assert_eq!(before("2026-11-28"), "2026-09-30");
        assert_eq!(before("2026-10-01"), "2026-09-30");
        assert_eq!(before("2026-09-30"), "2026-06-30");
        assert_eq!(before("2026-01-31"), "2025-12-31");
        assert_eq!(before("2024-05-31"), "2024-03-31");
    }
}
