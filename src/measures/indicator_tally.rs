//! From many cases to the indicators by article of the Convention.

use std::collections::BTreeMap;

use serde::Serialize;

use super::code_counts::{CodeCounter, CodeCounts, CodeShare};
use super::counters::{Counters, merge_counters};
use super::figures::Share;
use super::first_hours::FirstHours;
use super::indicator::{Article, Indicator};
use super::measured::MeasuredClaim;
use super::observed::{ObservedCase, ObservedVisit, StillOpen};
use super::proportion::{KnownShare, Proportion};
use super::tally::Tally;
use super::terms::Terms;
use crate::domain::fact::Fate;

/// The indicators.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct IndicatorFigures {
    /// Each, in the order of [`Indicator::ALL`], which is that of the articles.
    pub indicators: Vec<IndicatorShare>,
    /// Of the reprisals: the share of each kind, by code (articles 12 and 13).
    pub reprisals_by_kind: Vec<CodeShare>,
    /// The forms of reparation that were asked for, by code (article 14).
    pub reparation_by_form: Vec<ReparationShare>,
}

/// One indicator.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct IndicatorShare {
    /// Which.
    pub indicator: Indicator,
    /// The article that it belongs to.
    pub article: Article,
    /// The share, and how many were left out of it.
    #[serde(flatten)]
    pub figures: KnownShare,
}

/// How claims that ask for one form of reparation fared.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ReparationShare {
    /// The code of the form.
    pub form: String,
    /// Of all claims: those that ask for it.
    pub asked: Share,
    /// Of the decided claims that ask for it: those granted, at least in part.
    pub granted: Share,
}

/// Gathers the indicators.
#[derive(Clone, Debug)]
pub struct IndicatorTally {
    indicators: [Proportion; Indicator::ALL.len()],
    reprisals: CodeCounts,
    claims: u64,
    forms: BTreeMap<String, FormCounts>,
}

/// Of the claims that ask for one form.
#[derive(Clone, Copy, Debug, Default)]
struct FormCounts {
    asked: u64,
    decided: u64,
    granted: u64,
}

impl Default for IndicatorTally {
    fn default() -> Self {
        Self {
            indicators: [Proportion::default(); Indicator::ALL.len()],
            reprisals: CodeCounts::default(),
            claims: 0,
            forms: BTreeMap::new(),
        }
    }
}

impl Tally for IndicatorTally {
    fn add_case(&mut self, case: &ObservedCase<'_>, _: &Terms<'_>) {
        let first_hours = FirstHours::of(case);
        for (indicator, counts) in Indicator::ALL.iter().zip(&mut self.indicators) {
            indicator.count_case(case, first_hours, counts);
        }
        let facts = &case.case.facts;
        facts.reprisals.iter().for_each(|kind| self.reprisals.add(kind, 1));
        facts.claims.iter().for_each(|claim| self.add_claim(claim));
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, _: &Terms<'_>) {
        for (indicator, counts) in Indicator::ALL.iter().zip(&mut self.indicators) {
            indicator.count_visit(visit, counts);
        }
    }

    fn add_open(&mut self, wait: &StillOpen) {
        if let Some((indicator, answer)) = Indicator::of_open(wait) {
            self.indicators[indicator as usize].count(answer);
        }
    }

    fn merge(&mut self, other: Self) {
        merge_counters(self, other);
    }
}

impl Counters for IndicatorTally {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        self.indicators.iter_mut().for_each(|counts| counts.each_counter(see));
        see(&mut self.claims);
    }

    fn each_code(&self, see: &mut dyn FnMut(CodeCounter, &str, u64)) {
        self.reprisals.each().for_each(|(kind, count)| see(CodeCounter::Reprisal, kind, count));
        for (form, counts) in &self.forms {
            see(CodeCounter::FormAsked, form, counts.asked);
            see(CodeCounter::FormDecided, form, counts.decided);
            see(CodeCounter::FormGranted, form, counts.granted);
        }
    }

    fn add_to_code(&mut self, counter: CodeCounter, code: &str, more: u64) {
        let of_form: fn(&mut FormCounts) -> &mut u64 = match counter {
            CodeCounter::Reprisal => return self.reprisals.add(code, more),
            CodeCounter::RefusalGround => return,
            CodeCounter::FormAsked => |counts| &mut counts.asked,
            CodeCounter::FormDecided => |counts| &mut counts.decided,
            CodeCounter::FormGranted => |counts| &mut counts.granted,
        };
        *of_form(self.forms.entry(code.to_owned()).or_default()) += more;
    }
}

impl IndicatorTally {
    fn add_claim(&mut self, claim: &MeasuredClaim<'_>) {
        self.claims += 1;
        let forms = claim.forms.iter().enumerate();
        for (_, form) in forms.filter(|(place, form)| !claim.forms[..*place].contains(form)) {
            let counts = self.forms.entry((*form).to_owned()).or_default();
            counts.asked += 1;
            counts.decided += u64::from(claim.fate != Fate::Pending);
            counts.granted += u64::from(claim.fate == Fate::Granted);
        }
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> IndicatorFigures {
        let indicators = Indicator::ALL.iter().zip(&self.indicators);
        let reparation = |(form, counts): (&String, &FormCounts)| ReparationShare {
            form: form.clone(),
            asked: Share::of(counts.asked, self.claims),
            granted: Share::of(counts.granted, counts.decided),
        };
        IndicatorFigures {
            indicators: indicators
                .map(|(indicator, counts)| IndicatorShare {
                    indicator: *indicator,
                    article: indicator.article(),
                    figures: counts.figures(),
                })
                .collect(),
            reprisals_by_kind: self.reprisals.shares(),
            reparation_by_form: self.forms.iter().map(reparation).collect(),
        }
    }
}
