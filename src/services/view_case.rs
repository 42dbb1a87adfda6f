//! Looking at one case: its facts, where both regions stand, what may follow, what is due.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::add_event::action_of;
use super::documents::{DocumentView, documents_of};
use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::sealing::{CaseKeys, Shown};
use super::{Caller, Services};
use crate::access::permission::{Action, Relation, decide};
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::case::Case;
use crate::domain::deadline::{Wait, waits};
use crate::domain::event::{Entry, Event, Happening, HappeningKind};
use crate::domain::id::{ActorId, CaseId, EventId, OrganisationId, Reference};
use crate::domain::investigation::InvestigationStep;
use crate::domain::milestone::Milestones;
use crate::store::{CaseRecord, StoredCase, Transaction};

/// A case as it is looked at.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// What is known apart from the events.
    pub record: CaseRecord,
    /// The case.
    pub case: Case,
    /// The complaint, with its texts opened.
    pub complaint: Option<EventView>,
    /// The steps that count, with their texts opened, in the order of recording.
    pub steps: Vec<EventView>,
    /// The facts that count, with their texts opened.
    pub facts: Vec<EventView>,
    /// When each thing first happened.
    pub milestones: Milestones,
    /// What it waits for.
    pub waits: Vec<Wait>,
    /// The instant for which this holds.
    pub now: DateTime<Utc>,
    /// What of its texts can be read.
    pub texts: Texts,
    /// The organisations that it is shared with.
    pub shared_with: Vec<OrganisationId>,
    /// Whether the complainant follows it with a receipt, and so can be written to.
    pub has_receipt: bool,
}

impl CaseView {
    /// Whether the caller's roles may do something with this case.
    #[must_use]
    pub fn lets(&self, caller: &Caller, action: Action) -> bool {
        let own = caller.author().ok().map(|author| author.organisation);
        let relation = Relation::Case {
            owned: own == Some(self.record.organisation),
            shared: own.is_some_and(|own| self.shared_with.contains(&own)),
            visit_requested: !self.case.visits().is_empty(),
        };
        decide(caller.standing(), action, relation).is_ok()
    }

    /// The steps that may follow now, and then the facts, of those that the caller may record.
    #[must_use]
    pub fn offered(&self, caller: &Caller) -> Vec<HappeningKind> {
        let facts = HappeningKind::all().filter(|kind| !kind.is_step());
        let all = self.case.permitted().into_iter().chain(facts);
        all.filter(|kind| self.lets(caller, action_of(*kind))).collect()
    }
}

/// The history of a case.
#[derive(Clone, Debug)]
pub struct CaseHistory {
    /// What is known apart from the events.
    pub record: CaseRecord,
    /// The case.
    pub case: Case,
    /// Every event, in the order of recording.
    pub events: Vec<EventView>,
    /// The names of those who recorded them.
    pub authors: HashMap<ActorId, String>,
}

/// An event with its texts opened.
#[derive(Clone, Debug)]
pub struct EventView {
    /// Its place in the list, from 1.
    pub sequence: usize,
    /// The event as it is stored.
    pub event: Event,
    /// What happened; none for a retraction.
    pub happening: Option<Happening<Shown>>,
    /// Why it corrects an earlier one; none where it does not, or where that cannot be read.
    pub why: Shown,
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

/// What of a case's texts whoever looks at it can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Texts {
    /// They are opened.
    Opened,
    /// They are sealed: whoever looks holds no key.
    Sealed,
    /// The case was erased: nobody can read them any more.
    Erased,
}

impl Services {
    /// A case. That its texts were read, and why, is written to the audit log.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard; [`ServiceError::Vault`] where a text was moved or altered.
    pub fn view_case(&self, caller: &Caller, name: CaseName) -> Result<CaseView, ServiceError> {
        let now = self.now();
        self.viewing(caller, Action::ViewCase, Subject::Case(name), |tx, permit| Ok(view(tx, permit, caller, now)?.0))
    }

    /// A case and the documents of it, in one transaction; none for whoever may not read them, or where there is no place for
    /// any. What was read of both, and why, is written to the audit log.
    ///
    /// # Errors
    /// As [`Services::view_case`] and [`Services::list_documents`].
    pub fn view_case_with_documents(
        &self,
        caller: &Caller,
        name: CaseName,
    ) -> Result<(CaseView, Option<Vec<DocumentView>>), ServiceError> {
        let now = self.now();
        self.viewing(caller, Action::ViewCase, Subject::Case(name), |tx, permit| {
            let (view, keys) = view(tx, permit, caller, now)?;
            if !view.lets(caller, Action::ReadDocuments) || !self.keeps_documents() {
                return Ok((view, None));
            }
            permit.also(Action::ReadDocuments)?;
            let documents = documents_of(tx, permit, caller, (view.record.id, &keys))?;
            Ok((view, Some(documents)))
        })
    }

    /// A case without its texts, for whoever may record something of a kind in it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] and those of the guard.
    pub fn case_to_record_in(
        &self,
        caller: &Caller,
        name: CaseName,
        kind: HappeningKind,
    ) -> Result<StoredCase, ServiceError> {
        self.reading(caller, action_of(kind), Subject::Case(name), |tx, permit| Ok(tx.case(permit.case()?)?))
    }

    /// All events of a case, in the order in which they were recorded.
    ///
    /// # Errors
    /// As [`Services::view_case`].
    pub fn view_events(&self, caller: &Caller, name: CaseName) -> Result<CaseHistory, ServiceError> {
        self.open_history(caller, name, Action::ViewCase)
    }

    /// The same for whoever may correct one of them.
    ///
    /// # Errors
    /// As [`Services::view_case`].
    pub fn events_to_correct(&self, caller: &Caller, name: CaseName) -> Result<CaseHistory, ServiceError> {
        self.open_history(caller, name, Action::CorrectEvent)
    }

    fn open_history(&self, caller: &Caller, name: CaseName, action: Action) -> Result<CaseHistory, ServiceError> {
        self.viewing(caller, action, Subject::Case(name), |tx, permit| {
            let opened = open_case(tx, caller, permit.case()?)?;
            note_reading(tx, permit, caller, &opened, AuditAction::SealedRead)?;
            let Opened { record, case, events, .. } = opened;
            let authors: HashSet<ActorId> = events.iter().map(|view| view.event.recorded_by.actor).collect();
            let authors = tx.names_of_members(&authors.into_iter().collect::<Vec<_>>())?.into_iter();
            let authors = authors.map(|(actor, (_, name))| (actor, name)).collect();
            Ok(CaseHistory { record, case, events, authors })
        })
    }
}

/// The case, and the keys by which it was opened.
fn view(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<(CaseView, CaseKeys), ServiceError> {
    let opened = open_case(tx, caller, permit.case()?)?;
    let deadlines = tx.deadlines()?;
    let shared_with = tx.shares(opened.record.id)?;
    let has_receipt = tx.receipt_key_of(opened.record.id)?.is_some();
    note_reading(tx, permit, caller, &opened, AuditAction::SealedRead)?;
    let Opened { record, case, events, texts, keys } = opened;
    let milestones = Milestones::of(&case);
    let waits = waits(&case, &milestones, &deadlines, &record.jurisdiction);
    let counting: HashSet<EventId> = case.effective().map(|effective| effective.event.id).collect();
    let (mut complaint, mut steps, mut facts) = (None, Vec::new(), Vec::new());
    for view in events.into_iter().filter(|view| counting.contains(&view.event.id)) {
        match &view.happening {
            Some(Happening::Fact(_)) => facts.push(view),
            Some(Happening::Investigation(InvestigationStep::File(_))) => complaint = Some(view),
            _ => steps.push(view),
        }
    }
    let view =
        CaseView { record, complaint, steps, facts, milestones, waits, now, case, texts, shared_with, has_receipt };
    Ok((view, keys))
}

/// A case with its texts opened as far as the caller can.
pub(super) struct Opened {
    pub(super) record: CaseRecord,
    pub(super) case: Case,
    pub(super) events: Vec<EventView>,
    pub(super) texts: Texts,
    /// The keys by which they were opened.
    keys: CaseKeys,
}

pub(super) fn open_case(tx: &mut Transaction<'_>, caller: &Caller, id: CaseId) -> Result<Opened, ServiceError> {
    let StoredCase { record, case } = tx.case(id)?;
    let keys = CaseKeys::of(tx, caller, id)?;
    let texts = match (tx.erased_at(id)?, caller.vault()) {
        (Some(_), _) => Texts::Erased,
        (None, Some(_)) => Texts::Opened,
        (None, None) => Texts::Sealed,
    };
    let corrections: HashMap<EventId, EventId> =
        case.events().iter().filter_map(|event| Some((event.entry.corrects()?, event.id))).collect();
    let open = |(place, event): (usize, &Event)| {
        let happening = event.entry.happening().cloned();
        let happening = happening.map(|happening| keys.open_happening(event.id, happening)).transpose()?;
        let why = match &event.entry {
            Entry::New(_) => None,
            Entry::Correction { why, .. } => keys.open_reason(event.id, why)?,
        };
        let corrected_by = corrections.get(&event.id).copied();
        Ok(EventView { sequence: place + 1, event: event.clone(), happening, why, corrected_by })
    };
    let events = case.events().iter().enumerate().map(open).collect::<Result<Vec<_>, ServiceError>>()?;
    Ok(Opened { record, case, events, texts, keys })
}

/// Notes that texts were read; without opened keys none were.
pub(super) fn note_reading(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    caller: &Caller,
    opened: &Opened,
    action: AuditAction,
) -> Result<(), ServiceError> {
    if opened.texts != Texts::Opened {
        return Ok(());
    }
    permit.note(tx, action, |entry| entry.about(SubjectKind::Case, opened.record.id).purpose(caller.purpose()))
}

/// The identifier that a name stands for.
pub(super) fn resolve(tx: &mut crate::store::Transaction<'_>, name: CaseName) -> Result<CaseId, ServiceError> {
    match name {
        CaseName::Id(id) => Ok(id),
        CaseName::Reference(reference) => Ok(tx.case_id(reference)?),
    }
}
