//! `aiqyn stats`: delays and rates of the database, and the same methods over any table.

use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use super::output::stdout;
use super::{CliError, Database, output, stats_survival};
use crate::i18n::Language;
use crate::measures::breakdown::Dimension;
use crate::measures::delay::ComplaintClock;
use crate::measures::figures::{Estimate, Share};
use crate::measures::selection::Selection;
use crate::measures::statistics::Statistics;
use crate::services::{AsKnown, CodesAs, MeasureQuery};
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
    Delays(Question),
    /// How often: every rate with its Wilson interval
    Rates(Question),
    /// The same methods over a CSV file, to check them against other software
    Survival(stats_survival::Args),
}

/// Which cases, and how.
#[derive(Debug, clap::Args)]
struct Question {
    #[command(flatten)]
    database: Database,
    /// Break down by year, quarter, month, region, agency, kind_of_place, body, organisation, sex or age_band.
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
    /// As it was known at the end of this day; today unless told.
    #[arg(long, value_name = "DAY")]
    as_known_on: Option<NaiveDate>,
    /// Print JSON, with definitions.
    #[arg(long)]
    json: bool,
}

fn dimension(text: &str) -> Result<Dimension, String> {
    Dimension::named(text).ok_or_else(|| format!("one of {}", Dimension::WORDS.join(", ")))
}

impl Question {
    fn answer(&self) -> Result<Answer, CliError> {
        let services = self.database.open_existing()?;
        Ok(services.statistics(&services.console()?, &self.query())?)
    }

    fn query(&self) -> MeasureQuery {
        MeasureQuery {
            selection: Selection {
                region: self.region.clone(),
                agency: self.agency.clone(),
                kind_of_place: self.kind_of_place.clone(),
                ..Selection::default()
            },
            filed_from: self.filed_from,
            filed_to: self.filed_to,
            as_known_on: self.as_known_on,
            by: self.by,
            clock: if self.from_filing { ComplaintClock::Filed } else { ComplaintClock::Learnt },
            codes: if self.current_codes { CodesAs::Current } else { CodesAs::Filed },
        }
    }
}

/// What the database answers.
type Answer = AsKnown<Arc<Statistics>>;

pub fn run(args: &Args) -> Result<(), CliError> {
    match &args.what {
        What::Survival(args) => Ok(stats_survival::run(args, &mut stdout())?),
        What::Delays(question) => {
            let answer = question.answer()?;
            if question.json { output::json(&Delays::new(&answer, Language::En)) } else { delays_table(&answer) }
        }
        What::Rates(question) => {
            let answer = question.answer()?;
            if question.json { output::json(&Rates::new(&answer, Language::En)) } else { rates_table(&answer) }
        }
    }
}

fn delays_table(answer: &Answer) -> Result<(), CliError> {
    let mut out = stdout();
    writeln!(
        out,
        "{} cases; open waits observed until {}; days; Kaplan–Meier quartiles, 95 % log-log interval",
        answer.known.all.cases, answer.day
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
    let rows = answer.known.each().flat_map(|(group, figures)| figures.delays.iter().map(move |row| (group, row)));
    for (group, row) in rows {
        let figures = &row.figures;
        writeln!(
            out,
            "{:<30} {:<24} {:>7} {:>7} {:>9} {:>6} {:>6} {:>8}  {:<24} {:>8} {:>8}  {:<24}",
            row.measure.as_str(),
            group.unwrap_or("all"),
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

fn rates_table(answer: &Answer) -> Result<(), CliError> {
    let mut out = stdout();
    writeln!(out, "{} cases, as of {}; 95 % Wilson interval", answer.known.all.cases, answer.day)?;
    writeln!(out, "{:<30} {:<24} {:<38} {:<38}", "rate", "group", "of all", "of those that have ended")?;
    let rows = answer.known.each().flat_map(|(group, figures)| figures.rates.iter().map(move |row| (group, row)));
    for (group, row) in rows {
        let group = group.unwrap_or("all");
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
