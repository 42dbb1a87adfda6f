//! The cases as figures see them, on every day, kept in memory where there are many: so that also the figures that nobody
//! expected are counted at once. They are read from the database once, and again when what they hang on has changed; what
//! has been recorded since is read by each question that it matters to, in its own transaction. So no question is ever
//! answered from other cases than those that its transaction sees.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{Days, NaiveDate};

use super::Services;
use super::error::ServiceError;
use super::figure_cache::Basis;
use crate::domain::code::CodeLists;
use crate::domain::deadline::Deadlines;
use crate::domain::id::CaseId;
use crate::domain::time::Zone;
use crate::measures::breakdown::Breakdown;
use crate::measures::delay::ComplaintClock;
use crate::measures::gathering::Gathering;
use crate::measures::known_cases::{ArrangedCases, KnownCases, KnownQuestion, KnownReader, TooMuch};
use crate::measures::mandate::Mandate;
use crate::measures::observed::ObservationEnd;
use crate::measures::side_by_side::side_by_side;
use crate::measures::terms::Terms;
use crate::store::{Gathered, KnownAt, MeasureFilter, MeasuredRow, StoreError, Transaction};

/// How many are kept at most, each case as often as it was known otherwise than before: of more, figures are counted
/// from the database. Each takes some hundred bytes.
const MOST_KEPT: u64 = 1_500_000;

/// What the kept cases hang on, beside the cases.
#[derive(Debug, PartialEq)]
struct Grounds {
    past_revision: i32,
    code_lists_revision: i32,
    deadlines: Deadlines,
}

/// All that was kept of the cases at some time, and what has been recorded since.
#[derive(Debug)]
struct Memory {
    grounds: Grounds,
    /// The first day of what has to be read again.
    since: NaiveDate,
    parts: Vec<ArrangedCases>,
    late: Vec<KnownCases>,
    /// The revision up to which `late` goes.
    late_revision: Option<i32>,
    /// The cases of `parts` that are known otherwise since.
    overtaken: Vec<CaseId>,
}

/// Some of the kept cases.
enum Part<'m> {
    Arranged(&'m ArrangedCases),
    Late(&'m KnownCases),
}

/// The kept cases, if any are.
#[derive(Debug, Default)]
pub(super) struct CaseMemory(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    memory: Option<Memory>,
    /// The day on which there were too many: their number is not asked again before the next.
    too_many_on: Option<NaiveDate>,
}

/// What is gathered from the kept cases.
pub(super) struct Asking<'a> {
    pub(super) known_on: NaiveDate,
    pub(super) filter: &'a MeasureFilter,
    pub(super) terms: &'a Terms<'a>,
    pub(super) breakdowns: &'a [Option<Breakdown>],
}

impl CaseMemory {
    /// What one gathering each by these breakdowns finds; none where the cases are not kept, or not on this basis.
    pub(super) fn gather(
        &self,
        tx: &mut Transaction<'_>,
        codes: &CodeLists,
        basis: &Basis,
        asking: &Asking<'_>,
    ) -> Result<Option<Gathered<Vec<Gathering>>>, StoreError> {
        let mut kept = self.lock();
        let Some(memory) = &mut kept.memory else { return Ok(None) };
        if memory.grounds.code_lists_revision != basis.code_lists_revision
            || memory.grounds.deadlines != basis.deadlines
            || memory.grounds.past_revision != tx.past_statistics_revision()?
        {
            return Ok(None);
        }
        if asking.known_on >= memory.since && !memory.catch_up(tx, codes)? {
            return Ok(None);
        }
        let reader = match asking.filter.reader {
            Some(reader) => Some(KnownReader {
                organisation: reader.organisation,
                shared: tx.cases_shared_with(reader.organisation)?,
                only_with_visit: reader.only_with_visit,
            }),
            None => None,
        };
        Ok(Some(memory.gather(asking, reader.as_ref())))
    }

    /// Whether there is nothing to do: the cases are kept on these grounds since this day or later, or are known to be too
    /// many today.
    fn is_settled(&self, grounds: &Grounds, since: NaiveDate, today: NaiveDate) -> bool {
        let kept = self.lock();
        kept.too_many_on == Some(today)
            || kept.memory.as_ref().is_some_and(|memory| memory.grounds == *grounds && memory.since >= since)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// All cases as they are known up to now; none where there are too many.
    fn of(
        tx: &mut Transaction<'_>,
        codes: &CodeLists,
        grounds: Grounds,
        today: NaiveDate,
    ) -> Result<Option<Self>, StoreError> {
        let since = first_day_to_read_again(today);
        let Some(parts) = read(tx, KnownAt::Before(since), codes, &grounds.deadlines)? else { return Ok(None) };
        // One after the other: each takes twice its room for a moment.
        let Ok(parts) = parts.into_iter().map(KnownCases::arrange).collect() else { return Ok(None) };
        Ok(Some(Self { grounds, since, parts, late: Vec::new(), late_revision: None, overtaken: Vec::new() }))
    }

    /// Reads what has been recorded since, unless it has been read; returns whether there was room for it.
    fn catch_up(&mut self, tx: &mut Transaction<'_>, codes: &CodeLists) -> Result<bool, StoreError> {
        let revision = tx.statistics_revision()?;
        if self.late_revision == Some(revision) {
            return Ok(true);
        }
        self.late_revision = None;
        let Some(late) = read(tx, KnownAt::Since(self.since), codes, &self.grounds.deadlines)? else {
            return Ok(false);
        };
        for case in self.overtaken.drain(..) {
            self.parts.iter_mut().for_each(|part| part.reopen(case));
        }
        let mut known_since: HashMap<CaseId, NaiveDate> = HashMap::new();
        for (case, from) in late.iter().flat_map(KnownCases::first_days) {
            known_since.entry(case).and_modify(|known| *known = from.min(*known)).or_insert(from);
        }
        for (case, from) in &known_since {
            self.parts.iter_mut().for_each(|part| part.end(*case, *from));
        }
        self.overtaken.extend(known_since.into_keys());
        self.late = late;
        self.late_revision = Some(revision);
        Ok(true)
    }

    fn gather(&self, asking: &Asking<'_>, reader: Option<&KnownReader>) -> Gathered<Vec<Gathering>> {
        let MeasureFilter { filed_from, filed_to, ref selection, .. } = *asking.filter;
        let question = KnownQuestion { known_on: asking.known_on, filed_from, filed_to, selection, reader };
        let late = if asking.known_on >= self.since { self.late.as_slice() } else { &[] };
        let parts: Vec<Part<'_>> = self
            .parts
            .iter()
            .map(Part::Arranged)
            .chain(late.iter().filter(|late| !late.is_empty()).map(Part::Late))
            .collect();
        let gathered = side_by_side(&parts, true, |part| {
            let mut gatherings: Vec<Gathering> = asking.breakdowns.iter().map(|by| Gathering::new(*by)).collect();
            let read = match part {
                Part::Arranged(cases) => cases.gather(&question, asking.terms, &mut gatherings),
                Part::Late(cases) => cases.gather(&question, asking.terms, &mut gatherings),
            };
            (gatherings, read)
        });
        let read = gathered.iter().map(|(_, read)| read).sum();
        Gathered { parts: gathered.into_iter().map(|(gatherings, _)| gatherings).collect(), read }
    }
}

/// The cases of the rows of some time, in several parts; none where there is no room for them.
fn read(
    tx: &mut Transaction<'_>,
    at: KnownAt,
    codes: &CodeLists,
    deadlines: &Deadlines,
) -> Result<Option<Vec<KnownCases>>, StoreError> {
    // The clock and the end of the observation have no part in what is kept.
    let terms = Terms {
        clock: ComplaintClock::default(),
        deadlines,
        mandate: Mandate::of(codes),
        observed_until: ObservationEnd::at(chrono::DateTime::UNIX_EPOCH),
    };
    let begin = || Ok(KnownCases::default());
    let gathered = tx.gather_history(at, begin, |known: &mut Result<KnownCases, TooMuch>, row: &MeasuredRow<'_>| {
        if let Ok(cases) = known
            && let Err(too_much) = cases.add(row.id, row.span, &row.case, &terms)
        {
            *known = Err(too_much);
        }
    })?;
    Ok(gathered.parts.into_iter().collect::<Result<_, _>>().ok())
}

impl Services {
    /// Keeps the cases in memory, where there are many and not too many, or lets go of them. Nothing where they are kept
    /// already on the grounds that hold today.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_cases_in_memory(&self) -> Result<(), ServiceError> {
        let today = Zone::default().date_of(self.now());
        let settled = self.on_the_replica_or_primary(true, |tx, _| {
            let (code_lists_revision, codes) = self.known_code_lists(tx)?;
            let past_revision = tx.past_statistics_revision()?;
            let grounds = Grounds { past_revision, code_lists_revision, deadlines: tx.deadlines()? };
            if self.cases.is_settled(&grounds, first_day_to_read_again(today), today) {
                return Ok(None);
            }
            if u64::try_from(tx.count_cases()?).unwrap_or(0) < self.lag.from_cases {
                return Ok(Some(Kept::default()));
            }
            let are_too_many = tx.count_history()? > MOST_KEPT;
            let mut memory = if are_too_many { None } else { Memory::of(tx, &codes, grounds, today)? };
            if let Some(memory) = &mut memory {
                // So that the first to ask need not do it.
                memory.catch_up(tx, &codes)?;
            }
            let too_many_on = memory.is_none().then_some(today);
            Ok(Some(Kept { memory, too_many_on }))
        })?;
        if let Some(kept) = settled {
            *self.cases.lock() = kept;
        }
        Ok(())
    }

    /// How many cases are kept in memory, each as often as it was known otherwise than before; without what has been recorded
    /// since they were read.
    #[must_use]
    pub fn cases_in_memory(&self) -> usize {
        self.cases.lock().memory.as_ref().map_or(0, |memory| memory.parts.iter().map(ArrangedCases::len).sum())
    }
}

/// What was begun just before midnight may be written after it: yesterday is not over yet.
fn first_day_to_read_again(today: NaiveDate) -> NaiveDate {
    today - Days::new(1)
}
