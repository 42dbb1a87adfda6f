//! How often each code of a list occurs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::Share;

/// The share of one code of a list.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CodeShare {
    /// The code.
    pub code: String,
    /// The share.
    pub share: Share,
}

/// Counts codes.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeCounts(BTreeMap<String, u64>);

impl CodeCounts {
    /// Counts a code. It is made a text of its own only when it is first met.
    pub(super) fn count(&mut self, code: &str) {
        match self.0.get_mut(code) {
            Some(count) => *count += 1,
            None => _ = self.0.insert(code.to_owned(), 1),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (code, more) in other.0 {
            *self.0.entry(code).or_default() += more;
        }
    }

    /// The share of each code among everything that was counted, by code.
    pub(super) fn shares(&self) -> Vec<CodeShare> {
        let all = self.0.values().sum();
        let share = |(code, count): (&String, &u64)| CodeShare { code: code.clone(), share: Share::of(*count, all) };
        self.0.iter().map(share).collect()
    }
}
