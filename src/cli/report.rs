//! `aiqyn report`: reports that leave the system, with small numbers withheld.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::output::say;
use super::{CliError, Database};
use crate::i18n::Language;
use crate::report::{Format, annex};
use crate::services::AnnexQuery;

/// Options of `aiqyn report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The statistical annex for the Committee against Torture
    Annex(AnnexArgs),
}

/// Options of `aiqyn report annex`.
#[derive(Debug, clap::Args)]
struct AnnexArgs {
    #[command(flatten)]
    database: Database,
    /// Complaints filed on this day or later; all unless told.
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Complaints filed on this day or earlier; all unless told.
    #[arg(long, value_name = "DAY")]
    to: Option<NaiveDate>,
    /// As known at the end of this day; today unless told.
    #[arg(long, value_name = "DAY")]
    as_known_on: Option<NaiveDate>,
    /// en, ru or kk.
    #[arg(long, value_parser = language)]
    language: Language,
    /// pdf, xlsx or csv (a zip of CSV files with a data dictionary).
    #[arg(long, value_parser = format, default_value = "pdf")]
    format: Format,
    /// Write to this file, which must not be there yet; annex-FROM-TO-LANGUAGE.EXTENSION unless told.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Reads a language.
pub(super) fn language(text: &str) -> Result<Language, String> {
    Language::named(text).ok_or_else(|| format!("one of {}", ["kk", "ru", "en"].join(", ")))
}

fn format(text: &str) -> Result<Format, String> {
    Format::named(text).ok_or_else(|| format!("one of {}", Format::WORDS.join(", ")))
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let What::Annex(args) = &args.what;
    let services = args.database.open_existing()?;
    let AnnexArgs { from, to, as_known_on, format, .. } = *args;
    let query = AnnexQuery { from, to, as_known_on, language: args.language.as_str(), format };
    let annex = services.annex(&services.console()?, &query)?;
    let document = annex::document(&annex, args.language);
    let file = args.output.clone().unwrap_or_else(|| annex.file_name(args.language, args.format).into());
    let bytes = args.format.render(&document)?;
    let failed = |source| CliError::Io { what: format!("writing {}", file.display()), source };
    std::fs::File::create_new(&file).and_then(|mut out| out.write_all(&bytes)).map_err(failed)?;
    say(format_args!("Wrote {}. Fingerprint: {}", file.display(), annex.fingerprint));
    Ok(())
}
