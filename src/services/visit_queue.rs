//! Visit requests that somebody may see: the queue of what is open, and the board of all, a page at a time.

use super::error::ServiceError;
use super::guard::{Permit, Subject};
use super::{Caller, Services};
use crate::access::permission::{Action, Reach};
use crate::access::role::{NotRoles, Role, Roles};
use crate::domain::visit::VisitState;
use crate::store::{BoardCursor, BoardPart, Reader, Transaction, VisitBoard, VisitListing};

/// Whose requests somebody sees.
enum Seen {
    None,
    /// Those of the cases that they may read.
    OfCases(Reader),
    /// Every request, and no case beyond it.
    Every,
}

impl Services {
    /// The open visits that the caller may see, most urgent first.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn visit_queue(&self, caller: &Caller, limit: u16) -> Result<Vec<VisitListing>, ServiceError> {
        self.reading(caller, Action::ListVisits, Subject::General, |tx, permit| match seen(tx, caller, permit)? {
            Seen::None => Ok(Vec::new()),
            Seen::OfCases(reader) => Ok(tx.open_visits(Some(reader), limit)?),
            Seen::Every => Ok(tx.open_visits(None, limit)?),
        })
    }

    /// A page of the board: the requests that the caller may see, the longest wait first. Whoever is given requests and
    /// no cases is told the answer, and not what became of the visit.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn visit_board(
        &self,
        caller: &Caller,
        part: BoardPart,
        cursor: Option<BoardCursor>,
        limit: u16,
    ) -> Result<VisitBoard, ServiceError> {
        self.reading(caller, Action::ListVisits, Subject::General, |tx, permit| match seen(tx, caller, permit)? {
            Seen::None => Ok(VisitBoard { visits: Vec::new(), next: None }),
            Seen::OfCases(reader) => Ok(tx.visit_board(part, Some(reader), cursor, limit)?),
            Seen::Every => {
                let VisitBoard { visits, next } = tx.visit_board(part, None, cursor, limit)?;
                Ok(VisitBoard { visits: visits.into_iter().map(as_answered).collect(), next })
            }
        })
    }
}

fn seen(tx: &mut Transaction<'_>, caller: &Caller, permit: &Permit<'_>) -> Result<Seen, ServiceError> {
    // All requests are given to an Ombudsman's office, and to no approver of another organisation.
    let is_office = tx.ombudsmans_offices()?.contains(&permit.author()?.organisation);
    let others = caller.roles().map(|roles| roles.iter().filter(|role| is_office || *role != Role::Approver));
    let may_list = |role: &Role| Action::ListVisits.reach(*role) != Reach::Never;
    let Some(others) = others else { return Ok(Seen::Every) };
    match Roles::new(others.filter(may_list)) {
        Err(NotRoles) => Ok(Seen::None),
        Ok(roles) => Ok(permit.reader_as(&roles, Action::ListVisits)?.map_or(Seen::Every, Seen::OfCases)),
    }
}

/// A request as it stood after its answer: what became of the visit later is the case's.
fn as_answered(visit: VisitListing) -> VisitListing {
    if visit.answered_at.is_none() {
        return visit;
    }
    let state = if visit.approved_at.is_some() { VisitState::Approved } else { VisitState::Refused };
    VisitListing { state: state.as_str().to_owned(), ended_at: None, ..visit }
}
