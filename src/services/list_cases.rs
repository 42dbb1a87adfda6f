//! The list of cases that somebody may see, and the names that stand in them.

use std::collections::HashMap;

use super::error::ServiceError;
use super::guard::Subject;
use super::sealing::CaseKeys;
use super::{Caller, Services};
use crate::access::permission::{Action, Relation, decide};
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::case::Case;
use crate::domain::complaint::Part;
use crate::domain::event::Happening;
use crate::domain::fact::Fact;
use crate::domain::id::CaseId;
use crate::domain::sealed::PlainText;
use crate::store::{CaseCursor, CaseFilter, CaseListing, CaseOrder, CasePage, StoredCase, Transaction};
use crate::vault::CannotOpen;

/// A person of a case, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPerson {
    /// The part that they have in it.
    pub part: Part,
    /// Their name.
    pub name: PlainText,
}

/// The people of each case of a page.
pub type PeopleOfCases = HashMap<CaseId, Vec<NamedPerson>>;

impl Services {
    /// A page of the list of cases that the caller may see.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn list_cases(
        &self,
        caller: &Caller,
        filter: &CaseFilter,
        order: CaseOrder,
        cursor: Option<CaseCursor>,
        limit: u16,
    ) -> Result<CasePage, ServiceError> {
        self.reading(caller, Action::ListCases, Subject::General, |tx, permit| {
            let filter = CaseFilter { reader: permit.reader(Action::ListCases)?, ..filter.clone() };
            Ok(tx.list_cases(&filter, order, cursor, limit)?)
        })
    }

    /// The same with the names of the people in each case. Each case whose names were opened is written to
    /// the audit log.
    ///
    /// # Errors
    /// [`ServiceError::NoKey`] where the caller holds no key, and those of [`Services::list_cases`].
    pub fn list_cases_with_people(
        &self,
        caller: &Caller,
        filter: &CaseFilter,
        order: CaseOrder,
        cursor: Option<CaseCursor>,
        limit: u16,
    ) -> Result<(CasePage, PeopleOfCases), ServiceError> {
        // Apart, for a page is found as one moment has it, and a transaction that writes may see several.
        let page = self.list_cases(caller, filter, order, cursor, limit)?;
        self.opening(caller, Action::ListCases, Subject::General, |tx, permit| {
            let cases: Vec<CaseId> = page.cases.iter().map(|case| case.id).collect();
            let mut people = HashMap::new();
            for (case, named) in people_of(tx, caller, &cases)? {
                match named {
                    Ok(named) => {
                        people.insert(case, named);
                    }
                    // The other cases of the page are shown all the same.
                    Err(CannotOpen) => permit.note_refused(tx, Action::ListCases, case)?,
                }
            }
            let read = people.iter().filter(|(_, people)| !people.is_empty()).map(|(case, _)| *case);
            permit.note_each(tx, AuditAction::SealedRead, read, |entry, case| {
                entry.about(SubjectKind::Case, case).purpose(caller.purpose()).with("people", true)
            })?;
            Ok((page, people))
        })
    }
}

impl Services {
    /// The cases that the caller worked on last, the last first, as far as they may still see them.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn own_cases(&self, caller: &Caller, limit: usize) -> Result<Vec<CaseListing>, ServiceError> {
        self.reading(caller, Action::ListCases, Subject::General, |tx, permit| {
            let worked_on = tx.cases_of_actor(permit.author()?.actor, limit)?;
            let reader = permit.reader(Action::ListCases)?;
            let mut listed = tx.listings_of(&worked_on, reader)?;
            listed.sort_by_key(|listing| worked_on.iter().position(|case| *case == listing.id));
            Ok(listed)
        })
    }
}

/// The people of a case; or that something sealed in it was moved or altered.
type Named = Result<Vec<NamedPerson>, CannotOpen>;

fn people_of(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    cases: &[CaseId],
) -> Result<Vec<(CaseId, Named)>, ServiceError> {
    let vault = caller.vault().ok_or(ServiceError::NoKey)?;
    let keys = CaseKeys::of_each(tx, vault, cases)?;
    let mut people = Vec::new();
    let own = caller.author()?.organisation;
    for StoredCase { record, case } in tx.cases_with_events(cases)? {
        // A list shows more cases than a role may look into.
        let owned = record.organisation == own;
        let relation = Relation::Case { owned, shared: !owned, visit_requested: !case.visits().is_empty() };
        if decide(caller.standing(), Action::ViewCase, relation).is_err() {
            continue;
        }
        let Some(keys) = keys.get(&record.id) else { continue };
        people.push((record.id, keys.as_ref().map_err(|refused| *refused).and_then(|keys| named(&case, keys))));
    }
    Ok(people)
}

fn named(case: &Case, keys: &CaseKeys) -> Named {
    let mut named = Vec::new();
    for effective in case.effective() {
        let Happening::Fact(Fact::Person(_)) = effective.happening else { continue };
        let opened = keys.open_happening(effective.event.id, effective.happening.clone())?;
        let Happening::Fact(Fact::Person(person)) = opened else { continue };
        if let Some(Some(name)) = person.name {
            named.push(NamedPerson { part: person.part, name });
        }
    }
    Ok(named)
}
