//! `aiqyn export`: cases or events, without free text.

use std::io::Write;
use std::path::PathBuf;

use super::{CliError, Database, output};
use crate::services::{ExportedCase, ExportedEvent};

/// Options of `aiqyn export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to export.
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    database: Database,
    /// Write to this file instead of standard output. It must not be there yet.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One JSON object a line instead of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// One row a case: codes and milestones
    Cases,
    /// One row an event: codes and times
    Events,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let console = services.console()?;
    let bar = output::counter("Written:");
    let mut out: Box<dyn Write> = match &args.output {
        None => Box::new(output::stdout()),
        Some(path) => {
            let what = format!("writing {}", path.display());
            let file = std::fs::File::create_new(path).map_err(|source| CliError::Io { what, source })?;
            Box::new(bar.wrap_write(std::io::BufWriter::new(file)))
        }
    };
    match (args.what, args.json) {
        (What::Cases, true) => services.export_cases(&console, |case| line(&mut out, &case))?,
        (What::Events, true) => services.export_events(&console, |event| line(&mut out, &event))?,
        (What::Cases, false) => {
            let mut csv = csv::Writer::from_writer(&mut out);
            services.export_cases(&console, |case: ExportedCase| csv.serialize(case).map_err(csv_error))?;
            csv.flush()?;
        }
        (What::Events, false) => {
            let mut csv = csv::Writer::from_writer(&mut out);
            csv.write_record([
                "reference",
                "id",
                "kind",
                "occurred_at",
                "recorded_at",
                "corrects",
                "counts",
                "details",
            ])
            .map_err(csv_error)?;
            services
                .export_events(&console, |event: ExportedEvent| csv.write_record(record(&event)).map_err(csv_error))?;
            csv.flush()?;
        }
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), CliError> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(writeln!(out)?)
}

fn record(event: &ExportedEvent) -> [String; 8] {
    [
        event.reference.clone(),
        event.id.to_string(),
        event.kind.to_owned(),
        event.occurred_at.clone(),
        event.recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        event.corrects.map(|id| id.to_string()).unwrap_or_default(),
        event.counts.to_string(),
        event.details.to_string(),
    ]
}

fn csv_error(error: csv::Error) -> CliError {
    match error.into_kind() {
        // As it came: whoever closes the pipe has seen enough, and that is no failure.
        csv::ErrorKind::Io(error) => error.into(),
        other => std::io::Error::other(format!("{other:?}")).into(),
    }
}
