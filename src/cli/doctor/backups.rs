//! Backups: that they are made, that the newest is new and begins as one, and that it does not lie where it would be
//! lost with the rest.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::files::{Files, are_on_one_disk};
use super::findings::Findings;
use crate::backup::check_beginning;
use crate::cli::backup_schedule::Schedule;

/// Looks at the backups of a schedule; `kept` is what they are of.
pub fn examine(found: &mut Findings, files: &Files, schedule: &Schedule, kept: &[Option<&Path>], now: DateTime<Utc>) {
    let Some((path, folder)) = schedule.folder() else {
        let mend = "give the server a folder and a key: --backup-folder DIR --backup-seal-to KEY (`aiqyn backup key`)";
        found.warning("backups", "the server makes none", mend);
        return;
    };
    let backups = match folder.backups() {
        Ok(backups) => backups,
        Err(error) => {
            let mend = "make the folder, and give it to the account that serves";
            found.problem("backups", format!("{}: {error}", path.display()), mend);
            return;
        }
    };
    files.secret(found, "backups", path);
    files.room(found, &[Some(path)]);
    if kept.iter().flatten().any(|kept| are_on_one_disk(path, kept)) {
        let mend = "put the folder on another disk, and carry backups to another house";
        found.warning("backups", format!("{} is on the disk of the data", path.display()), mend);
    }
    match backups.first() {
        None => found.warning("backups", "there is none yet", "start the server: it makes the first at once"),
        Some((made_at, newest)) => {
            age(found, now - *made_at, schedule.every());
            let name = newest.display();
            match File::open(newest).map(|file| check_beginning(BufReader::new(file))) {
                Err(error) => {
                    found.problem("backups", format!("{name}: {error}"), "give it to the account that serves")
                }
                Ok(Err(_)) => {
                    let mend = "delete it; the server makes another. Then look after the disk";
                    found.problem("backups", format!("{name} is no backup, or a damaged one"), mend);
                }
                Ok(Ok(())) => found.ok(
                    "backups",
                    format!("{name} begins as one; whether it is whole, `aiqyn backup verify` says where its key is"),
                ),
            }
        }
    }
}

fn age(found: &mut Findings, age: TimeDelta, every: TimeDelta) {
    let told = format!("the newest is {} hours old", age.num_hours());
    if age > every * 2 {
        found.problem("backups", told, "look into the log of the server for why none was made");
    } else {
        found.ok("backups", told);
    }
}
