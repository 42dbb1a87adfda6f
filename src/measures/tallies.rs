//! Every tally at once, of all cases or of one group of them.

use super::code_counts::CodeCounter;
use super::counters::{Counters, merge_counters};
use super::delay::DelayMeasure;
use super::delay_tally::DelayTally;
use super::ending::EndingTally;
use super::ending_figures::EndingFigures;
use super::indicator_tally::IndicatorTally;
use super::observed::{Awaited, ObservedCase, ObservedVisit, StillOpen};
use super::quality_tally::QualityTally;
use super::rate::RateTally;
use super::statistics::{DelayRow, Figures, RateRow};
use super::tally::Tally;
use super::terms::Terms;
use super::visit_tally::VisitTally;
use super::waits::Waits;

/// The tallies.
#[derive(Clone, Debug)]
pub(super) struct Tallies {
    pub(super) delays: Vec<DelayTally>,
    pub(super) endings: EndingTally,
    pub(super) others: OtherTallies,
}

/// Those that hold no waits.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherTallies {
    cases: u64,
    rates: RateTally,
    visits: VisitTally,
    indicators: IndicatorTally,
    quality: QualityTally,
}

impl Default for Tallies {
    fn default() -> Self {
        let delays = DelayMeasure::ALL.iter().map(|measure| DelayTally::new(*measure)).collect();
        Self { delays, endings: EndingTally::default(), others: OtherTallies::default() }
    }
}

impl Tallies {
    /// The waits for one thing.
    pub(super) fn waits_of(&mut self, awaited: Awaited) -> &mut Waits {
        match awaited {
            Awaited::Delay(measure) => &mut self.delays[measure as usize].waits,
            Awaited::AnyEnding => &mut self.endings.waits,
        }
    }

    /// Takes out what has been gathered of the delay at this place of [`DelayMeasure::ALL`].
    pub(super) fn take_delay(&mut self, place: usize) -> DelayTally {
        let delay = &mut self.delays[place];
        let nothing = DelayTally::new(delay.measure());
        std::mem::replace(delay, nothing)
    }
}

impl Tally for Tallies {
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>) {
        for delay in self.delays.iter_mut().filter(|delay| !delay.measure().is_of_visits()) {
            delay.add_case(case, terms);
        }
        self.endings.add_case(case, terms);
        self.others.add_case(case, terms);
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, terms: &Terms<'_>) {
        for delay in self.delays.iter_mut().filter(|delay| delay.measure().is_of_visits()) {
            delay.add_visit(visit, terms);
        }
        self.endings.add_visit(visit, terms);
        self.others.add_visit(visit, terms);
    }

    fn add_open(&mut self, wait: &StillOpen) {
        if let Awaited::Delay(measure) = wait.awaited {
            self.delays[measure as usize].add_open(wait);
        }
        self.endings.add_open(wait);
        self.others.add_open(wait);
    }

    fn merge(&mut self, other: Self) {
        self.delays.iter_mut().zip(other.delays).for_each(|(delay, more)| delay.merge(more));
        self.endings.merge(other.endings);
        self.others.merge(other.others);
    }
}

impl Tally for OtherTallies {
    fn add_case(&mut self, case: &ObservedCase<'_>, terms: &Terms<'_>) {
        self.cases += 1;
        self.rates.add_case(case, terms);
        self.visits.add_case(case, terms);
        self.indicators.add_case(case, terms);
        self.quality.add_case(case, terms);
    }

    fn add_visit(&mut self, visit: &ObservedVisit<'_>, terms: &Terms<'_>) {
        self.rates.add_visit(visit, terms);
        self.visits.add_visit(visit, terms);
        self.indicators.add_visit(visit, terms);
        self.quality.add_visit(visit, terms);
    }

    fn add_open(&mut self, wait: &StillOpen) {
        self.rates.add_open(wait);
        self.visits.add_open(wait);
        self.indicators.add_open(wait);
        self.quality.add_open(wait);
    }

    fn merge(&mut self, other: Self) {
        merge_counters(self, other);
    }
}

impl Counters for OtherTallies {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        see(&mut self.cases);
        self.rates.each_counter(see);
        self.visits.each_counter(see);
        self.indicators.each_counter(see);
        self.quality.each_counter(see);
    }

    fn each_code(&self, see: &mut dyn FnMut(CodeCounter, &str, u64)) {
        self.visits.each_code(see);
        self.indicators.each_code(see);
    }

    fn add_to_code(&mut self, counter: CodeCounter, code: &str, more: u64) {
        self.visits.add_to_code(counter, code, more);
        self.indicators.add_to_code(counter, code, more);
    }
}

impl Counters for Tallies {
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64)) {
        self.delays.iter_mut().for_each(|delay| delay.counts.each_counter(see));
        self.endings.counts.each_counter(see);
        self.others.each_counter(see);
    }

    fn each_code(&self, see: &mut dyn FnMut(CodeCounter, &str, u64)) {
        self.others.each_code(see);
    }

    fn add_to_code(&mut self, counter: CodeCounter, code: &str, more: u64) {
        self.others.add_to_code(counter, code, more);
    }
}

impl OtherTallies {
    /// What all of them have counted together.
    pub(super) fn sum<'t>(parts: impl Iterator<Item = &'t Self>) -> Self {
        parts.fold(Self::default(), |mut sum, part| {
            sum.merge(part.clone());
            sum
        })
    }

    /// The figures, with those of the delays and of the endings.
    pub(super) fn figures(&self, delays: Vec<DelayRow>, endings: EndingFigures) -> Figures {
        Figures {
            cases: self.cases.into(),
            delays,
            endings,
            rates: self.rates.figures().map(|(measure, figures)| RateRow { measure, figures }).collect(),
            visits: self.visits.figures(),
            indicators: self.indicators.figures(),
            quality: self.quality.figures(),
        }
    }
}
