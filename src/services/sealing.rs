//! Texts on their way into an event and out of it: under which key, and for whom.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::convert::Infallible;

use uuid::Uuid;

use super::Caller;
use super::error::ServiceError;
use crate::domain::event::{Entry, Happening};
use crate::domain::id::{CaseId, DataKeyId, EventId, OrganisationId};
use crate::domain::sealed::{PlainText, Sealed};
use crate::domain::visit::VisitStep;
use crate::store::{NewDataKey, OrganisationKey, SealedKey, Transaction};
use crate::vault::{Binding, CannotOpen, DataKey, KeyRing, OpenedVault};

/// The field under which the reason of a correction is bound.
const CORRECTION_REASON: &str = "correction_reason";

/// A text as it is shown: none where the caller holds no key of it, or its case was erased.
pub type Shown = Option<PlainText>;

fn binding(event: EventId, column: &'static str) -> Binding {
    Binding { table: "events", column, row: event.0 }
}

/// A new identifier; it sorts by time.
pub(super) fn new_id() -> Uuid {
    Uuid::now_v7()
}

// --- reading ------------------------------------------------------------------------------------

/// The keys of one case, as far as the caller can open them.
pub(super) struct CaseKeys {
    known: HashSet<DataKeyId>,
    ring: KeyRing,
}

impl CaseKeys {
    /// Opens them.
    pub(super) fn of(tx: &mut Transaction<'_>, caller: &Caller, case: CaseId) -> Result<Self, ServiceError> {
        let known = tx.data_keys(case)?.into_iter().map(|key| key.id).collect();
        let ring = match caller.vault() {
            None => KeyRing::default(),
            Some(vault) => {
                let sealed = tx.sealed_keys_of_case(case, Some(vault.organisation()))?;
                vault.open_keys(sealed.iter().map(|key| (key.data_key, key.under, key.sealed.as_slice())))?
            }
        };
        Ok(Self { known, ring })
    }

    /// Opens those of several cases, with two queries for all of them; each case for itself, so that one that was
    /// tampered with does not hide the others.
    pub(super) fn of_each(
        tx: &mut Transaction<'_>,
        vault: &OpenedVault,
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, Result<Self, CannotOpen>>, ServiceError> {
        let known = tx.data_keys_of(cases)?;
        let ids: Vec<DataKeyId> = known.iter().map(|(_, key)| *key).collect();
        let copies: HashMap<DataKeyId, SealedKey> =
            tx.copies_of(&ids, vault.organisation())?.into_iter().map(|copy| (copy.data_key, copy)).collect();
        let mut keys: HashMap<CaseId, HashSet<DataKeyId>> = cases.iter().map(|case| (*case, HashSet::new())).collect();
        for (case, key) in known {
            keys.entry(case).or_default().insert(key);
        }
        let open = |(case, known): (CaseId, HashSet<DataKeyId>)| {
            let own = known.iter().filter_map(|key| copies.get(key));
            let ring = vault.open_keys(own.map(|copy| (copy.data_key, copy.under, copy.sealed.as_slice())));
            (case, ring.map(|ring| Self { known, ring }))
        };
        Ok(keys.into_iter().map(open).collect())
    }

    /// The opened keys.
    pub(super) fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Opens a text at its place.
    pub(super) fn open(&self, sealed: &Sealed, binding: Binding) -> Result<Shown, CannotOpen> {
        let name = KeyRing::name_of_key(sealed)?;
        if self.ring.key(name).is_some() {
            return self.ring.open(sealed, binding).map(Some);
        }
        // A key of this case that the caller was not given, or that was destroyed. One of another case means
        // that the envelope was moved here.
        if self.known.contains(&name) { Ok(None) } else { Err(CannotOpen) }
    }

    /// Opens every text of what happened.
    pub(super) fn open_happening(&self, event: EventId, happening: Happening) -> Result<Happening<Shown>, CannotOpen> {
        happening.map_text(&mut |column, text| self.open(&text, binding(event, column)))
    }

    /// Opens the reason of a correction.
    pub(super) fn open_reason(&self, event: EventId, why: &Sealed) -> Result<Shown, CannotOpen> {
        self.open(why, binding(event, CORRECTION_REASON))
    }
}

// --- writing ------------------------------------------------------------------------------------

/// Whose texts they are: the case's, or those of a visit request and its answer, which the Ombudsman's
/// office reads too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// The case's.
    Case,
    /// A request's, by the event that began it.
    Request(EventId),
}

impl Scope {
    /// The scope of what happened in an event. `request` is the one that an answer would be about.
    pub(super) fn of<T>(happening: &Happening<T>, event: EventId, request: Option<EventId>) -> Self {
        match happening {
            Happening::Visit(VisitStep::RequestVisit(_)) => Self::Request(event),
            Happening::Visit(step) if step.kind().is_answer() => request.map_or(Self::Case, Self::Request),
            _ => Self::Case,
        }
    }

    fn request(self) -> Option<EventId> {
        match self {
            Self::Case => None,
            Self::Request(request) => Some(request),
        }
    }
}

/// The organisations that may read a case, each with its public key, and those that may read its requests.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    case: Vec<OrganisationKey>,
    request: Vec<OrganisationKey>,
}

impl Readers {
    /// Of a case with an owner and shares.
    pub(super) fn of(
        tx: &mut Transaction<'_>,
        owner: OrganisationId,
        shares: &[OrganisationId],
    ) -> Result<Self, ServiceError> {
        let mut readers = vec![owner];
        readers.extend(shares);
        let case = tx.newest_keys(&readers)?;
        if !case.iter().any(|key| key.organisation == owner) {
            return Err(ServiceError::NoKeysYet);
        }
        readers.extend(tx.ombudsmans_offices()?);
        readers.sort_unstable();
        readers.dedup();
        Ok(Self { case, request: tx.newest_keys(&readers)? })
    }

    fn of_scope(&self, scope: Scope) -> &[OrganisationKey] {
        match scope {
            Scope::Case => &self.case,
            Scope::Request(_) => &self.request,
        }
    }
}

/// Seals the texts of one case. Keys are made when there is first something to seal.
pub(super) struct Sealer<'a> {
    case: CaseId,
    readers: &'a Readers,
    keys: HashMap<Scope, DataKey>,
    new: Vec<NewDataKey>,
}

impl<'a> Sealer<'a> {
    /// For a new case.
    pub(super) fn for_new_case(case: CaseId, readers: &'a Readers) -> Self {
        Self { case, readers, keys: HashMap::new(), new: Vec::new() }
    }

    /// For a case that is there: a key is used again where the caller can open it, exactly those hold it who may
    /// read now, and nobody else has had it before, so that whoever lost a share does not read on.
    pub(super) fn for_case(
        tx: &mut Transaction<'_>,
        caller: &Caller,
        case: CaseId,
        readers: &'a Readers,
    ) -> Result<Self, ServiceError> {
        let mut sealer = Self::for_new_case(case, readers);
        let mut holders: HashMap<DataKeyId, BTreeSet<OrganisationId>> = HashMap::new();
        for key in tx.sealed_keys_of_case(case, None)? {
            holders.entry(key.data_key).or_default().insert(key.organisation);
        }
        let opened = CaseKeys::of(tx, caller, case)?;
        for record in tx.data_keys(case)? {
            let scope = record.request.map_or(Scope::Case, Scope::Request);
            let readers: BTreeSet<_> = readers.of_scope(scope).iter().map(|key| key.organisation).collect();
            let fits = !record.retired && holders.get(&record.id) == Some(&readers);
            if let Some(key) = opened.ring().key(record.id).filter(|_| fits) {
                sealer.keys.entry(scope).or_insert_with(|| key.clone());
            }
        }
        Ok(sealer)
    }

    fn key(&mut self, scope: Scope) -> Result<&DataKey, CannotOpen> {
        use std::collections::hash_map::Entry as Slot;
        match self.keys.entry(scope) {
            Slot::Occupied(known) => Ok(known.into_mut()),
            Slot::Vacant(vacant) => {
                let key = DataKey::generate(DataKeyId(new_id()));
                let copy = |reader: &OrganisationKey| {
                    let sealed = key.seal_for(reader.id, &reader.public)?;
                    let (organisation, under) = (reader.organisation, reader.id);
                    Ok(SealedKey { data_key: key.id(), organisation, under, sealed })
                };
                let copies = self.readers.of_scope(scope).iter().map(copy).collect::<Result<Vec<_>, CannotOpen>>()?;
                self.new.push(NewDataKey { id: key.id(), case: self.case, request: scope.request(), copies });
                Ok(vacant.insert(key))
            }
        }
    }

    /// The key of the case's own texts, for what is sealed in another way.
    pub(super) fn case_key(&mut self) -> Result<&DataKey, CannotOpen> {
        self.key(Scope::Case)
    }

    /// Seals every text of what happened.
    pub(super) fn seal(
        &mut self,
        event: EventId,
        scope: Scope,
        happening: Happening<PlainText>,
    ) -> Result<Happening, CannotOpen> {
        happening.map_text(&mut |column, text| Ok(self.key(scope)?.seal(&text, binding(event, column))))
    }

    /// Seals every text of an entry.
    pub(super) fn seal_entry(
        &mut self,
        event: EventId,
        scope: Scope,
        entry: Entry<PlainText>,
    ) -> Result<Entry, CannotOpen> {
        Ok(match entry {
            Entry::New(happening) => Entry::New(self.seal(event, scope, happening)?),
            Entry::Correction { corrects, why, instead } => Entry::Correction {
                corrects,
                why: self.key(scope)?.seal(&why, binding(event, CORRECTION_REASON)),
                instead: instead.map(|happening| self.seal(event, scope, happening)).transpose()?,
            },
        })
    }

    /// The keys that were made on the way, to be stored with the texts.
    pub(super) fn into_new_keys(self) -> Vec<NewDataKey> {
        self.new
    }
}

/// Whether there is anything to seal.
pub(super) fn has_text(entry: &Entry<PlainText>) -> bool {
    match entry {
        Entry::Correction { .. } => true,
        Entry::New(happening) => {
            let mut found = false;
            let looked: Result<_, Infallible> = happening.clone().map_text(&mut |_, text| {
                found = true;
                Ok(text)
            });
            drop(looked);
            found
        }
    }
}

/// Whether an entry may hold somebody's name.
pub(super) fn may_name_somebody(entry: &Entry) -> bool {
    use crate::domain::event::HappeningKind;
    use crate::domain::fact::FactKind;
    entry.happening().is_some_and(|happening| happening.kind() == HappeningKind::Fact(FactKind::Person))
}

/// Seals every data key of a case to one more organisation.
pub(super) fn give_case_keys(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    case: CaseId,
    to: OrganisationId,
) -> Result<(), ServiceError> {
    let records = tx.data_keys(case)?;
    if records.is_empty() {
        return Ok(());
    }
    let vault = caller.vault().ok_or(ServiceError::NoKey)?;
    let reader = tx.newest_keys(&[to])?.into_iter().next().ok_or(ServiceError::NoKeysYet)?;
    let held: HashSet<DataKeyId> =
        tx.sealed_keys_of_case(case, Some(to))?.into_iter().map(|key| key.data_key).collect();
    let sealed = tx.sealed_keys_of_case(case, Some(vault.organisation()))?;
    let ring = vault.open_keys(sealed.iter().map(|key| (key.data_key, key.under, key.sealed.as_slice())))?;
    let mut copies = Vec::new();
    for record in records.iter().filter(|record| !held.contains(&record.id)) {
        let Some(key) = ring.key(record.id) else { continue };
        let sealed = key.seal_for(reader.id, &reader.public)?;
        copies.push(SealedKey { data_key: record.id, organisation: to, under: reader.id, sealed });
    }
    Ok(tx.add_sealed_keys(&copies)?)
}
