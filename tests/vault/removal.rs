//! Keys are wiped from memory when they are let go.
//!
//! The test lays a value in memory of its own, drops it in place, and looks at the bytes that are left. The memory
//! belongs to the test and stays allocated, so that reading it is sound. What lies behind a pointer (texts, lists of
//! keys) has been given back by then and cannot be looked at; there the type says it: `Zeroizing` around it.

use std::mem::MaybeUninit;

use aiqyn::access::one_time_code::OneTimeCodeSecret;
use aiqyn::domain::id::{ActorId, DataKeyId, OrganisationId, OrganisationKeyId};
use aiqyn::vault::names::IndexKey;
use aiqyn::vault::{
    MemberKey, OpenedVault, OrganisationKeyPair, PrivateKey, Purpose, RecoveryKey, Secret, SessionSecret, Voucher,
};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use uuid::Uuid;

const SECRET: [u8; 32] = *b"0123456789 not to be read by any";

/// Whether so many bytes of the secret lie in a value, before it is dropped and after.
fn lies_in<T>(value: T, length: usize) -> [bool; 2] {
    let mut place = Box::new(MaybeUninit::new(value));
    let size = size_of::<T>();
    let looks = |place: &MaybeUninit<T>| {
        let start = place.as_ptr().cast::<MaybeUninit<u8>>();
        let mut window = 0;
        // Byte by byte, so that no padding (which holds no value) is read as one of a longer run.
        for at in 0..size {
            // SAFETY: `at` lies within the allocation of `place`, which lives on. A byte of padding may be
            // uninitialised; volatile reading of the raw memory gives whatever is there.
            let byte = unsafe { start.add(at).cast::<u8>().read_volatile() };
            window = if byte == SECRET[window] { window + 1 } else { usize::from(byte == SECRET[0]) };
            if window == length {
                return true;
            }
        }
        false
    };
    let before = looks(&place);
    // SAFETY: the value is initialised, and is neither used nor dropped again.
    unsafe { place.assume_init_drop() };
    [before, looks(&place)]
}

#[test]
fn the_test_sees_what_is_not_wiped() {
    assert_eq!(lies_in(SECRET, 32), [true, true]);
    assert_eq!(lies_in([0u8; 32], 32), [false, false]);
}

#[test]
fn every_key_is_wiped_when_it_is_let_go() {
    let secret = || Secret::from_slice(&SECRET).unwrap();
    let private = || PrivateKey::from_secret(secret());
    let member = ActorId(Uuid::now_v7());
    let wiped = [true, false];
    assert_eq!(lies_in(secret(), 32), wiped, "secret");
    assert_eq!(lies_in(private(), 32), wiped, "private key");
    assert_eq!(lies_in(MemberKey { member, private: private() }, 32), wiped, "member's key");
    assert_eq!(lies_in(IndexKey::from(secret()), 32), wiped, "index key");
    let session = SessionSecret::parse(&BASE64URL_NOPAD.encode(&SECRET)).unwrap();
    assert_eq!(lies_in(session, 32), wiped, "session");
    assert_eq!(lies_in(Voucher::parse(&BASE32_NOPAD.encode(&SECRET[..15])).unwrap(), 15), wiped, "voucher");
    assert_eq!(lies_in(OneTimeCodeSecret::from_slice(&SECRET[..20]).unwrap(), 20), wiped, "one-time codes");
}

#[test]
fn keys_that_come_out_of_envelopes_are_wiped_too() {
    let (holder, member) = (PrivateKey::generate(), ActorId(Uuid::now_v7()));
    let id = OrganisationKeyId(Uuid::now_v7());
    let grant = holder.public().unwrap().seal(Purpose::OrganisationKey, &[id.0, member.0], &SECRET).unwrap();
    let pair = OrganisationKeyPair::open(id, member, &holder, &grant).unwrap();
    let data_key = DataKeyId(Uuid::now_v7());
    let sealed = pair.public().seal(Purpose::DataKey, &[data_key.0, id.0], &SECRET).unwrap();
    let vault = OpenedVault::new(OrganisationId(Uuid::now_v7()), vec![pair.clone()]);
    let ring = vault.open_keys([(data_key, id, sealed.as_slice())]).unwrap();
    assert_eq!(lies_in(pair, 32), [true, false], "organisation's key");
    assert_eq!(lies_in(ring.key(data_key).unwrap().clone(), 32), [true, false], "data key");
    let recovery = RecoveryKey::generate();
    let printed = recovery.print().replace('-', "");
    let bytes = BASE32_NOPAD.decode(printed.as_bytes()).unwrap();
    assert_eq!(RecoveryKey::parse(&printed).unwrap().public(), recovery.public());
    assert_eq!(bytes.len(), 35);
}
