//! What is kept of failures and of known devices, on both databases.

use std::sync::Barrier;

use aiqyn::access::role::OrganisationKind;
use aiqyn::access::throttle::{AddressKey, Attempt, Claimed, Proof, Subject};
use aiqyn::domain::id::ActorId;
use aiqyn::services::login_throttle::{Admission, admit, forget_old, succeeded};
use aiqyn::store::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::support::{Backend, for_each_backend};

fn store(backend: &Backend) -> Store {
    let store = Store::open(&backend.url).unwrap();
    store.migrate().unwrap();
    store
}

fn noon() -> DateTime<Utc> {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

/// A guess at a member's login from an address.
fn guess() -> Vec<Subject> {
    let claimed = Claimed::Member(ActorId(Uuid::from_u128(1)));
    let address = "192.0.2.7".parse().unwrap();
    Attempt { claimed, address, known_device: None, proof: Proof::Password }.subjects(&AddressKey::generate())
}

fn admits(store: &Store, subjects: &[Subject], now: DateTime<Utc>) -> Admission {
    store.write::<_, StoreError>(|tx| admit(tx, subjects, now)).unwrap()
}

fn failures(store: &Store, subjects: &[Subject]) -> Vec<u32> {
    let hashes: Vec<_> = subjects.iter().map(|subject| subject.hash).collect();
    let stored = store.read::<_, StoreError>(|tx| tx.login_failures(&hashes)).unwrap();
    let of = |subject: &Subject| stored.iter().find(|row| row.subject == subject.hash).map_or(0, |row| row.failures);
    subjects.iter().map(of).collect()
}

#[test]
fn a_guesser_waits_and_who_waits_is_not_counted() {
    for_each_backend(|backend| {
        let (store, subjects) = (store(backend), guess());
        for _ in 0..5 {
            assert_eq!(admits(&store, &subjects, noon()), Admission::Admitted);
        }
        assert_eq!(admits(&store, &subjects, noon()), Admission::Wait(1));
        assert_eq!(failures(&store, &subjects), [5, 5, 5]);
        assert_eq!(admits(&store, &subjects, noon() + TimeDelta::seconds(1)), Admission::Admitted);
        assert_eq!(admits(&store, &subjects, noon() + TimeDelta::seconds(1)), Admission::Wait(2));
    });
}

#[test]
fn of_many_guesses_at_once_no_more_get_through_than_in_turn() {
    for_each_backend(|backend| {
        let (store, subjects) = (store(backend), guess());
        let together = Barrier::new(8);
        let admitted: usize = std::thread::scope(|scope| {
            let guesser = || {
                together.wait();
                (0..4).filter(|_| admits(&store, &subjects, noon()) == Admission::Admitted).count()
            };
            let guessers: Vec<_> = (0..8).map(|_| scope.spawn(guesser)).collect();
            guessers.into_iter().map(|guesser| guesser.join().unwrap()).sum()
        });
        assert_eq!((admitted, failures(&store, &subjects)), (5, vec![5, 5, 5]));
    });
}

#[test]
fn successes_and_guesses_at_once_do_not_wait_for_each_other() {
    for_each_backend(|backend| {
        let (store, key) = (store(backend), AddressKey::generate());
        let subjects = |from: &str| {
            let claimed = Claimed::Member(ActorId(Uuid::from_u128(1)));
            let attempt =
                Attempt { claimed, address: from.parse().unwrap(), known_device: None, proof: Proof::Password };
            attempt.subjects(&key)
        };
        std::thread::scope(|scope| {
            for from in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1"] {
                let (store, subjects) = (&store, subjects(from));
                scope.spawn(move || {
                    for _ in 0..15 {
                        admits(store, &subjects, noon());
                        store.write::<_, StoreError>(|tx| succeeded(tx, &subjects)).unwrap();
                        store.write::<_, StoreError>(|tx| forget_old(tx, noon())).unwrap();
                    }
                });
            }
        });
    });
}

#[test]
fn two_failures_at_once_both_count() {
    for_each_backend(|backend| {
        let (store, subjects) = (store(backend), guess());
        let hashes: Vec<_> = subjects.iter().map(|subject| subject.hash).collect();
        let now = noon().timestamp_micros();
        std::thread::scope(|scope| {
            for reversed in [false, true] {
                let (store, mut hashes) = (&store, hashes.clone());
                if reversed {
                    hashes.reverse();
                }
                scope.spawn(move || {
                    for _ in 0..20 {
                        store.write::<_, StoreError>(|tx| tx.raise_login_failures(&hashes, now, 0)).unwrap();
                    }
                });
            }
        });
        assert_eq!(failures(&store, &subjects), [40, 40, 40]);
    });
}

#[test]
fn a_success_wipes_the_members_own_slate_and_no_other() {
    for_each_backend(|backend| {
        let (store, subjects) = (store(backend), guess());
        for _ in 0..3 {
            admits(&store, &subjects, noon());
        }
        store.write::<_, StoreError>(|tx| succeeded(tx, &subjects)).unwrap();
        // By login, by login and address, by address: the first and the last only lose the success itself.
        assert_eq!(failures(&store, &subjects), [2, 0, 2]);
    });
}

#[test]
fn what_is_a_day_old_is_forgotten_and_purged() {
    for_each_backend(|backend| {
        let (store, subjects) = (store(backend), guess());
        for _ in 0..5 {
            admits(&store, &subjects, noon());
        }
        let next_day = noon() + TimeDelta::hours(24);
        let purge = |now| store.write::<_, StoreError>(|tx| forget_old(tx, now)).unwrap();
        assert_eq!(purge(next_day - TimeDelta::seconds(1)), 0);
        assert_eq!(admits(&store, &subjects, next_day), Admission::Admitted);
        assert_eq!(failures(&store, &subjects), [1, 1, 1]);
        assert_eq!(purge(next_day + TimeDelta::hours(24)), 3);
    });
}

#[test]
fn a_device_is_known_for_its_member_alone_and_the_newest_twenty_are_kept() {
    for_each_backend(|backend| {
        let store = store(backend);
        let device = |number: u8| [number; 32];
        let (aigul, daniyar) = store
            .write::<_, StoreError>(|tx| {
                let organisation = tx.add_organisation(Uuid::from_u128(9), "Қадір-қасиет", OrganisationKind::Ngo)?;
                let mut member =
                    |name, id| Ok::<_, StoreError>(tx.member(organisation, name, Uuid::from_u128(id))?.actor);
                Ok((member("aigul", 1)?, member("daniyar", 2)?))
            })
            .unwrap();
        store
            .write::<_, StoreError>(|tx| {
                for number in 0..22 {
                    tx.add_known_device(&device(number), aigul, i64::from(number))?;
                    // The first is used again each time, and so is never the oldest.
                    tx.add_known_device(&device(0), aigul, i64::from(number))?;
                }
                Ok(())
            })
            .unwrap();
        let known =
            |number, member| store.read::<_, StoreError>(|tx| tx.is_known_device(&device(number), member)).unwrap();
        let kept: Vec<u8> = (0..22).filter(|number| known(*number, aigul)).collect();
        assert_eq!(kept, std::iter::once(0).chain(3..22).collect::<Vec<_>>());
        assert!(!known(21, daniyar));
        store.write::<_, StoreError>(|tx| tx.forget_known_devices(aigul)).unwrap();
        assert!(!known(21, aigul));
    });
}
