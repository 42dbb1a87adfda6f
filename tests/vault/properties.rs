//! Whatever is sealed opens for whom it was sealed, where it was sealed and as it was sealed, and not
//! otherwise.

use aiqyn::domain::id::{ActorId, DataKeyId, DocumentId, OrganisationId, OrganisationKeyId, SessionId};
use aiqyn::domain::sealed::{PlainText, Sealed};
use aiqyn::vault::{
    Binding, CannotOpen, FileKey, KeyRing, MemberKey, OrganisationKeyPair, PrivateKey, Purpose, RecoveryKey, Secret,
    SessionSecret,
};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use uuid::Uuid;

use crate::chest::{COLUMN, Chest, TABLE, envelopes};

/// Any text that can be sealed.
fn texts() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("a text", |text| PlainText::new(text).is_ok())
}

fn few() -> ProptestConfig {
    ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn a_text_opens_for_whom_and_where_it_was_sealed(text in texts()) {
        let chest = Chest::new();
        let opened = chest.ring().open(&chest.seals(&text), chest.binding()).unwrap();
        prop_assert_eq!(opened.expose(), text.trim());
    }

    #[test]
    fn what_one_organisation_sealed_no_other_opens(text in texts()) {
        let (ours, theirs) = (Chest::new(), Chest::new());
        let sealed = ours.seals(&text);
        prop_assert_eq!(theirs.ring().open(&sealed, ours.binding()), Err(CannotOpen));
        let key = ours.sealed_data_key();
        for under in [ours.pair.id, theirs.pair.id] {
            prop_assert!(theirs.vault().open_keys([(ours.data_key.id(), under, key.as_slice())]).is_err());
        }
        // Nor does their key open it under the name of ours.
        let renamed = theirs.data_key.seal_for(theirs.pair.id, theirs.pair.public()).unwrap();
        prop_assert!(theirs.vault().open_keys([(ours.data_key.id(), theirs.pair.id, renamed.as_slice())]).is_err());
    }

    #[test]
    fn a_text_that_was_moved_is_refused(text in texts(), row in any::<u128>(), column in "[a-z_]{1,20}") {
        let chest = Chest::new();
        let sealed = chest.seals(&text);
        let here = chest.binding();
        let column: &'static str = column.leak();
        for there in [
            Binding { row: Uuid::from_u128(row), ..here },
            Binding { column, ..here },
            Binding { table: column, ..here },
            // What one part loses to the next: the lengths keep them apart.
            Binding { table: "eventsa", column: "llegation", ..here },
            Binding { table: "event", column: "sallegation", ..here },
        ] {
            prop_assert!(there == here || chest.ring().open(&sealed, there) == Err(CannotOpen));
        }
        // The same bytes under the name of another key that is in hand.
        let other = Chest::new();
        let mut envelope = BASE64URL_NOPAD.decode(&sealed.envelope().as_bytes()[3..]).unwrap();
        envelope[..16].copy_from_slice(other.data_key.id().0.as_bytes());
        let renamed = Sealed::from_envelope(format!("x1:{}", BASE64URL_NOPAD.encode(&envelope)));
        prop_assert_eq!(KeyRing::name_of_key(&renamed), Ok(other.data_key.id()));
        prop_assert_eq!(other.ring().open(&renamed, here), Err(CannotOpen));
    }

    #[test]
    fn a_key_that_was_put_elsewhere_is_refused(other in any::<u128>()) {
        let (chest, other) = (Chest::new(), Uuid::from_u128(other));
        let sealed = chest.sealed_data_key();
        prop_assert!(chest.vault().open_keys([(DataKeyId(other), chest.pair.id, sealed.as_slice())]).is_err());
        let (member, private) = (chest.member.member, &chest.member.private);
        let grant = chest.pair.seal_for_member(member, &private.public().unwrap()).unwrap();
        prop_assert!(OrganisationKeyPair::open(chest.pair.id, ActorId(other), private, &grant).is_err());
        prop_assert!(OrganisationKeyPair::open(OrganisationKeyId(other), member, private, &grant).is_err());
        let copy = chest.pair.seal_for_recovery(&chest.recovery.public().unwrap()).unwrap();
        prop_assert!(OrganisationKeyPair::recover(OrganisationKeyId(other), &chest.recovery, &copy).is_err());
        prop_assert!(OrganisationKeyPair::recover(chest.pair.id, &RecoveryKey::generate(), &copy).is_err());
        let index = chest.pair.seal_index_key(OrganisationId(other), &Secret::generate()).unwrap();
        prop_assert!(chest.vault().open_index_key(chest.pair.id, &index).is_err());
        let (session, secret) = (SessionId(Uuid::now_v7()), SessionSecret::generate());
        let wrapped = secret.wrap(session, &chest.member);
        prop_assert!(secret.unwrap_key(SessionId(other), member, &wrapped).is_err());
        prop_assert!(secret.unwrap_key(session, ActorId(other), &wrapped).is_err());
        prop_assert!(SessionSecret::generate().unwrap_key(session, member, &wrapped).is_err());
        let file_key = FileKey::generate().seal_for(DocumentId(other), &chest.data_key);
        prop_assert!(FileKey::open(DocumentId(Uuid::now_v7()), &file_key, &chest.ring()).is_err());
    }

    #[test]
    fn what_was_sealed_for_one_purpose_serves_no_other(plain in any::<[u8; 32]>(), ids in any::<[u128; 2]>()) {
        let key = PrivateKey::generate();
        let ids = ids.map(Uuid::from_u128);
        for made in PURPOSES {
            let sealed = key.public().unwrap().seal(made, &ids, &plain).unwrap();
            for used in PURPOSES {
                prop_assert_eq!(key.open(used, &ids, &sealed).is_ok(), made == used, "{:?} as {:?}", made, used);
            }
            prop_assert!(key.open(made, &ids[..1], &sealed).is_err());
            prop_assert!(ids[0] == ids[1] || key.open(made, &[ids[1], ids[0]], &sealed).is_err());
        }
    }
}

const PURPOSES: [Purpose; 5] =
    [Purpose::OrganisationKey, Purpose::Recovery, Purpose::DataKey, Purpose::IndexKey, Purpose::OneTimeCodes];

#[test]
fn every_single_bit_of_every_envelope_counts() {
    for envelope in envelopes() {
        for bit in 0..envelope.bytes.len() * 8 {
            let mut altered = envelope.bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(!(envelope.opens)(&altered), "{} opens with bit {bit} changed", envelope.name);
        }
    }
}

#[test]
fn every_byte_of_every_envelope_is_needed_and_no_more() {
    for envelope in envelopes() {
        for length in 0..envelope.bytes.len() {
            assert!(!(envelope.opens)(&envelope.bytes[..length]), "{} opens cut to {length}", envelope.name);
        }
        for more in [b"\0".as_slice(), b"A", b"AA", b"AAAA", b"="] {
            assert!(!(envelope.opens)(&[&envelope.bytes, more].concat()), "{} opens with more", envelope.name);
        }
    }
}

#[test]
fn no_envelope_is_made_twice_alike() {
    let chest = Chest::new();
    assert_ne!(chest.seals("бір мәтін"), chest.seals("бір мәтін"));
    assert_ne!(chest.sealed_data_key(), chest.sealed_data_key());
}

#[test]
fn only_the_one_scheme_is_known() {
    let chest = Chest::new();
    let sealed = chest.seals("мәтін");
    let encoded = &sealed.envelope()[3..];
    for envelope in ["", "x1:", "clear1:text", encoded, &format!("X1:{encoded}"), &format!("x2:{encoded}"), "text"] {
        let sealed = Sealed::from_envelope(envelope.to_owned());
        assert_eq!(chest.ring().open(&sealed, chest.binding()), Err(CannotOpen), "{envelope}");
    }
    assert_eq!((TABLE, COLUMN), ("events", "allegation"));
}

#[test]
fn no_password_opens_but_the_right_one() {
    let key = MemberKey::generate(ActorId(Uuid::now_v7()));
    let password = "бесқонақ қазан 7";
    let locked = key.lock(password).unwrap();
    assert!(locked.unlock(key.member, password).is_ok());
    assert!(locked.unlock(ActorId(Uuid::now_v7()), password).is_err());
    let characters: Vec<char> = password.chars().collect();
    for at in 0..characters.len() {
        let mut others = [characters.clone(), characters.clone(), characters.clone()];
        others[0][at] = if characters[at] == 'ж' { 'щ' } else { 'ж' };
        others[1].remove(at);
        others[2].insert(at, ' ');
        for other in others.iter().filter(|other| **other != characters) {
            let other: String = other.iter().collect();
            assert!(locked.unlock(key.member, &other).is_err(), "{other}");
        }
    }
    for other in ["", "БЕСҚОНАҚ ҚАЗАН 7", "бесқонақ қазан 7\0"] {
        assert!(locked.unlock(key.member, other).is_err(), "{other:?}");
    }
}

#[test]
fn a_key_of_few_possible_secrets_is_refused() {
    // Points of small order: whoever put one in a member's place would make the shared secret guessable
    // (RFC 7748, 6.1; RFC 9180, 7.1.4).
    let mut one = [0; 32];
    one[0] = 1;
    for point in [[0; 32], one] {
        let key = aiqyn::vault::PublicKey::from_slice(&point).unwrap();
        assert!(key.seal(Purpose::DataKey, &[], b"secret").is_err());
    }
}
