//! The figures as short tables for a terminal.

use std::io::{Result, Write};

use crate::i18n::{Language, indicators as words};
use crate::measures::count::Count;
use crate::measures::figures::{Estimate, Share};
use crate::measures::statistics::{Figures, Statistics};
use crate::services::Answer;

/// All together, then each group.
fn each(statistics: &Statistics) -> impl Iterator<Item = (&str, &Figures)> {
    let groups = statistics.groups.iter().map(|(name, figures)| (name.as_str(), figures));
    std::iter::once(("all", &statistics.all)).chain(groups)
}

fn heading(answer: &Answer, what: &str, out: &mut dyn Write) -> Result<()> {
    let provisional = if answer.day_is_over { "" } else { " (that day is not over)" };
    writeln!(out, "{} cases, as known on {}{provisional}; {what}", count(answer.statistics.all.cases), answer.day)
}

pub fn delays(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "days; Kaplan–Meier quartiles, 95 % log-log interval", out)?;
    writeln!(
        out,
        "{:<30} {:<24} {:>7} {:>7} {:>9} {:>6} {:>6} {:>8}  {:<24} {:>8} {:>8} {:>12} {:>9}  {:<24}",
        "delay",
        "group",
        "n",
        "ended",
        "otherwise",
        "lost",
        "open",
        "left out",
        "median",
        "q1",
        "q3",
        "mean to",
        "ended",
        "within deadline"
    )?;
    for (group, figures) in each(&answer.statistics) {
        for row in &figures.delays {
            let delay = &row.figures;
            let left_out = delay.left_out.shown().zip(delay.missing_start.shown());
            let mean = &delay.restricted_mean;
            writeln!(
                out,
                "{:<30} {:<24} {:>7} {:>7} {:>9} {:>6} {:>6} {:>8}  {:<24} {:>8} {:>8} {:>12} {:>9}  {:<24}",
                row.measure.as_str(),
                group,
                count(delay.n),
                count(delay.ended),
                count(delay.ended_otherwise),
                count(delay.lost),
                count(delay.open),
                left_out
                    .map_or_else(|| "–".to_owned(), |(contradictory, missing)| (contradictory + missing).to_string()),
                with_interval(&delay.median),
                days(delay.first_quartile.estimate),
                days(delay.third_quartile.estimate),
                format!("{} ({} d)", days(mean.estimate), mean.horizon_days),
                days(delay.mean_of_ended),
                share(&delay.within_deadline),
            )?;
        }
    }
    for test in &answer.statistics.tests {
        writeln!(
            out,
            "log-rank {}: chi-square {:.3}, {} degrees of freedom, p = {:.4}",
            test.measure, test.chi_square, test.degrees_of_freedom, test.p
        )?;
    }
    Ok(())
}

pub fn rates(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "95 % Wilson interval", out)?;
    writeln!(out, "{:<30} {:<24} {:<38} {:<38}", "rate", "group", "of all", "of those that have ended")?;
    for (group, figures) in each(&answer.statistics) {
        for row in &figures.rates {
            let (of_all, of_ended) = (share(&row.figures.of_all), share(&row.figures.of_ended));
            writeln!(out, "{:<30} {group:<24} {of_all:<38} {of_ended:<38}", row.measure.as_str())?;
        }
    }
    Ok(())
}

pub fn endings(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "share ended by so many days, Aalen–Johansen, 95 % log-log interval", out)?;
    writeln!(out, "{:<24} {:>6} {:>8}  {:<12} {:>8}  {:<28}", "group", "days", "at risk", "ending", "ended", "share")?;
    for (group, figures) in each(&answer.statistics) {
        for horizon in &figures.endings.by_horizon {
            let (by, at_risk) = (horizon.days, count(horizon.at_risk));
            for row in &horizon.endings {
                let (ended, share) = (count(row.events), per_cent(&row.share));
                writeln!(out, "{group:<24} {by:>6} {at_risk:>8}  {:<12} {ended:>8}  {share:<28}", row.ending.as_str())?;
            }
            let open = per_cent(&horizon.still_open);
            writeln!(out, "{group:<24} {by:>6} {at_risk:>8}  {:<12} {:>8}  {open:<28}", "open", "")?;
        }
    }
    Ok(())
}

pub fn visits(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "95 % Wilson interval", out)?;
    for (group, figures) in each(&answer.statistics) {
        let visits = &figures.visits;
        writeln!(
            out,
            "{group}: {} requests, {} needing approval, {} answered, {} waiting",
            count(visits.requests),
            count(visits.needing_approval),
            count(visits.answered),
            count(visits.waiting)
        )?;
        for row in &visits.shares {
            let told = share(&row.figures.share);
            writeln!(out, "  {:<30} {told:<40} not known {}", row.measure.as_str(), count(row.figures.unknown))?;
        }
        for row in &visits.refusals_by_ground {
            writeln!(out, "  ground {:<23} {}", row.code, share(&row.share))?;
        }
        for row in &visits.refused_by_evidence {
            writeln!(out, "  refused with {:<17} {}", row.evidence.as_str(), share(&row.share))?;
        }
    }
    Ok(())
}

pub fn indicators(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "95 % Wilson interval", out)?;
    for (group, figures) in each(&answer.statistics) {
        writeln!(out, "{group}")?;
        for row in &figures.indicators.indicators {
            let label = words::indicator(Language::En, row.indicator).label;
            let told = share(&row.figures.share);
            writeln!(
                out,
                "  {:<10} {label:<48} {told:<40} not known {}",
                row.article.as_str(),
                count(row.figures.unknown)
            )?;
        }
    }
    Ok(())
}

pub fn quality(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    heading(answer, "how precisely dates are known, and what is missing", out)?;
    for (group, figures) in each(&answer.statistics) {
        writeln!(out, "{group}")?;
        for row in &figures.quality.dates {
            let label = words::important_date(Language::En, row.date).label;
            writeln!(
                out,
                "  {label:<40} minute {:>6}, day {:>6}, month {:>6}, missing {}",
                count(row.minute),
                count(row.day),
                count(row.month),
                share(&row.missing)
            )?;
        }
        for row in &figures.quality.codes {
            let label = words::important_code(Language::En, row.code).label;
            writeln!(out, "  {label:<40} not known {}", share(&row.missing))?;
        }
        for row in &figures.quality.recording {
            let label = words::recording(Language::En, row.measure).label;
            writeln!(out, "  {label:<40} {}", share(&row.share))?;
        }
    }
    Ok(())
}

fn count(count: Count) -> String {
    count.shown().map_or_else(|| "withheld".to_owned(), |count| count.to_string())
}

fn days(days: Option<f64>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"))
}

fn with_interval(estimate: &Estimate) -> String {
    format!("{} ({} to {})", days(estimate.estimate), days(estimate.lo), days(estimate.hi))
}

fn per_cent(estimate: &Estimate) -> String {
    let shown = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.2}", share * 100.0));
    format!("{} % ({} to {})", shown(estimate.estimate), shown(estimate.lo), shown(estimate.hi))
}

fn share(share: &Share) -> String {
    let (numerator, denominator) = (count(share.numerator), count(share.denominator));
    match (share.share, share.lo, share.hi) {
        (Some(p), Some(lo), Some(hi)) => {
            format!("{numerator}/{denominator} = {:.2} % ({:.2} to {:.2})", p * 100.0, lo * 100.0, hi * 100.0)
        }
        _ => "–".to_owned(),
    }
}
