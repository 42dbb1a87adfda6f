//! The database: its version, its settings, its schema, and what is in it.

use chrono::{DateTime, TimeDelta, Utc};

use super::clock;
use super::files::shows_password;
use super::findings::Findings;
use crate::services::{Examined, ExaminedContent, SchemaState, Services};

/// The oldest PostgreSQL that gets mends (until November 2026).
const OLDEST_POSTGRES: u32 = 14;

/// After how long the end of the audit log should be signed again.
const CHECKPOINT_EVERY: TimeDelta = TimeDelta::days(30);

/// Asks the database what there is to be asked.
pub fn examine(found: &mut Findings, database: &str, has_documents: bool, now: DateTime<Utc>) {
    let examined = match Services::examine(database) {
        Ok(examined) => examined,
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            let mend = "start it, or say with --database where it is";
            found.problem("database", format!("{error}{cause}"), mend);
            return;
        }
    };
    versions(found, &examined);
    if examined.is_server {
        server(found, &examined);
        if shows_password(database) {
            let told = "its password stands on the command line, where others on the machine see it";
            found.problem("database", told, "put the address into a settings file (--config) that only Aiqyn reads");
        }
        if !has_documents {
            found.warning("documents", "there is no place for them", "name a folder: --documents DIR");
        }
        if let Some(theirs) = examined.clock {
            clock::against_database(found, now, theirs);
        }
    } else {
        file(found, &examined);
    }
    schema(found, examined.schema);
    if let Some(content) = &examined.content {
        clock::against_records(found, now, content.newest);
        accounts(found, content);
        checkpoint(found, content, now);
    }
}

fn versions(found: &mut Findings, examined: &Examined) {
    let told = format!("Aiqyn {}, {}", env!("CARGO_PKG_VERSION"), examined.version);
    if examined.is_server && examined.major < OLDEST_POSTGRES {
        let mend = format!("move to PostgreSQL {OLDEST_POSTGRES} or later: a backup of Aiqyn's restores into it");
        found.warning("versions", format!("{told}: nobody mends faults of it any more"), mend);
    } else {
        found.ok("versions", told);
    }
}

fn server(found: &mut Findings, examined: &Examined) {
    for (name, value) in &examined.settings {
        let told = format!("{name} is {value:?}");
        let (is_well, why, mend) = match *name {
            "fsync" | "full_page_writes" => (
                value == "on",
                "what was acknowledged is lost, or all of it, when the power fails",
                format!("alter system set {name} = on; select pg_reload_conf();"),
            ),
            "synchronous_commit" => (
                matches!(value.as_str(), "on" | "local" | "remote_write" | "remote_apply"),
                "what was acknowledged is lost when the server falls",
                format!("alter system set {name} = on; select pg_reload_conf();"),
            ),
            "lc_messages" => {
                let is_english = matches!(value.as_str(), "" | "C" | "POSIX") || value.to_lowercase().starts_with("en");
                let mend = format!("alter system set {name} = 'C'; select pg_reload_conf();");
                (is_english, "errors are told apart by English messages", mend)
            }
            _ => continue,
        };
        if is_well {
            found.ok("database", told);
        } else {
            found.problem("database", format!("{told}: {why}"), format!("as its superuser: {mend}"));
        }
    }
    if examined.is_superuser {
        let mend = "make a role that owns this database and nothing else (createuser aiqyn)";
        found.warning("database", "Aiqyn comes to it as a superuser", mend);
    }
}

fn file(found: &mut Findings, examined: &Examined) {
    for (name, value) in &examined.settings {
        let told = format!("{name} is {value:?}");
        if value == "wal" {
            found.ok("database", told);
        } else {
            let mend = "start the server once: it sets it. If it stays so, the file is on a network drive: move it";
            found.warning("database", format!("{told}: readers wait for writers"), mend);
        }
    }
}

fn schema(found: &mut Findings, schema: SchemaState) {
    match schema {
        SchemaState::Current => found.ok("schema", "it is this version's"),
        SchemaState::Missing => found.problem("schema", "there is none", "set it up: `aiqyn init`"),
        SchemaState::Behind => {
            found.problem("schema", "it is an earlier version's", "make a backup, then `aiqyn migrate`");
        }
        SchemaState::Newer => {
            found.problem("schema", "it is a later version's than this program", "run that version of Aiqyn");
        }
    }
}

fn accounts(found: &mut Findings, content: &ExaminedContent) {
    match content.weak_passwords() {
        0 => found.ok("accounts", "all passwords are hashed as new ones are"),
        weak => found.warning(
            "accounts",
            format!("members whose password is cheaper to guess than a new one would be: {weak}"),
            "have each choose a new one; it is hashed with the present parameters",
        ),
    }
    if content.without_codes > 0 {
        let told = format!("members who sign in without one-time codes: {}", content.without_codes);
        found.problem("accounts", told, "invite each anew: `aiqyn user invite LOGIN`");
    }
    if content.administrators == 0 {
        let mend = "have the one enrol who was invited, or add one: `aiqyn user add LOGIN --role administrator`";
        found.warning("accounts", "no administrator can sign in", mend);
    }
    let alone = content.holders.iter().filter(|holders| **holders < 2).count();
    if alone > 0 {
        let told = format!("organisations with fewer than two members who can open what is sealed: {alone}");
        let mend =
            "add another, or make sure that the recovery key is where it should be: without both all of it is lost";
        found.warning("accounts", told, mend);
    }
}

fn checkpoint(found: &mut Findings, content: &ExaminedContent, now: DateTime<Utc>) {
    const SIGN: &str = "sign its end and keep the file elsewhere: `aiqyn audit checkpoint`";
    let records = content.audit_records;
    let Some((checkpoint, hash)) = &content.checkpoint else {
        found.warning(
            "audit log",
            format!("none of its {records} records is vouched for by a signed checkpoint"),
            SIGN,
        );
        return;
    };
    match checkpoint.verify(None) {
        Ok(checkpoint) if *hash == Some(checkpoint.hash()) => {
            let told = format!(
                "its newest checkpoint is of {} and vouches for {} of {records} records",
                checkpoint.made_at().format("%Y-%m-%d"),
                checkpoint.sequence()
            );
            if now - checkpoint.made_at() > CHECKPOINT_EVERY {
                found.warning("audit log", told, SIGN);
            } else {
                found.ok("audit log", told);
            }
        }
        _ => found.problem(
            "audit log",
            "its newest checkpoint does not vouch for the record that is there: the log was changed",
            "see which record: `aiqyn audit verify`, with the checkpoints that you keep elsewhere",
        ),
    }
}
