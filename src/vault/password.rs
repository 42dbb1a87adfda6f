//! From a password to a key: Argon2id (RFC 9106) with the parameters of OWASP's cheat sheet on
//! password storage (m = 19 MiB, t = 2, p = 1).

use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::{CannotOpen, Secret};

/// What one derivation costs; kept beside each salt, so that a later version can raise it for new passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    memory_kib: u32,
    passes: u32,
}

impl PasswordCost {
    /// The present parameters.
    pub const CURRENT: Self = Self { memory_kib: 19_456, passes: 2 };

    /// Whether a guess costs less than with the present ones.
    #[must_use]
    pub fn is_below_current(self) -> bool {
        self.memory_kib < Self::CURRENT.memory_kib || self.passes < Self::CURRENT.passes
    }

    /// Derives the password key. It takes tens of milliseconds of a processor and must not run on a
    /// thread that serves connections.
    ///
    /// # Errors
    /// [`CannotOpen`] for parameters or a salt that Argon2 does not take.
    pub(super) fn derive(self, password: &str, salt: &[u8]) -> Result<Secret, CannotOpen> {
        // Nobody's password is so long, and its normal form could be many times longer.
        if password.len() > LONGEST_PASSWORD * 4 {
            return Err(CannotOpen);
        }
        DERIVED.set(DERIVED.get().wrapping_add(1));
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(|_| CannotOpen)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(normalised(password).as_bytes(), salt, key.as_mut())
            .map_err(|_| CannotOpen)?;
        Secret::from_slice(key.as_ref())
    }
}

thread_local! {
    static DERIVED: Cell<u64> = const { Cell::new(0) };
}

/// How often this thread has derived from a password: by it tests hold an attempt at a login that nobody has to the work
/// that any other costs, which no clock could on a busy machine.
#[must_use]
pub fn derived_on_this_thread() -> u64 {
    DERIVED.get()
}

/// The same password, typed on another keyboard, may come in another Unicode form (NIST SP 800-63B, 5.1.1.2).
fn normalised(password: &str) -> Zeroizing<String> {
    use unicode_normalization::UnicodeNormalization;
    Zeroizing::new(password.nfkc().collect())
}

impl fmt::Display for PasswordCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "argon2id,m={},t={},p=1", self.memory_kib, self.passes)
    }
}

impl FromStr for PasswordCost {
    type Err = CannotOpen;

    fn from_str(text: &str) -> Result<Self, CannotOpen> {
        let rest = text.strip_prefix("argon2id,m=").and_then(|rest| rest.strip_suffix(",p=1")).ok_or(CannotOpen)?;
        let (memory, passes) = rest.split_once(",t=").ok_or(CannotOpen)?;
        let cost = Self {
            memory_kib: memory.parse().map_err(|_| CannotOpen)?,
            passes: passes.parse().map_err(|_| CannotOpen)?,
        };
        // A row that was tampered with must not exhaust the machine.
        if cost.memory_kib > 1_048_576 || cost.passes > 16 { Err(CannotOpen) } else { Ok(cost) }
    }
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`SHORTEST_PASSWORD`] characters.
    #[error("a password has at least {SHORTEST_PASSWORD} characters")]
    TooShort,
    /// More than [`LONGEST_PASSWORD`] characters.
    #[error("a password has at most {LONGEST_PASSWORD} characters")]
    TooLong,
    /// Among the most used ones, or made of the login or of one character.
    #[error("this password is easily guessed")]
    Guessable,
}

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;
/// The most; long passphrases are welcome, megabytes are not.
pub const LONGEST_PASSWORD: usize = 256;

/// Words that passwords are most often made of, here and elsewhere.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "пароль",
    "құпиясөз",
    "qwerty",
    "йцукен",
    "123456",
    "111111",
    "000000",
    "abcdef",
    "admin",
    "administrator",
    "welcome",
    "letmein",
    "iloveyou",
    "kazakhstan",
    "казахстан",
    "қазақстан",
    "almaty",
    "алматы",
    "astana",
    "астана",
    "aiqyn",
    "айқын",
    "asdfgh",
    "zxcvbn",
    "monkey",
    "dragon",
];

/// Judges a new password: its length, and whether it is more than well-known words and counting
/// (OWASP ASVS 5.0, 6.2.1 to 6.2.12). No mixture of kinds of characters is asked for.
///
/// # Errors
/// What is wrong with it.
pub fn check_password(password: &str, login: &str) -> Result<(), WeakPassword> {
    let password = normalised(password).to_lowercase();
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Err(WeakPassword::TooShort);
    }
    if length > LONGEST_PASSWORD {
        return Err(WeakPassword::TooLong);
    }
    let mut rest = password;
    for word in COMMON.iter().copied().chain([login.to_lowercase().as_str()]).filter(|word| !word.is_empty()) {
        rest = rest.replace(word, "");
    }
    let mut left: Vec<char> = rest.chars().filter(|character| character.is_alphanumeric()).collect();
    left.sort_unstable();
    left.dedup();
    if left.len() < 5 { Err(WeakPassword::Guessable) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_uncommon_passwords_are_taken() {
        for password in ["correct horse battery staple", "жылқы ұста дәптер", "T7#kq9!mzL2p"] {
            assert_eq!(check_password(password, "aigul"), Ok(()), "{password}");
        }
    }

    #[test]
    fn short_common_and_repeated_passwords_are_not() {
        assert_eq!(check_password("T7#kq9!mzL2", "a"), Err(WeakPassword::TooShort));
        assert_eq!(check_password(&"ab1".repeat(100), "a"), Err(WeakPassword::TooLong));
        for password in ["password123456", "aaaaaaaaaaaaaaaa", "Қазақстан2026", "aigul.serik.2026", "qwertyqwerty1"]
        {
            assert_eq!(check_password(password, "aigul.serik"), Err(WeakPassword::Guessable), "{password}");
        }
    }

    #[test]
    fn the_cost_is_read_as_it_is_written_and_bounded() {
        assert_eq!(PasswordCost::CURRENT.to_string().parse(), Ok(PasswordCost::CURRENT));
        for text in ["", "argon2id,m=99999999,t=2,p=1", "argon2id,m=8,t=99,p=1", "argon2d,m=8,t=1,p=1"] {
            assert_eq!(text.parse::<PasswordCost>(), Err(CannotOpen), "{text}");
        }
    }

    #[test]
    fn the_same_password_in_another_unicode_form_is_the_same() {
        let composed = PasswordCost::CURRENT.derive("Ёлка и йод", &[7; 16]).unwrap();
        let decomposed = PasswordCost::CURRENT.derive("Е\u{308}лка и и\u{306}од", &[7; 16]).unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
    }
}
