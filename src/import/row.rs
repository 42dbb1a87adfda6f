//! What a row becomes: a case, or a bad row.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::problem::BadRow;
use crate::domain::case::Case;
use crate::domain::event::{Entry, Event, Occurrence};
use crate::domain::id::{ActorId, Author, EventId, OrganisationId};
use crate::domain::refusal::Refusal;
use crate::domain::sealed::{PlainText, Sealed};
use crate::domain::time::Zone;

/// A row of the list.
#[derive(Clone, Debug)]
pub enum Row {
    /// It became a case.
    Good(ImportedCase),
    /// It did not.
    Bad(BadRow),
}

/// What identifies a row, so that it is imported once only: the SHA-256 of the source's name and
/// the cells of the key.
///
/// Whoever knows the cells can compute it. Where they name a person, keep it as a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(pub [u8; 32]);

impl RowKey {
    /// The key of a source's row with these cells.
    #[must_use]
    pub fn of<'t>(source: &'t str, cells: impl IntoIterator<Item = &'t str>) -> Self {
        let mut hash = Sha256::new_with_prefix(b"aiqyn import row 1\0");
        for part in std::iter::once(source).chain(cells) {
            // The length keeps "ab" + "c" apart from "a" + "bc".
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().into())
    }
}

/// A row as a case that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedCase {
    /// The line of the file on which the row begins.
    pub line: u64,
    /// What identifies the row.
    pub key: RowKey,
    /// What happened, in the order of the mapping.
    pub occurrences: Vec<Occurrence<PlainText>>,
    /// The contradictions that did not refuse the row; each has left a note among the occurrences.
    pub noted: Vec<String>,
}

impl ImportedCase {
    /// Replays the case as if it had been recorded now, to see that its steps follow from one
    /// another. Every [`Row::Good`] has passed.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check(&self, zone: Zone, now: DateTime<Utc>) -> Result<Case, Refusal> {
        let nobody = Author { actor: ActorId(Uuid::nil()), organisation: OrganisationId(Uuid::nil()) };
        let events = self.occurrences.iter().zip(1..).map(|(occurrence, number)| Event {
            id: EventId(Uuid::from_u128(number)),
            entry: Entry::New(without_texts(occurrence)),
            occurred_at: occurrence.occurred_at,
            recorded_at: now,
            recorded_by: nobody,
        });
        Case::replay(zone, events.collect())
    }
}

fn without_texts(occurrence: &Occurrence<PlainText>) -> crate::domain::event::Happening {
    let emptied: Result<_, std::convert::Infallible> =
        occurrence.happening.clone().map_text(&mut |_, _| Ok(Sealed::from_envelope(String::new())));
    let Ok(happening) = emptied;
    happening
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_depends_on_the_source_and_on_every_cell() {
        let key = RowKey::of("list", ["ab", "c"]);
        assert_eq!(key, RowKey::of("list", ["ab", "c"]));
        for other in [
            RowKey::of("list", ["a", "bc"]),
            RowKey::of("list", ["ab", "c", ""]),
            RowKey::of("other list", ["ab", "c"]),
            RowKey::of("listab", ["c"]),
        ] {
            assert_ne!(key, other);
        }
    }
}
