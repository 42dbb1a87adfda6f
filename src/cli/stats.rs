//! `aiqyn stats`: delays and rates of the database, and the same methods over any table.

use std::io::Write;

use chrono::NaiveDate;

use super::output::stdout;
use super::{CliError, Database, output, stats_survival};
use crate::i18n::Language;
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::figures::{Estimate, Share};
use crate::services::{CaseFilter, CodesAs, DelayReport, MeasureQuery, RateReport};
use crate::web::api::statistics::{Delays, Rates};

/// Options of `aiqyn stats`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// How long it takes: every delay with its Kaplan–Meier quartiles, in days
    Delays(Selection),
    /// How often: every rate with its Wilson interval
    Rates(Selection),
    /// The same methods over a CSV file, to check them against other software
    Survival(stats_survival::Args),
}

/// Which cases, and how.
#[derive(Debug, clap::Args)]
struct Selection {
    #[command(flatten)]
    database: Database,
    /// Break down by year, region, agency, kind_of_place or body.
    #[arg(long, value_name = "DIMENSION", value_parser = dimension)]
    by: Option<Dimension>,
    /// Filed on this day or later.
    #[arg(long, value_name = "DAY")]
    filed_from: Option<NaiveDate>,
    /// Filed on this day or earlier.
    #[arg(long, value_name = "DAY")]
    filed_to: Option<NaiveDate>,
    /// Only this region.
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// Only this agency complained of.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// Only this kind of place.
    #[arg(long, value_name = "CODE")]
    kind_of_place: Option<String>,
    /// Start the clock of a complaint with its filing, not when it was first learnt of.
    #[arg(long)]
    from_filing: bool,
    /// Count an old code under the one that followed it.
    #[arg(long)]
    current_codes: bool,
    /// Print JSON, with definitions.
    #[arg(long)]
    json: bool,
}

fn dimension(text: &str) -> Result<Dimension, String> {
    Dimension::named(text).ok_or_else(|| format!("one of {}", Dimension::WORDS.join(", ")))
}

impl Selection {
    fn query(&self) -> MeasureQuery {
        MeasureQuery {
            filter: CaseFilter {
                region: self.region.clone(),
                agency: self.agency.clone(),
                kind_of_place: self.kind_of_place.clone(),
                filed_from: self.filed_from,
                filed_to: self.filed_to,
                ..CaseFilter::default()
            },
            by: self.by,
            clock: if self.from_filing { ComplaintClock::Filed } else { ComplaintClock::Learnt },
            codes: if self.current_codes { CodesAs::Current } else { CodesAs::Filed },
        }
    }
}

pub fn run(args: &Args) -> Result<(), CliError> {
    match &args.what {
        What::Survival(args) => Ok(stats_survival::run(args, &mut stdout())?),
        What::Delays(selection) => {
            let services = selection.database.open_existing()?;
            let report = services.delays(&services.console()?, &selection.query())?;
            if selection.json { output::json(&Delays::new(report, Language::En)) } else { delays_table(&report) }
        }
        What::Rates(selection) => {
            let services = selection.database.open_existing()?;
            let report = services.rates(&services.console()?, &selection.query())?;
            if selection.json { output::json(&Rates::new(report, Language::En)) } else { rates_table(&report) }
        }
    }
}

fn delays_table(report: &DelayReport) -> Result<(), CliError> {
    let mut out = stdout();
    writeln!(
        out,
        "{} cases; open waits observed until {}; days; Kaplan–Meier quartiles, 95 % log-log interval",
        report.cases,
        report.observed_until.format("%Y-%m-%d")
    )?;
    writeln!(
        out,
        "{:<30} {:<24} {:>7} {:>7} {:>9} {:>6} {:>6} {:>8}  {:<24} {:>8} {:>8}  {:<24}",
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
        "within deadline"
    )?;
    for row in &report.rows {
        let figures = &row.figures;
        writeln!(
            out,
            "{:<30} {:<24} {:>7} {:>7} {:>9} {:>6} {:>6} {:>8}  {:<24} {:>8} {:>8}  {:<24}",
            row.measure.as_str(),
            row.group.as_deref().unwrap_or("all"),
            figures.n,
            figures.ended,
            figures.ended_otherwise,
            figures.lost,
            figures.open,
            figures.left_out,
            with_interval(&figures.median),
            days(figures.first_quartile.estimate),
            days(figures.third_quartile.estimate),
            share(&figures.within_deadline),
        )?;
    }
    Ok(out.flush()?)
}

fn rates_table(report: &RateReport) -> Result<(), CliError> {
    let mut out = stdout();
    writeln!(out, "{} cases, as of {}; 95 % Wilson interval", report.cases, report.observed_until.format("%Y-%m-%d"))?;
    writeln!(out, "{:<30} {:<24} {:<38} {:<38}", "rate", "group", "of all", "of those that have ended")?;
    for row in &report.rows {
        let group = row.group.as_deref().unwrap_or("all");
        writeln!(
            out,
            "{:<30} {:<24} {:<38} {:<38}",
            row.measure.as_str(),
            group,
            share(&row.figures.of_all),
            share(&row.figures.of_ended)
        )?;
    }
    Ok(out.flush()?)
}

fn days(days: Option<f64>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}"))
}

fn with_interval(estimate: &Estimate) -> String {
    format!("{} ({} to {})", days(estimate.estimate), days(estimate.lo), days(estimate.hi))
}

fn share(share: &Share) -> String {
    match (share.share, share.lo, share.hi) {
        (Some(p), Some(lo), Some(hi)) => {
            format!(
                "{}/{} = {:.2} % ({:.2} to {:.2})",
                share.numerator,
                share.denominator,
                p * 100.0,
                lo * 100.0,
                hi * 100.0
            )
        }
        _ => "–".to_owned(),
    }
}
