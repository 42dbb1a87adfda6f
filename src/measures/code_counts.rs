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

/// What is counted by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum CodeCounter {
    /// Reprisals of a kind.
    Reprisal,
    /// Refusals of visits with a ground.
    RefusalGround,
    /// Claims for reparation that ask for a form.
    FormAsked,
    /// Of these, decided.
    FormDecided,
    /// Of these, granted.
    FormGranted,
}

/// Counts codes.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeCounts(BTreeMap<String, u64>);

impl CodeCounts {
    /// Counts a code so many times. It is made a text of its own only when it is first met.
    pub(super) fn add(&mut self, code: &str, more: u64) {
        match self.0.get_mut(code) {
            Some(count) => *count += more,
            None => _ = self.0.insert(code.to_owned(), more),
        }
    }

    /// Each code with its count.
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(code, count)| (code.as_str(), *count))
    }

    /// The share of each code among everything that was counted, by code.
    pub(super) fn shares(&self) -> Vec<CodeShare> {
        let all = self.0.values().sum();
        let share = |(code, count): (&String, &u64)| CodeShare { code: code.clone(), share: Share::of(*count, all) };
        self.0.iter().map(share).collect()
    }
}
