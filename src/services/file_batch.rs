//! Filing many cases at once, all of them or none: for imports and for the demo.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::guard::Subject;
use super::sealing::{self, Readers, Scope, Sealer};
use super::{Caller, Services};
use crate::access::permission::Action;
use crate::audit::AuditAction;
use crate::domain::case::Case;
use crate::domain::deadline::Deadlines;
use crate::domain::event::{Entry, Event, Happening, Occurrence};
use crate::domain::id::{Author, CaseId, EventId, OrganisationId};
use crate::domain::sealed::PlainText;
use crate::domain::time::Zone;
use crate::domain::visit::VisitStep;
use crate::store::{NewCase, NewDataKey, Transaction};

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
    /// The organisations that it is shared with from the start.
    pub shared_with: Vec<OrganisationId>,
}

/// What every case of a batch is filed with.
pub(super) struct Filing {
    author: Author,
    deadlines: Deadlines,
    readers: HashMap<Vec<OrganisationId>, Readers>,
}

impl Filing {
    /// What an author's cases are filed with.
    pub(super) fn by(tx: &mut Transaction<'_>, author: Author) -> Result<Self, ServiceError> {
        let alone = Readers::of(tx, author.organisation, &[])?;
        Ok(Self { author, deadlines: tx.deadlines()?, readers: HashMap::from([(Vec::new(), alone)]) })
    }

    fn readers(&mut self, tx: &mut Transaction<'_>, shared: &[OrganisationId]) -> Result<&Readers, ServiceError> {
        if !self.readers.contains_key(shared) {
            let readers = Readers::of(tx, self.author.organisation, shared)?;
            self.readers.insert(shared.to_vec(), readers);
        }
        self.readers.get(shared).ok_or(ServiceError::NoKeysYet)
    }
}

/// A case that is sealed and replays, with the keys that its texts lie under.
#[derive(Debug)]
pub(super) struct SealedCase {
    pub(super) case: NewCase,
    pub(super) keys: Vec<NewDataKey>,
    /// Whether it names somebody.
    pub(super) names: bool,
    /// The organisations that it is shared with.
    pub(super) shared_with: Vec<OrganisationId>,
}

impl Services {
    /// Files all cases, or none of them.
    ///
    /// # Errors
    /// The first error of the state machine or of the database.
    pub fn file_all(
        &self,
        caller: &Caller,
        cases: impl IntoIterator<Item = BatchCase>,
        mut progress: impl FnMut(usize),
    ) -> Result<(), ServiceError> {
        let mut cases = cases.into_iter().peekable();
        self.writing(caller, Action::ImportList, Subject::General, |tx, permit| {
            tx.hold_numbers()?;
            let mut filing = Filing::by(tx, permit.author()?)?;
            let mut total = 0;
            while cases.peek().is_some() {
                let batch: Vec<BatchCase> = cases.by_ref().take(BATCH).collect();
                let filed = batch.len();
                self.file_batch(tx, batch, &mut filing)?;
                total += filed;
                progress(filed);
            }
            permit.note(tx, AuditAction::Imported, |entry| entry.with("cases", total))?;
            Ok(tx.count_for_planner()?)
        })
    }

    /// Files a batch in a transaction that is open already.
    pub(super) fn file_batch(
        &self,
        tx: &mut Transaction<'_>,
        batch: Vec<BatchCase>,
        filing: &mut Filing,
    ) -> Result<(), ServiceError> {
        let (now, author) = (self.now(), filing.author);
        if batch.iter().flat_map(|case| &case.events).any(|event| event.recorded_at.is_some()) {
            tx.note_past_change()?;
        }
        let mut sealed = Vec::with_capacity(batch.len());
        for case in batch {
            let readers = filing.readers(tx, &case.shared_with)?;
            sealed.push(self.new_case(author, case, readers, now)?);
        }
        let new: Vec<NewCase> = sealed.iter().map(|sealed| sealed.case.clone()).collect();
        tx.file_cases(&new, &filing.deadlines)?;
        for SealedCase { case, keys, names, shared_with } in &sealed {
            tx.add_data_keys(keys, now.timestamp_micros())?;
            for organisation in shared_with {
                tx.add_share(case.id, *organisation, author.actor, now.timestamp_micros())?;
            }
            if *names {
                for organisation in shared_with.iter().chain([&author.organisation]) {
                    tx.wait_for_name_index(*organisation, case.id)?;
                }
            }
        }
        Ok(())
    }

    /// Seals a case's events and replays them. It needs public keys alone: nothing that is sealed here can
    /// be opened again by whoever sealed it.
    pub(super) fn new_case(
        &self,
        author: Author,
        case: BatchCase,
        readers: &Readers,
        now: DateTime<Utc>,
    ) -> Result<SealedCase, ServiceError> {
        let id = CaseId(sealing::new_id());
        let mut sealer = Sealer::for_new_case(id, readers);
        let mut request = None;
        let mut names = false;
        let mut events = Vec::with_capacity(case.events.len());
        for BatchEvent { id, occurrence: Occurrence { happening, occurred_at }, recorded_at } in case.events {
            if matches!(happening, Happening::Visit(VisitStep::RequestVisit(_))) {
                request = Some(id);
            }
            let scope = Scope::of(&happening, id, request);
            let entry = Entry::New(sealer.seal(id, scope, happening)?);
            names |= sealing::may_name_somebody(&entry);
            events.push(Event { id, entry, occurred_at, recorded_at: recorded_at.unwrap_or(now), recorded_by: author });
        }
        let new = NewCase {
            id,
            organisation: author.organisation,
            jurisdiction: case.jurisdiction,
            case: Case::replay(case.zone, events).map_err(|refusal| ServiceError::refused(refusal, case.zone))?,
            origin: case.origin,
        };
        Ok(SealedCase { case: new, keys: sealer.into_new_keys(), names, shared_with: case.shared_with })
    }
}
