//! The figures as the JSON has them. The field names are stable: add, never rename. `null` is "not defined".

use std::num::NonZeroU32;

use serde::Serialize;

use super::Interval;

/// Everything about one file.
#[derive(Debug, Serialize)]
pub struct Report {
    pub(super) rows: usize,
    pub(super) delayed_entry: bool,
    pub(super) confidence_level: f64,
    pub(super) interval: Interval,
    /// The outcomes above 0 that occur.
    pub(super) outcomes: Vec<NonZeroU32>,
    pub(super) at: Vec<f64>,
    pub(super) tau: Vec<f64>,
    pub(super) all: Figures,
    pub(super) groups: Vec<GroupFigures>,
    pub(super) logrank: Option<LogRanks>,
    pub(super) stratified_logrank: Option<StratifiedLogRanks>,
    pub(super) gray_test: Vec<GrayFigures>,
    pub(super) restricted_mean_difference: Vec<MeanDifferenceFigures>,
    pub(super) rate_difference: Vec<RateDifferenceFigures>,
}

#[derive(Debug, Serialize)]
pub(super) struct GroupFigures {
    pub(super) group: String,
    #[serde(flatten)]
    pub(super) figures: Figures,
}

#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub(super) n: usize,
    pub(super) events: usize,
    pub(super) open: usize,
    pub(super) endings: Vec<EndingFigures>,
    pub(super) kaplan_meier: CurveFigures,
    pub(super) nelson_aalen: Vec<HazardFigures>,
    pub(super) cumulative_incidence: Vec<IncidenceFigures>,
    /// Empty unless endings compete.
    pub(super) cause_specific: Vec<CauseFigures>,
}

#[derive(Debug, Serialize)]
pub(super) struct EndingFigures {
    pub(super) outcome: NonZeroU32,
    pub(super) k: usize,
    pub(super) all_rows: ShareFigures,
    pub(super) ended_rows: ShareFigures,
}

#[derive(Debug, Serialize)]
pub(super) struct ShareFigures {
    pub(super) n: usize,
    pub(super) share: Option<f64>,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct CurveFigures {
    pub(super) events: usize,
    pub(super) at: Vec<SurvivalFigures>,
    pub(super) quantiles: Vec<QuantileFigures>,
    pub(super) restricted_mean: Vec<MeanFigures>,
}

#[derive(Debug, Serialize)]
pub(super) struct CauseFigures {
    pub(super) outcome: NonZeroU32,
    #[serde(flatten)]
    pub(super) curve: CurveFigures,
}

#[derive(Debug, Serialize)]
pub(super) struct SurvivalFigures {
    pub(super) t: f64,
    pub(super) n_risk: usize,
    pub(super) cum_events: usize,
    pub(super) survival: f64,
    pub(super) se: Option<f64>,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuantileFigures {
    pub(super) p: f64,
    pub(super) estimate: Option<f64>,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct MeanFigures {
    pub(super) tau: f64,
    pub(super) estimate: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) beyond_last_exit: Option<bool>,
}

#[derive(Debug, Serialize)]
pub(super) struct HazardFigures {
    pub(super) t: f64,
    pub(super) hazard: f64,
    pub(super) se: f64,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct IncidenceFigures {
    pub(super) outcome: NonZeroU32,
    pub(super) at: Vec<IncidenceAtFigures>,
}

#[derive(Debug, Serialize)]
pub(super) struct IncidenceAtFigures {
    pub(super) t: f64,
    pub(super) estimate: f64,
    pub(super) se: f64,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct LogRanks {
    pub(super) any: LogRankFigures,
    /// Empty unless endings compete.
    pub(super) by_outcome: Vec<LogRankByOutcome>,
}

#[derive(Debug, Serialize)]
pub(super) struct LogRankByOutcome {
    pub(super) outcome: NonZeroU32,
    #[serde(flatten)]
    pub(super) test: LogRankFigures,
}

#[derive(Debug, Serialize)]
pub(super) struct LogRankFigures {
    pub(super) groups: Vec<String>,
    pub(super) observed: Vec<usize>,
    pub(super) expected: Vec<f64>,
    pub(super) chi2: Option<f64>,
    pub(super) df: usize,
    pub(super) p: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct MeanDifferenceFigures {
    pub(super) tau: f64,
    pub(super) minuend: String,
    pub(super) subtrahend: String,
    pub(super) difference: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) p: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct StratifiedLogRanks {
    pub(super) strata: Vec<String>,
    #[serde(flatten)]
    pub(super) tests: LogRanks,
}

#[derive(Debug, Serialize)]
pub(super) struct GrayFigures {
    pub(super) outcome: NonZeroU32,
    pub(super) chi2: Option<f64>,
    pub(super) df: usize,
    pub(super) p: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct RateDifferenceFigures {
    pub(super) outcome: NonZeroU32,
    pub(super) minuend: String,
    pub(super) subtrahend: String,
    pub(super) all_rows: DifferenceFigures,
    pub(super) ended_rows: DifferenceFigures,
}

#[derive(Debug, Serialize)]
pub(super) struct DifferenceFigures {
    pub(super) difference: Option<f64>,
    pub(super) lo: Option<f64>,
    pub(super) hi: Option<f64>,
}
