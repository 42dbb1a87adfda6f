//! `aiqyn import`: a CSV file through a mapping.

use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};
use crate::import::{BadRow, Mapping};
use crate::services::{ImportMode, Imported};

/// Options of `aiqyn import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The list: CSV in UTF-8, a header line first.
    list: PathBuf,
    /// The mapping: which column feeds which field (see docs/import.md).
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    #[command(flatten)]
    database: Database,
    /// Judge every row and store nothing.
    #[arg(long)]
    dry_run: bool,
    /// Store the good rows even where others are bad. Without it, one bad row keeps the whole list out.
    #[arg(long, conflicts_with = "dry_run")]
    skip_bad_rows: bool,
    /// Print JSON: what became of the rows, and every bad row.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let opening = |path: &Path| {
        let what = format!("opening {}", path.display());
        move |source: io::Error| CliError::Io { what, source }
    };
    let toml = fs::read_to_string(&args.mapping).map_err(opening(&args.mapping))?;
    let mapping =
        Mapping::parse(&toml).map_err(|errors| CliError::Usage(format!("{}: {errors}", args.mapping.display())))?;
    let file = File::open(&args.list).map_err(opening(&args.list))?;
    let size = file.metadata().map(|data| data.len()).unwrap_or(0);
    let services = args.database.open_existing()?;
    let caller = services.console_as("import")?;
    let mode = match (args.dry_run, args.skip_bad_rows) {
        (true, _) => ImportMode::DryRun,
        (false, true) => ImportMode::GoodRows,
        (false, false) => ImportMode::AllRows,
    };

    let bar = output::progress("Bytes", size);
    let input = bar.wrap_read(BufReader::new(file));
    let mut bad_rows: Vec<serde_json::Value> = Vec::new();
    let mut out = output::stdout();
    let mut failed_write = None;
    let told = |row: &BadRow| {
        if args.json {
            bad_rows.push(serde_json::to_value(row).unwrap_or_default());
        } else if let Err(error) = writeln!(out, "{row}") {
            failed_write.get_or_insert(error);
        }
    };
    let imported = services.import_list(&caller, &mapping, input, mode, told);
    bar.finish_and_clear();
    let imported = imported.map_err(|error| CliError::Usage(format!("{}: {error}", args.list.display())))?;
    out.flush()?;
    drop(out);
    if let Some(error) = failed_write {
        return Err(error.into());
    }
    report(args, &imported, bad_rows)?;
    if mode == ImportMode::AllRows && imported.report.refused > 0 {
        return Err(CliError::BadRows(imported.report.refused));
    }
    Ok(())
}

fn report(args: &Args, imported: &Imported, bad_rows: Vec<serde_json::Value>) -> Result<(), CliError> {
    if args.json {
        let mut value = serde_json::to_value(imported)?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("bad_rows".to_owned(), json!(bad_rows));
        }
        return output::json(&value);
    }
    say(&imported.report);
    if !imported.codes_added.is_empty() {
        say(format_args!("Codes that the lists did not have: {}", imported.codes_added.join(", ")));
    }
    say(if imported.written { "Stored." } else { "Nothing was stored." });
    Ok(())
}
