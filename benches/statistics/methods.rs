//! The methods that are measured, each from unsorted observations on.

use aiqyn::statistics::{
    ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, Transform, gray_tests, log_rank,
};

use super::waits::Waits;

/// A method and its name.
pub struct Method {
    pub name: &'static str,
    pub run: fn(&Waits) -> f64,
}

pub const CURVE: &str = "Kaplan–Meier, limits at every time";
pub const INCIDENCE: &str = "incidence of all endings, with variance";
pub const LOG_RANK: &str = "log-rank, four groups";
pub const GRAY: &str = "Gray's test, all endings, four groups";
pub const COMMAND: &str = "the command, from the file to everything";

pub const METHODS: &[Method] = &[
    Method { name: "sorting alone", run: |waits| EventTable::new(&waits.observations).last_exit().unwrap_or(0.0) },
    Method { name: CURVE, run: curve },
    Method { name: "Kaplan–Meier, quartiles with limits", run: quartiles },
    Method { name: INCIDENCE, run: incidence },
    Method { name: LOG_RANK, run: |waits| log_rank(&borrowed(&tables(waits)), Endpoint::Any).chi2.unwrap_or(0.0) },
    Method { name: GRAY, run: gray },
];

const LEVEL: f64 = 0.95;

fn level() -> ConfidenceLevel {
    ConfidenceLevel::new(LEVEL).unwrap_or_default()
}

fn curve(waits: &Waits) -> f64 {
    let table = EventTable::new(&waits.observations);
    let curve = KaplanMeier::new(&table, Endpoint::Any);
    let corners: Vec<_> = curve.corners_with_limits(Transform::LogLog, level()).collect();
    corners.last().map_or(0.0, |corner| corner.1)
}

fn quartiles(waits: &Waits) -> f64 {
    let table = EventTable::new(&waits.observations);
    let curve = KaplanMeier::new(&table, Endpoint::Any);
    curve.quantiles(&[0.25, 0.5, 0.75], Transform::LogLog, level())[1].estimate.unwrap_or(0.0)
}

fn incidence(waits: &Waits) -> f64 {
    let table = EventTable::new(&waits.observations);
    CumulativeIncidence::of_all(&table, &table.endings()).iter().map(|curve| curve.at(365.0).se).sum()
}

fn gray(waits: &Waits) -> f64 {
    let tables = tables(waits);
    let tables = borrowed(&tables);
    let endings = tables.first().map(|table| table.endings()).unwrap_or_default();
    gray_tests(&tables, &endings).unwrap_or_default().iter().filter_map(|test| test.chi2).sum()
}

fn tables(waits: &Waits) -> Vec<EventTable> {
    waits.groups.iter().map(|group| EventTable::new(group)).collect()
}

fn borrowed(tables: &[EventTable]) -> Vec<&EventTable> {
    tables.iter().collect()
}
