//! All figures of the cases that a question is about, whole and broken down, as they are printed and sent.

use serde::Serialize;

use super::breakdown::{Dimension, NOT_KNOWN};
use super::count::Count;
use super::curve::Curve;
use super::delay::DelayMeasure;
use super::delay_figures::DelayFigures;
use super::ending_figures::EndingFigures;
use super::group_test::GroupTest;
use super::indicator_tally::IndicatorFigures;
use super::quality_tally::QualityFigures;
use super::rate::{RateFigures, RateMeasure};
use super::visit_tally::VisitFigures;

/// The most groups that are compared: with more, no test is made between them and their curves are not kept, for
/// nobody reads a plot of so many, and their number would cost time and memory.
pub const MOST_COMPARED_GROUPS: usize = 30;

/// The most groups whose curves can be told apart in one plot.
pub const MOST_DRAWN_GROUPS: usize = 4;

/// Of which groups of a breakdown curves are kept, where there are no more than [`MOST_COMPARED_GROUPS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnGroups {
    /// Of each: its figures are then those of the question about it alone.
    Each,
    /// Of each delay, those of the groups with the most waits, [`MOST_DRAWN_GROUPS`] of them. Of endings none.
    Largest,
}

/// The figures of a question.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Statistics {
    /// Of all cases together.
    pub all: Figures,
    /// By what they are broken down; none where they are not.
    pub by: Option<Dimension>,
    /// Of each group, by its name; empty where they are not broken down.
    pub groups: Vec<(String, Figures)>,
    /// Tests between the groups, in the order of [`DelayMeasure::ALL`]: of the delays of groups for which there is one.
    pub tests: Vec<GroupTest>,
}

/// The figures of some cases.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Figures {
    /// How many cases.
    pub cases: Count,
    /// The delays, in the order of [`DelayMeasure::ALL`]; of a group those that are told of each
    /// ([`super::breakdown::Breakdown::delays_of_groups`]).
    pub delays: Vec<DelayRow>,
    /// How complaints ended.
    pub endings: EndingFigures,
    /// The rates, in the order of [`RateMeasure::ALL`].
    pub rates: Vec<RateRow>,
    /// The urgent visits.
    pub visits: VisitFigures,
    /// The indicators by article of the Convention.
    pub indicators: IndicatorFigures,
    /// How well the cases were recorded.
    pub quality: QualityFigures,
}

/// One delay.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DelayRow {
    /// Which.
    pub measure: DelayMeasure,
    /// Its figures.
    #[serde(flatten)]
    pub figures: DelayFigures,
}

/// One rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RateRow {
    /// Which.
    pub measure: RateMeasure,
    /// Its figures.
    #[serde(flatten)]
    pub figures: RateFigures,
}

impl Statistics {
    /// The figures of all cases together, then those of each group, with its name.
    pub fn each(&self) -> impl Iterator<Item = (Option<&str>, &Figures)> {
        std::iter::once((None, &self.all))
            .chain(self.groups.iter().map(|(name, figures)| (Some(name.as_str()), figures)))
    }

    /// What the same question about one group alone is answered with; none where there is no such group, where it is that
    /// of what has no code, or where not all of its delays and curves are kept.
    #[must_use]
    pub fn of_group(&self, name: &str) -> Option<Self> {
        let (_, figures) = self.groups.iter().find(|(group, _)| name != NOT_KNOWN && group == name)?;
        let is_whole = figures.delays.len() == DelayMeasure::ALL.len() && figures.have_curves();
        is_whole.then(|| Self { all: figures.clone(), by: None, groups: Vec::new(), tests: Vec::new() })
    }
}

impl Figures {
    /// Whether every curve is kept of which there is anything to draw.
    fn have_curves(&self) -> bool {
        let is_kept = |curve: &Curve, of: Count| !curve.points.is_empty() || of == Count::default();
        let delays = self.delays.iter().map(|DelayRow { figures, .. }| (&figures.curve, figures.n));
        let mut curves = delays.chain([(&self.endings.curves.still_open, self.endings.n)]);
        curves.all(|(curve, of)| is_kept(curve, of))
    }

    /// The figures of one delay.
    #[must_use]
    pub fn delay(&self, measure: DelayMeasure) -> Option<&DelayFigures> {
        self.delays.iter().find(|row| row.measure == measure).map(|row| &row.figures)
    }

    /// The figures of one rate.
    #[must_use]
    pub fn rate(&self, measure: RateMeasure) -> Option<&RateFigures> {
        self.rates.iter().find(|row| row.measure == measure).map(|row| &row.figures)
    }
}
