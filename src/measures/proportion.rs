//! A share of things of which it is not always known whether they count.

use serde::Serialize;

use super::count::Count;
use super::counters::Counters;
use super::figures::Share;
use crate::domain::complaint::Answer;

/// A share, with how many were left out of it because the answer is not, or not yet, known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct KnownShare {
    /// The share of those of which the answer is known.
    pub share: Share,
    /// Left out of numerator and denominator.
    pub unknown: Count,
}

/// Counts answers to one question.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proportion {
    yes: u64,
    no: u64,
    unknown: u64,
}

impl Proportion {
    pub(super) fn count(&mut self, answer: Answer) {
        match answer {
            Answer::Yes => self.yes += 1,
            Answer::No => self.no += 1,
            Answer::Unknown => self.unknown += 1,
        }
    }

    pub(super) fn share(self) -> Share {
        Share::of(self.yes, self.yes + self.no)
    }

    pub(super) fn figures(self) -> KnownShare {
        KnownShare { share: self.share(), unknown: self.unknown.into() }
    }
}

impl Counters for Proportion {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        [&mut self.yes, &mut self.no, &mut self.unknown].into_iter().for_each(see);
    }
}

impl Extend<Answer> for Proportion {
    fn extend<I: IntoIterator<Item = Answer>>(&mut self, answers: I) {
        answers.into_iter().for_each(|answer| self.count(answer));
    }
}

/// The answer of what is known: yes where it holds.
pub(super) fn known(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}
