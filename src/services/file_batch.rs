//! Filing many cases at once, all of them or none: for imports and for the demo.

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::file_complaint::is_jurisdiction;
use super::{Caller, Services, sealing};
use crate::domain::case::Case;
use crate::domain::code::{CodeEntry, ListName};
use crate::domain::deadline::Deadlines;
use crate::domain::event::{Entry, Event, Occurrence};
use crate::domain::field::{FieldError, FieldProblem};
use crate::domain::id::{CaseId, EventId};
use crate::domain::sealed::PlainText;
use crate::domain::time::Zone;
use crate::store::{NewCase, Transaction};

/// An event of such a case.
#[derive(Clone, Debug)]
pub struct BatchEvent {
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

/// How many cases were filed, and how many had been filed before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// New ones.
    pub filed: u64,
    /// Those whose origin was there already.
    pub known: u64,
}

impl Services {
    /// Adds the codes that are missing and files all cases that `batches` gives, in one transaction.
    /// Cases whose origin is there already are passed over. At the end `keep` decides whether it all
    /// stays; otherwise, as after an error, nothing has been written.
    ///
    /// # Errors
    /// The first error of the state machine or of the database.
    pub fn file_batches(
        &self,
        caller: Caller,
        codes: &[(ListName, CodeEntry)],
        batches: impl Iterator<Item = Vec<BatchCase>>,
        mut progress: impl FnMut(Filed),
        keep: impl FnOnce() -> bool,
    ) -> Result<Filed, ServiceError> {
        let now = self.now();
        let mut filed = Filed::default();
        let outcome = self.store.write(|tx| {
            tx.add_codes(codes)?;
            let lists = tx.code_lists()?;
            let deadlines = tx.deadlines()?;
            for batch in batches {
                if batch.iter().any(|case| !is_jurisdiction(&lists, &case.jurisdiction)) {
                    return Err(NotKept::Failed(unknown_jurisdiction()));
                }
                let new = self.file_batch(tx, caller, batch, &deadlines, now)?;
                filed.filed += new.filed;
                filed.known += new.known;
                progress(filed);
            }
            if keep() { Ok(()) } else { Err(NotKept::Unwanted) }
        });
        match outcome {
            Ok(()) | Err(NotKept::Unwanted) => Ok(filed),
            Err(NotKept::Failed(error)) => Err(error),
        }
    }

    fn file_batch(
        &self,
        tx: &mut Transaction<'_>,
        caller: Caller,
        batch: Vec<BatchCase>,
        deadlines: &Deadlines,
        now: DateTime<Utc>,
    ) -> Result<Filed, ServiceError> {
        let origins: Vec<[u8; 32]> = batch.iter().filter_map(|case| case.origin).collect();
        let known: std::collections::HashSet<[u8; 32]> = tx.known_origins(&origins)?.into_iter().collect();
        let total = batch.len();
        let mut new = Vec::with_capacity(total);
        for case in batch {
            if case.origin.is_none_or(|origin| !known.contains(&origin)) {
                new.push(self.new_case(caller, case, now)?);
            }
        }
        tx.file_cases(&new, deadlines)?;
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Ok(Filed { filed: count(new.len()), known: count(total - new.len()) })
    }

    fn new_case(&self, caller: Caller, case: BatchCase, now: DateTime<Utc>) -> Result<NewCase, ServiceError> {
        let event = |batch: BatchEvent| {
            let id = EventId(sealing::new_id());
            Event {
                id,
                entry: Entry::New(sealing::seal(self.vault, id, batch.occurrence.happening)),
                occurred_at: batch.occurrence.occurred_at,
                recorded_at: batch.recorded_at.unwrap_or(now),
                recorded_by: caller.author,
            }
        };
        let events = case.events.into_iter().map(event).collect();
        Ok(NewCase {
            id: CaseId(sealing::new_id()),
            organisation: caller.author.organisation,
            jurisdiction: case.jurisdiction,
            case: Case::replay(case.zone, events)?,
            origin: case.origin,
        })
    }
}

/// Why a transaction of many cases is undone.
enum NotKept {
    Unwanted,
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for NotKept {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn unknown_jurisdiction() -> ServiceError {
    let problem = FieldProblem::UnknownCode { list: ListName::Jurisdiction };
    ServiceError::Invalid(vec![FieldError { field: "jurisdiction".to_owned(), problem }])
}
