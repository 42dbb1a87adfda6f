//! The main figures first: as big numbers, and each in a sentence with its interval.

use super::Annex;
use super::words::{self, Words};
use crate::measures::delay::DelayMeasure;
use crate::measures::delay_figures::DelayFigures;
use crate::measures::ending_figures::BesideReport;
use crate::measures::figures::{Estimate, Share};
use crate::measures::rate::{RateFigures, RateMeasure};
use crate::measures::statistics::Figures;
use crate::measures::visit_measure::VisitMeasure;
use crate::report::document::{Block, KeyFigure};
use crate::report::table::Cell;

pub(super) fn blocks(annex: &Annex, words: &Words<'_>) -> Vec<Block> {
    let figures = &annex.figures.whole().all;
    let mut blocks = vec![Block::Heading { level: 1, text: words.say("annex-summary") }];
    if figures.cases.shown() == Some(0) {
        blocks.push(Block::Paragraph(words.say("annex-empty")));
        return blocks;
    }
    blocks.push(Block::KeyFigures(key_figures(figures, words)));
    let sentences = [prosecuted(figures, words), dismissed(figures, words), response(figures, words)];
    let about_visits = [visits(figures, words), refusals(figures, words)];
    blocks.extend(sentences.into_iter().chain(about_visits).flatten().map(Block::Paragraph));
    blocks
}

fn key_figures(figures: &Figures, words: &Words<'_>) -> Vec<KeyFigure> {
    let complaints = KeyFigure {
        value: words::count(figures.cases),
        label: words.say("annex-key-complaints"),
        detail: words.say("annex-key-complaints-detail"),
    };
    let refused = figures.visits.shares.iter().find(|share| share.measure == VisitMeasure::RefusedOfAnswered);
    [
        Some(complaints),
        rate(figures, RateMeasure::Prosecuted).map(|rate| share_figure(&rate.of_all, "annex-key-prosecuted", words)),
        rate(figures, RateMeasure::Dismissed).map(|rate| share_figure(&rate.of_all, "annex-key-dismissed", words)),
        delay(figures, DelayMeasure::FilingToFirstResponse)
            .map(|delay| median_figure(delay, "annex-key-response", words)),
        delay(figures, DelayMeasure::VisitRequestToAnswer).map(|delay| median_figure(delay, "annex-key-visit", words)),
        refused.map(|share| share_figure(&share.figures.share, "annex-key-refused", words)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn share_figure(share: &Share, key: &str, words: &Words<'_>) -> KeyFigure {
    let [_, _, value, _, _] = words::share(share);
    let of =
        [("numerator", words.printed_count(share.numerator)), ("denominator", words.printed_count(share.denominator))];
    KeyFigure { value, label: words.say(key), detail: words.fill("annex-key-of", &of) }
}

fn median_figure(delay: &DelayFigures, key: &str, words: &Words<'_>) -> KeyFigure {
    let value = match words::days(delay.median.estimate, &[delay.n, delay.ended]) {
        Cell::Text(_) => Cell::Text(words.say("annex-not-reached")),
        cell => cell,
    };
    KeyFigure { value, label: words.say(key), detail: interval(&delay.median, words) }
}

fn interval(estimate: &Estimate, words: &Words<'_>) -> String {
    if estimate.estimate.is_none() {
        return String::new();
    }
    let limits = [("lo", words.printed_days(estimate.lo)), ("hi", words.printed_days(estimate.hi))];
    words.fill("annex-key-interval", &limits)
}

/// The parts of a sentence about a share; none where it is withheld.
fn of_share(share: &Share, words: &Words<'_>) -> Option<Vec<(&'static str, String)>> {
    share.numerator.shown().zip(share.denominator.shown()).filter(|(_, denominator)| *denominator > 0)?;
    Some(vec![
        ("numerator", words.printed_count(share.numerator)),
        ("denominator", words.printed_count(share.denominator)),
        ("share", words.printed_share(share.share)),
        ("lo", words.printed_share(share.lo)),
        ("hi", words.printed_share(share.hi)),
    ])
}

fn prosecuted(figures: &Figures, words: &Words<'_>) -> Option<String> {
    let reported = &figures.endings.reported;
    let sentence = words.fill("annex-summary-prosecuted", &of_share(&reported.prosecuted, words)?);
    let verdict = match reported.interval? {
        BesideReport::Below => "annex-summary-below",
        BesideReport::Includes => "annex-summary-includes",
        BesideReport::Above => "annex-summary-above",
    };
    Some(format!("{sentence} {}", words.say(verdict)))
}

fn dismissed(figures: &Figures, words: &Words<'_>) -> Option<String> {
    let mut parts = of_share(&rate(figures, RateMeasure::Dismissed)?.of_all, words)?;
    let straight = rate(figures, RateMeasure::DismissedByInternalSecurity)?.of_all.numerator;
    parts.push(("straight", words.printed_count(straight)));
    Some(words.fill("annex-summary-dismissed", &parts))
}

fn response(figures: &Figures, words: &Words<'_>) -> Option<String> {
    let delay = delay(figures, DelayMeasure::FilingToFirstResponse)?;
    let mut parts = of_median(delay, words)?;
    parts.push(("mean", words.printed_days(delay.mean_of_ended)));
    parts.push(("open", words.printed_count(delay.open)));
    Some(words.fill("annex-summary-response", &parts))
}

fn visits(figures: &Figures, words: &Words<'_>) -> Option<String> {
    let delay = delay(figures, DelayMeasure::VisitRequestToAnswer)?;
    let mut parts = of_median(delay, words)?;
    parts.push(("open", words.printed_count(delay.open)));
    let Some(longest) = delay.longest_open else {
        return Some(words.fill("annex-summary-visit-answered", &parts));
    };
    parts.push(("longest", words.printed_days(Some(longest))));
    Some(words.fill("annex-summary-visit", &parts))
}

fn of_median(delay: &DelayFigures, words: &Words<'_>) -> Option<Vec<(&'static str, String)>> {
    delay.n.shown().zip(delay.ended.shown()).filter(|(n, _)| *n > 0)?;
    Some(vec![
        ("median", words.printed_days(Some(delay.median.estimate?))),
        ("lo", words.printed_days(delay.median.lo)),
        ("hi", words.printed_days(delay.median.hi)),
    ])
}

fn refusals(figures: &Figures, words: &Words<'_>) -> Option<String> {
    let share = |measure| figures.visits.shares.iter().find(|share| share.measure == measure);
    let mut parts = of_share(&share(VisitMeasure::RefusedOfAnswered)?.figures.share, words)?;
    let evidence = share(VisitMeasure::RefusedForWantOfEvidence)?.figures.share.numerator;
    parts.push(("evidence", words.printed_count(evidence)));
    Some(words.fill("annex-summary-refused", &parts))
}

pub(super) fn rate(figures: &Figures, wanted: RateMeasure) -> Option<&RateFigures> {
    figures.rates.iter().find(|rate| rate.measure == wanted).map(|rate| &rate.figures)
}

pub(super) fn delay(figures: &Figures, wanted: DelayMeasure) -> Option<&DelayFigures> {
    figures.delays.iter().find(|delay| delay.measure == wanted).map(|delay| &delay.figures)
}
