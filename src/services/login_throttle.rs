//! Letting an attempt to log in try, or telling it to wait. An attempt is counted as failed before it is
//! looked at, and taken back when it went well: of a thousand guesses at once no more get through than
//! of a thousand in turn.

use chrono::{DateTime, Utc};

use crate::access::throttle::{FORGOTTEN_AFTER, Failures, Subject, SubjectKind, delay_left};
use crate::store::{StoreError, StoredFailures, Transaction};

/// Whether an attempt may try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may; it has been counted as failed until [`succeeded`] is called.
    Admitted,
    /// It must wait for so many seconds; nothing was counted.
    Wait(u32),
}

/// Lets an attempt try, or tells it to wait. It must be committed before the password is looked at.
///
/// # Errors
/// Only those of the database.
pub fn admit(tx: &mut Transaction<'_>, subjects: &[Subject], now: DateTime<Utc>) -> Result<Admission, StoreError> {
    let hashes = hashes(subjects);
    // First without the lock, which leaves a row for each subject: most who must wait are told here.
    for look in [Transaction::login_failures, Transaction::lock_login_failures] {
        if let Some(seconds) = delay_left(&failures(subjects, &look(tx, &hashes)?), now) {
            return Ok(Admission::Wait(seconds));
        }
    }
    tx.raise_login_failures(&hashes, now.timestamp_micros(), (now - FORGOTTEN_AFTER).timestamp_micros())?;
    Ok(Admission::Admitted)
}

/// Writes what [`admit`] has counted once more: it costs a commit, and changes nothing that counts.
///
/// # Errors
/// Only those of the database.
pub fn write_again(tx: &mut Transaction<'_>, subjects: &[Subject]) -> Result<(), StoreError> {
    tx.rewrite_login_failures(&hashes(subjects))
}

/// Takes back what [`admit`] has counted, once password and code were both right.
///
/// # Errors
/// Only those of the database.
pub fn succeeded(tx: &mut Transaction<'_>, subjects: &[Subject]) -> Result<(), StoreError> {
    // In the same order as `admit`, or the two could wait for each other.
    tx.lock_login_failures(&hashes(subjects))?;
    let (cleared, shared): (Vec<_>, Vec<_>) =
        subjects.iter().copied().partition(|subject| subject.kind.is_cleared_by_success());
    tx.clear_login_failures(&hashes(&cleared))?;
    tx.lower_login_failures(&hashes(&shared))
}

/// Deletes what is too old to count.
///
/// # Errors
/// Only those of the database.
pub fn forget_old(tx: &mut Transaction<'_>, now: DateTime<Utc>) -> Result<usize, StoreError> {
    tx.purge_login_failures((now - FORGOTTEN_AFTER).timestamp_micros())
}

fn hashes(subjects: &[Subject]) -> Vec<[u8; 32]> {
    subjects.iter().map(|subject| subject.hash).collect()
}

fn failures(subjects: &[Subject], stored: &[StoredFailures]) -> Vec<(SubjectKind, Failures)> {
    let of = |stored: &StoredFailures| {
        let kind = subjects.iter().find(|subject| subject.hash == stored.subject)?.kind;
        let last_at = DateTime::from_timestamp_micros(stored.last_at)?;
        Some((kind, Failures { count: stored.failures, last_at }))
    };
    stored.iter().filter_map(of).collect()
}
