//! From rows to the figures of the report: the same questions asked of all rows and of each group.

use std::num::NonZeroU32;

use super::Args;
use super::report::{
    CauseFigures, CurveFigures, EndingFigures, Figures, GroupFigures, HazardFigures, IncidenceAtFigures,
    IncidenceFigures, MeanFigures, QuantileFigures, Report, ShareFigures, StratifiedLogRanks, SurvivalFigures,
};
use super::rows::Rows;
use crate::measures::side_by_side::both;
use crate::statistics::{
    ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, ExitOrder, KaplanMeier, Limits, NelsonAalen, Transform,
    rates,
};

/// What is asked of every group.
pub(super) struct Question<'a> {
    pub(super) at: &'a [f64],
    pub(super) tau: &'a [f64],
    pub(super) shares: &'a [f64],
    pub(super) outcomes: &'a [NonZeroU32],
    pub(super) transform: Transform,
    pub(super) level: ConfidenceLevel,
}

impl Report {
    pub(super) fn new(rows: &Rows, args: &Args) -> Self {
        let order = ExitOrder::new(&rows.observations, &rows.groups.of);
        let (all, tables) = both(true, || order.whole(), || order.by_group(rows.groups.names.len()));
        let outcomes = all.endings();
        let at = if args.at.is_empty() { quartiles_of_exits(&all) } else { args.at.clone() };
        let tau = if args.tau.is_empty() { all.last_exit().into_iter().collect() } else { args.tau.clone() };
        let question = Question {
            at: &at,
            tau: &tau,
            shares: &args.quantile,
            outcomes: &outcomes,
            transform: args.interval.into(),
            level: ConfidenceLevel::default(),
        };
        let names = &rows.groups.names;
        let of_groups = || names.iter().zip(&tables).map(|(name, table)| question.of_group(name, table)).collect();
        let (of_all, of_groups) = both(true, || question.of(&all), of_groups);
        let (gray_test, logrank) = both(true, || question.gray_tests(&tables), || question.log_ranks(names, &tables));
        Self {
            rows: rows.observations.len(),
            delayed_entry: rows.delayed_entry,
            confidence_level: question.level.level(),
            interval: args.interval,
            all: of_all,
            groups: of_groups,
            logrank,
            stratified_logrank: stratified(&question, rows),
            gray_test,
            restricted_mean_difference: question.mean_differences(names, &tables),
            rate_difference: question.rate_differences(names, &tables),
            outcomes,
            at,
            tau,
        }
    }
}

impl Question<'_> {
    /// The endings where they compete; one alone has the curve of any ending.
    pub(super) fn competing(&self) -> &[NonZeroU32] {
        if self.outcomes.len() > 1 { self.outcomes } else { &[] }
    }

    fn of_group(&self, name: &str, table: &EventTable) -> GroupFigures {
        GroupFigures { group: name.to_owned(), figures: self.of(table) }
    }

    fn of(&self, table: &EventTable) -> Figures {
        let (n, events) = (table.len(), table.events(Endpoint::Any));
        Figures {
            n,
            events,
            open: n - events,
            endings: self.outcomes.iter().map(|&outcome| self.ending(table, outcome, events)).collect(),
            kaplan_meier: self.curve(table, Endpoint::Any),
            nelson_aalen: self.hazard(table),
            cumulative_incidence: self.incidences(table),
            cause_specific: self
                .competing()
                .iter()
                .map(|&outcome| CauseFigures { outcome, curve: self.curve(table, Endpoint::Ending(outcome)) })
                .collect(),
        }
    }

    fn ending(&self, table: &EventTable, outcome: NonZeroU32, ended: usize) -> EndingFigures {
        let k = table.events(Endpoint::Ending(outcome));
        EndingFigures { outcome, k, all_rows: self.share(k, table.len()), ended_rows: self.share(k, ended) }
    }

    fn share(&self, k: usize, n: usize) -> ShareFigures {
        let (numerator, denominator) = (k as u64, n as u64);
        let limits = rates::wilson(numerator, denominator, self.level).ok().flatten();
        let share = rates::share(numerator, denominator).ok().flatten();
        ShareFigures { n, share, lo: lo(limits), hi: hi(limits) }
    }

    fn curve(&self, table: &EventTable, endpoint: Endpoint) -> CurveFigures {
        let curve = KaplanMeier::new(table, endpoint);
        let quantiles = curve.quantiles(self.shares, self.transform, self.level).into_iter();
        CurveFigures {
            events: table.events(endpoint),
            at: self.at.iter().map(|&t| self.survival(&curve, t)).collect(),
            quantiles: quantiles
                .map(|q| QuantileFigures { p: q.p, estimate: q.estimate, lo: q.lo, hi: q.hi })
                .collect(),
            restricted_mean: self.tau.iter().map(|&tau| mean(&curve, tau)).collect(),
        }
    }

    fn survival(&self, curve: &KaplanMeier, t: f64) -> SurvivalFigures {
        let point = curve.at(t);
        let limits = point.limits(self.transform, self.level);
        SurvivalFigures {
            t,
            n_risk: point.at_risk,
            cum_events: point.cumulative_events,
            survival: point.survival,
            se: point.se,
            lo: lo(limits),
            hi: hi(limits),
        }
    }

    fn hazard(&self, table: &EventTable) -> Vec<HazardFigures> {
        let hazard = NelsonAalen::new(table, Endpoint::Any);
        let points = self.at.iter().map(|&t| hazard.at(t));
        points
            .map(|point| {
                let limits = point.limits(self.level);
                HazardFigures { t: point.time, hazard: point.hazard, se: point.se, lo: lo(limits), hi: hi(limits) }
            })
            .collect()
    }

    fn incidences(&self, table: &EventTable) -> Vec<IncidenceFigures> {
        let curves = CumulativeIncidence::of_all(table, self.outcomes);
        let named = self.outcomes.iter().zip(&curves);
        named.map(|(&outcome, curve)| IncidenceFigures { outcome, at: self.incidence(curve) }).collect()
    }

    fn incidence(&self, curve: &CumulativeIncidence) -> Vec<IncidenceAtFigures> {
        let points = self.at.iter().map(|&t| curve.at(t));
        let at = points.map(|point| {
            let limits = point.limits(self.level);
            IncidenceAtFigures {
                t: point.time,
                estimate: point.incidence,
                se: point.se,
                lo: lo(limits),
                hi: hi(limits),
            }
        });
        at.collect()
    }
}

fn mean(curve: &KaplanMeier, tau: f64) -> MeanFigures {
    let mean = curve.restricted_mean(tau);
    MeanFigures {
        tau,
        estimate: mean.map(|m| m.estimate),
        se: mean.map(|m| m.se),
        beyond_last_exit: mean.map(|m| m.beyond_last_exit),
    }
}

pub(super) fn lo(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.lo)
}

pub(super) fn hi(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.hi)
}

/// The test within strata, where a column of strata was asked for.
fn stratified(question: &Question, rows: &Rows) -> Option<StratifiedLogRanks> {
    let (groups, strata) = (&rows.groups, &rows.strata);
    if strata.names.is_empty() {
        return None;
    }
    let place = |(stratum, group): (&usize, &usize)| stratum * groups.names.len() + group;
    let places: Vec<usize> = strata.of.iter().zip(&groups.of).map(place).collect();
    let order = ExitOrder::new(&rows.observations, &places);
    let tables = order.by_group(strata.names.len() * groups.names.len());
    question.stratified_log_ranks(&groups.names, strata, &tables)
}

/// The smallest exits that a quarter, a half, three quarters and all of the exits do not pass.
fn quartiles_of_exits(table: &EventTable) -> Vec<f64> {
    let quarter = |k: usize| table.exit_of_rank((table.len() * k).div_ceil(4).checked_sub(1)?);
    let mut times: Vec<f64> = (1..=4).filter_map(quarter).collect();
    times.dedup();
    times
}
