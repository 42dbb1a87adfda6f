//! The delays for guessers, played through: what an outsider gets in a day, and that the member does
//! not pay for it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use aiqyn::access::throttle::{
    AddressKey, Attempt, Claimed, FORGOTTEN_AFTER, Failures, MOST_GUESSED_CODES, MOST_GUESSES_AT_ALL_LOGINS,
    MOST_GUESSES_AT_ONE_LOGIN, MOST_GUESSES_FROM_ONE_ADDRESS, Proof, Subject, SubjectKind, after_failure, delay_left,
};
use aiqyn::domain::id::ActorId;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const DEVICE: [u8; 32] = [7; 32];
const DAY: i64 = 24 * 60 * 60;

/// The failures of everybody, as the database would keep them.
struct Door {
    key: AddressKey,
    failures: HashMap<[u8; 32], Failures>,
    now: DateTime<Utc>,
}

fn member(number: u128) -> Claimed<'static> {
    Claimed::Member(ActorId(Uuid::from_u128(number)))
}

fn address(number: u32) -> IpAddr {
    // Never loopback, which is not counted.
    Ipv4Addr::from(0x0A00_0000 + number).into()
}

fn guess(claimed: Claimed<'static>, from: u32) -> Attempt<'static> {
    Attempt { claimed, address: address(from), known_device: None, proof: Proof::Password }
}

impl Door {
    fn new() -> Self {
        Self { key: AddressKey::generate(), failures: HashMap::new(), now: DateTime::UNIX_EPOCH }
    }

    fn known(&self, subjects: &[Subject]) -> Vec<(SubjectKind, Failures)> {
        let known = |subject: &Subject| Some((subject.kind, *self.failures.get(&subject.hash)?));
        subjects.iter().filter_map(known).collect()
    }

    fn wait(&self, attempt: &Attempt<'_>) -> u32 {
        delay_left(&self.known(&attempt.subjects(&self.key)), self.now).unwrap_or(0)
    }

    /// Tries, and fails if it may; says whether it might.
    fn tries(&mut self, attempt: &Attempt<'_>) -> bool {
        if self.wait(attempt) > 0 {
            return false;
        }
        for subject in attempt.subjects(&self.key) {
            let failures = after_failure(self.failures.get(&subject.hash).copied(), self.now);
            self.failures.insert(subject.hash, failures);
        }
        true
    }

    fn waits(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
    }

    /// Tries as often as it may for a day, with a new attempt each time, and says how often that was.
    fn tries_all_day(&mut self, mut attempt: impl FnMut(u32) -> Attempt<'static>) -> u32 {
        let end = self.now + TimeDelta::seconds(DAY);
        let mut tried = 0;
        while self.now < end {
            let next = attempt(tried);
            if self.tries(&next) {
                tried += 1;
            } else {
                let wait = i64::from(self.wait(&next));
                self.waits(wait);
            }
        }
        tried
    }
}

#[test]
fn a_guesser_with_one_address_gets_as_many_tries_a_day_as_the_page_says() {
    let mut door = Door::new();
    let tried = door.tries_all_day(|_| guess(member(1), 1));
    assert_eq!(tried, MOST_GUESSES_FROM_ONE_ADDRESS);
    assert!(door.tries_all_day(|_| guess(member(1), 1)) < tried, "the second day is no better");
}

#[test]
fn one_address_gets_as_many_tries_at_all_logins_as_the_page_says() {
    let tried = Door::new().tries_all_day(|number| guess(member(number.into()), 1));
    assert_eq!(tried, MOST_GUESSES_AT_ALL_LOGINS);
}

#[test]
fn any_number_of_addresses_gets_as_many_tries_at_a_login_as_the_page_says() {
    let tried = Door::new().tries_all_day(|number| guess(member(1), number));
    assert_eq!(tried, MOST_GUESSES_AT_ONE_LOGIN);
}

#[test]
fn whoever_has_the_password_gets_as_many_codes_as_the_page_says() {
    let code = |number| Attempt { proof: Proof::OneTimeCode, ..guess(member(1), number) };
    let tried = Door::new().tries_all_day(code);
    assert_eq!(tried, MOST_GUESSED_CODES);
}

#[test]
fn a_few_addresses_cannot_keep_new_devices_out() {
    let mut door = Door::new();
    let mut free = 0;
    for second in 0..3 * 60 * 60 {
        // Each tries every second; one of them is always the first when a delay ends.
        for from in 0..10 {
            door.tries(&guess(member(1), from));
        }
        let is_settled = second >= 2 * 60 * 60;
        free += u32::from(is_settled && door.wait(&guess(member(1), 1_000)) == 0);
        door.waits(1);
    }
    assert!(free > 30 * 60, "in an hour the door was free for {free} seconds");
}

#[test]
fn a_thief_of_a_device_is_slowed_down_as_everybody_is() {
    let tried = Door::new().tries_all_day(|number| Attempt { known_device: Some(DEVICE), ..guess(member(1), number) });
    assert!(tried <= MOST_GUESSES_FROM_ONE_ADDRESS, "{tried}");
}

#[test]
fn after_a_day_of_peace_all_is_forgotten() {
    let mut door = Door::new();
    door.tries_all_day(|number| guess(member(1), number % 3));
    door.now += FORGOTTEN_AFTER;
    assert_eq!(door.wait(&guess(member(1), 1)), 0);
    assert_eq!(after_failure(Some(Failures { count: 90, last_at: door.now - FORGOTTEN_AFTER }), door.now).count, 1);
}

#[test]
fn a_login_that_nobody_has_is_counted_as_one_that_somebody_has() {
    let nobody = |number| guess(Claimed::Nobody(if number % 2 == 0 { "aigul" } else { " AIGUL " }), 1);
    let tried = Door::new().tries_all_day(nobody);
    assert_eq!(tried, Door::new().tries_all_day(|_| guess(member(1), 1)));
}

#[test]
fn nobody_finds_an_address_or_a_mistyped_login_again_without_the_key() {
    let kinds = |claimed| {
        let attempt = guess(claimed, 1);
        let (one, other) = (attempt.subjects(&AddressKey::generate()), attempt.subjects(&AddressKey::generate()));
        one.into_iter().filter(|subject| other.contains(subject)).map(|subject| subject.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(member(1)), [SubjectKind::Login], "a member's own counter outlives a restart");
    assert_eq!(kinds(Claimed::Nobody("my password")), []);
}

#[test]
fn who_comes_through_an_onion_service_is_not_counted_by_address() {
    let attempt = Attempt { address: Ipv4Addr::LOCALHOST.into(), ..guess(member(1), 1) };
    let kinds: Vec<_> = attempt.subjects(&AddressKey::generate()).iter().map(|subject| subject.kind).collect();
    assert_eq!(kinds, [SubjectKind::Login]);
}

/// What an outsider does: at which login, from which address, with which proof, after how long.
fn attacks() -> impl Strategy<Value = Vec<(u8, u8, bool, u16)>> {
    prop::collection::vec((0..3_u8, 0..40_u8, any::<bool>(), 0..100_u16), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The outsider may have the password, but not the member's device.
    #[test]
    fn whatever_outsiders_do_the_member_comes_in(attacks in attacks()) {
        let mut door = Door::new();
        for (login, from, has_password, pause) in attacks {
            let proof = if has_password { Proof::OneTimeCode } else { Proof::Password };
            door.tries(&Attempt { proof, ..guess(member(login.into()), from.into()) });
            door.waits(pause.into());
            let at_home = guess(member(1), 5_000);
            for proof in [Proof::Password, Proof::OneTimeCode] {
                // With a known device at once, even from the attacker's own address.
                let known = Attempt { known_device: Some(DEVICE), proof, ..guess(member(1), 3) };
                prop_assert_eq!(door.wait(&known), 0);
            }
            // With a new one after half a minute, or after what their own address owes.
            prop_assert!(door.wait(&at_home) <= 30);
            let shared = guess(member(1), 3);
            let own = door.known(&shared.subjects(&door.key));
            let owed: Vec<_> = own.into_iter().filter(|(kind, _)| *kind != SubjectKind::Login).collect();
            prop_assert!(door.wait(&shared) <= delay_left(&owed, door.now).unwrap_or(0).max(30));
        }
    }
}
