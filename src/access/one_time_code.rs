//! One-time codes of an authenticator app (TOTP, RFC 6238), and the recovery codes for when the app is
//! lost. The secret must never be logged, and never be stored but sealed to its member.

use std::fmt;

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp, TotpError};
use zeroize::{Zeroize, Zeroizing};

use crate::vault::{CannotOpen, Secret, Voucher};

/// What the app shows beside the login.
const ISSUER: &str = "Aiqyn";
/// 160 bits, as RFC 4226 recommends.
const BYTES: usize = 20;
const DIGITS: u8 = 6;
/// How long a code is shown, in seconds.
const STEP: u64 = 30;
/// How many recovery codes a member is given.
const RECOVERY_CODES: usize = 10;

/// What [`Voucher::hash`] is told that a recovery code is for.
pub const RECOVERY_CODE: &str = "recovery code";

/// What the server and the member's app share. SHA-1, six digits and 30 seconds are what every app
/// does; the weakness of SHA-1 against collisions is of no use against HMAC.
#[derive(Clone)]
pub struct OneTimeCodeSecret(Zeroizing<[u8; BYTES]>);

/// A login that no app can show: it is empty or has a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this login cannot stand in the address that an authenticator app reads")]
pub struct NotALabel;

impl OneTimeCodeSecret {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        let mut bytes = Zeroizing::new([0; BYTES]);
        bytes.iter_mut().zip(Secret::generate().expose()).for_each(|(byte, random)| *byte = *random);
        Self(bytes)
    }

    /// Takes the bytes as they were unsealed.
    ///
    /// # Errors
    /// [`CannotOpen`] where there are more or fewer than 20.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, CannotOpen> {
        <[u8; BYTES]>::try_from(bytes).map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| CannotOpen)
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn expose(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// As it is typed where there is no camera: groups of four letters.
    #[must_use]
    pub fn print(&self) -> Zeroizing<String> {
        let text = Zeroizing::new(BASE32_NOPAD.encode(self.expose()));
        Zeroizing::new(text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "))
    }

    /// Reads what [`OneTimeCodeSecret::print`] has written, however it is grouped.
    ///
    /// # Errors
    /// [`CannotOpen`] where it is no such secret.
    pub fn parse(text: &str) -> Result<Self, CannotOpen> {
        let letters = |character: &char| !character.is_whitespace() && *character != '-';
        let text: Zeroizing<String> = Zeroizing::new(text.chars().filter(letters).collect());
        let upper = Zeroizing::new(text.to_ascii_uppercase());
        let bytes = BASE32_NOPAD.decode(upper.as_bytes()).map(Zeroizing::new).map_err(|_| CannotOpen)?;
        Self::from_slice(&bytes)
    }

    /// The `otpauth://` address that an app reads from a QR code. It holds the secret.
    ///
    /// # Errors
    /// [`NotALabel`].
    pub fn address(&self, login: &str) -> Result<Zeroizing<String>, NotALabel> {
        let totp = self.totp(login).map_err(|_| NotALabel)?;
        totp.to_url().map(Zeroizing::new).map_err(|_| NotALabel)
    }

    /// The code of an instant, as an authenticator app shows it.
    #[must_use]
    pub fn code_at(&self, now: DateTime<Utc>) -> String {
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        self.totp("").map(|totp| totp.generate(seconds).to_string()).unwrap_or_default()
    }

    /// For how many seconds an app shows the code of an instant from then on.
    #[must_use]
    pub fn shown_for(now: DateTime<Utc>) -> u64 {
        STEP - u64::try_from(now.timestamp()).unwrap_or(0) % STEP
    }

    /// Whether a code is right now, or was half a minute ago, or will be in half a minute (clocks differ),
    /// and has not been used: the step that it belongs to, to be kept as `last_used_step` in the same
    /// transaction as what the code allowed. Blanks in the code do not matter. It takes the same time for
    /// every code of six digits.
    #[must_use]
    pub fn check(&self, code: &str, now: DateTime<Utc>, last_used_step: i64) -> Option<i64> {
        let mut typed: String = code.chars().filter(|character| !character.is_whitespace()).collect();
        let totp = self.totp("").ok()?;
        let step = u64::try_from(now.timestamp()).ok()? / STEP;
        let mut right = None;
        for step in step.saturating_sub(1)..=step + 1 {
            // All three are tried, whichever is right, and totp-rs compares in constant time.
            let is_right = totp.check(&typed, step * STEP).is_some();
            let step = i64::try_from(step).unwrap_or(i64::MAX);
            if is_right & (step > last_used_step) {
                right = Some(step);
            }
        }
        typed.zeroize();
        right
    }

    fn totp(&self, login: &str) -> Result<Totp, TotpError> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(0)
            .with_step_duration(STEP)
            .with_secret(totp_rs::Secret::new_stack(*self.expose()))
            .with_issuer(Some(ISSUER))
            .with_account_name(login)
            .build()
    }
}

impl fmt::Debug for OneTimeCodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCodeSecret(…)")
    }
}

/// Ten new recovery codes. They are shown once and kept as [`Voucher::hash`] with [`RECOVERY_CODE`];
/// each is good for one login, and new ones put the old ones out of use.
#[must_use]
pub fn new_recovery_codes() -> Vec<Voucher> {
    std::iter::repeat_with(Voucher::generate).take(RECOVERY_CODES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_rfc() -> OneTimeCodeSecret {
        OneTimeCodeSecret::from_slice(b"12345678901234567890").unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B: its codes of eight digits end in ours.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(of_the_rfc().check(&code[2..], at(seconds), 0), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn clocks_may_differ_by_one_step_and_no_more() {
        let step = 1_234_567_890 / 30;
        for (seconds, is_right) in
            [(-31, false), (-30, true), (0, true), (29, true), (30, true), (59, true), (60, false)]
        {
            let found = of_the_rfc().check("005 924", at(1_234_567_890 + seconds), 0);
            assert_eq!(found, is_right.then_some(step), "{seconds} s");
        }
    }

    #[test]
    fn a_code_is_good_once() {
        let (secret, now) = (of_the_rfc(), at(1_234_567_890));
        let step = secret.check("005924", now, 0).unwrap();
        assert_eq!(secret.check("005924", now, step), None);
        assert_eq!(secret.check("005924", now, step + 1), None, "nor is an older one after a newer one");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for code in ["", "00592", "0059244", "+05924", "-05924", "OO5924", "٠٠٥٩٢٤", "89005924", "000000"] {
            assert_eq!(of_the_rfc().check(code, at(1_234_567_890), 0), None, "{code}");
        }
        assert_eq!(of_the_rfc().check("005924", at(-5), 0), None);
    }

    #[test]
    fn an_app_can_read_the_secret() {
        let address = of_the_rfc().address("aigul@ngo").unwrap();
        assert_eq!(
            address.as_str(),
            "otpauth://totp/Aiqyn:aigul%40ngo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Aiqyn"
        );
        assert_eq!(of_the_rfc().print().as_str(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        for typed in ["GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", " gezdgnbvgy3tqojqgezdgnbvgy3tqojq\n"] {
            assert_eq!(OneTimeCodeSecret::parse(typed).unwrap().expose(), of_the_rfc().expose());
        }
        for wrong in ["", "GEZD", "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJ1", "айқын"] {
            assert!(OneTimeCodeSecret::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(of_the_rfc().address("a:b").unwrap_err(), NotALabel);
        assert_eq!(of_the_rfc().address("").unwrap_err(), NotALabel);
    }

    #[test]
    fn secrets_and_recovery_codes_differ_and_do_not_show_themselves() {
        assert_ne!(OneTimeCodeSecret::generate().expose(), OneTimeCodeSecret::generate().expose());
        assert_eq!(format!("{:?}", of_the_rfc()), "OneTimeCodeSecret(…)");
        let codes: std::collections::HashSet<_> =
            new_recovery_codes().iter().map(|code| code.print().to_string()).collect();
        assert_eq!(codes.len(), 10);
    }
}
