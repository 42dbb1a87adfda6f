//! A count that is shown, or that is withheld because it is small, or because it would give a small one away.

use std::fmt;

use serde::Serialize;

/// A count as it is printed and sent. In JSON a withheld one is `null`. See `statistics::suppression`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Count(Option<u64>);

impl Count {
    /// A count that is withheld.
    pub const WITHHELD: Self = Self(None);

    /// The number; none where it is withheld.
    #[must_use]
    pub fn shown(self) -> Option<u64> {
        self.0
    }
}

impl Default for Count {
    fn default() -> Self {
        Self(Some(0))
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(Some(number))
    }
}

impl fmt::Display for Count {
    /// The number; an asterisk where it is withheld.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => number.fmt(f),
            None => "*".fmt(f),
        }
    }
}
