//! A database of version 0.1, whose texts lie in clear: they are sealed when its organisation gets its keys.

use super::error::ServiceError;
use super::guard::Permit;
use super::sealing::{Readers, Scope, Sealer};
use crate::audit::{AuditAction, SubjectKind};
use crate::domain::event::{Entry, Happening};
use crate::domain::id::{EventId, OrganisationId};
use crate::domain::sealed::PlainText;
use crate::domain::visit::VisitStep;
use crate::store::{StoredCase, Transaction};
use crate::vault::{CannotOpen, earlier_text};

/// How many cases are read at a time.
const AT_A_TIME: u16 = 500;

/// Seals every text of every case anew, in the place of its clear envelope. It is the one time that events
/// are written over: the guard of the table is lifted for as long as this transaction lasts. Returns how
/// many cases there are.
pub(super) fn seal_earlier_texts(
    tx: &mut Transaction<'_>,
    permit: &Permit<'_>,
    owner: OrganisationId,
    now: i64,
) -> Result<usize, ServiceError> {
    let readers = Readers::of(tx, owner, &[])?;
    let mut sealed = 0;
    tx.lift_guard_of_events(|tx| {
        let mut last = None;
        loop {
            let batch = tx.case_batch(last, AT_A_TIME, None)?;
            let Some(end) = batch.last() else { return Ok::<_, ServiceError>(()) };
            last = Some(end.record.id);
            for stored in &batch {
                seal_case(tx, stored, &readers, now)?;
                sealed += 1;
            }
        }
    })?;
    permit.note(tx, AuditAction::Migrated, |entry| {
        entry.about(SubjectKind::Organisation, owner).with("cases_sealed", sealed)
    })?;
    Ok(sealed)
}

fn seal_case(tx: &mut Transaction<'_>, stored: &StoredCase, readers: &Readers, now: i64) -> Result<(), ServiceError> {
    let mut sealer = Sealer::for_new_case(stored.record.id, readers);
    let mut request: Option<EventId> = None;
    let mut rewritten = Vec::new();
    let mut names = false;
    for event in stored.case.events() {
        let happening = event.entry.happening();
        if matches!(happening, Some(Happening::Visit(VisitStep::RequestVisit(_)))) {
            request = Some(event.id);
        }
        let scope = happening.map_or(Scope::Case, |happening| Scope::of(happening, event.id, request));
        let entry = sealer.seal_entry(event.id, scope, opened(event.entry.clone())?)?;
        names |= super::sealing::may_name_somebody(&entry);
        rewritten.push(crate::domain::event::Event { entry, ..event.clone() });
    }
    tx.add_data_keys(&sealer.into_new_keys(), now)?;
    for event in &rewritten {
        tx.write_event_over(stored.record.id, event)?;
    }
    if names {
        tx.wait_for_name_index(stored.record.organisation, stored.record.id)?;
    }
    Ok(())
}

fn opened(entry: Entry) -> Result<Entry<PlainText>, CannotOpen> {
    let text = |sealed| earlier_text(&sealed).ok_or(CannotOpen);
    Ok(match entry {
        Entry::New(happening) => Entry::New(happening.map_text(&mut |_, sealed| text(sealed))?),
        Entry::Correction { corrects, why, instead } => Entry::Correction {
            corrects,
            why: text(why)?,
            instead: instead.map(|happening| happening.map_text(&mut |_, sealed| text(sealed))).transpose()?,
        },
    })
}
