//! `aiqyn audit search`: records of the log, the newest first.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};

use super::super::{CliError, Database, output};
use super::console;
use crate::audit::{AuditAction, AuditRecord, Outcome};
use crate::domain::id::ActorId;
use crate::services::AuditFilter;

/// Options of `aiqyn audit search`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// What was done: sign_in, sealed_read, case_erased, …
    #[arg(long, value_name = "WORD", value_parser = action)]
    action: Option<AuditAction>,
    /// How it ended: done, refused or failed.
    #[arg(long, value_name = "WORD", value_parser = outcome)]
    outcome: Option<Outcome>,
    /// Who did it: a member's identifier.
    #[arg(long, value_name = "ID")]
    actor: Option<ActorId>,
    /// To what: the identifier of a case, a member, …, or the reference of a case.
    #[arg(long, value_name = "ID")]
    subject: Option<String>,
    /// Recorded at this time or later, for instance 2026-06-15T00:00:00+05:00.
    #[arg(long, value_name = "TIME")]
    from: Option<DateTime<Utc>>,
    /// Recorded before this time.
    #[arg(long, value_name = "TIME")]
    to: Option<DateTime<Utc>>,
    /// Only records before this number: the last of the page before.
    #[arg(long, value_name = "NUMBER")]
    before: Option<i64>,
    /// At most this many.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

fn action(word: &str) -> Result<AuditAction, String> {
    AuditAction::named(word).ok_or_else(|| format!("one of: {}", AuditAction::WORDS.join(", ")))
}

fn outcome(word: &str) -> Result<Outcome, String> {
    Outcome::named(word).ok_or_else(|| format!("one of: {}", Outcome::WORDS.join(", ")))
}

pub fn run(args: &Args) -> Result<(), CliError> {
    let services = args.database.open_existing()?;
    let caller = console(&services)?;
    let subject = args.subject.as_deref().map(|name| services.audit_subject(&caller, name)).transpose()?;
    let filter = AuditFilter {
        actor: args.actor,
        organisation: None,
        action: args.action,
        outcome: args.outcome,
        subject,
        from: args.from,
        to: args.to,
    };
    let records = services.search_audit(&caller, &filter, args.before, args.limit)?;
    let mut out = output::stdout();
    for record in &records {
        if args.json {
            serde_json::to_writer(&mut out, record)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line(record))?;
        }
    }
    out.flush()?;
    Ok(())
}

fn line(record: &AuditRecord) -> String {
    let entry = &record.entry;
    let mut line = format!(
        "{:>8}  {}  {} {}",
        record.sequence,
        entry.recorded_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        entry.action,
        entry.outcome
    );
    if let Some(actor) = entry.actor {
        line.push_str(&format!("  by {actor}"));
    }
    if let Some(subject) = &entry.subject {
        line.push_str(&format!("  {} {}", subject.kind, subject.id));
    }
    if let Some(purpose) = entry.purpose {
        line.push_str(&format!("  for {purpose}"));
    }
    for (name, detail) in entry.details.iter() {
        line.push_str(&format!("  {name}={detail}"));
    }
    line
}
