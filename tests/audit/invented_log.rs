//! Invented logs: whole ones, for a test to damage.

use aiqyn::audit::chain::{ChainHash, StoredRecord, hash};
use aiqyn::audit::{AuditAction, AuditEntry, AuditRecord, Detail, Outcome, Purpose, SubjectKind};
use aiqyn::domain::id::{ActorId, Author, OrganisationId};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use uuid::Uuid;

pub const WORDS: &[&str] = &["reason", "keys", "records", "a", "b"];

pub fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4_000_000_000_000_000).prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn ids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn details() -> impl Strategy<Value = Detail> {
    prop_oneof![
        any::<i64>().prop_map(Detail::from),
        ids().prop_map(Detail::from),
        prop::sample::select(WORDS).prop_map(Detail::word),
    ]
}

/// Any entry at all.
pub fn entries() -> impl Strategy<Value = AuditEntry> {
    let words = (
        prop::sample::select(AuditAction::ALL),
        prop::sample::select(Outcome::ALL),
        prop::option::of(prop::sample::select(Purpose::ALL)),
    );
    let author = prop::option::of((ids(), ids()));
    let subject = prop::option::of((prop::sample::select(SubjectKind::ALL), details()));
    let more = prop::collection::vec((prop::sample::select(WORDS), details()), 0..4);
    (instants(), words, author, subject, more).prop_map(|(at, (action, outcome, purpose), author, subject, more)| {
        let mut entry = AuditEntry::new(action, at).ended(outcome);
        entry.purpose = purpose;
        if let Some((actor, organisation)) = author {
            entry = entry.by(Author { actor: ActorId(actor), organisation: OrganisationId(organisation) });
        }
        if let Some((kind, id)) = subject {
            entry = entry.about(kind, id);
        }
        more.into_iter().fold(entry, |entry, (name, detail)| entry.with(name, detail))
    })
}

/// A whole log of entries.
pub fn log_of(entries: Vec<AuditEntry>) -> Vec<StoredRecord> {
    let mut previous = ChainHash::genesis();
    (1..)
        .zip(entries)
        .map(|(sequence, entry)| {
            let record = AuditRecord { sequence, entry };
            let own = hash(previous, &record);
            let stored =
                StoredRecord { sequence, record: Ok(record), previous_hash: previous.0.to_vec(), hash: own.0.to_vec() };
            previous = own;
            stored
        })
        .collect()
}

/// A whole log, and a place in it.
pub fn logs(least: usize) -> impl Strategy<Value = (Vec<StoredRecord>, usize)> {
    prop::collection::vec(entries(), least..12)
        .prop_map(log_of)
        .prop_flat_map(|log| (0..log.len()).prop_map(move |place| (log.clone(), place)))
}

/// The number of the record at a place.
pub fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap() + 1
}

/// The hash of a record as it is stored.
pub fn stored_hash(record: &StoredRecord) -> ChainHash {
    ChainHash(record.hash.clone().try_into().unwrap())
}

/// Makes a record fit its hash again after a change, and all after it.
pub fn forge_from(log: &mut [StoredRecord], place: usize) {
    let mut previous = place.checked_sub(1).map_or_else(ChainHash::genesis, |before| stored_hash(&log[before]));
    for (sequence, stored) in (number(place)..).zip(&mut log[place..]) {
        stored.sequence = sequence;
        let record = stored.record.as_mut().unwrap();
        record.sequence = sequence;
        stored.previous_hash = previous.0.to_vec();
        previous = hash(previous, record);
        stored.hash = previous.0.to_vec();
    }
}
