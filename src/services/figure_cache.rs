//! Figures that were asked for a moment ago, kept for as long as nothing has changed that they are made of. It knows
//! nothing of who may see them: leave is asked before it is, and whose cases were counted is part of the question.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::measure::MeasureQuery;
use crate::domain::deadline::Deadlines;
use crate::measures::statistics::Statistics;
use crate::store::{OrganisationRecord, Reader};

/// How many sets of figures are kept at most: each group of a breakdown counts as one, for each may have curves of
/// some hundred points.
const MOST: usize = 512;

/// What figures are made of, apart from the question. It must be read in the transaction that reads the cases: what
/// is kept under it is then what that transaction saw, whatever has been written since.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) cases: CasesRevision,
    pub(super) code_lists_revision: i32,
    pub(super) deadlines: Deadlines,
    pub(super) organisations: Vec<OrganisationRecord>,
}

/// How often the cases of a question have been changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CasesRevision {
    /// Any of them in any way: for a day on which, or soon after which, something may yet be recorded.
    Now(i32),
    /// What was known of them on a day long past, and for whoever does not read all of them, with whom they are shared.
    Past(i32, Option<i32>),
}

/// How far figures of many cases may lag behind what is recorded, so that nobody waits while they are counted.
#[derive(Clone, Copy, Debug)]
pub struct Lag {
    /// Where fewer cases have to be read, figures never lag: they are counted in no time.
    pub from_cases: u64,
    /// Figures that lag for longer are counted anew behind whoever is given them.
    pub renewed_after: TimeDelta,
    /// Figures that lag for longer are given to nobody.
    pub at_most: TimeDelta,
}

impl Default for Lag {
    fn default() -> Self {
        Self { from_cases: 20_000, renewed_after: TimeDelta::seconds(10), at_most: TimeDelta::minutes(10) }
    }
}

/// How figures came about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting {
    /// How many cases were read, also those that the question is not about.
    pub(super) cases_read: u64,
    pub(super) at: DateTime<Utc>,
}

/// Figures to which something may have been recorded since they were counted.
#[derive(Debug)]
pub(super) struct Lagging {
    pub(super) figures: Arc<Statistics>,
    pub(super) counted_at: DateTime<Utc>,
}

/// A question, on a day that has been settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) query: MeasureQuery,
    pub(super) known_on: NaiveDate,
    pub(super) reader: Option<Reader>,
}

#[derive(Debug)]
struct Kept {
    basis: Arc<Basis>,
    question: Question,
    figures: Arc<Statistics>,
    of: Counting,
}

impl Kept {
    fn size(&self) -> usize {
        1 + self.figures.groups.len()
    }
}

/// The figures that are kept, the ones asked for last in front.
#[derive(Debug, Default)]
pub(super) struct FigureCache(Mutex<VecDeque<Kept>>);

impl FigureCache {
    /// The figures that were given to this question on this basis, if they are still kept.
    pub(super) fn find(&self, basis: &Basis, question: &Question) -> Option<Arc<Statistics>> {
        let mut kept = self.lock();
        let place = kept.iter().position(|kept| kept.question == *question && *kept.basis == *basis)?;
        let found = kept.remove(place)?;
        let figures = found.figures.clone();
        kept.push_front(found);
        Some(figures)
    }

    /// The figures that were given to this question a moment ago, where nothing but the cases has changed since.
    pub(super) fn find_lagging(
        &self,
        basis: &Basis,
        question: &Question,
        now: DateTime<Utc>,
        lag: &Lag,
    ) -> Option<Lagging> {
        let same_but_cases = |known: &Basis| {
            let Basis { cases: _, code_lists_revision, deadlines, organisations } = known;
            *code_lists_revision == basis.code_lists_revision
                && *deadlines == basis.deadlines
                && *organisations == basis.organisations
        };
        let kept = self.lock();
        let found = kept.iter().find(|kept| kept.question == *question && same_but_cases(&kept.basis))?;
        let is_of_many = found.of.cases_read >= lag.from_cases;
        // A clock that was put back must not make them last.
        let is_recent = (TimeDelta::zero()..=lag.at_most).contains(&(now - found.of.at));
        (is_of_many && is_recent).then(|| Lagging { figures: found.figures.clone(), counted_at: found.of.at })
    }

    /// Keeps figures, and lets go of those that nobody has asked for the longest.
    pub(super) fn keep(&self, basis: &Arc<Basis>, question: Question, figures: Arc<Statistics>, of: Counting) {
        let mut kept = self.lock();
        // What was given on another basis will hardly be asked for again.
        kept.retain(|kept| kept.question != question);
        kept.push_front(Kept { basis: basis.clone(), question, figures, of });
        let mut size: usize = kept.iter().map(Kept::size).sum();
        while size > MOST
            && kept.len() > 1
            && let Some(oldest) = kept.pop_back()
        {
            size -= oldest.size();
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
