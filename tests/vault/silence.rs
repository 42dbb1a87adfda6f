//! The `Debug` form of whatever holds a key or a text says nothing of it: what slips into a log is a name
//! of a type.

use std::collections::BTreeSet;
use std::fmt::Debug;

use aiqyn::access::one_time_code::OneTimeCodeSecret;
use aiqyn::audit::SigningKey;
use aiqyn::domain::id::{ActorId, DataKeyId, DocumentId};
use aiqyn::vault::names::IndexKey;
use aiqyn::vault::{FileKey, PrivateKey, Receipt, ReceiptKeys, Secret, SessionSecret, Voucher};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use uuid::Uuid;

use crate::chest::Chest;

/// What the vault shows that is no key, no text and no holder of one.
const PUBLIC: &[&str] = &[
    "Binding",
    "CannotRead",
    "FileError",
    "LONGEST_PASSWORD",
    "LockedMemberKey",
    "OpeningReader",
    "PasswordCost",
    "PublicKey",
    "Purpose",
    "Remembrance",
    "SHORTEST_PASSWORD",
    "SealingWriter",
    "WeakPassword",
];

/// Everything that holds a secret, with its `Debug` form.
fn holders() -> Vec<(&'static str, String)> {
    fn told<T: Debug>(name: &'static str, holder: &T) -> (&'static str, String) {
        // Pretty-printing goes another way through derived forms.
        (name, format!("{holder:?} {holder:#?}").split_whitespace().collect())
    }
    let secret = Secret::from_slice(&SECRET).unwrap();
    let mut chest = Chest::new();
    chest.member.private = PrivateKey::from_secret(secret.clone());
    let ring = chest.ring();
    vec![
        told("Secret", &secret),
        told("PrivateKey", &chest.member.private),
        told("MemberKey", &chest.member),
        told("DataKey", ring.key(chest.data_key.id()).unwrap()),
        told("FileKey", &FileKey::generate()),
        told("OrganisationKeyPair", &chest.pair),
        told("OpenedVault", &chest.vault()),
        told("KeyRing", &ring),
        told("RecoveryKey", &chest.recovery),
        told("Receipt", &Receipt::parse("0123456789012345").unwrap()),
        told("ReceiptKeys", &ReceiptKeys { lookup: [0; 32], private: PrivateKey::from_secret(secret.clone()) }),
        told("SessionSecret", &SessionSecret::parse(&BASE64URL_NOPAD.encode(&SECRET)).unwrap()),
        told("Voucher", &Voucher::parse(&BASE32_NOPAD.encode(&SECRET[..15])).unwrap()),
        told("IndexKey", &IndexKey::from(secret)),
        told("OneTimeCodeSecret", &OneTimeCodeSecret::from_slice(&SECRET[..20]).unwrap()),
        told("SigningKey", &SigningKey::from_bytes(&SECRET)),
    ]
}

const SECRET: [u8; 32] = *b"0123456789 not to be read by any";

#[test]
fn no_key_shows_in_a_log() {
    let forms = [
        String::from_utf8_lossy(&SECRET[..10]).into_owned(),
        HEXLOWER.encode(&SECRET[..6]),
        BASE64URL_NOPAD.encode(&SECRET[..6]),
        BASE32_NOPAD.encode(&SECRET[..5]),
        // A list of numbers, as derived forms print bytes.
        "48,49,50,51".to_owned(),
    ];
    for (name, told) in holders() {
        // The key that signs checkpoints says which it is, by its public half.
        assert!(told.contains('…') || name == "SigningKey", "{name} says: {told}");
        for form in &forms {
            assert!(!told.contains(form), "{name} says: {told}");
        }
    }
}

/// Whoever adds a type to the vault says here what it is.
#[test]
fn every_type_of_the_vault_is_held_to_silence_or_is_public() {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/vault/mod.rs")).unwrap();
    let shown = source.lines().filter_map(|line| line.strip_prefix("pub use "));
    let named: BTreeSet<String> = shown
        .flat_map(|line| line.rsplit("::").next().unwrap().split(['{', '}', ',', ' ', ';']).map(str::to_owned))
        .filter(|name| name.starts_with(char::is_uppercase))
        .collect();
    assert!(named.contains("PrivateKey"), "{named:?}");
    let held: BTreeSet<&str> = holders().iter().map(|(name, _)| *name).chain(PUBLIC.iter().copied()).collect();
    let forgotten: Vec<&String> = named.iter().filter(|name| !held.contains(name.as_str())).collect();
    assert_eq!(forgotten, Vec::<&String>::new());
}

#[test]
fn what_the_services_hand_out_is_silent_too() {
    use aiqyn::domain::id::SessionId;
    use aiqyn::services::{Caller, Enrolled, Invitation, NewOrganisation, SignedIn};
    let chest = Chest::new();
    let (member, secret) = (ActorId(Uuid::nil()), SessionSecret::parse(&BASE64URL_NOPAD.encode(&SECRET)).unwrap());
    let voucher = Voucher::parse(&BASE32_NOPAD.encode(&SECRET[..15])).unwrap();
    let told = [
        format!("{:?}", Caller::nobody()),
        format!("{:?}", SignedIn { secret, session: SessionId(Uuid::nil()), device: voucher.clone() }),
        format!(
            "{:?}",
            Invitation { member, login: "a".into(), secret: voucher.clone(), expires_at: chrono::DateTime::UNIX_EPOCH }
        ),
        format!(
            "{:?}",
            Enrolled {
                member,
                one_time_codes: OneTimeCodeSecret::from_slice(&SECRET[..20]).unwrap(),
                recovery_codes: vec![voucher],
            }
        ),
        format!("{:?}", NewOrganisation { id: chest.organisation, vault: chest.vault(), recovery_key: chest.recovery }),
    ];
    for told in told {
        assert!(!told.contains("48, 49, 50") && !told.contains("01234"), "{told}");
    }
    // Identifiers may be told: they are no secret.
    assert!(format!("{:?}", (DataKeyId(Uuid::nil()), DocumentId(Uuid::nil()))).contains("0000"));
}
