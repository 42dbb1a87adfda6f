//! Figures as they are written in a language: counts, shares and days with their intervals. What is withheld is an
//! asterisk, what the data do not tell a dash.

use crate::i18n::Language;
use crate::measures::count::Count;
use crate::measures::delay_figures::{DelayFigures, HorizonMean};
use crate::measures::figures::{Estimate, Share};
use crate::measures::proportion::KnownShare;

const DASH: &str = "–";

/// A figure with what stands beneath it: its interval, or of how many it is.
pub(super) struct Cell {
    pub figure: String,
    pub beneath: Vec<String>,
}

impl Cell {
    fn alone(figure: impl Into<String>) -> Self {
        Self { figure: figure.into(), beneath: Vec::new() }
    }

    fn with(self, beneath: Option<String>) -> Self {
        Self { beneath: self.beneath.into_iter().chain(beneath).collect(), ..self }
    }
}

/// A count.
pub(super) fn count(language: Language, count: Count) -> String {
    count.shown().map_or_else(|| Count::WITHHELD.to_string(), |count| language.count(count))
}

/// A share, its interval, and of how many it is.
pub(super) fn share(language: Language, share: &Share) -> Cell {
    if is_withheld(&[share.numerator, share.denominator]) {
        return Cell::alone(Count::WITHHELD.to_string());
    }
    let of = format!("{} / {}", count(language, share.numerator), count(language, share.denominator));
    match share.share {
        Some(part) => Cell::alone(language.share(part, 1)).with(limits(language, share.lo, share.hi)).with(Some(of)),
        None => Cell::alone(DASH).with(Some(of)),
    }
}

/// A share of which not everything is known.
pub(super) fn known_share(language: Language, known: &KnownShare) -> (Cell, String) {
    (share(language, &known.share), count(language, known.unknown))
}

/// An estimated share with its interval.
pub(super) fn estimated_share(language: Language, estimate: &Estimate, rests_on: &[Count]) -> Cell {
    if is_withheld(rests_on) {
        return Cell::alone(Count::WITHHELD.to_string());
    }
    let figure = estimate.estimate.map_or_else(|| DASH.to_owned(), |share| language.share(share, 1));
    Cell::alone(figure).with(limits(language, estimate.lo, estimate.hi))
}

/// A number of days.
pub(super) fn days(language: Language, days: Option<f64>, rests_on: &[Count]) -> String {
    match days {
        _ if is_withheld(rests_on) => Count::WITHHELD.to_string(),
        Some(days) => language.number(days, 1),
        None => DASH.to_owned(),
    }
}

/// The median of a delay with its interval.
pub(super) fn median(language: Language, figures: &DelayFigures) -> Cell {
    let rests_on = [figures.n, figures.ended];
    let median = &figures.median;
    let cell = Cell::alone(days(language, median.estimate, &rests_on));
    let limits = span(language, median.lo, median.hi).filter(|_| !is_withheld(&rests_on) && median.estimate.is_some());
    cell.with(limits)
}

/// The first and the third quartile.
pub(super) fn quartiles(language: Language, figures: &DelayFigures) -> String {
    let rests_on = [figures.n, figures.ended];
    let day = |estimate: &Estimate| days(language, estimate.estimate, &rests_on);
    format!("{}; {}", day(&figures.first_quartile), day(&figures.third_quartile))
}

/// The mean up to a horizon, with its interval.
pub(super) fn horizon_mean(language: Language, mean: &HorizonMean, rests_on: &[Count]) -> Cell {
    let cell = Cell::alone(days(language, mean.estimate, rests_on));
    cell.with(span(language, mean.lo, mean.hi).filter(|_| !is_withheld(rests_on)))
}

/// Two counts together; withheld where either is.
pub(super) fn added(a: Count, b: Count) -> Count {
    a.shown().zip(b.shown()).map_or(Count::WITHHELD, |(a, b)| (a + b).into())
}

fn is_withheld(counts: &[Count]) -> bool {
    counts.contains(&Count::WITHHELD)
}

fn span(language: Language, lo: Option<f64>, hi: Option<f64>) -> Option<String> {
    // A limit that the data do not reach is left open.
    let day = |value: Option<f64>| value.map_or_else(|| "…".to_owned(), |days| language.number(days, 1));
    (lo.is_some() || hi.is_some()).then(|| format!("{}–{}", day(lo), day(hi)))
}

fn limits(language: Language, lo: Option<f64>, hi: Option<f64>) -> Option<String> {
    let (lo, hi) = lo.zip(hi)?;
    Some(format!("{}–{}", language.number(lo * 100.0, 1), language.share(hi, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_tells_its_interval_and_of_how_many_it_is() {
        let cell = share(Language::En, &Share::of(19, 1000));
        assert_eq!((cell.figure.as_str(), cell.beneath[1].as_str()), ("1.9%", "19 / 1,000"));
        assert!(cell.beneath[0].starts_with("1.2–2.9"), "{:?}", cell.beneath);
    }

    #[test]
    fn what_rests_on_a_withheld_count_is_withheld_with_it() {
        let cell = share(Language::En, &Share { numerator: Count::WITHHELD, ..Share::of(3, 10) });
        assert_eq!((cell.figure.as_str(), cell.beneath.len()), ("*", 0));
        assert_eq!(days(Language::En, Some(3.0), &[Count::WITHHELD]), "*");
        assert_eq!(days(Language::En, None, &[Count::default()]), "–");
    }
}
