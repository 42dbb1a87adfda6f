//! The two databases: a SQLite file and a PostgreSQL database, each made fresh and removed again.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use tempfile::TempDir;

/// Where PostgreSQL is; `tests/all.sh` starts one and sets this.
const POSTGRES: &str = "AIQYN_TEST_POSTGRES";

/// A bucket of an S3 server, `s3://…`; `tests/all.sh` starts one and sets this, and how it is reached.
const BUCKET: &str = "AIQYN_TEST_S3";

/// An empty database.
pub struct Backend {
    /// `SQLite` or `PostgreSQL`.
    pub name: &'static str,
    /// Its address, as it is given to `--database`.
    pub url: String,
    /// A folder for the files of the test.
    pub folder: TempDir,
    server: Option<Server>,
    /// Where documents lie in a bucket, where they do not lie in the folder.
    pub bucket: Option<String>,
    /// The token of the caseworker, once there is one.
    pub token: std::sync::OnceLock<String>,
}

/// The PostgreSQL server that a database lies on.
struct Server {
    url: String,
    database: String,
}

impl Server {
    fn tell(&self, command: &str) -> Result<(), String> {
        let mut connection = PgConnection::establish(&self.url).map_err(|error| error.to_string())?;
        connection.batch_execute(command).map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.tell(&format!("drop database {} with (force)", self.database)) {
            eprintln!("{} is left behind: {error}", self.database);
        }
    }
}

impl Backend {
    /// A SQLite file of its own, which is not there yet.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = Self::file_in(folder.path());
        Self { name: "SQLite", url, folder, server: None, bucket: None, token: std::sync::OnceLock::new() }
    }

    /// The same, with documents in a bucket; none where there is no S3 server.
    pub fn sqlite_with_bucket() -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let Ok(bucket) = std::env::var(BUCKET) else {
            assert!(!in_ci(), "{BUCKET} is not set; run the tests with: bash tests/all.sh");
            println!("SKIPPED: S3 ({BUCKET} is not set)");
            return None;
        };
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        Some(Self { bucket: Some(format!("{bucket}/{}/{number}", std::process::id())), ..Self::sqlite() })
    }

    /// Where documents lie, as it is given to `--documents`.
    pub fn documents(&self) -> String {
        self.bucket.clone().unwrap_or_else(|| self.file("documents"))
    }

    /// The same in a folder.
    pub fn sqlite_in(folder: &Path) -> Self {
        Self { url: Self::file_in(folder), ..Self::sqlite() }
    }

    fn file_in(folder: &Path) -> String {
        folder.join("aiqyn.sqlite3").to_str().unwrap().to_owned()
    }

    /// A PostgreSQL database of its own; none where there is no PostgreSQL.
    pub fn postgres() -> Option<Self> {
        let Ok(url) = std::env::var(POSTGRES) else {
            assert!(!in_ci(), "{POSTGRES} is not set; run the tests with: bash tests/all.sh");
            println!("SKIPPED: PostgreSQL ({POSTGRES} is not set)");
            return None;
        };
        Some(Self::on_server(url))
    }

    /// A database of its own on the PostgreSQL server at an address.
    pub fn on_server(url: String) -> Self {
        Self::on_server_with(url, "")
    }

    /// The same, made with more words of PostgreSQL's.
    pub fn on_server_with(url: String, words: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let database = format!("aiqyn_test_{}_{number}", std::process::id());
        let (server, _) = url.rsplit_once('/').expect("postgres://…/database");
        let own = format!("{server}/{database}");
        let server = Server { url, database };
        server.tell(&format!("create database {} {words}", server.database)).unwrap();
        Self {
            name: "PostgreSQL",
            url: own,
            folder: tempfile::tempdir().unwrap(),
            server: Some(server),
            bucket: None,
            token: std::sync::OnceLock::new(),
        }
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// What it is called on its server.
    pub fn database_name(&self) -> String {
        self.server.as_ref().expect("PostgreSQL").database.clone()
    }

    /// The path of a file of the test.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

/// Whether everything that a test needs must be there.
pub fn in_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}

/// Runs a test on SQLite and on PostgreSQL, each with an empty database.
pub fn for_each_backend(test: impl Fn(&Backend)) {
    for backend in std::iter::once(Backend::sqlite()).chain(Backend::postgres()) {
        println!("on {}", backend.name);
        test(&backend);
    }
}

/// Runs a test that no database has a part in on SQLite alone.
pub fn on_sqlite(test: impl FnOnce(&Backend)) {
    test(&Backend::sqlite());
}
