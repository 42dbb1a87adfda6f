//! Anything at all in the place of what is sealed, and of what somebody types or carries: it opens nothing, and breaks
//! nothing. With `PROPTEST_CASES=100000` more of it.

use aiqyn::domain::sealed::Sealed;
use aiqyn::vault::{KeyRing, Receipt, RecoveryKey, SessionSecret, Voucher};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::chest::envelopes;
use crate::support::chance::cases;

/// Where something is changed, in which way, and to what.
type Change = (u16, u8, u8);

/// What an envelope becomes in the hands of somebody who does not know what they do.
fn changed(bytes: &[u8], changes: &[Change], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, kind, byte) in changes {
        let place = usize::from(*place) % (bytes.len() + 1);
        match kind % 5 {
            0 if place < bytes.len() => bytes[place] = *byte,
            1 if place < bytes.len() => drop(bytes.remove(place)),
            2 => bytes.insert(place, *byte),
            3 => bytes.truncate(place),
            _ => {
                bytes.truncate(place);
                bytes.extend_from_slice(other.get(place..).unwrap_or_default());
            }
        }
    }
    bytes
}

#[test]
fn nothing_opens_but_what_was_sealed() {
    let envelopes = envelopes();
    let anything = (
        prop::collection::vec(any::<u8>(), 0..200),
        any::<String>(),
        prop::collection::vec((any::<u16>(), any::<u8>(), any::<u8>()), 1..5),
        any::<prop::sample::Index>(),
    );
    let mut runner = TestRunner::new(cases(256));
    let holds = |(bytes, text, changes, other): (Vec<u8>, String, Vec<Change>, prop::sample::Index)| {
        let other = &envelopes[other.index(envelopes.len())];
        for envelope in &envelopes {
            let changed = changed(&envelope.bytes, &changes, &other.bytes);
            let (bare, named) = (text.clone().into_bytes(), format!("x1:{text}").into_bytes());
            for tried in [&bytes, &bare, &named, &changed] {
                let opens = (envelope.opens)(tried);
                prop_assert_eq!(opens, *tried == envelope.bytes, "{} with {:?}", envelope.name, tried);
            }
        }
        let _ = KeyRing::name_of_key(&Sealed::from_envelope(text));
        Ok(())
    };
    runner.run(&anything, holds).unwrap();
}

#[test]
fn whatever_is_typed_or_carried_is_refused_or_read_as_it_would_be_printed() {
    let texts = prop_oneof![any::<String>(), "[0-9 -]{14,24}", "[A-Z2-7a-z -]{20,80}", "[A-Za-z0-9_=-]{0,90}"];
    let mut runner = TestRunner::new(cases(512));
    let holds = |text: String| {
        if let Ok(read) = Receipt::parse(&text) {
            prop_assert!(Receipt::parse(&read.print()).is_ok_and(|again| again.print() == read.print()));
        }
        if let Ok(read) = Voucher::parse(&text) {
            prop_assert!(Voucher::parse(&read.print()).is_ok_and(|again| again.print() == read.print()));
        }
        if let Ok(read) = SessionSecret::parse(&text) {
            prop_assert!(read.print().as_str() == text, "{text}");
        }
        // It has a check: nothing that was made up is one.
        prop_assert!(RecoveryKey::parse(&text).is_err());
        Ok(())
    };
    runner.run(&texts, holds).unwrap();
}
