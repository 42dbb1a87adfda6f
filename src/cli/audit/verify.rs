//! `aiqyn audit verify`: the log, proved whole.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::output::say;
use super::super::{CliError, Database, output};
use super::{console, files};
use crate::audit::{Broken, Checkpoint, PublicKey, Verified};

/// Options of `aiqyn audit verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// Hold the log also against a checkpoint that was kept elsewhere. May be given several times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// The public key that must have signed it, as it was printed when the checkpoint was made.
    #[arg(long, value_name = "HEX", requires = "checkpoint")]
    public_key: Option<PublicKey>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let given = args.checkpoint.iter().map(|path| believed(path, args)).collect::<Result<Vec<_>, _>>()?;
    let services = args.database.open_existing()?;
    let caller = console(&services)?;
    let bar = output::progress("Records", 0);
    let verdict = services.verify_audit(&caller, &given, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if args.json {
        output::json(&as_json(&verdict))?;
    } else if let Ok(verified) = &verdict {
        tell(verified, &given, args);
    }
    verdict.map(|_| ()).map_err(CliError::AuditBroken)
}

fn believed(path: &Path, args: &Args) -> Result<Checkpoint, CliError> {
    let signed = files::read_checkpoint(path)?;
    signed.verify(args.public_key).map_err(|fault| CliError::Usage(format!("{}: {fault}", path.display())))
}

fn as_json(verdict: &Result<Verified, Broken>) -> serde_json::Value {
    match verdict {
        Ok(verified) => json!({
            "whole": true,
            "records": verified.records,
            "last_hash": verified.last_hash,
            "vouched_until": verified.vouched_until,
        }),
        Err(broken) => json!({
            "whole": false,
            "first_broken": broken.sequence,
            "fault": broken.fault.as_str(),
            "message": broken.to_string(),
        }),
    }
}

fn tell(verified: &Verified, given: &[Checkpoint], args: &Args) {
    let Verified { records, last_hash, vouched_until } = verified;
    say(format_args!("The audit log is whole: {records} records, the last with the hash {last_hash}."));
    match (*vouched_until, given.is_empty()) {
        (0, _) => say("No checkpoint vouches for it: whoever can write to the database could have made it anew."),
        (until, true) => say(format_args!(
            "Checkpoints in the same database vouch for it up to record {until}; one that was kept elsewhere proves more."
        )),
        (until, false) => say(format_args!("Signed checkpoints vouch for it up to record {until}.")),
    }
    if args.public_key.is_none() {
        for checkpoint in given {
            say(format_args!(
                "Compare the key of the checkpoint with the one that you wrote down: {}",
                checkpoint.public_key()
            ));
        }
    }
}
