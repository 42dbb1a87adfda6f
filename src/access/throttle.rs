//! How long a guesser of passwords must wait, and that nobody else waits for it. It knows nothing of
//! the database, and must never let an outsider shut a member out for good.
//!
//! Failures are counted under subjects, and delays double after a few free tries (OWASP, "Slow Down
//! Online Guessing Attacks with Device Cookies"). A browser that the member has logged in from before
//! has a subject of its own: what outsiders do never holds it back. Everybody else is counted three
//! times over: for this login from this address, for this address, and for this login.
//!
//! Whoever has no account is counted by address alone: for receipts that were not right, and for complaints.
//!
//! What that leaves to a guesser, in any 24 hours (the tests hold these numbers):
//! - from one address at one login, at most [`MOST_GUESSES_FROM_ONE_ADDRESS`];
//! - from one address at all logins together, at most [`MOST_GUESSES_AT_ALL_LOGINS`];
//! - from any number of addresses at one login, at most [`MOST_GUESSES_AT_ONE_LOGIN`];
//! - at the one-time codes of a login whose password is known already, at most [`MOST_GUESSED_CODES`]
//!   from all new devices together: three of a million codes are right at a time, so that one in about
//!   three thousand such days brings a success.
//!
//! The limits of it: whoever is always the first to try when a delay ends keeps *new* devices of one
//! member waiting, for some minutes with each address that they have, and with thirty addresses or more
//! for as long as the attack lasts; known devices
//! go on. Whoever shares an address with a guesser (a Tor exit) shares its delay of up to a minute.
//! An address of loopback is that of everybody who comes through an onion service, and is not counted
//! at all; there Tor's own defences (proof of work) slow down who tries many logins.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::id::ActorId;
use crate::vault::Secret;

/// Tries at one login from one new address in 24 hours.
pub const MOST_GUESSES_FROM_ONE_ADDRESS: u32 = 109;
/// Tries at all logins together from one address in 24 hours.
pub const MOST_GUESSES_AT_ALL_LOGINS: u32 = 1_494;
/// Tries at one login from all new devices together in 24 hours, however many addresses they have.
pub const MOST_GUESSES_AT_ONE_LOGIN: u32 = 2_893;
/// Tries at the one-time codes of one login from all new devices together in 24 hours.
pub const MOST_GUESSED_CODES: u32 = 109;

/// How long a failure is remembered after the last one: 24 hours.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// The key under which addresses are counted. It is never in the database, so that nobody can find the address of
/// somebody who mistyped a password in a stolen one by trying all the addresses that there are. Unless a secret is
/// handed in, it is drawn when the server starts and kept in memory alone: a restart forgets what addresses did, and
/// another server counts them for itself. What happened to a login or a device stays counted.
#[derive(Clone, Debug)]
pub struct AddressKey(Secret);

impl AddressKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(Secret::generate())
    }

    /// That of all servers that have this secret.
    #[must_use]
    pub fn shared(secret: &Secret) -> Self {
        Self(secret.derive("aiqyn counters of addresses 1"))
    }
}

/// Whose login was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed<'a> {
    /// That of a member.
    Member(ActorId),
    /// That of nobody. It is counted just the same, or the delays would tell which logins there are;
    /// the text may be a password in the wrong field, so it too is hashed under the [`AddressKey`].
    Nobody(&'a str),
}

/// What is being proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The password, or password and code at once.
    Password,
    /// A one-time code or a recovery code, by whoever had the right password.
    OneTimeCode,
}

/// One attempt to log in.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Whose login was typed.
    pub claimed: Claimed<'a>,
    /// Where the request came from.
    pub address: IpAddr,
    /// The hash of the device cookie, if it is that of a known device *of this member*.
    pub known_device: Option<[u8; 32]>,
    /// What is being proved.
    pub proof: Proof,
}

/// What failures are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// A member on a device that they have logged in from before.
    KnownDevice,
    /// A login, from new devices at one address.
    LoginAtAddress,
    /// A login, from all new devices.
    Login,
    /// An address, at any login.
    Address,
    /// The one-time codes of a login, on one known device or from all new ones. Only who has the
    /// password can make them fail, so this delay may be long.
    Codes,
    /// An address, at receipts.
    Receipts,
    /// An address, for complaints without an account; each counts, also one that was filed.
    Filings,
}

/// A subject: its kind, and the hash that stands for it in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Which one it is.
    pub hash: [u8; 32],
}

/// How often a subject has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many times.
    pub count: u32,
    /// When it did so last.
    pub last_at: DateTime<Utc>,
}

impl SubjectKind {
    /// How many failures cost nothing.
    const fn free(self) -> u32 {
        match self {
            Self::KnownDevice | Self::LoginAtAddress | Self::Codes => 5,
            Self::Login | Self::Receipts | Self::Filings => 10,
            // Many people may share one: an office, a mobile network, a Tor exit.
            Self::Address => 50,
        }
    }

    /// The longest delay, in seconds.
    const fn longest(self) -> u32 {
        match self {
            Self::KnownDevice | Self::LoginAtAddress | Self::Codes => 15 * 60,
            // Outsiders bring these about; the member must still be able to come in.
            Self::Login => 30,
            Self::Address | Self::Receipts | Self::Filings => 60,
        }
    }

    /// The delay after so many failures, in seconds: none, then 1, 2, 4 … up to the longest.
    #[must_use]
    pub fn delay(self, failures: u32) -> u32 {
        match failures.checked_sub(self.free()) {
            None => 0,
            Some(doublings) => 1_u32.checked_shl(doublings).unwrap_or(u32::MAX).min(self.longest()),
        }
    }

    const fn word(self) -> &'static [u8] {
        match self {
            Self::KnownDevice => b"known device",
            Self::LoginAtAddress => b"login at address",
            Self::Login => b"login",
            Self::Address => b"address",
            Self::Codes => b"codes",
            Self::Receipts => b"receipts",
            Self::Filings => b"filings",
        }
    }

    /// Whether a login that succeeds wipes the slate. The counters that outsiders share stay as they
    /// were: a guesser with an account of their own could wipe them at will.
    #[must_use]
    pub const fn is_cleared_by_success(self) -> bool {
        matches!(self, Self::KnownDevice | Self::LoginAtAddress | Self::Codes)
    }
}

impl Attempt<'_> {
    /// What this attempt counts for.
    #[must_use]
    pub fn subjects(&self, key: &AddressKey) -> Vec<Subject> {
        let who = self.who(key);
        let open = |kind: SubjectKind, parts: &[&[u8]]| Subject { kind, hash: hash(&[0; 32], kind.word(), parts) };
        let keyed =
            |kind: SubjectKind, parts: &[&[u8]]| Subject { kind, hash: hash(key.0.expose(), kind.word(), parts) };
        match (self.proof, &self.known_device) {
            (Proof::OneTimeCode, device) => {
                let device = device.as_ref().map_or(&[][..], |device| device.as_slice());
                vec![open(SubjectKind::Codes, &[&who, device])]
            }
            (Proof::Password, Some(device)) => vec![open(SubjectKind::KnownDevice, &[&who, device])],
            (Proof::Password, None) => {
                let mut subjects = vec![open(SubjectKind::Login, &[&who])];
                if let Some(network) = network(self.address) {
                    subjects.push(keyed(SubjectKind::LoginAtAddress, &[&who, &network]));
                    subjects.push(keyed(SubjectKind::Address, &[&network]));
                }
                subjects
            }
        }
    }

    /// A member as their identifier, nobody as a keyed hash.
    fn who(&self, key: &AddressKey) -> Vec<u8> {
        match self.claimed {
            Claimed::Member(member) => member.0.as_bytes().to_vec(),
            Claimed::Nobody(login) => {
                hash(key.0.expose(), b"nobody", &[login.trim().to_lowercase().as_bytes()]).to_vec()
            }
        }
    }
}

/// What somebody without an account does, and what an address may do only so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Public {
    /// Trying a receipt.
    Receipt,
    /// Filing a complaint.
    Filing,
}

impl Public {
    /// What it counts for: the address, and nothing where everybody may stand behind it.
    #[must_use]
    pub fn subjects(self, address: IpAddr, key: &AddressKey) -> Vec<Subject> {
        let kind = match self {
            Self::Receipt => SubjectKind::Receipts,
            Self::Filing => SubjectKind::Filings,
        };
        let of = |network: Vec<u8>| Subject { kind, hash: hash(key.0.expose(), kind.word(), &[&network]) };
        network(address).map(of).into_iter().collect()
    }
}

/// The seconds that an attempt must still wait: the longest of what its subjects owe. Such an attempt
/// is answered at once, is not looked at, and is not counted.
#[must_use]
pub fn delay_left(failures: &[(SubjectKind, Failures)], now: DateTime<Utc>) -> Option<u32> {
    let left = failures.iter().map(|(kind, failures)| {
        // A clock that was set back must not make the wait longer.
        let passed = (now - failures.last_at).max(TimeDelta::zero());
        if passed >= FORGOTTEN_AFTER {
            return 0;
        }
        let passed = u32::try_from(passed.num_seconds()).unwrap_or(u32::MAX);
        kind.delay(failures.count).saturating_sub(passed)
    });
    left.max().filter(|left| *left > 0)
}

/// The failures of a subject after one more.
#[must_use]
pub fn after_failure(before: Option<Failures>, now: DateTime<Utc>) -> Failures {
    let remembered = before.filter(|before| now - before.last_at < FORGOTTEN_AFTER);
    Failures { count: remembered.map_or(0, |before| before.count).saturating_add(1), last_at: now }
}

/// What a client is known by: an IPv4 address, or the /64 that one IPv6 line is given. None for
/// loopback, behind which everybody may stand.
fn network(address: IpAddr) -> Option<Vec<u8>> {
    match address {
        IpAddr::V4(address) => four(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => four(address),
            None => (address != Ipv6Addr::LOCALHOST).then(|| address.octets()[..8].to_vec()),
        },
    }
}

fn four(address: Ipv4Addr) -> Option<Vec<u8>> {
    (!address.is_loopback()).then(|| address.octets().to_vec())
}

/// HMAC-SHA256 (RFC 2104) over a kind and its parts, each with its length before it.
fn hash(key: &[u8; 32], kind: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key that is shorter than a block is filled up with zeros (RFC 2104, section 2); so it cannot be refused.
    let mut block = zeroize::Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(block, byte)| *block = *byte);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in [&b"aiqyn login attempt 1"[..], kind].iter().chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let delays: Vec<u32> = (4..18).map(|failures| SubjectKind::LoginAtAddress.delay(failures)).collect();
        assert_eq!(delays, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(SubjectKind::Login.delay(u32::MAX), 30);
        assert_eq!(SubjectKind::Address.delay(49), 0);
    }

    #[test]
    fn a_line_is_one_address_and_loopback_is_none() {
        let network = |address: &str| network(address.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        for everybody in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(network(everybody), None, "{everybody}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_lengthens_no_wait() {
        let now = DateTime::UNIX_EPOCH;
        let failures = Failures { count: 100, last_at: now + TimeDelta::hours(5) };
        assert_eq!(delay_left(&[(SubjectKind::Login, failures)], now), Some(30));
    }
}
