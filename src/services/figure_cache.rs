//! Figures that were asked for a moment ago, kept for as long as nothing has changed that they are made of. It knows
//! nothing of who may see them: leave is asked before it is, and whose cases were counted is part of the question.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

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
    pub(super) statistics_revision: i32,
    pub(super) code_lists_revision: i32,
    pub(super) deadlines: Deadlines,
    pub(super) organisations: Vec<OrganisationRecord>,
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

    /// Keeps figures, and lets go of those that nobody has asked for the longest.
    pub(super) fn keep(&self, basis: &Arc<Basis>, question: Question, figures: Arc<Statistics>) {
        let mut kept = self.lock();
        // What was given on another basis will hardly be asked for again.
        kept.retain(|kept| kept.question != question);
        kept.push_front(Kept { basis: basis.clone(), question, figures });
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
