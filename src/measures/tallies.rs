//! Every tally at once, of all cases or of one group of them.

use super::delay::DelayMeasure;
use super::delay_tally::DelayTally;
use super::ending::EndingTally;
use super::indicator_tally::IndicatorTally;
use super::observed::{ObservedCase, ObservedVisit};
use super::quality_tally::QualityTally;
use super::rate::RateTally;
use super::statistics::{DelayRow, Figures, RateRow};
use super::tally::Tally;
use super::terms::Terms;
use super::visit_tally::VisitTally;

/// The tallies.
#[derive(Clone, Debug)]
pub(super) struct Tallies {
    pub(super) delays: Vec<DelayTally>,
    pub(super) others: OtherTallies,
}

/// Those that are not of delays.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherTallies {
    cases: u64,
    endings: EndingTally,
    rates: RateTally,
    visits: VisitTally,
    indicators: IndicatorTally,
    quality: QualityTally,
}

impl Default for Tallies {
    fn default() -> Self {
        let delays = DelayMeasure::ALL.iter().map(|measure| DelayTally::new(*measure)).collect();
        Self { delays, others: OtherTallies::default() }
    }
}

impl Tally for Tallies {
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>) {
        for delay in self.delays.iter_mut().filter(|delay| !delay.measure().is_of_visits()) {
            delay.add_case(case, terms);
        }
        self.others.add_case(case, terms);
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, terms: &Terms<'_>) {
        for delay in self.delays.iter_mut().filter(|delay| delay.measure().is_of_visits()) {
            delay.add_visit(visit, terms);
        }
        self.others.add_visit(visit, terms);
    }

    fn merge(&mut self, other: Self) {
        self.delays.iter_mut().zip(other.delays).for_each(|(delay, more)| delay.merge(more));
        self.others.merge(other.others);
    }
}

impl Tally for OtherTallies {
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>) {
        self.cases += 1;
        self.endings.add_case(case, terms);
        self.rates.add_case(case, terms);
        self.visits.add_case(case, terms);
        self.indicators.add_case(case, terms);
        self.quality.add_case(case, terms);
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, terms: &Terms<'_>) {
        self.endings.add_visit(visit, terms);
        self.rates.add_visit(visit, terms);
        self.visits.add_visit(visit, terms);
        self.indicators.add_visit(visit, terms);
        self.quality.add_visit(visit, terms);
    }

    fn merge(&mut self, other: Self) {
        self.cases += other.cases;
        self.endings.merge(other.endings);
        self.rates.merge(other.rates);
        self.visits.merge(other.visits);
        self.indicators.merge(other.indicators);
        self.quality.merge(other.quality);
    }
}

impl OtherTallies {
    /// What all of them have counted together.
    pub(super) fn sum(parts: &[&Self]) -> Self {
        parts.iter().fold(Self::default(), |mut sum, part| {
            sum.merge((*part).clone());
            sum
        })
    }

    /// The figures, with the rows of the delays.
    pub(super) fn figures(&self, delays: Vec<DelayRow>) -> Figures {
        Figures {
            cases: self.cases.into(),
            delays,
            endings: self.endings.figures(),
            rates: self.rates.figures().map(|(measure, figures)| RateRow { measure, figures }).collect(),
            visits: self.visits.figures(),
            indicators: self.indicators.figures(),
            quality: self.quality.figures(),
        }
    }
}
