//! `aiqyn stats`: the figures of the database, and the same methods over any table.

mod tables; // the figures as short tables

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::output::stdout;
use super::{CliError, Database, output, stats_survival};
use crate::i18n::Language;
use crate::measures::breakdown::{Breakdown, Dimension};
use crate::measures::delay::ComplaintClock;
use crate::measures::selection::Selection;
use crate::report::annex;
use crate::report::svg::svg;
use crate::services::{Answer, CodesAs, MeasureQuery};
use crate::web::api::statistics::InWords;
use crate::web::api::statistics::delays::Delays;
use crate::web::api::statistics::endings::Endings;
use crate::web::api::statistics::indicators::Indicators;
use crate::web::api::statistics::plots;
use crate::web::api::statistics::quality::Quality;
use crate::web::api::statistics::rates::Rates;
use crate::web::api::statistics::visits::VisitStatistics;

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
    /// How complaints end: cumulative incidence of dismissal, prosecution and withdrawal
    Endings(Question),
    /// Urgent visits: answered, refused, on which ground, by which evidence
    Visits(Question),
    /// Indicators by article of the Convention
    Indicators(Question),
    /// How far the data can be trusted
    Quality(Question),
    /// A plot as SVG, or with --json as numbers: a delay, first_hours or endings
    Plot(PlotArgs),
    /// The same methods over a CSV file, to check them against other software
    Survival(stats_survival::Args),
}

/// Which plot, and of which cases.
#[derive(Debug, clap::Args)]
struct PlotArgs {
    /// A delay by its word, first_hours or endings.
    plot: String,
    #[command(flatten)]
    question: Question,
    /// en, ru or kk.
    #[arg(long, value_parser = super::report::language, default_value = "en")]
    language: Language,
    /// Write to this file, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
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
    /// Prints the answer, as JSON or as a table.
    fn tell<T: InWords + serde::Serialize>(
        &self,
        table: fn(&Answer, &mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), CliError> {
        let answer = self.answer()?;
        if self.json {
            return output::json(&T::of(&answer, Language::En));
        }
        let mut out = stdout();
        table(&answer, &mut out)?;
        Ok(out.flush()?)
    }

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
            by: self.by.map(Breakdown::from),
            clock: if self.from_filing { ComplaintClock::Filed } else { ComplaintClock::Learnt },
            codes: if self.current_codes { CodesAs::Current } else { CodesAs::Filed },
        }
    }
}

pub fn run(args: &Args) -> Result<(), CliError> {
    match &args.what {
        What::Survival(args) => Ok(stats_survival::run(args, &mut stdout())?),
        What::Delays(question) => question.tell::<Delays>(tables::delays),
        What::Rates(question) => question.tell::<Rates>(tables::rates),
        What::Endings(question) => question.tell::<Endings>(tables::endings),
        What::Visits(question) => question.tell::<VisitStatistics>(tables::visits),
        What::Indicators(question) => question.tell::<Indicators>(tables::indicators),
        What::Quality(question) => question.tell::<Quality>(tables::quality),
        What::Plot(args) => plot(args),
    }
}

fn plot(args: &PlotArgs) -> Result<(), CliError> {
    let answer = args.question.answer()?;
    let figures = &answer.statistics.all;
    let unknown = || CliError::Usage(format!("there is no plot {:?}: name a delay, first_hours or endings", args.plot));
    let told = if args.question.json {
        serde_json::to_string_pretty(&plots::data(&args.plot, figures).ok_or_else(unknown)?)?
    } else {
        let (plot, words) = annex::plot(&args.plot, figures, args.language).ok_or_else(unknown)?;
        svg(&plot, &words, args.language).map_err(|error| CliError::Usage(error.to_string()))?
    };
    match &args.output {
        None => writeln!(stdout(), "{told}")?,
        Some(path) => {
            let failed = |source| CliError::Io { what: format!("writing {}", path.display()), source };
            std::fs::File::create_new(path).and_then(|mut file| file.write_all(told.as_bytes())).map_err(failed)?;
        }
    }
    Ok(())
}
