//! `aiqyn doctor` finds what is wrong with an installation and says how to mend it. Each test takes a sound one and makes
//! one thing unsound.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use aiqyn::access::role::Role;
use chrono::{TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use serde_json::Value;

use crate::support::program::aiqyn;
use crate::support::staff::Organisation;
use crate::support::{Backend, for_each_backend, on_sqlite};

/// A sound installation, and the words that the server would be started with.
struct Installation<'a> {
    backend: &'a Backend,
    words: Vec<String>,
}

impl<'a> Installation<'a> {
    /// Set up, with two people who can open what is sealed, a signed log, and a backup.
    fn on(backend: &'a Backend) -> Self {
        let made = backend.aiqyn(&["init", "--organisation", "Қадір-қасиет", "--json"]).well().json();
        let organisation = Organisation {
            id: made["organisation_id"].as_str().unwrap().parse().unwrap(),
            recovery_key: made["recovery_key"].as_str().unwrap().to_owned(),
        };
        for login in ["aigul", "nurlan"] {
            organisation.hires(&backend.services(), login, &[Role::Caseworker, Role::Administrator]);
        }
        let folder = backend.folder.path();
        let key = aiqyn(folder, &["backup", "key", "backup.key"]).well().out;
        let recipient = key.lines().last().unwrap().to_owned();
        let private = backend.folder.path().join("backups");
        fs::create_dir(&private).unwrap();
        fs::set_permissions(&private, Permissions::from_mode(0o700)).unwrap();
        let documents = backend.folder.path().join("documents");
        fs::create_dir(&documents).unwrap();
        fs::set_permissions(&documents, Permissions::from_mode(0o700)).unwrap();
        let words = ["--backup-folder", "backups", "--backup-seal-to", &recipient, "--documents", "documents"];
        let installation = Self { backend, words: words.map(str::to_owned).to_vec() };
        installation.with(&["--signing-key", "audit.key"]).signs().backs_up(TimeDelta::hours(1), &recipient)
    }

    fn with(mut self, words: &[&str]) -> Self {
        self.words.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    fn signs(self) -> Self {
        self.backend.aiqyn(&["audit", "checkpoint", "--signing-key", "audit.key", "--out", "checkpoint.json"]).well();
        self
    }

    fn backs_up(self, ago: TimeDelta, recipient: &str) -> Self {
        let path = self.newest_backup(ago);
        let words = ["backup", path.to_str().unwrap(), "--seal-to", recipient, "--documents", "documents"];
        self.backend.aiqyn(&words).well();
        self
    }

    fn newest_backup(&self, ago: TimeDelta) -> PathBuf {
        let name = (Utc::now() - ago).format("backups/aiqyn-%Y%m%dT%H%M%SZ.age").to_string();
        self.backend.folder.path().join(name)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.backend.folder.path().join(name)
    }

    fn lets(&self, name: &str, mode: u32) -> &Self {
        fs::set_permissions(self.file(name), Permissions::from_mode(mode)).unwrap();
        self
    }

    /// Changes the database behind Aiqyn's back.
    fn suffers(&self, statement: &str) -> &Self {
        if self.backend.is_postgres() {
            PgConnection::establish(&self.backend.url).unwrap().batch_execute(statement).unwrap();
        } else {
            SqliteConnection::establish(&self.backend.url).unwrap().batch_execute(statement).unwrap();
        }
        self
    }

    /// As somebody could who has the database's own rights.
    fn lets_its_log_be_changed(&self) {
        let of = if self.backend.is_postgres() { " on audit_records" } else { "" };
        self.suffers(&format!("drop trigger audit_records_are_never_changed{of}"));
    }

    fn is_looked_at(&self) -> Told {
        let words: Vec<&str> = ["doctor", "--json"].into_iter().chain(self.words.iter().map(String::as_str)).collect();
        let outcome = self.backend.aiqyn(&words);
        let told = outcome.json();
        assert_eq!(outcome.ok, told["problems"] == 0, "{told}");
        assert_eq!(outcome.ok, outcome.err.is_empty(), "{}", outcome.err);
        Told(told)
    }
}

/// What the doctor said.
struct Told(Value);

impl Told {
    fn findings(&self, verdict: &str) -> Vec<(&str, &str, &str)> {
        let findings = self.0["findings"].as_array().unwrap().iter();
        let text = |finding: &'_ Value, field: &str| finding[field].as_str().unwrap().to_owned().leak() as &str;
        findings
            .filter(|finding| finding["verdict"] == verdict)
            .map(|finding| (text(finding, "about"), text(finding, "found"), text(finding, "mend")))
            .collect()
    }

    /// It has no problem, and no warning but of this machine: tests run as root, with everything in one folder, and on
    /// PostgreSQL as its superuser.
    #[track_caller]
    fn is_sound(&self) {
        assert!(self.findings("problem").is_empty(), "{:?}", self.findings("problem"));
        for (about, found, _) in self.findings("warning") {
            let is_of_this_machine = match about {
                "account" | "clock" | "room" => true,
                "backups" => found.contains("on the disk of the data"),
                "database" => found.contains("superuser"),
                _ => false,
            };
            assert!(is_of_this_machine, "{about}: {found}");
        }
    }

    #[track_caller]
    fn tells(&self, verdict: &str, about: &str, says: &str, mend: &str) -> &Self {
        let is_told =
            |(of, found, how): &(&str, &str, &str)| *of == about && found.contains(says) && how.contains(mend);
        assert!(self.findings(verdict).iter().any(is_told), "no {verdict} of {about}: {says}, in {:#}", self.0);
        self
    }

    #[track_caller]
    fn has_problem(&self, about: &str, says: &str, mend: &str) -> &Self {
        self.tells("problem", about, says, mend)
    }

    #[track_caller]
    fn warns(&self, about: &str, says: &str, mend: &str) -> &Self {
        self.tells("warning", about, says, mend)
    }
}

/// Everything in a folder, with what is in it.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(content(&path));
        } else if !path.to_string_lossy().ends_with("-shm") {
            all.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    all.retain(|(path, bytes)| !(path.to_string_lossy().ends_with("-wal") && bytes.is_empty()));
    all.sort();
    all
}

#[test]
fn a_sound_installation_is_found_so_and_left_as_it_is() {
    for_each_backend(|backend| {
        let installation = Installation::on(backend);
        // On PostgreSQL the tests' own server does not sync, and the doctor sees it.
        if backend.is_postgres() {
            return;
        }
        let before = content(backend.folder.path());
        installation.is_looked_at().is_sound();
        assert_eq!(content(backend.folder.path()), before);
        let words: Vec<&str> = ["doctor"].into_iter().chain(installation.words.iter().map(String::as_str)).collect();
        let told = backend.aiqyn(&words).well().out;
        assert!(told.contains("ok       schema: it is this version's\n"), "{told}");
        assert!(!told.contains("aigul") && !told.contains("Қадір"), "{told}");
    });
}

#[test]
fn what_others_may_read_is_found() {
    on_sqlite(|backend| {
        let installation = Installation::on(backend).with(&["--throttle-key", "throttle.key"]);
        fs::write(installation.file("throttle.key"), "a secret").unwrap();
        installation.lets("throttle.key", 0o600);
        for (name, about) in [
            ("aiqyn.sqlite3", "database"),
            ("audit.key", "signing key"),
            ("throttle.key", "throttle key"),
            ("documents", "documents"),
            ("backups", "backups"),
        ] {
            let sound = fs::metadata(installation.file(name)).unwrap().permissions().mode();
            installation.lets(name, sound | 0o044);
            installation.is_looked_at().has_problem(about, "everybody may come at", "chmod go-rwx ");
            installation.lets(name, sound | 0o040);
            installation.is_looked_at().warns(about, "whoever is in its group", "chmod g-rwx ");
            installation.lets(name, sound);
        }
        // SQLite gives the files beside it the rights that the database has at the time.
        for beside in ["aiqyn.sqlite3-shm", "aiqyn.sqlite3-wal"] {
            let _ = fs::remove_file(installation.file(beside));
        }
        installation.is_looked_at().is_sound();
        fs::write(installation.file("aiqyn.sqlite3-wal"), "").unwrap();
        installation.lets("aiqyn.sqlite3-wal", 0o644);
        installation.is_looked_at().has_problem("database", "aiqyn.sqlite3-wal", "chmod go-rwx ");
        fs::remove_file(installation.file("aiqyn.sqlite3-wal")).unwrap();
        installation.lets(".", 0o777);
        installation.is_looked_at().has_problem("database", "in the place of", "chmod o-w ");
    });
}

#[test]
fn settings_come_from_the_file_that_the_server_would_read() {
    on_sqlite(|backend| {
        let installation = Installation::on(backend);
        fs::write(installation.file("aiqyn.toml"), "listen = '0.0.0.0:8080'\n").unwrap();
        installation.lets("aiqyn.toml", 0o600);
        let told = installation.with(&["--config", "aiqyn.toml"]).is_looked_at();
        told.tells("ok", "settings", "aiqyn.toml is read", "").has_problem("way", "0.0.0.0:8080", "");
    });
}

#[test]
fn files_of_another_account_are_found() {
    on_sqlite(|backend| {
        let installation = Installation::on(backend);
        let Ok(()) = std::os::unix::fs::chown(installation.file("audit.key"), Some(65_534), None) else {
            println!("SKIPPED: only root can give files away");
            return;
        };
        installation.is_looked_at().has_problem("signing key", "another account", "chown ");
    });
}

#[test]
fn a_database_that_is_not_there_or_not_up_to_date_is_found() {
    for_each_backend(|backend| {
        let installation = Installation::on(backend);
        let later = "insert into __diesel_schema_migrations (version) values ('20991231000000')";
        installation.suffers(later).is_looked_at().has_problem("schema", "a later version's", "run that version");
        let earlier = "delete from __diesel_schema_migrations where version in \
                       (select max(version) from __diesel_schema_migrations where version < '2099')";
        installation.suffers("delete from __diesel_schema_migrations where version > '2099'").suffers(earlier);
        installation.is_looked_at().has_problem("schema", "an earlier version's", "aiqyn migrate");
        installation.suffers("drop table __diesel_schema_migrations");
        installation.is_looked_at().has_problem("schema", "there is none", "aiqyn init");
    });
    let folder = tempfile::tempdir().unwrap();
    let told = aiqyn(folder.path(), &["doctor", "--json", "--database", "nowhere.sqlite3"]);
    Told(told.json()).has_problem("database", "nowhere.sqlite3 is not there", "aiqyn init");
    assert!(!folder.path().join("nowhere.sqlite3").exists(), "it was made");
    let url = "postgres://nobody:secret@127.0.0.1:1/nowhere";
    let told = aiqyn(folder.path(), &["doctor", "--json", "--database", url]);
    Told(told.json()).has_problem("database", "out of reach", "--database");
    assert!(!told.out.contains("secret"), "{}", told.out);
}

#[test]
fn weak_passwords_and_members_without_codes_are_found() {
    for_each_backend(|backend| {
        let installation = Installation::on(backend);
        installation.suffers("update accounts set kdf = 'argon2id,m=8192,t=1,p=1' where login = 'aigul'");
        installation.is_looked_at().warns("accounts", "cheaper to guess than a new one would be: 1", "a new one");
        installation.suffers("update accounts set totp_sealed = null where login = 'aigul'");
        installation.is_looked_at().has_problem("accounts", "sign in without one-time codes: 1", "aiqyn user invite");
        installation.suffers("update accounts set state = 'disabled' where login = 'aigul'");
        installation.is_looked_at().warns(
            "accounts",
            "fewer than two members who can open what is sealed: 1",
            "recovery key",
        );
        installation.suffers("update accounts set state = 'disabled'");
        installation.is_looked_at().warns("accounts", "no administrator", "aiqyn user add");
    });
}

#[test]
fn records_of_the_future_are_found() {
    for_each_backend(|backend| {
        let installation = Installation::on(backend);
        let future = (Utc::now() + TimeDelta::days(3)).timestamp_micros();
        installation.lets_its_log_be_changed();
        installation.suffers(&format!("update audit_records set recorded_at = {future} where sequence = 1"));
        installation.is_looked_at().has_problem(
            "clock",
            "the clock is slow, or was fast then",
            "have the system set it",
        );
    });
}

#[test]
fn an_audit_log_that_was_changed_or_is_not_signed_is_found() {
    for_each_backend(|backend| {
        let installation = Installation::on(backend);
        let hash = if backend.is_postgres() { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
        installation.suffers("delete from audit_checkpoints");
        installation.is_looked_at().warns("audit log", "vouched for by a signed checkpoint", "aiqyn audit checkpoint");
        fs::remove_file(installation.file("checkpoint.json")).unwrap();
        let installation = installation.signs();
        installation.lets_its_log_be_changed();
        let change = format!(
            "update audit_records set hash = {hash} where sequence = (select max(sequence) from audit_checkpoints)"
        );
        installation.suffers(&change).is_looked_at().has_problem(
            "audit log",
            "the log was changed",
            "aiqyn audit verify",
        );
    });
}

#[test]
fn backups_that_are_old_damaged_or_not_made_are_found() {
    on_sqlite(|backend| {
        let installation = Installation::on(backend);
        let newest = installation.newest_backup(TimeDelta::zero());
        fs::write(&newest, "age-encryption.org/v1\nnothing").unwrap();
        installation.is_looked_at().has_problem("backups", "is no backup, or a damaged one", "delete it");
        for entry in fs::read_dir(installation.file("backups")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        installation.is_looked_at().warns("backups", "there is none yet", "start the server");
        let recipient = installation.words[3].clone();
        let installation = installation.backs_up(TimeDelta::hours(100), &recipient);
        installation.is_looked_at().has_problem("backups", "the newest is 100 hours old", "log of the server");
        fs::remove_dir_all(installation.file("backups")).unwrap();
        installation.is_looked_at().has_problem("backups", "backups: No such file", "make the folder");
        let unscheduled = Installation { words: Vec::new(), ..installation };
        unscheduled.is_looked_at().warns("backups", "the server makes none", "--backup-folder");
    });
}

/// A certificate for a name, good until so long from now, in two files.
fn certificate(installation: &Installation<'_>, name: &str, days: i64) {
    let mut wanted = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
    let at = |days: i64| {
        let now = SystemTime::now();
        let day = Duration::from_secs(24 * 3600);
        let days_apart = u32::try_from(days.abs()).unwrap();
        if days < 0 { (now - day * days_apart).into() } else { (now + day * days_apart).into() }
    };
    wanted.not_before = at(-90);
    wanted.not_after = at(days);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = wanted.self_signed(&key).unwrap();
    fs::write(installation.file("chain.pem"), made.pem()).unwrap();
    fs::write(installation.file("key.pem"), key.serialize_pem()).unwrap();
    installation.lets("key.pem", 0o600);
}

#[test]
fn a_certificate_that_ends_soon_or_names_another_is_found() {
    on_sqlite(|backend| {
        let tls = ["--tls-certificate", "chain.pem", "--tls-key", "key.pem", "--host", "aiqyn.example.org"];
        let installation = Installation::on(backend).with(&tls);
        installation.is_looked_at().has_problem("TLS", "chain.pem", "--tls-certificate");
        certificate(&installation, "aiqyn.example.org", 60);
        installation.is_looked_at().is_sound();
        certificate(&installation, "aiqyn.example.org", 10);
        installation.is_looked_at().warns("TLS", "the certificate is good until", "renew it");
        certificate(&installation, "aiqyn.example.org", -1);
        installation.is_looked_at().has_problem("TLS", "has expired", "renew it");
        certificate(&installation, "example.org", 60);
        let told = "the certificate does not name aiqyn.example.org";
        installation.is_looked_at().has_problem("TLS", told, "--host");
        certificate(&installation, "*.example.org", 60);
        installation.is_looked_at().is_sound();
        installation.lets("key.pem", 0o644);
        installation.is_looked_at().has_problem("TLS key", "everybody may come at", "chmod go-rwx ");
        let other = rcgen::KeyPair::generate().unwrap();
        fs::write(installation.file("key.pem"), other.serialize_pem()).unwrap();
        installation.is_looked_at().has_problem("TLS", "cannot be used together", "--tls-key");
    });
}

#[test]
fn what_the_server_would_refuse_is_found() {
    on_sqlite(|backend| {
        let installation = Installation::on(backend).with(&["--listen", "0.0.0.0:8080"]);
        installation.is_looked_at().has_problem("way", "can be reached from other machines", "How browsers reach it");
    });
}

#[test]
fn a_postgres_that_may_lose_what_it_acknowledged_is_found() {
    let Some(backend) = Backend::postgres() else { return };
    let installation = Installation::on(&backend);
    let (_, database) = backend.url.rsplit_once('/').unwrap();
    for (setting, value, says) in [
        ("synchronous_commit", "off", "synchronous_commit is \"off\""),
        ("lc_messages", "'ru_RU.UTF-8'", "lc_messages"),
    ] {
        let set = format!("alter database {database} set {setting} = {value}");
        let mut connection = PgConnection::establish(&backend.url).unwrap();
        if connection.batch_execute(&set).is_err() {
            println!("SKIPPED: {setting} ({value} is not on this machine)");
            continue;
        }
        let mend = format!("alter system set {setting} = ");
        installation.is_looked_at().has_problem("database", says, &mend);
    }
    installation.is_looked_at().warns("database", "as a superuser", "createuser aiqyn").tells(
        "ok",
        "versions",
        "PostgreSQL ",
        "",
    );
    // What the tests run on does not sync: nothing there must outlive them.
    installation.is_looked_at().has_problem("database", "fsync is \"off\"", "alter system set fsync = on");
    let nowhere = Installation { words: Vec::new(), backend: &backend };
    nowhere.is_looked_at().warns("documents", "no place for them", "--documents");
}
