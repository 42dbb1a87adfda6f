//! Every block of an expected.json against what the statistics say.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::Path;

use aiqyn::statistics::{
    ConfidenceLevel, CumulativeIncidence, Endpoint, EventTable, KaplanMeier, LogRank, Transform, gray_test, log_rank,
    wilson,
};
use serde_json::Value;

use super::check::Check;
use super::data_set::{Row, array, json, object, rows, table, window};

pub fn check_set(check: &mut Check, set: &Path) {
    let (expected, rows) = (json(set), rows(set));
    let delayed = expected["delayed_entry"].as_bool().unwrap();
    check_curves(check, None, &expected, &rows, delayed);
    if let Some(block) = expected.get("window") {
        let inside = window(&rows, block["from"].as_f64().unwrap(), block["to"].as_f64().unwrap());
        check.exact("window", "n", Some(inside.len() as f64), &block["n"]);
        check_curves(check, Some("window"), block, &inside, true);
    }
    for (index, difference) in array(expected.get("rmst_difference")).iter().enumerate() {
        check_rmst_difference(check, index, difference, &rows, delayed);
    }
    if let Some(block) = expected.get("logrank_any") {
        check_log_rank(check, "logrank_any", block, &rows, delayed, Endpoint::Any);
    }
    for (cause, block) in object(expected.get("logrank_cause_specific")) {
        check_log_rank(check, "logrank_cause_specific", block, &rows, delayed, ending(cause));
    }
    for block in array(expected.get("gray_test")) {
        check_gray(check, block, &rows);
    }
    for interval in array(expected.get("wilson")) {
        check_wilson(check, interval, &rows);
    }
    for interval in array(expected.get("wilson_edge")) {
        check_interval(check, "wilson_edge", interval, count(&interval["k"]), count(&interval["n"]));
    }
}

fn check_curves(check: &mut Check, name: Option<&'static str>, expected: &Value, rows: &[Row], delayed: bool) {
    for (group, block) in object(expected.get("km_any")) {
        let table = table(rows, delayed, group);
        check_km(check, name.unwrap_or("km_any"), group, block, &table, Endpoint::Any);
    }
    for (cause, groups) in object(expected.get("km_cause_specific")) {
        for (group, block) in object(Some(groups)) {
            let table = table(rows, delayed, group);
            let name = name.unwrap_or("km_cause_specific");
            check_km(check, name, &format!("{cause} {group}"), block, &table, ending(cause));
        }
    }
    for (group, causes) in object(expected.get("cif")) {
        let table = table(rows, delayed, group);
        for block in array(Some(causes)) {
            check_incidence(check, name.unwrap_or("cif"), group, block, &table);
        }
    }
}

fn check_km(check: &mut Check, name: &'static str, group: &str, block: &Value, table: &EventTable, endpoint: Endpoint) {
    let curve = KaplanMeier::new(table, endpoint);
    let level = ConfidenceLevel::default();
    check.exact(name, &format!("{group} n"), Some(table.len() as f64), &block["n"]);
    check.exact(name, &format!("{group} events"), Some(table.events(endpoint) as f64), &block["events"]);
    for at in array(block.get("at")) {
        let point = curve.at(at["t"].as_f64().unwrap());
        let limits = point.limits(Transform::LogLog, level);
        let what = |field: &str| format!("{group} at {} {field}", at["t"]);
        check.exact(name, &what("n_risk"), Some(point.at_risk as f64), &at["n_risk"]);
        check.exact(name, &what("cum_events"), Some(point.cumulative_events as f64), &at["cum_events"]);
        check.estimate(name, &what("surv"), Some(point.survival), &at["surv"]);
        check.relative(name, &what("se"), point.se, &at["se"]);
        check.relative(name, &what("lo"), limits.map(|l| l.lo), &at["lo"]);
        check.relative(name, &what("hi"), limits.map(|l| l.hi), &at["hi"]);
    }
    for expected in array(block.get("quantiles")) {
        let p = expected["p"].as_f64().unwrap();
        let quantile = curve.quantiles(&[p], Transform::LogLog, level)[0];
        check.exact(name, &format!("{group} q{p} est"), quantile.estimate, &expected["est"]);
        check.exact(name, &format!("{group} q{p} lo"), quantile.lo, &expected["lo"]);
        check.exact(name, &format!("{group} q{p} hi"), quantile.hi, &expected["hi"]);
    }
    for expected in array(block.get("rmst")) {
        let mean = curve.restricted_mean(expected["tau"].as_f64().unwrap());
        let what = |field: &str| format!("{group} rmst {} {field}", expected["tau"]);
        check.estimate(name, &what("estimate"), mean.map(|m| m.estimate), &expected["rmst"]);
        check.relative(name, &what("se"), mean.map(|m| m.se), &expected["se"]);
    }
}

fn check_incidence(check: &mut Check, name: &'static str, group: &str, block: &Value, table: &EventTable) {
    let Endpoint::Ending(cause) = ending(&block["cause"].to_string().replace('"', "")) else {
        unreachable!("a cause is a number")
    };
    let incidence = CumulativeIncidence::new(table, cause);
    for at in array(block.get("at")) {
        let point = incidence.at(at["t"].as_f64().unwrap());
        let limits = point.limits(ConfidenceLevel::default());
        let what = |field: &str| format!("{group} cause {cause} at {} {field}", at["t"]);
        check.estimate(name, &what("cif"), Some(point.incidence), &at["cif"]);
        check.relative(name, &what("se"), Some(point.se), &at["se_greenwood"]);
        check.relative(name, &what("lo"), limits.map(|l| l.lo), &at["lo"]);
        check.relative(name, &what("hi"), limits.map(|l| l.hi), &at["hi"]);
    }
}

fn check_rmst_difference(check: &mut Check, index: usize, expected: &Value, rows: &[Row], delayed: bool) {
    let tau = expected["tau"].as_f64().unwrap();
    let [minuend, subtrahend] = ["minuend", "subtrahend"].map(|side| {
        let table = table(rows, delayed, expected[side].as_str().unwrap());
        KaplanMeier::new(&table, Endpoint::Any).restricted_mean(tau)
    });
    let actual = minuend.zip(subtrahend).and_then(|(a, b)| a.minus(&b));
    let name = "rmst_difference";
    check.estimate(name, &format!("{index} diff"), actual.map(|d| d.difference), &expected["diff"]);
    check.relative(name, &format!("{index} se"), actual.map(|d| d.se), &expected["se"]);
    check.relative(name, &format!("{index} p"), actual.and_then(|d| d.p), &expected["p"]);
}

fn check_log_rank(
    check: &mut Check,
    name: &'static str,
    block: &Value,
    rows: &[Row],
    delayed: bool,
    endpoint: Endpoint,
) {
    let groups = array(block.get("groups"));
    let tables: Vec<_> = groups.iter().map(|g| table(rows, delayed, g.as_str().unwrap())).collect();
    let LogRank { observed, expected, chi2, df, p } = log_rank(&tables.iter().collect::<Vec<_>>(), endpoint);
    for (index, group) in groups.iter().enumerate() {
        check.exact(name, &format!("{group} observed"), Some(observed[index] as f64), &block["observed"][index]);
        check.estimate(name, &format!("{group} expected"), Some(expected[index]), &block["expected"][index]);
    }
    check.relative(name, "chi2", chi2, &block["chi2"]);
    check.exact(name, "df", Some(df as f64), &block["df"]);
    check.relative(name, "p", p, &block["p"]);
}

fn check_gray(check: &mut Check, block: &Value, rows: &[Row]) {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.group.as_str()).collect();
    let tables: Vec<EventTable> = names.into_iter().map(|group| table(rows, false, group)).collect();
    let tables: Vec<&EventTable> = tables.iter().collect();
    let test = gray_test(&tables, block["cause"].as_str().unwrap().parse().unwrap()).unwrap();
    check.relative("gray_test", "chi2", test.chi2, &block["stat"]);
    check.relative("gray_test", "p", test.p, &block["p"]);
    check.exact("gray_test", "df", Some(test.df as f64), &block["df"]);
}

fn check_wilson(check: &mut Check, interval: &Value, rows: &[Row]) {
    let group = interval["group"].as_str().unwrap();
    let outcome: u32 = interval["outcome"].as_str().unwrap().parse().unwrap();
    let closed_only = interval["denominator"].as_str().unwrap().starts_with("closed");
    let chosen = rows.iter().filter(|row| group == "all" || row.group == group);
    let chosen: Vec<_> = chosen.filter(|row| !closed_only || row.outcome > 0).collect();
    let k = chosen.iter().filter(|row| row.outcome == outcome).count() as u64;
    check_interval(check, "wilson", interval, k, chosen.len() as u64);
}

fn check_interval(check: &mut Check, name: &'static str, expected: &Value, k: u64, n: u64) {
    let limits = wilson(k, n, ConfidenceLevel::default()).unwrap().unwrap();
    check.exact(name, "k", Some(k as f64), &expected["k"]);
    check.exact(name, "n", Some(n as f64), &expected["n"]);
    check.estimate(name, "p", Some(k as f64 / n as f64), &expected["p"]);
    check.relative(name, &format!("{k}/{n} lo"), Some(limits.lo), &expected["lo"]);
    check.relative(name, &format!("{k}/{n} hi"), Some(limits.hi), &expected["hi"]);
}

fn ending(cause: &str) -> Endpoint {
    Endpoint::Ending(cause.parse::<NonZeroU32>().unwrap())
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}
