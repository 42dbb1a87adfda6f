//! From many visits to the figures of urgent visits.

use serde::Serialize;

use super::breakdown::NOT_KNOWN;
use super::code_counts::{CodeCounter, CodeCounts, CodeShare};
use super::count::Count;
use super::counters::{Counters, merge_counters};
use super::figures::Share;
use super::observed::{ObservedCase, ObservedVisit, StillOpen};
use super::proportion::{KnownShare, Proportion, known};
use super::tally::Tally;
use super::terms::Terms;
use super::visit_measure::VisitMeasure;
use crate::domain::visit::Evidence;

/// The figures of urgent visits.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct VisitFigures {
    /// Requests.
    pub requests: Count,
    /// Of these: those that needed approval.
    pub needing_approval: Count,
    /// Of those that needed approval: approved or refused.
    pub answered: Count,
    /// Of those that needed approval: neither answered nor ended otherwise.
    pub waiting: Count,
    /// The shares, in the order of [`VisitMeasure::ALL`].
    pub shares: Vec<VisitShare>,
    /// Of the refusals: the share with each ground that was given, by code.
    pub refusals_by_ground: Vec<CodeShare>,
    /// Of the answered requests with each kind of evidence: the share refused, from the weakest evidence on.
    pub refused_by_evidence: Vec<EvidenceShare>,
}

/// One share of visits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct VisitShare {
    /// Which.
    pub measure: VisitMeasure,
    /// The share, and how many were left out of it.
    #[serde(flatten)]
    pub figures: KnownShare,
}

/// How requests with one kind of evidence fared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EvidenceShare {
    /// The evidence offered.
    pub evidence: Evidence,
    /// The share refused.
    pub share: Share,
}

/// Gathers the figures of urgent visits.
#[derive(Clone, Debug, Default)]
pub struct VisitTally {
    requests: u64,
    needing_approval: u64,
    answered: u64,
    waiting: u64,
    shares: [Proportion; VisitMeasure::ALL.len()],
    by_ground: CodeCounts,
    by_evidence: [Proportion; Evidence::ALL.len()],
}

impl Tally for VisitTally {
    fn add_case(&mut self, _: &ObservedCase<'_>, _: &Terms<'_>) {}

    fn add_visit(&mut self, observed: &ObservedVisit<'_>, _: &Terms<'_>) {
        let visit = observed.visit;
        self.requests += 1;
        self.needing_approval += u64::from(visit.needs_approval);
        self.answered += u64::from(visit.is_answered());
        self.waiting += u64::from(visit.is_waiting());
        for (measure, share) in VisitMeasure::ALL.iter().zip(&mut self.shares) {
            share.extend(measure.answer(observed));
        }
        if visit.is_refused() {
            self.by_ground.add(visit.refusal_ground.unwrap_or(NOT_KNOWN), 1);
        }
        if visit.is_answered() {
            for (_, share) in Evidence::ALL.iter().zip(&mut self.by_evidence).filter(|(e, _)| **e == visit.evidence) {
                share.count(known(visit.is_refused()));
            }
        }
    }

    fn add_open(&mut self, _: &StillOpen) {}

    fn merge(&mut self, other: Self) {
        merge_counters(self, other);
    }
}

impl Counters for VisitTally {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        let Self { requests, needing_approval, answered, waiting, shares, by_ground: _, by_evidence } = self;
        [requests, needing_approval, answered, waiting].into_iter().for_each(&mut *see);
        shares.iter_mut().chain(by_evidence).for_each(|share| share.each_counter(see));
    }

    fn each_code(&self, see: &mut dyn FnMut(CodeCounter, &str, u64)) {
        self.by_ground.each().for_each(|(ground, count)| see(CodeCounter::RefusalGround, ground, count));
    }

    fn add_to_code(&mut self, counter: CodeCounter, code: &str, more: u64) {
        if counter == CodeCounter::RefusalGround {
            self.by_ground.add(code, more);
        }
    }
}

impl VisitTally {
    /// The figures.
    #[must_use]
    pub fn figures(&self) -> VisitFigures {
        let shares = VisitMeasure::ALL.iter().zip(&self.shares);
        let by_evidence = Evidence::ALL.iter().zip(&self.by_evidence);
        VisitFigures {
            requests: self.requests.into(),
            needing_approval: self.needing_approval.into(),
            answered: self.answered.into(),
            waiting: self.waiting.into(),
            shares: shares.map(|(measure, share)| VisitShare { measure: *measure, figures: share.figures() }).collect(),
            refusals_by_ground: self.by_ground.shares(),
            refused_by_evidence: by_evidence
                .map(|(evidence, share)| EvidenceShare { evidence: *evidence, share: share.share() })
                .collect(),
        }
    }
}
