//! `aiqyn rebuild`: the summaries, made anew from the events.

use serde_json::json;

use super::output::say;
use super::{CliError, Database, output};

/// Options of `aiqyn rebuild`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let bar = output::progress("Cases", 0);
    let cases = services.rebuild(&services.console()?, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if args.json {
        return output::json(&json!({ "cases": cases }));
    }
    say(format_args!("Made the summaries of {cases} cases anew."));
    Ok(())
}
