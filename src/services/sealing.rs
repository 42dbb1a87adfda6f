//! Texts on their way into an event and out of it.

use std::convert::Infallible;

use uuid::Uuid;

use crate::domain::event::{Entry, Happening};
use crate::domain::id::EventId;
use crate::domain::sealed::{PlainText, Sealed};
use crate::vault::{Binding, CannotOpen, Vault};

/// The field under which the reason of a correction is bound.
const CORRECTION_REASON: &str = "correction_reason";

fn binding(event: EventId, column: &'static str) -> Binding {
    Binding { table: "events", column, row: event.0 }
}

/// A new identifier; it sorts by time.
pub(super) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Seals every text of what happened, for the event that will hold it.
pub(super) fn seal(vault: Vault, event: EventId, happening: Happening<PlainText>) -> Happening {
    let sealed: Result<Happening, Infallible> =
        happening.map_text(&mut |column, text| Ok(vault.seal(&text, binding(event, column))));
    match sealed {
        Ok(happening) => happening,
        Err(never) => match never {},
    }
}

/// Seals every text of an entry, for the event that will hold it.
pub(super) fn seal_entry(vault: Vault, event: EventId, entry: Entry<PlainText>) -> Entry {
    match entry {
        Entry::New(happening) => Entry::New(seal(vault, event, happening)),
        Entry::Correction { corrects, why, instead } => Entry::Correction {
            corrects,
            why: vault.seal(&why, binding(event, CORRECTION_REASON)),
            instead: instead.map(|happening| seal(vault, event, happening)),
        },
    }
}

/// Opens every text of what happened.
pub(super) fn open(vault: Vault, event: EventId, happening: Happening) -> Result<Happening<PlainText>, CannotOpen> {
    happening.map_text(&mut |column, text| vault.open(&text, binding(event, column)))
}

/// Opens the reason of a correction.
pub(super) fn open_reason(vault: Vault, event: EventId, why: &Sealed) -> Result<PlainText, CannotOpen> {
    vault.open(why, binding(event, CORRECTION_REASON))
}
