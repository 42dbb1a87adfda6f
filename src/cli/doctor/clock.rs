//! The clock: deadlines and one-time codes rest on it.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::findings::Findings;

const SET: &str = "have the system set it: `timedatectl set-ntp true`, or chrony";

/// Whether something sets the clock, as far as the system's folder of what runs tells.
pub fn synchronised(found: &mut Findings, run: &Path) {
    let has = |name: &str| run.join(name).exists();
    if has("systemd/timesync/synchronized") {
        found.ok("clock", "systemd has set it by a time server");
    } else if has("chrony/chronyd.pid") || has("chrony.pid") || has("ntpd.pid") || has("ntpsec/ntpd.pid") {
        found.ok("clock", "a time daemon sets it");
    } else if has("systemd/system") {
        found.warning("clock", "nothing says that it is set by a time server", SET);
    } else {
        found.ok("clock", "whether it is set by a time server cannot be seen from here");
    }
}

/// The clock against that of the database.
pub fn against_database(found: &mut Findings, now: DateTime<Utc>, database: DateTime<Utc>) {
    let apart = (now - database).abs();
    let told = format!("it is {} s apart from the database's", apart.num_seconds());
    if apart > TimeDelta::seconds(60) {
        found.problem("clock", told, SET);
    } else if apart > TimeDelta::seconds(5) {
        found.warning("clock", told, SET);
    } else {
        found.ok("clock", "it agrees with the database's");
    }
}

/// The clock against what was recorded last.
pub fn against_records(found: &mut Findings, now: DateTime<Utc>, newest: Option<DateTime<Utc>>) {
    match newest {
        Some(newest) if newest > now + TimeDelta::seconds(60) => {
            let told = format!(
                "the newest record is of {}, and it is {} now: the clock is slow, or was fast then",
                newest.format("%Y-%m-%d %H:%M UTC"),
                now.format("%Y-%m-%d %H:%M UTC")
            );
            found.problem("clock", told, format!("{SET}. If it was fast then, wait until that time has passed"));
        }
        _ => found.ok("clock", "no record is of the future"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::CliError;

    fn told(judge: impl Fn(&mut Findings)) -> &'static str {
        let mut found = Findings::default();
        judge(&mut found);
        match found.tell(false) {
            Err(CliError::Unsound(_)) => "problem",
            _ if format!("{found:?}").contains("Warning") => "warning",
            _ => "ok",
        }
    }

    #[test]
    fn a_clock_that_nobody_sets_is_told() {
        let run = tempfile::tempdir().unwrap();
        let synchronised = || told(|found| synchronised(found, run.path()));
        assert_eq!(synchronised(), "ok", "nothing can be seen");
        std::fs::create_dir_all(run.path().join("systemd/system")).unwrap();
        assert_eq!(synchronised(), "warning");
        std::fs::create_dir_all(run.path().join("systemd/timesync")).unwrap();
        std::fs::write(run.path().join("systemd/timesync/synchronized"), "").unwrap();
        assert_eq!(synchronised(), "ok");
    }

    #[test]
    fn a_clock_that_differs_from_the_databases_is_told() {
        let now = Utc::now();
        let apart = |seconds| told(|found| against_database(found, now, now - TimeDelta::seconds(seconds)));
        assert_eq!([apart(1), apart(-1), apart(30), apart(-90)], ["ok", "ok", "warning", "problem"]);
    }
}
