//! Identifiers, each a type of its own so that none can stand where another belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

uuid_ids! {
    /// One case.
    CaseId,
    /// One event of a case; corrections and renewals name events by it.
    EventId,
    /// An organisation that owns cases or shares in them.
    OrganisationId,
    /// The person (or the import) that recorded something.
    ActorId,
    /// One version of an organisation's key pair.
    OrganisationKeyId,
    /// The key of a case's sealed texts, or of a visit request's.
    DataKeyId,
    /// A session of a browser, or a token of a program.
    SessionId,
    /// A document of a case.
    DocumentId,
    /// A complaint that somebody has begun to log.
    DraftId,
}

/// Who recorded something, and for which organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The person, or the import run.
    pub actor: ActorId,
    /// The organisation on whose behalf it was recorded.
    pub organisation: OrganisationId,
}

/// The human-readable name of a case, `2026-000123`: the year of filing and a number that runs
/// from 1 in each year without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The year of filing in the case's time zone.
    pub year: i32,
    /// The running number within the year, from 1.
    pub number: i32,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:06}", self.year, self.number)
    }
}

/// A text that is no case reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reference looks like 2026-000123")]
pub struct NotAReference;

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, number) = text.split_once('-').ok_or(NotAReference)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || number.len() < 6 || !digits(year) || !digits(number) {
            return Err(NotAReference);
        }
        let year = year.parse().map_err(|_| NotAReference)?;
        let number = number.parse().map_err(|_| NotAReference)?;
        if number == 0 { Err(NotAReference) } else { Ok(Self { year, number }) }
    }
}

/// How many events a case had when it was read. A write names the version that it builds on, so
/// that two people who change one case never overwrite each other silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseVersion(pub i32);

impl fmt::Display for CaseVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back_as_it_was_printed() {
        let reference = Reference { year: 2026, number: 123 };
        assert_eq!(reference.to_string(), "2026-000123");
        assert_eq!("2026-000123".parse(), Ok(reference));
        assert_eq!("2026-1000000".parse(), Ok(Reference { year: 2026, number: 1_000_000 }));
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in ["", "2026", "2026-123", "26-000123", "2026-000000", "2026-00012x", "+026-000123"] {
            assert_eq!(text.parse::<Reference>(), Err(NotAReference), "{text}");
        }
    }
}
