//! Figures that were asked for a moment ago, kept for as long as nothing has changed that they are made of. It knows
//! nothing of who may see them: leave is asked before it is, and whose cases were counted is part of the question.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::lag::{Lag, Lagging};
use super::measure::{CodesAs, MeasureQuery};
use crate::domain::deadline::Deadlines;
use crate::domain::time::Zone;
use crate::measures::breakdown::{Breakdown, Dimension, Group};
use crate::measures::selection::Selection;
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

/// How figures came about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting {
    /// How many cases were read, also those that the question is not about.
    pub(super) cases_read: u64,
    /// When they were counted, or last found to be those of the cases as they were.
    pub(super) at: DateTime<Utc>,
    /// When somebody asked for them last.
    pub(super) asked_at: DateTime<Utc>,
}

/// A question whose figures are to be counted anew before somebody asks again, by each of some breakdowns.
#[derive(Debug)]
pub(super) struct Due {
    /// The question, broken down by nothing.
    pub(super) question: Question,
    pub(super) breakdowns: Vec<Option<Breakdown>>,
    pub(super) asked_at: DateTime<Utc>,
}

/// When a question is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) asked_at: DateTime<Utc>,
    /// Up to when nothing is missing from the cases that it is answered from.
    pub(super) whole_until: DateTime<Utc>,
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

    /// The question as it will be asked next, if its figures are to be kept ready and will soon be too old: what was
    /// asked of the day on which it was asked will be asked of this one.
    fn due(&self, now: DateTime<Utc>, lag: &Lag) -> Option<Question> {
        let day_of = |instant| Zone::default().date_of(instant);
        let was_of_its_day = self.question.known_on == day_of(self.of.at);
        let known_on = if was_of_its_day { day_of(now) } else { self.question.known_on };
        let is_old = now - self.of.at >= lag.ready_until() || known_on != self.question.known_on;
        let is_wanted = self.of.cases_read >= lag.from_cases && now - self.of.asked_at <= lag.ready_for;
        (is_old && is_wanted).then(|| Question { known_on, ..self.question.clone() })
    }
}

impl Question {
    pub(super) fn broken_down(&self, by: Option<Breakdown>) -> Self {
        let query = MeasureQuery { by, ..self.query.clone() };
        Self { query, ..*self }
    }

    /// The same question about every delay of each group, whose answer has all that this one asks for; none where it is that.
    fn with_all_delays(&self) -> Option<Self> {
        let by = self.query.by?;
        let all = by.with_all_delays();
        (by != all).then(|| self.broken_down(Some(all)))
    }

    /// The breakdown of which one group answers this question, and that group's name: where it chooses a region, an agency,
    /// a kind of place or a year of filing, and nothing else.
    fn as_group(&self) -> Option<(Self, String)> {
        let Selection { stage, region, agency, kind_of_place, place, organisation } = &self.query.selection;
        if self.query.by.is_some() || stage.is_some() || place.is_some() || organisation.is_some() {
            return None;
        }
        let years = (self.query.filed_from, self.query.filed_to);
        let (by, group) = match (region, agency, kind_of_place, years) {
            (Some(region), None, None, (None, None)) => (Dimension::Region, region.clone()),
            (None, Some(agency), None, (None, None)) => (Dimension::Agency, agency.clone()),
            (None, None, Some(kind), (None, None)) => (Dimension::KindOfPlace, kind.clone()),
            (None, None, None, (Some(from), Some(to))) => (Dimension::Year, whole_year(from, to)?),
            _ => return None,
        };
        let query = MeasureQuery {
            by: Some(by.into()),
            selection: Selection::default(),
            filed_from: None,
            filed_to: None,
            codes: CodesAs::Filed,
            ..self.query
        };
        Some((Self { query, ..*self }, group))
    }
}

/// The year that these two days begin and end.
fn whole_year(from: NaiveDate, to: NaiveDate) -> Option<String> {
    let is_whole = from.ordinal() == 1 && to.succ_opt().is_none_or(|next| next.ordinal() == 1);
    (is_whole && from.year() == to.year()).then(|| Group::Year(from.year()).name())
}

/// The figures that are kept, the ones asked for last in front.
#[derive(Debug, Default)]
pub(super) struct FigureCache(Mutex<VecDeque<Kept>>);

impl FigureCache {
    /// The figures that were given to this question on this basis, or to one that asks for more, or those of its group in a
    /// breakdown, if they are still kept.
    pub(super) fn find(&self, basis: &Basis, question: &Question, times: Times) -> Option<Arc<Statistics>> {
        let itself = |question: &Question| self.find_itself(basis, question, times);
        itself(question).or_else(|| itself(&question.with_all_delays()?)).or_else(|| {
            let (breakdown, group) = question.as_group()?;
            itself(&breakdown)?.of_group(&group).map(Arc::new)
        })
    }

    fn find_itself(&self, basis: &Basis, question: &Question, times: Times) -> Option<Arc<Statistics>> {
        let mut kept = self.lock();
        let place = kept.iter().position(|kept| kept.question == *question)?;
        let mut found = kept.remove(place)?;
        found.of.asked_at = times.asked_at;
        let figures = (*found.basis == *basis).then(|| found.figures.clone());
        if figures.is_some() {
            found.of.at = found.of.at.max(times.whole_until);
        }
        kept.push_front(found);
        figures
    }

    /// Whether the figures of this question are kept and are those of this basis. Nobody has asked for them.
    pub(super) fn confirm(&self, basis: &Basis, question: &Question, whole_until: DateTime<Utc>) -> bool {
        let mut kept = self.lock();
        let mut same = kept.iter_mut().filter(|kept| kept.question == *question && *kept.basis == *basis);
        same.next().map(|kept| kept.of.at = kept.of.at.max(whole_until)).is_some()
    }

    /// What is to be counted anew first: the question that was asked last, with all breakdowns for which the same
    /// cases have to be read.
    pub(super) fn due(&self, now: DateTime<Utc>, lag: &Lag) -> Option<Due> {
        let mut kept = self.lock();
        let (first, asked_at) = kept.iter().find_map(|kept| Some((kept.due(now, lag)?, kept.of.asked_at)))?;
        let question = first.broken_down(None);
        let mut breakdowns = Vec::new();
        kept.retain(|kept| {
            let due = kept.due(now, lag).filter(|due| due.broken_down(None) == question);
            breakdowns.extend(due.as_ref().map(|due| due.query.by));
            // Those of the day before make room for those of this one.
            due.is_none_or(|due| due.known_on == kept.question.known_on)
        });
        let due = breakdowns.clone();
        breakdowns.retain(|by: &Option<Breakdown>| {
            by.is_none_or(|by| by == by.with_all_delays() || !due.contains(&Some(by.with_all_delays())))
        });
        Some(Due { question, breakdowns, asked_at })
    }

    /// The figures that were given to this question a moment ago, or to one that asks for more, or those of its group in a
    /// breakdown, where nothing but the cases has changed since.
    pub(super) fn find_lagging(
        &self,
        basis: &Basis,
        question: &Question,
        now: DateTime<Utc>,
        lag: &Lag,
    ) -> Option<Lagging> {
        let itself = |question: &Question| self.find_itself_lagging(basis, question, now, lag);
        let with_all_delays = || itself(&question.with_all_delays()?);
        let of_more_or_less = [with_all_delays(), itself(question)].into_iter().flatten();
        of_more_or_less.max_by_key(|lagging| lagging.counted_at).or_else(|| {
            let (breakdown, group) = question.as_group()?;
            let of_all = itself(&breakdown)?;
            Some(Lagging { figures: Arc::new(of_all.figures.of_group(&group)?), by: None, ..of_all })
        })
    }

    fn find_itself_lagging(
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
        let by = question.query.by;
        (is_of_many && is_recent).then(|| Lagging { figures: found.figures.clone(), counted_at: found.of.at, by })
    }

    /// Keeps figures, and lets go of those that nobody has asked for the longest.
    pub(super) fn keep(&self, basis: &Arc<Basis>, question: Question, figures: Arc<Statistics>, of: Counting) {
        let mut kept = self.lock();
        // What was given on another basis will hardly be asked for again, and who asks for less is answered from this.
        kept.retain(|kept| kept.question != question && kept.question.with_all_delays().as_ref() != Some(&question));
        let place = kept.iter().position(|kept| kept.of.asked_at <= of.asked_at).unwrap_or(kept.len());
        kept.insert(place, Kept { basis: basis.clone(), question, figures, of });
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
