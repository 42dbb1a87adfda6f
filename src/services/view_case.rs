//! Looking at one case: its facts, where both regions stand, what may follow, what is due.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::{Services, sealing};
use crate::domain::case::Case;
use crate::domain::deadline::{Wait, waits};
use crate::domain::event::{Entry, Event, Happening};
use crate::domain::id::{CaseId, EventId, Reference};
use crate::domain::milestone::Milestones;
use crate::domain::sealed::PlainText;
use crate::store::{CaseRecord, StoredCase};

/// A case as it is looked at.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// What is known apart from the events.
    pub record: CaseRecord,
    /// The case.
    pub case: Case,
    /// The complaint, with its texts opened.
    pub complaint: Option<EventView>,
    /// The facts that count, with their texts opened.
    pub facts: Vec<EventView>,
    /// When each thing first happened.
    pub milestones: Milestones,
    /// What it waits for.
    pub waits: Vec<Wait>,
    /// The instant for which this holds.
    pub now: DateTime<Utc>,
}

/// An event with its texts opened.
#[derive(Clone, Debug)]
pub struct EventView {
    /// Its place in the list, from 1.
    pub sequence: usize,
    /// The event as it is stored.
    pub event: Event,
    /// What happened; none for a retraction.
    pub happening: Option<Happening<PlainText>>,
    /// Why it corrects an earlier one.
    pub why: Option<PlainText>,
    /// The event that took its place.
    pub corrected_by: Option<EventId>,
}

/// What names a case in a URL: its identifier or its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseName {
    /// The identifier.
    Id(CaseId),
    /// The reference.
    Reference(Reference),
}

impl std::str::FromStr for CaseName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self::Reference).or_else(|_| text.parse().map(Self::Id).map_err(|_| ()))
    }
}

impl Services {
    /// A case.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn view_case(&self, name: CaseName) -> Result<CaseView, ServiceError> {
        let now = self.now();
        let (stored, deadlines) = self.store.read(|tx| {
            let id = resolve(tx, name)?;
            Ok::<_, ServiceError>((tx.case(id)?, tx.deadlines()?))
        })?;
        let events = self.open_events(&stored.case)?;
        let StoredCase { record, case } = stored;
        let milestones = Milestones::of(&case);
        let waits = waits(&case, &milestones, &deadlines, &record.jurisdiction);
        let counting: HashSet<EventId> = case.effective().map(|effective| effective.event.id).collect();
        let (mut complaint, mut facts) = (None, Vec::new());
        for view in events.into_iter().filter(|view| counting.contains(&view.event.id)) {
            match &view.happening {
                Some(Happening::Fact(_)) => facts.push(view),
                Some(Happening::Investigation(crate::domain::investigation::InvestigationStep::File(_))) => {
                    complaint = Some(view)
                }
                _ => {}
            }
        }
        Ok(CaseView { record, complaint, facts, milestones, waits, now, case })
    }

    /// All events of a case, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn view_events(&self, name: CaseName) -> Result<(CaseRecord, Case, Vec<EventView>), ServiceError> {
        let stored = self.store.read(|tx| {
            let id = resolve(tx, name)?;
            Ok::<_, ServiceError>(tx.case(id)?)
        })?;
        let views = self.open_events(&stored.case)?;
        Ok((stored.record, stored.case, views))
    }

    fn open_events(&self, case: &Case) -> Result<Vec<EventView>, ServiceError> {
        let corrections: std::collections::HashMap<_, _> =
            case.events().iter().filter_map(|event| Some((event.entry.corrects()?, event.id))).collect();
        case.events()
            .iter()
            .enumerate()
            .map(|(place, event)| self.open_event(place + 1, event, corrections.get(&event.id).copied()))
            .collect()
    }

    fn open_event(
        &self,
        sequence: usize,
        event: &Event,
        corrected_by: Option<EventId>,
    ) -> Result<EventView, ServiceError> {
        let happening = event
            .entry
            .happening()
            .cloned()
            .map(|happening| sealing::open(self.vault, event.id, happening))
            .transpose()?;
        let why = match &event.entry {
            Entry::New(_) => None,
            Entry::Correction { why, .. } => Some(sealing::open_reason(self.vault, event.id, why)?),
        };
        Ok(EventView { sequence, event: event.clone(), happening, why, corrected_by })
    }
}

/// The identifier that a name stands for.
pub(super) fn resolve(tx: &mut crate::store::Transaction<'_>, name: CaseName) -> Result<CaseId, ServiceError> {
    match name {
        CaseName::Id(id) => Ok(id),
        CaseName::Reference(reference) => Ok(tx.case_id(reference)?),
    }
}
