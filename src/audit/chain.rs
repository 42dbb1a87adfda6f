//! The chain: each record holds the hash of the one before, so that none can be changed, put in or
//! taken out without all later ones changing too. Reads records one by one, and keeps none.
//!
//! The canonical form of a record is a row of fields, each either the byte 0 (absent) or the byte 1,
//! the length (4 bytes, big-endian) and that many bytes:
//! 1. the text `aiqyn audit record 1`;
//! 2. sequence; 3. `recorded_at` in microseconds since 1970 in UTC (8 bytes each, big-endian, signed);
//! 4. actor; 5. organisation (16 bytes each, or absent);
//! 6. action; 7. outcome; 8. kind of subject; 9. identifier of subject; 10. purpose (text, or absent);
//! 11. how many details there are (8 bytes, as above); then for each, by name, its name and its value.
//!
//! A record's hash is SHA-256 of the previous hash (32 bytes) and the canonical form; before the first
//! record stands SHA-256 of `aiqyn audit 1`.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;
use sha2::{Digest, Sha256};

use super::record::AuditRecord;

/// The hash of a record.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChainHash(pub [u8; 32]);

impl ChainHash {
    /// What stands before the first record.
    #[must_use]
    pub fn genesis() -> Self {
        Self(Sha256::digest(b"aiqyn audit 1").into())
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER_PERMISSIVE.encode(&self.0))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainHash({self})")
    }
}

impl serde::Serialize for ChainHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Adds a field of a canonical form: its length first, so that no two rows of fields look alike.
pub(super) fn add_field(bytes: &mut Vec<u8>, field: Option<&[u8]>) {
    let Some(field) = field else { return bytes.push(0) };
    bytes.push(1);
    bytes.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend_from_slice(field);
}

pub(super) fn add_number(bytes: &mut Vec<u8>, number: i64) {
    add_field(bytes, Some(&number.to_be_bytes()));
}

/// The canonical form of a record; the head of this module describes it.
#[must_use]
pub fn canonical(record: &AuditRecord) -> Vec<u8> {
    let entry = &record.entry;
    let mut bytes = Vec::with_capacity(300);
    add_field(&mut bytes, Some(b"aiqyn audit record 1"));
    add_number(&mut bytes, record.sequence);
    add_number(&mut bytes, entry.recorded_at.timestamp_micros());
    add_field(&mut bytes, entry.actor.as_ref().map(|actor| actor.0.as_bytes().as_slice()));
    add_field(&mut bytes, entry.organisation.as_ref().map(|organisation| organisation.0.as_bytes().as_slice()));
    add_field(&mut bytes, Some(entry.action.as_str().as_bytes()));
    add_field(&mut bytes, Some(entry.outcome.as_str().as_bytes()));
    add_field(&mut bytes, entry.subject.as_ref().map(|subject| subject.kind.as_str().as_bytes()));
    add_field(&mut bytes, entry.subject.as_ref().map(|subject| subject.id.as_str().as_bytes()));
    add_field(&mut bytes, entry.purpose.map(|purpose| purpose.as_str().as_bytes()));
    add_number(&mut bytes, i64::try_from(entry.details.len()).unwrap_or(i64::MAX));
    for (name, detail) in entry.details.iter() {
        add_field(&mut bytes, Some(name.as_bytes()));
        add_field(&mut bytes, Some(detail.as_bytes()));
    }
    bytes
}

/// The hash of a record that follows the one with the hash `previous`.
#[must_use]
pub fn hash(previous: ChainHash, record: &AuditRecord) -> ChainHash {
    let mut hash = Sha256::new();
    hash.update(previous.0);
    hash.update(canonical(record));
    ChainHash(hash.finalize().into())
}

/// A record as the database gives it: nothing of it is believed yet.
#[derive(Clone, Debug)]
pub struct StoredRecord {
    /// Its number.
    pub sequence: i64,
    /// What it says, as far as this program could have written it.
    pub record: Result<AuditRecord, Unreadable>,
    /// What it says is the hash of the one before.
    pub previous_hash: Vec<u8>,
    /// What it says is its hash.
    pub hash: Vec<u8>,
}

/// The column of a record that holds what this program does not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its {0} is none that this version writes")]
pub struct Unreadable(pub &'static str);

/// The first record at which the log is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("record {sequence}: {fault}")]
pub struct Broken {
    /// Its number.
    pub sequence: i64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there, but later ones are.
    #[error("it is missing, though later ones are there")]
    Missing,
    /// Its number came before.
    #[error("its number comes again")]
    Repeated,
    /// It holds what this program does not write.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It follows another record than the one before it.
    #[error("it was not written after the record that now stands before it")]
    PreviousHash,
    /// It was changed after it was written.
    #[error("its content does not fit its hash")]
    Content,
    /// A checkpoint vouches for another record with this number.
    #[error(
        "a signed checkpoint vouches for another record with this number; what was written after record {vouched_until} was replaced"
    )]
    NotAsSigned {
        /// The last record before it that a checkpoint vouches for; 0 where there is none.
        vouched_until: i64,
    },
    /// A checkpoint vouches for records that are not there.
    #[error("it and what follows, up to record {until}, are missing; a signed checkpoint vouches for them")]
    CutOff {
        /// The number in the checkpoint.
        until: i64,
    },
}

impl Fault {
    /// One word for it, for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Repeated => "repeated",
            Self::Unreadable(_) => "unreadable",
            Self::PreviousHash => "previous_hash",
            Self::Content => "content",
            Self::NotAsSigned { .. } => "not_as_signed",
            Self::CutOff { .. } => "cut_off",
        }
    }
}

/// A log that is whole as far as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// How many records it has.
    pub records: i64,
    /// The hash of the last one.
    pub last_hash: ChainHash,
    /// Up to which record a checkpoint vouches for it; 0 where none does.
    pub vouched_until: i64,
}

/// Reads a log from its first record on, record by record.
#[derive(Clone, Debug)]
pub struct Verifier {
    signed: BTreeMap<i64, ChainHash>,
    last: i64,
    last_hash: ChainHash,
    vouched_until: i64,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::against([])
    }
}

impl Verifier {
    /// Holds the log also against signed checkpoints: the record at each number must have that hash.
    pub fn against(signed: impl IntoIterator<Item = (i64, ChainHash)>) -> Self {
        Self { signed: signed.into_iter().collect(), last: 0, last_hash: ChainHash::genesis(), vouched_until: 0 }
    }

    /// The next record.
    ///
    /// # Errors
    /// [`Broken`] where it is not the next one, or not as it was written. Stop then: what comes after it
    /// says nothing any more.
    pub fn read(&mut self, stored: &StoredRecord) -> Result<(), Broken> {
        let expected = self.last.saturating_add(1);
        if stored.sequence != expected {
            let fault = if stored.sequence > expected { Fault::Missing } else { Fault::Repeated };
            return Err(Broken { sequence: stored.sequence.min(expected), fault });
        }
        self.judge(stored).map_err(|fault| Broken { sequence: expected, fault })
    }

    fn judge(&mut self, stored: &StoredRecord) -> Result<(), Fault> {
        let record = stored.record.as_ref().map_err(|unreadable| Fault::Unreadable(*unreadable))?;
        if stored.previous_hash != self.last_hash.0 {
            return Err(Fault::PreviousHash);
        }
        let hash = hash(self.last_hash, record);
        if stored.hash != hash.0 || record.sequence != stored.sequence {
            return Err(Fault::Content);
        }
        if let Some(signed) = self.signed.get(&record.sequence) {
            if *signed != hash {
                return Err(Fault::NotAsSigned { vouched_until: self.vouched_until });
            }
            self.vouched_until = record.sequence;
        }
        (self.last, self.last_hash) = (record.sequence, hash);
        Ok(())
    }

    /// There are no more records.
    ///
    /// # Errors
    /// [`Broken`] where a checkpoint vouches for more.
    pub fn finish(self) -> Result<Verified, Broken> {
        match self.signed.last_key_value() {
            Some((&until, _)) if until > self.last => {
                Err(Broken { sequence: self.last.saturating_add(1), fault: Fault::CutOff { until } })
            }
            _ => Ok(Verified { records: self.last, last_hash: self.last_hash, vouched_until: self.vouched_until }),
        }
    }
}

/// Reads a log whole.
///
/// # Errors
/// The first record at which it is not whole.
pub fn verify<'a>(records: impl IntoIterator<Item = &'a StoredRecord>) -> Result<Verified, Broken> {
    let mut verifier = Verifier::default();
    records.into_iter().try_for_each(|record| verifier.read(record))?;
    verifier.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::action::AuditAction;
    use crate::audit::record::AuditEntry;

    // What another program must come to; docs/audit.md has the same record.
    #[test]
    fn the_canonical_form_is_the_one_in_the_documentation() {
        let at = "2026-06-15T07:00:00Z".parse().unwrap_or_default();
        let entry = AuditEntry::new(AuditAction::SignIn, at).with("sessions", 2_u64);
        let record = AuditRecord { sequence: 1, entry };
        assert_eq!(canonical(&record).len(), 109);
        let page = include_str!("../../docs/audit.md");
        for hash in [ChainHash::genesis(), hash(ChainHash::genesis(), &record)] {
            assert!(page.contains(&hash.to_string()), "{hash}");
        }
    }
}
