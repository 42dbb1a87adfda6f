//! From rows to the figures of the report: the same questions asked of all rows and of each group.

use std::num::NonZeroU32;

use super::report::{
    CauseFigures, CurveFigures, EndingFigures, Figures, GroupFigures, HazardFigures, IncidenceAtFigures,
    IncidenceFigures, LogRankByOutcome, LogRankFigures, LogRanks, MeanDifferenceFigures, MeanFigures, QuantileFigures,
    Report, ShareFigures, SurvivalFigures,
};
use super::rows::Rows;
use crate::statistics::{
    ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, Limits, LogRank, MeanDifference,
    NelsonAalen, Observation, Transform, log_rank, rates,
};

const SHARES: [f64; 3] = [0.25, 0.5, 0.75];

/// What is asked of every group.
struct Question<'a> {
    at: &'a [f64],
    tau: &'a [f64],
    outcomes: &'a [NonZeroU32],
    level: ConfidenceLevel,
}

impl Report {
    pub(super) fn new(rows: &Rows, at: &[f64], tau: &[f64]) -> Self {
        let all = EventTable::new(&rows.observations);
        let tables = tables_by_group(rows);
        let outcomes = all.endings();
        let at = if at.is_empty() { quartiles_of_exits(&rows.observations) } else { at.to_vec() };
        let tau = if tau.is_empty() { all.last_exit().into_iter().collect() } else { tau.to_vec() };
        let question = Question { at: &at, tau: &tau, outcomes: &outcomes, level: ConfidenceLevel::default() };
        let groups = rows.groups.iter().zip(&tables);
        Self {
            rows: rows.observations.len(),
            delayed_entry: rows.delayed_entry,
            confidence_level: question.level.level(),
            all: question.of(&all),
            groups: groups
                .map(|(group, table)| GroupFigures { group: group.clone(), figures: question.of(table) })
                .collect(),
            logrank: (!tables.is_empty()).then(|| question.log_ranks(&rows.groups, &tables)),
            restricted_mean_difference: question.mean_differences(&rows.groups, &tables),
            outcomes,
            at,
            tau,
        }
    }
}

impl Question<'_> {
    fn of(&self, table: &EventTable) -> Figures {
        let (n, events) = (table.len(), table.events(Endpoint::Any));
        let competing = if self.outcomes.len() > 1 { self.outcomes } else { &[] };
        Figures {
            n,
            events,
            open: n - events,
            endings: self.outcomes.iter().map(|&outcome| self.ending(table, outcome, events)).collect(),
            kaplan_meier: self.curve(table, Endpoint::Any),
            nelson_aalen: self.hazard(table),
            cumulative_incidence: self.outcomes.iter().map(|&outcome| self.incidence(table, outcome)).collect(),
            cause_specific: competing
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
        let quantiles = curve.quantiles(&SHARES, Transform::LogLog, self.level).into_iter();
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
        let limits = point.limits(Transform::LogLog, self.level);
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

    fn incidence(&self, table: &EventTable, outcome: NonZeroU32) -> IncidenceFigures {
        let incidence = CumulativeIncidence::new(table, outcome);
        let points = self.at.iter().map(|&t| incidence.at(t));
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
        IncidenceFigures { outcome, at: at.collect() }
    }

    fn log_ranks(&self, groups: &[String], tables: &[EventTable]) -> LogRanks {
        let tables: Vec<&EventTable> = tables.iter().collect();
        let test = |endpoint| LogRankFigures::new(groups, log_rank(&tables, endpoint));
        let competing = if self.outcomes.len() > 1 { self.outcomes } else { &[] };
        let by_outcome =
            competing.iter().map(|&outcome| LogRankByOutcome { outcome, test: test(Endpoint::Ending(outcome)) });
        LogRanks { any: test(Endpoint::Any), by_outcome: by_outcome.collect() }
    }

    /// The first group minus the second, when there are two.
    fn mean_differences(&self, groups: &[String], tables: &[EventTable]) -> Vec<MeanDifferenceFigures> {
        let ([minuend, subtrahend], [a, b]) = (groups, tables) else {
            return Vec::new();
        };
        let (a, b) = (KaplanMeier::new(a, Endpoint::Any), KaplanMeier::new(b, Endpoint::Any));
        let differences = self.tau.iter().map(|&tau| {
            let means = a.restricted_mean(tau).zip(b.restricted_mean(tau));
            let difference: Option<MeanDifference> = means.and_then(|(a, b)| a.minus(&b));
            MeanDifferenceFigures {
                tau,
                minuend: minuend.clone(),
                subtrahend: subtrahend.clone(),
                difference: difference.map(|d| d.difference),
                se: difference.map(|d| d.se),
                p: difference.and_then(|d| d.p),
            }
        });
        differences.collect()
    }
}

impl LogRankFigures {
    fn new(groups: &[String], test: LogRank) -> Self {
        let LogRank { observed, expected, chi2, df, p } = test;
        Self { groups: groups.to_vec(), observed, expected, chi2, df, p }
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

fn lo(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.lo)
}

fn hi(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.hi)
}

fn tables_by_group(rows: &Rows) -> Vec<EventTable> {
    let mut members: Vec<Vec<Observation>> = vec![Vec::new(); rows.groups.len()];
    for (observation, &group) in rows.observations.iter().zip(&rows.group_of) {
        members[group].push(*observation);
    }
    members.iter().map(|observations| EventTable::new(observations)).collect()
}

/// The smallest exits that a quarter, a half, three quarters and all of the exits do not pass.
fn quartiles_of_exits(observations: &[Observation]) -> Vec<f64> {
    let mut exits: Vec<f64> = observations.iter().map(Observation::exit).collect();
    exits.sort_unstable_by(f64::total_cmp);
    let quarter = |k: usize| exits.get((exits.len() * k).div_ceil(4).saturating_sub(1)).copied();
    let mut times: Vec<f64> = (1..=4).filter_map(quarter).collect();
    times.dedup();
    times
}
