//! The figures as a short table for a terminal. Rounded: whoever needs every digit asks for the JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use super::report::{Figures, LogRanks, MeanFigures, QuantileFigures, Report, ShareFigures};
use crate::import::visible;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let entry = if report.delayed_entry { "with delayed entry" } else { "without delayed entry" };
    writeln!(out, "{} rows, {entry}; 95 % intervals in brackets; – is not defined\n", report.rows)?;
    table(out, &waits(report))?;
    if named(report).any(|(_, figures)| figures.kaplan_meier.restricted_mean.iter().any(unseen)) {
        writeln!(out, "* the horizon is past the last exit: the curve was carried on flat, which nobody observed")?;
    }
    if !report.outcomes.is_empty() {
        writeln!(out)?;
        table(out, &endings(report))?;
    }
    tests(report, out)
}

fn named(report: &Report) -> impl Iterator<Item = (&str, &Figures)> {
    let groups = report.groups.iter().map(|group| (group.group.as_str(), &group.figures));
    std::iter::once(("all", &report.all)).chain(groups)
}

fn waits(report: &Report) -> Vec<Vec<String>> {
    let mut lines = vec![["Kaplan–Meier", "n", "ended", "open"].map(str::to_owned).to_vec()];
    lines[0].extend(report.all.kaplan_meier.quantiles.iter().map(|quantile| share_ended(quantile.p)));
    lines[0].extend(report.tau.iter().map(|&tau| format!("mean to {} (se)", number(tau))));
    for (name, figures) in named(report) {
        let mut line = vec![name.to_owned()];
        line.extend([figures.n, figures.events, figures.open].map(|count| count.to_string()));
        line.extend(figures.kaplan_meier.quantiles.iter().map(quantile));
        let means = figures.kaplan_meier.restricted_mean.iter();
        line.extend(means.map(mean));
        lines.push(line);
    }
    lines
}

fn endings(report: &Report) -> Vec<Vec<String>> {
    let header = ["Endings", "outcome", "k", "of all rows", "of ended rows"];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    for (name, figures) in named(report) {
        lines.extend(figures.endings.iter().map(|ending| {
            let shares = [share(&ending.all_rows), share(&ending.ended_rows)];
            let counts = [name.to_owned(), ending.outcome.to_string(), ending.k.to_string()];
            counts.into_iter().chain(shares).collect()
        }));
    }
    lines
}

fn tests(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(tests) = &report.logrank else {
        return Ok(());
    };
    writeln!(out)?;
    log_rank("Log-rank", tests, out)?;
    if let Some(stratified) = &report.stratified_logrank {
        log_rank("Stratified log-rank", &stratified.tests, out)?;
    }
    for gray in &report.gray_test {
        test(&format!("Gray's test, outcome {}", gray.outcome), gray.chi2.zip(gray.p), gray.df, out)?;
    }
    Ok(())
}

fn log_rank(name: &str, tests: &LogRanks, out: &mut dyn Write) -> io::Result<()> {
    test(&format!("{name}, any ending"), tests.any.chi2.zip(tests.any.p), tests.any.df, out)?;
    for by in &tests.by_outcome {
        test(&format!("{name}, outcome {}", by.outcome), by.test.chi2.zip(by.test.p), by.test.df, out)?;
    }
    Ok(())
}

fn test(what: &str, found: Option<(f64, f64)>, df: usize, out: &mut dyn Write) -> io::Result<()> {
    match found {
        Some((chi2, p)) => writeln!(out, "{}: chi2 {} on {df} df, p {}", visible(what), number(chi2), p_value(p)),
        None => writeln!(out, "{}: – (nothing to compare)", visible(what)),
    }
}

/// The first column to the left, the others to the right.
fn table(out: &mut dyn Write, lines: &[Vec<String>]) -> io::Result<()> {
    // Groups and outcomes come from the table.
    let lines: Vec<Vec<Cow<'_, str>>> =
        lines.iter().map(|line| line.iter().map(|cell| visible(cell)).collect()).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| lines.iter().filter_map(|l| l.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("  {cell:>width$}"),
        });
        writeln!(out, "{}", cells.collect::<String>().trim_end())?;
    }
    Ok(())
}

fn share_ended(p: f64) -> String {
    match p {
        0.25 => "a quarter by".to_owned(),
        0.5 => "half by".to_owned(),
        0.75 => "three quarters by".to_owned(),
        _ => format!("{} by", number(p)),
    }
}

fn quantile(quantile: &QuantileFigures) -> String {
    format!("{} [{}, {}]", optional(quantile.estimate), optional(quantile.lo), optional(quantile.hi))
}

fn mean(mean: &MeanFigures) -> String {
    let mark = if unseen(mean) { "*" } else { "" };
    format!("{} ({}){mark}", optional(mean.estimate), optional(mean.se))
}

fn unseen(mean: &MeanFigures) -> bool {
    mean.beyond_last_exit == Some(true)
}

fn share(share: &ShareFigures) -> String {
    let percent = |part: Option<f64>| part.map_or_else(|| "–".to_owned(), |part| format!("{:.1}", part * 100.0));
    format!("{} % [{}, {}]", percent(share.share), percent(share.lo), percent(share.hi))
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), number)
}

/// Three decimals at most, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn p_value(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("{p:.4}") }
}
