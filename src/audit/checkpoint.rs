//! Checkpoints: the number and hash of a record with every erasure so far, signed, to be kept where
//! whoever can change the database cannot reach. A checkpoint says nothing of what a record holds.
//!
//! What is signed is no JSON but a row of fields as in [`super::chain`]: the text `aiqyn checkpoint 1`,
//! sequence, hash (32 bytes), `made_at`, public key (32 bytes), how many erasures there are, and of each,
//! by case, the case (16 bytes) and `erased_at`. Numbers and times are 8 bytes.

use chrono::{DateTime, SubsecRound, Utc};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::chain::{ChainHash, add_field, add_number};
use super::signing::{PublicKey, SigningKey};
use crate::domain::id::CaseId;

const FORMAT: u32 = 1;

/// A case whose keys were destroyed, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureNote {
    /// The case.
    pub case: CaseId,
    /// When, to the microsecond.
    pub erased_at: DateTime<Utc>,
}

/// What a checkpoint vouches for. One from outside comes about only by [`SignedCheckpoint::verify`], so
/// whoever has one knows that its signature is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    sequence: i64,
    hash: ChainHash,
    made_at: DateTime<Utc>,
    public_key: PublicKey,
    erasures: Vec<ErasureNote>,
}

/// A checkpoint with its signature, as it is kept and carried. Nothing of it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedCheckpoint {
    format: u32,
    sequence: i64,
    hash: String,
    made_at: DateTime<Utc>,
    public_key: String,
    erasures: Vec<ErasureNote>,
    signature: String,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    /// It is no checkpoint.
    #[error("this is no checkpoint of the audit log in a form that this version knows")]
    NotACheckpoint,
    /// Another key has signed it than the one expected.
    #[error("the checkpoint was signed with another key than the one that is expected")]
    AnotherKey,
    /// It was changed after it was signed.
    #[error("the signature of the checkpoint is not good: it was changed, or not signed with its key")]
    Signature,
}

impl Checkpoint {
    /// What `key` is to vouch for: the record at `sequence` has `hash`, and these are all erasures.
    #[must_use]
    pub fn new(
        sequence: i64,
        hash: ChainHash,
        made_at: DateTime<Utc>,
        mut erasures: Vec<ErasureNote>,
        key: &SigningKey,
    ) -> Self {
        erasures.sort_by_key(|erasure| erasure.case);
        Self { sequence, hash, made_at: made_at.trunc_subsecs(6), public_key: key.public(), erasures }
    }

    /// The number of the record.
    #[must_use]
    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// The hash of the record.
    #[must_use]
    pub fn hash(&self) -> ChainHash {
        self.hash
    }

    /// When it was made.
    #[must_use]
    pub fn made_at(&self) -> DateTime<Utc> {
        self.made_at
    }

    /// The key that signed it.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.public_key
    }

    /// Every erasure until then, by case.
    #[must_use]
    pub fn erasures(&self) -> &[ErasureNote] {
        &self.erasures
    }

    /// Signs it with the key that it was made for.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> SignedCheckpoint {
        SignedCheckpoint {
            format: FORMAT,
            sequence: self.sequence,
            hash: self.hash.to_string(),
            made_at: self.made_at,
            public_key: self.public_key.to_string(),
            erasures: self.erasures.clone(),
            signature: BASE64.encode(&key.sign(&self.canonical())),
        }
    }

    /// What is signed; the head of this module describes it.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        add_field(&mut bytes, Some(b"aiqyn checkpoint 1"));
        add_number(&mut bytes, self.sequence);
        add_field(&mut bytes, Some(&self.hash.0));
        add_number(&mut bytes, self.made_at.timestamp_micros());
        add_field(&mut bytes, Some(self.public_key.as_bytes()));
        add_number(&mut bytes, i64::try_from(self.erasures.len()).unwrap_or(i64::MAX));
        for erasure in &self.erasures {
            add_field(&mut bytes, Some(erasure.case.0.as_bytes()));
            add_number(&mut bytes, erasure.erased_at.timestamp_micros());
        }
        bytes
    }
}

impl SignedCheckpoint {
    /// Reads the JSON of a checkpoint.
    ///
    /// # Errors
    /// [`CheckpointFault::NotACheckpoint`].
    pub fn parse(json: &str) -> Result<Self, CheckpointFault> {
        serde_json::from_str(json).map_err(|_| CheckpointFault::NotACheckpoint)
    }

    /// As JSON.
    ///
    /// # Errors
    /// Those of serde, for a checkpoint that is none.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// Believes it if its signature is good and of the expected key. Without one, the key that stands in
    /// it is taken, which tells only that it was not damaged: whoever forges one signs with a key of their own.
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn verify(&self, expected: Option<PublicKey>) -> Result<Checkpoint, CheckpointFault> {
        let public_key: PublicKey = self.public_key.parse().map_err(|_| CheckpointFault::NotACheckpoint)?;
        let hash = ChainHash::from_hex(&self.hash).ok_or(CheckpointFault::NotACheckpoint)?;
        let signature = BASE64.decode(self.signature.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        let signature: [u8; 64] = signature.ok_or(CheckpointFault::NotACheckpoint)?;
        if self.format != FORMAT || self.sequence < 1 {
            return Err(CheckpointFault::NotACheckpoint);
        }
        if expected.is_some_and(|expected| expected != public_key) {
            return Err(CheckpointFault::AnotherKey);
        }
        let checkpoint = Checkpoint {
            sequence: self.sequence,
            hash,
            made_at: self.made_at,
            public_key,
            erasures: self.erasures.clone(),
        };
        if public_key.has_signed(&checkpoint.canonical(), &signature) {
            Ok(checkpoint)
        } else {
            Err(CheckpointFault::Signature)
        }
    }
}
