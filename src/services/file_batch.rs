//! Filing many cases at once, all of them or none: for imports and for the demo.

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::{Caller, Services, sealing};
use crate::domain::case::Case;
use crate::domain::deadline::Deadlines;
use crate::domain::event::{Entry, Event, Occurrence};
use crate::domain::id::{CaseId, EventId};
use crate::domain::sealed::PlainText;
use crate::domain::time::Zone;
use crate::store::{NewCase, Transaction};

/// How many cases go to the database together.
pub(super) const BATCH: usize = 500;

/// An event of such a case.
#[derive(Clone, Debug)]
pub struct BatchEvent {
    /// Its identifier; no other event may have it.
    pub id: EventId,
    /// What happened, and when.
    pub occurrence: Occurrence<PlainText>,
    /// When it was recorded; none = now.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// A case to be filed with others.
#[derive(Clone, Debug)]
pub struct BatchCase {
    /// Its time zone.
    pub zone: Zone,
    /// The state whose deadlines apply.
    pub jurisdiction: String,
    /// Its events, in the order of recording.
    pub events: Vec<BatchEvent>,
    /// What tells an imported row from every other.
    pub origin: Option<[u8; 32]>,
}

impl Services {
    /// Files all cases, or none of them.
    ///
    /// # Errors
    /// The first error of the state machine or of the database.
    pub fn file_all(
        &self,
        caller: Caller,
        cases: Vec<BatchCase>,
        mut progress: impl FnMut(usize),
    ) -> Result<(), ServiceError> {
        let mut cases = cases.into_iter().peekable();
        self.store.write(|tx| {
            tx.hold_numbers()?;
            let deadlines = tx.deadlines()?;
            while cases.peek().is_some() {
                let batch: Vec<BatchCase> = cases.by_ref().take(BATCH).collect();
                let filed = batch.len();
                self.file_batch(tx, caller, batch, &deadlines)?;
                progress(filed);
            }
            Ok(tx.count_for_planner()?)
        })
    }

    /// Files a batch in a transaction that is open already.
    pub(super) fn file_batch(
        &self,
        tx: &mut Transaction<'_>,
        caller: Caller,
        batch: Vec<BatchCase>,
        deadlines: &Deadlines,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let new = batch.into_iter().map(|case| self.new_case(caller, case, now)).collect::<Result<Vec<_>, _>>()?;
        tx.file_cases(&new, deadlines)?;
        Ok(())
    }

    /// Seals a case's events and replays them.
    pub(super) fn new_case(
        &self,
        caller: Caller,
        case: BatchCase,
        now: DateTime<Utc>,
    ) -> Result<NewCase, ServiceError> {
        let event = |batch: BatchEvent| Event {
            id: batch.id,
            entry: Entry::New(sealing::seal(self.vault, batch.id, batch.occurrence.happening)),
            occurred_at: batch.occurrence.occurred_at,
            recorded_at: batch.recorded_at.unwrap_or(now),
            recorded_by: caller.author,
        };
        let events = case.events.into_iter().map(event).collect();
        Ok(NewCase {
            id: CaseId(sealing::new_id()),
            organisation: caller.author.organisation,
            jurisdiction: case.jurisdiction,
            case: Case::replay(case.zone, events).map_err(|refusal| ServiceError::refused(refusal, case.zone))?,
            origin: case.origin,
        })
    }
}
