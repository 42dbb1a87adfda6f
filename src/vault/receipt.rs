//! The receipt of a complainant without an account: sixteen digits, shown once, kept nowhere. From them
//! follow the name under which the complaint is found and the key pair that questions are sealed to.
//!
//! Sixteen digits are few enough to be written down and few enough to be tried, were each try cheap; so each
//! costs one Argon2id. The salt is one for the whole installation: the name must be found without
//! knowing whose it is.

use std::fmt;

use zeroize::Zeroizing;

use super::password::PasswordCost;
use super::{CannotOpen, CannotRead, PrivateKey, Secret};

/// How many digits.
const DIGITS: usize = 16;
/// As many receipts as there are.
const RECEIPTS: u64 = 10_u64.pow(16);
/// How far the random numbers go of which each receipt is hit by as many.
const EVEN: u64 = u64::MAX / RECEIPTS * RECEIPTS;

/// The digits. Wiped when they are let go; their `Debug` form says nothing.
#[derive(Clone)]
pub struct Receipt(Zeroizing<String>);

/// What follows from a receipt.
#[derive(Clone, Debug)]
pub struct ReceiptKeys {
    /// The name under which its complaint lies.
    pub lookup: [u8; 32],
    /// The complainant's own key; its public half lies beside the name.
    pub private: PrivateKey,
}

impl Receipt {
    /// A new one, from the random numbers of the operating system.
    #[must_use]
    pub fn generate() -> Self {
        loop {
            let random = Secret::generate();
            for chunk in random.expose().chunks_exact(8) {
                let number = chunk.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
                if number < EVEN {
                    return Self(Zeroizing::new(format!("{:016}", number % RECEIPTS)));
                }
            }
        }
    }

    /// Reads it as it was typed: blanks and hyphens do not matter, and digits of other scripts count.
    ///
    /// # Errors
    /// [`CannotRead`] where it has more or fewer digits, or something else between them.
    pub fn parse(text: &str) -> Result<Self, CannotRead> {
        use unicode_normalization::UnicodeNormalization;
        let mut digits = Zeroizing::new(String::with_capacity(DIGITS));
        for character in text.nfkc().take(10 * DIGITS) {
            match character {
                '0'..='9' if digits.len() < DIGITS => digits.push(character),
                '-' | '\u{2010}'..='\u{2015}' => {}
                blank if blank.is_whitespace() => {}
                _ => return Err(CannotRead),
            }
        }
        if digits.len() == DIGITS { Ok(Self(digits)) } else { Err(CannotRead) }
    }

    /// As it is shown: four groups of four.
    #[must_use]
    pub fn print(&self) -> Zeroizing<String> {
        let mut printed = Zeroizing::new(String::with_capacity(DIGITS + 3));
        for (place, digit) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                printed.push(' ');
            }
            printed.push(digit);
        }
        printed
    }

    /// Derives what follows from it. It takes tens of milliseconds of a processor and must not run on a
    /// thread that serves connections.
    ///
    /// # Errors
    /// [`CannotOpen`] for a cost or a salt that Argon2 does not take.
    pub fn keys(&self, cost: &str, salt: &[u8]) -> Result<ReceiptKeys, CannotOpen> {
        let secret = cost.parse::<PasswordCost>()?.derive(&self.0, salt)?;
        Ok(ReceiptKeys {
            lookup: *secret.derive("aiqyn receipt lookup 1").expose(),
            private: PrivateKey::from_secret(secret.derive("aiqyn receipt key 1")),
        })
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

#[cfg(test)]
mod tests {
    use argon2::{Algorithm, Argon2, Params, Version};
    use data_encoding::HEXLOWER;
    use hkdf::Hkdf;
    use proptest::prelude::*;
    use sha2::Sha256;

    use super::*;

    /// Cheap, for tests: the derivation is the same.
    const CHEAP: &str = "argon2id,m=8,t=1,p=1";
    const SALT: &[u8] = b"sixteen bytes ..";

    fn receipt(text: &str) -> Receipt {
        Receipt::parse(text).unwrap()
    }

    #[test]
    fn what_is_printed_is_read_again_however_it_is_typed() {
        for _ in 0..100 {
            let printed = Receipt::generate().print();
            assert_eq!(printed.split(' ').map(str::len).collect::<Vec<_>>(), [4; 4]);
            for typed in [printed.to_string(), printed.replace(' ', ""), printed.replace(' ', "-")] {
                assert_eq!(receipt(&typed).print(), printed);
            }
        }
        assert_eq!(*receipt("１２３４ 5678 – 9012 3456").print(), "1234 5678 9012 3456");
    }

    #[test]
    fn what_is_no_receipt_is_not_read() {
        for text in
            ["", "1234", "1234 5678 9012 345", "1234 5678 9012 34567", "1234 5678 9012 345o", "+123456789012345"]
        {
            assert!(Receipt::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_derivation_is_argon2id_and_then_hkdf() {
        let mut derived = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, Some(32)).unwrap())
            .hash_password_into(b"0123456789012345", SALT, &mut derived)
            .unwrap();
        let expand = |usage: &[u8]| {
            let mut out = [0; 32];
            Hkdf::<Sha256>::new(None, &derived).expand(usage, &mut out).unwrap();
            out
        };
        let keys = receipt("0123 4567 8901 2345").keys(CHEAP, SALT).unwrap();
        assert_eq!(keys.lookup, expand(b"aiqyn receipt lookup 1"));
        let private = PrivateKey::from_secret(Secret::from_slice(&expand(b"aiqyn receipt key 1")).unwrap());
        assert_eq!(keys.private.public(), private.public());
    }

    /// A receipt that was handed out must open its complaint in every later version.
    #[test]
    fn the_derivation_stays_as_it_was() {
        let keys = receipt("0123 4567 8901 2345").keys(&PasswordCost::CURRENT.to_string(), SALT).unwrap();
        let told = [keys.lookup, *keys.private.public().unwrap().bytes()].map(|bytes| HEXLOWER.encode(&bytes));
        assert_eq!(
            told,
            [
                "5d99dc4f95410ad4a874f77dd0043ab1cd72a39b4515b6432261aad41abdddc8",
                "35c44a2876e8f57d567c506f165955a4e08300e84012ef59ab4d0a850184d009",
            ]
        );
    }

    #[test]
    fn leading_zeros_and_the_salt_count() {
        let keys = |text: &str, salt: &[u8]| receipt(text).keys(CHEAP, salt).unwrap().lookup;
        assert_ne!(keys("0000000000000001", SALT), keys("0000000000000010", SALT));
        assert_ne!(keys("0000000000000001", SALT), keys("0000000000000001", b"another salt ..."));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn two_receipts_lead_to_two_names_and_two_keys(one in 0..RECEIPTS, other in 0..RECEIPTS) {
            prop_assume!(one != other);
            let keys = |number: u64| receipt(&format!("{number:016}")).keys(CHEAP, SALT).unwrap();
            let (one, other) = (keys(one), keys(other));
            prop_assert_ne!(one.lookup, other.lookup);
            prop_assert_ne!(one.private.public(), other.private.public());
            prop_assert_ne!(one.lookup, *one.private.public().unwrap().bytes());
        }
    }
}
