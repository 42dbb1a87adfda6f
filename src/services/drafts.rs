//! Complaints that somebody has begun to log and not filed yet. What is typed is sealed to the member who types
//! it: nobody else of the office reads it before it is filed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::ServiceError;
use super::guard::Subject;
use super::{Caller, Services, sealing};
use crate::access::permission::{Action, Denial};
use crate::domain::id::DraftId;
use crate::store::{DraftRecord, StoreError};
use crate::vault::{CannotOpen, Purpose};

/// The most drafts that are listed.
const MOST_LISTED: i64 = 50;

/// The most that may be typed into a draft, in bytes.
const LARGEST_DRAFT: usize = 1024 * 1024;

/// What was typed: names of fields and their values, as the pages send them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(pub Vec<(String, String)>);

/// A draft, opened.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its identifier.
    pub id: DraftId,
    /// What was typed.
    pub typed: Typed,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

impl Services {
    /// The drafts of the caller, those that were saved last first.
    ///
    /// # Errors
    /// Those of the guard and of the database. One that cannot be opened (its writer was invited anew since, with
    /// another key) is left out.
    pub fn own_drafts(&self, caller: &Caller) -> Result<Vec<Draft>, ServiceError> {
        self.reading(caller, Action::FileComplaint, Subject::General, |tx, permit| {
            let records = tx.drafts_of(permit.author()?.actor, MOST_LISTED)?;
            Ok(records.iter().filter_map(|record| open(caller, record).ok()).collect())
        })
    }

    /// A draft of the caller.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], also where it is another member's; those of the guard.
    pub fn own_draft(&self, caller: &Caller, id: DraftId) -> Result<Draft, ServiceError> {
        self.reading(caller, Action::FileComplaint, Subject::General, |tx, permit| {
            open(caller, &tx.draft(id, permit.author()?.actor)?)
        })
    }

    /// Begins a draft.
    ///
    /// # Errors
    /// Those of the guard and of the database.
    pub fn begin_draft(&self, caller: &Caller, typed: &Typed) -> Result<DraftId, ServiceError> {
        self.writing(caller, Action::FileComplaint, Subject::General, |tx, permit| {
            let (id, now) = (DraftId(sealing::new_id()), self.now());
            let sealed = seal(caller, id, typed)?;
            let member = permit.author()?.actor;
            tx.add_draft(&DraftRecord { id, member, sealed, begun_at: now, saved_at: now })?;
            Ok(id)
        })
    }

    /// Saves what is typed in a draft now.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where the caller has no such draft; [`ServiceError::TooLarge`].
    pub fn save_draft(&self, caller: &Caller, id: DraftId, typed: &Typed) -> Result<(), ServiceError> {
        self.writing(caller, Action::FileComplaint, Subject::General, |tx, permit| {
            let (sealed, now) = (seal(caller, id, typed)?, self.now());
            let member = permit.author()?.actor;
            Ok(tx.save_draft(&DraftRecord { id, member, sealed, begun_at: now, saved_at: now })?)
        })
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] where the caller has no such draft.
    pub fn delete_draft(&self, caller: &Caller, id: DraftId) -> Result<(), ServiceError> {
        self.writing(caller, Action::FileComplaint, Subject::General, |tx, permit| {
            let deleted = tx.delete_draft(id, permit.author()?.actor)?;
            if deleted { Ok(()) } else { Err(StoreError::NotFound.into()) }
        })
    }
}

fn seal(caller: &Caller, id: DraftId, typed: &Typed) -> Result<Vec<u8>, ServiceError> {
    let key = caller.key().ok_or(ServiceError::Denied(Denial::NotSignedIn))?;
    let plain = Zeroizing::new(serde_json::to_vec(typed).map_err(|_| CannotOpen)?);
    if plain.len() > LARGEST_DRAFT {
        return Err(ServiceError::TooLarge { limit: LARGEST_DRAFT as u64 });
    }
    Ok(key.private.public()?.seal(Purpose::Draft, &[id.0, key.member.0], &plain)?)
}

fn open(caller: &Caller, record: &DraftRecord) -> Result<Draft, ServiceError> {
    let key = caller.key().ok_or(ServiceError::Denied(Denial::NotSignedIn))?;
    let plain = key.private.open(Purpose::Draft, &[record.id.0, key.member.0], &record.sealed)?;
    let typed = serde_json::from_slice(&plain).map_err(|_| CannotOpen)?;
    Ok(Draft { id: record.id, typed, begun_at: record.begun_at, saved_at: record.saved_at })
}
