//! A checkpoint is believed as it was signed and in no other way.

use aiqyn::audit::chain::ChainHash;
use aiqyn::audit::{Checkpoint, CheckpointFault, ErasureNote, SignedCheckpoint, SigningKey};
use aiqyn::domain::id::CaseId;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::invented_log::instants;

fn checkpoints() -> impl Strategy<Value = (Checkpoint, SigningKey)> {
    let erasure = (any::<u128>(), instants())
        .prop_map(|(case, erased_at)| ErasureNote { case: CaseId(Uuid::from_u128(case)), erased_at });
    let erasures = prop::collection::vec(erasure, 0..4);
    (1_i64.., any::<[u8; 32]>(), instants(), erasures, any::<[u8; 32]>()).prop_map(
        |(sequence, hash, made_at, erasures, secret)| {
            let key = SigningKey::from_bytes(&secret);
            (Checkpoint::new(sequence, ChainHash(hash), made_at, erasures, &key), key)
        },
    )
}

fn parsed(json: &Value) -> Result<SignedCheckpoint, CheckpointFault> {
    SignedCheckpoint::parse(&json.to_string())
}

proptest! {
    #[test]
    fn what_was_signed_is_read_back((checkpoint, key) in checkpoints()) {
        let carried = checkpoint.sign(&key).to_json().unwrap();
        let read = SignedCheckpoint::parse(&carried).unwrap();
        prop_assert_eq!(read.verify(Some(key.public())), Ok(checkpoint.clone()));
        prop_assert_eq!(read.verify(None), Ok(checkpoint));
    }

    #[test]
    fn another_key_is_not_believed((checkpoint, key) in checkpoints(), other in any::<[u8; 32]>()) {
        let other = SigningKey::from_bytes(&other);
        prop_assume!(other.public() != key.public());
        let signed = checkpoint.sign(&key);
        prop_assert_eq!(signed.verify(Some(other.public())), Err(CheckpointFault::AnotherKey));
        // Its signature under the name of ours.
        let forged = checkpoint.sign(&other);
        prop_assert_eq!(forged.verify(Some(key.public())), Err(CheckpointFault::Signature));
        prop_assert_eq!(forged.verify(None), Err(CheckpointFault::Signature));
    }

    #[test]
    fn no_part_of_it_can_be_taken_from_another(one in checkpoints(), other in checkpoints(), part in 0_usize..6) {
        let part = ["sequence", "hash", "made_at", "public_key", "erasures", "signature"][part];
        let (checkpoint, key) = one;
        let mut json = serde_json::to_value(checkpoint.sign(&key)).unwrap();
        let strange = serde_json::to_value(other.0.sign(&other.1)).unwrap();
        prop_assume!(json[part] != strange[part]);
        json[part] = strange[part].clone();
        let signed = parsed(&json).unwrap();
        prop_assert!(signed.verify(Some(key.public())).is_err());
        prop_assert!(signed.verify(None).is_err());
    }

    #[test]
    fn an_erasure_can_neither_be_left_out_nor_moved((checkpoint, key) in checkpoints(), place in 0_usize..4) {
        prop_assume!(!checkpoint.erasures().is_empty());
        let place = place % checkpoint.erasures().len();
        let whole = serde_json::to_value(checkpoint.sign(&key)).unwrap();
        let mut less = whole.clone();
        less["erasures"].as_array_mut().unwrap().remove(place);
        prop_assert_eq!(parsed(&less).unwrap().verify(None), Err(CheckpointFault::Signature));
        let mut later = whole;
        later["erasures"][place]["erased_at"] = "2200-01-01T00:00:00Z".into();
        prop_assert_eq!(parsed(&later).unwrap().verify(None), Err(CheckpointFault::Signature));
    }
}

#[test]
fn what_is_no_checkpoint_is_told_so() {
    let key = SigningKey::from_bytes(&[1; 32]);
    let checkpoint =
        Checkpoint::new(1, ChainHash::genesis(), "2026-06-15T07:00:00Z".parse().unwrap(), Vec::new(), &key);
    let good = serde_json::to_value(checkpoint.sign(&key)).unwrap();
    assert!(parsed(&good).unwrap().verify(None).is_ok());
    for text in ["", "{}", "[]", "checkpoint"] {
        assert_eq!(SignedCheckpoint::parse(text), Err(CheckpointFault::NotACheckpoint), "{text}");
    }
    let strange: [(&str, Value); 5] = [
        ("format", 2.into()),
        ("sequence", 0.into()),
        ("hash", "00".into()),
        ("public_key", "zz".into()),
        ("signature", "AAAA".into()),
    ];
    for (part, value) in strange {
        let mut json = good.clone();
        json[part] = value;
        assert_eq!(parsed(&json).unwrap().verify(None), Err(CheckpointFault::NotACheckpoint), "{part}");
    }
    let mut more = good;
    more["remark"] = "of no meaning".into();
    assert_eq!(parsed(&more), Err(CheckpointFault::NotACheckpoint));
}
