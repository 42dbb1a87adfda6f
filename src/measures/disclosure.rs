//! Figures made fit to leave the system: small counts withheld, and whatever would give them away.
//!
//! A walk over the figures puts every count into one ledger, with all that a reader knows of how they add up:
//! within a table, between the tables, and from the groups of a breakdown to the whole. The ledger says which counts
//! are withheld (`statistics::suppression`); a second walk, the same as the first, takes them out, and with them the
//! estimates that rest on them. Nothing but this makes a [`Released`], and nothing else may be printed in a report.

mod book; // the counts as they are entered, and taken out again
mod cases; // the counts of complaints and their endings
mod delays; // the counts of delays
mod indicators; // the counts of indicators and of data quality
mod ties; // counts that stand in several tables
mod visits; // the counts of urgent visits

use self::book::{Book, Page};
use super::delay::DelayMeasure;
use super::rate::RateMeasure;
use super::statistics::{Figures, Statistics};
use crate::statistics::suppression::{LedgerError, Threshold};

/// Statistics in which small counts, and what would give them away, have been withheld.
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    whole: Statistics,
    breakdowns: Vec<Statistics>,
    threshold: Threshold,
}

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

/// Which figures of the groups of a breakdown are kept; what is left out needs no protection.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// These delays.
    pub delays: &'a [DelayMeasure],
    /// These rates.
    pub rates: &'a [RateMeasure],
    /// What of them.
    pub detail: KeptDetail,
}

/// What is kept of the figures of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptDetail {
    /// Counts and estimates.
    Counts,
    /// Of delays the estimates alone, where enough waits began and ended; of rates the share of all. Counts that are
    /// not told need no protection, so that more of the others can be.
    Estimates,
}

impl Released {
    /// Withholds what is small in the figures of one set of cases: as a whole, and broken down in any number of ways.
    /// They are held against each other, as whoever reads one report reads all of its tables. A rate is rather not
    /// broken down than not told at all: six prosecutions by region would take the six with them.
    ///
    /// # Errors
    /// Where the groups do not add up to the whole: the figures are of different cases.
    pub fn of(
        whole: &Statistics,
        breakdowns: &[Statistics],
        kept: Kept<'_>,
        threshold: Threshold,
    ) -> Result<Self, LedgerError> {
        let mut rates = kept.rates.to_vec();
        loop {
            let released =
                Self::held_together(whole.clone(), breakdowns.to_vec(), Kept { rates: &rates, ..kept }, threshold)?;
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
        kept: Kept<'_>,
        threshold: Threshold,
    ) -> Result<Self, LedgerError> {
        for statistics in &mut breakdowns {
            statistics.tests.iter_mut().for_each(|test| test.groups.clear());
            statistics.groups.iter_mut().for_each(|(_, figures)| keep(figures, kept, threshold));
        }
        indicators::drop_short_rows(&mut whole.all.quality, threshold);
        let mut book = Book::draft();
        walk(&mut whole, &mut breakdowns, &mut book)?;
        let mut book = book.fair(threshold);
        walk(&mut whole, &mut breakdowns, &mut book)?;
        breakdowns.iter_mut().for_each(|statistics| statistics.all = whole.all.clone());
        Ok(Self { whole, breakdowns, threshold })
    }

    /// The figures of all cases.
    #[must_use]
    pub fn whole(&self) -> &Statistics {
        &self.whole
    }

    /// The figures of the same cases, broken down.
    #[must_use]
    pub fn breakdowns(&self) -> &[Statistics] {
        &self.breakdowns
    }

    /// Counts from 1 up to below this one are withheld.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }
}

/// Leaves of the figures of a group only what is kept. The rest is not withheld because it is small: there would be
/// so many counts that hang together that little could be shown of any.
fn keep(figures: &mut Figures, kept: Kept<'_>, threshold: Threshold) {
    figures.delays.retain(|row| kept.delays.contains(&row.measure));
    figures.delays.iter_mut().for_each(|row| delays::keep_main_figures(&mut row.figures));
    figures.rates.retain(|row| kept.rates.contains(&row.measure));
    if kept.detail == KeptDetail::Estimates {
        figures.delays.iter_mut().for_each(|row| delays::keep_estimates(&mut row.figures, threshold));
        figures.rates.iter_mut().for_each(|row| cases::keep_share_of_all(&mut row.figures));
    }
    cases::clear_endings(&mut figures.endings);
    visits::clear(&mut figures.visits);
    indicators::clear(&mut figures.indicators, &mut figures.quality);
}

fn walk(whole: &mut Statistics, breakdowns: &mut [Statistics], book: &mut Book) -> Result<(), LedgerError> {
    let mut page = Page::of(book);
    figures(&mut whole.all, &mut page)?;
    let whole = page.close();
    for statistics in breakdowns {
        let mut groups = Vec::new();
        for (_, of_group) in &mut statistics.groups {
            let mut page = Page::of(book);
            group(of_group, &mut page)?;
            groups.push(page.close());
        }
        book.groups_add_up(&whole, &groups)?;
    }
    Ok(())
}

/// All figures.
fn figures(figures: &mut Figures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    group(figures, page)?;
    cases::endings(&mut figures.endings, page)?;
    visits::visits(&mut figures.visits, page)?;
    indicators::indicators(&mut figures.indicators, page)?;
    indicators::quality(&mut figures.quality, page)?;
    page.prefer(MAIN);
    ties::tie(page)
}

/// What a group has too.
fn group(figures: &mut Figures, page: &mut Page<'_>) -> Result<(), LedgerError> {
    page.count("cases", &mut figures.cases)?;
    for row in &mut figures.delays {
        delays::delay(row.measure.as_str(), &mut row.figures, page)?;
    }
    for row in &mut figures.rates {
        cases::rate(row.measure, &mut row.figures, page)?;
    }
    Ok(())
}
