//! Figures made fit to leave the system: small counts withheld, and whatever would give them away.
//!
//! A walk over the figures puts every count into one ledger, with all that a reader knows of how they add up:
//! within a table, between the tables, and from the groups of a breakdown to the whole. The ledger says which counts
//! are withheld (`statistics::suppression`); a second walk, the same as the first, takes them out, and with them the
//! estimates that rest on them. Nothing but this makes a [`Released`], and nothing else may be printed in a report.

mod book; // the counts as they are entered, and taken out again
mod cases; // the counts of complaints and their endings
mod coarse; // estimates no finer than they are printed
mod delays; // the counts of delays
mod groups; // what is told of each group of a breakdown
mod indicators; // the counts of indicators and of data quality
mod ties; // counts that stand in several tables
mod visits; // the counts of urgent visits

use std::sync::Arc;

use self::book::{Book, Page};
use super::breakdown::Dimension;
use super::delay::DelayMeasure;
use super::rate::RateMeasure;
use super::statistics::{Figures, Statistics};
use crate::statistics::suppression::{LedgerError, Threshold};

/// The ways in which figures that leave the system are broken down: all of them in every release, so that no two
/// releases of the same cases tell more than one.
pub const BREAKDOWNS: &[Dimension] = &[
    Dimension::Year,
    Dimension::Region,
    Dimension::KindOfPlace,
    Dimension::Agency,
    Dimension::Body,
    Dimension::Sex,
    Dimension::AgeBand,
    Dimension::Organisation,
];

/// The delays whose medians are told of each group of a breakdown.
pub const DELAYS_OF_GROUPS: &[DelayMeasure] =
    &[DelayMeasure::FilingToFirstResponse, DelayMeasure::RoutingToDecision, DelayMeasure::VisitRequestToAnswer];

/// The rates that are told of each group of a breakdown, where that costs none of the whole.
pub const RATES_OF_GROUPS: &[RateMeasure] = &[RateMeasure::Dismissed, RateMeasure::Prosecuted];

/// What a report is read for: other counts are withheld rather than these.
const MAIN: &[&str] = &[
    "cases",
    "rate.routed.numerator",
    "rate.dismissed.numerator",
    "rate.dismissed_by_internal_security.numerator",
    "rate.prosecuted.numerator",
    "delay.filing_to_first_response.n",
    "delay.filing_to_first_response.ended",
    "delay.visit_request_to_answer.n",
    "delay.visit_request_to_answer.ended",
    "visits.requests",
    "visits.needing_approval",
    "visits.answered",
    "visits.refused.numerator",
    "visits.refused_for_want_of_evidence.numerator",
];

/// Statistics in which small counts, and what would give them away, have been withheld: of one set of cases, as a
/// whole and by each of [`BREAKDOWNS`].
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    whole: Arc<Statistics>,
    breakdowns: Vec<Arc<Statistics>>,
    threshold: Threshold,
}

impl Released {
    /// Withholds what is small in the figures of one set of cases, as a whole and broken down. They are held against
    /// each other, as whoever reads one table reads all of them. A rate is rather not broken down than not told at
    /// all: six prosecutions by region would take the six with them.
    ///
    /// # Errors
    /// Where the groups do not add up to the whole: the figures are of different cases.
    pub fn of(whole: &Statistics, breakdowns: &[Arc<Statistics>], threshold: Threshold) -> Result<Self, LedgerError> {
        let mut rates = RATES_OF_GROUPS.to_vec();
        loop {
            let reduced = breakdowns.iter().map(|statistics| groups::reduced(statistics, &rates, threshold)).collect();
            let released = Self::held_together(whole.clone(), reduced, threshold)?;
            let numerator = |statistics: &Statistics, measure| {
                statistics.all.rate(measure).and_then(|rate| rate.of_all.numerator.shown())
            };
            let is_lost = |measure: &RateMeasure| {
                let is_large = numerator(whole, *measure).is_some_and(|count| count >= threshold.get());
                is_large && numerator(&released.whole, *measure).is_none()
            };
            let before = rates.len();
            rates.retain(|measure| !is_lost(measure));
            if rates.len() == before || breakdowns.is_empty() {
                return Ok(released);
            }
        }
    }

    fn held_together(
        mut whole: Statistics,
        mut breakdowns: Vec<Statistics>,
        threshold: Threshold,
    ) -> Result<Self, LedgerError> {
        indicators::drop_short_rows(&mut whole.all.quality, threshold);
        let mut book = Book::draft();
        walk(&mut whole, &mut breakdowns, &mut book)?;
        let mut book = book.fair(threshold);
        walk(&mut whole, &mut breakdowns, &mut book)?;
        coarse::estimates(&mut whole.all);
        breakdowns.iter_mut().for_each(|statistics| statistics.all = whole.all.clone());
        let breakdowns = breakdowns.into_iter().map(Arc::new).collect();
        Ok(Self { whole: Arc::new(whole), breakdowns, threshold })
    }

    /// The figures of all cases.
    #[must_use]
    pub fn whole(&self) -> &Arc<Statistics> {
        &self.whole
    }

    /// The figures of the same cases, broken down.
    #[must_use]
    pub fn breakdowns(&self) -> &[Arc<Statistics>] {
        &self.breakdowns
    }

    /// Those by one dimension; none where it is not among [`BREAKDOWNS`].
    #[must_use]
    pub fn by(&self, dimension: Dimension) -> Option<&Arc<Statistics>> {
        self.breakdowns.iter().find(|statistics| statistics.by == Some(dimension))
    }

    /// Counts from 1 up to below this one are withheld.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }
}

fn walk(whole: &mut Statistics, breakdowns: &mut [Statistics], book: &mut Book) -> Result<(), LedgerError> {
    let mut page = Page::of(book);
    figures(&mut whole.all, &mut page)?;
    let whole = page.close();
    for statistics in breakdowns {
        let mut of_groups = Vec::new();
        for (_, group) in &mut statistics.groups {
            let mut page = Page::of(book);
            groups::group(group, &mut page)?;
            of_groups.push(page.close());
        }
        book.groups_add_up(&whole, &of_groups)?;
    }
    Ok(())
}

/// All figures.
fn figures(figures: &mut Figures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    page.count("cases", &mut figures.cases)?;
    for row in &mut figures.delays {
        delays::delay(row.measure.as_str(), &mut row.figures, page)?;
    }
    for row in &mut figures.rates {
        cases::rate(row.measure, &mut row.figures, page)?;
    }
    cases::endings(&mut figures.endings, page)?;
    visits::visits(&mut figures.visits, page)?;
    indicators::indicators(&mut figures.indicators, page)?;
    indicators::quality(&mut figures.quality, page)?;
    page.prefer(MAIN);
    ties::tie(page)
}
