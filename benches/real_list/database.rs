//! Fresh databases of both kinds, gone when dropped.

use std::error::Error;
use std::process::Command;

use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use tempfile::TempDir;

/// A database.
pub enum Database {
    /// A file in a folder of its own.
    Sqlite {
        /// Its address.
        url: String,
        /// The folder, which lives as long as this; none of a file that was there before.
        _folder: Option<TempDir>,
    },
    /// A database on the server that `AIQYN_TEST_POSTGRES` names.
    Postgres {
        /// The server's own address, through which it is made and dropped.
        server: String,
        /// Its name, if it is to be dropped.
        name: Option<String>,
        /// Its address.
        url: String,
    },
}

impl Database {
    /// One of each kind that can be had here.
    pub fn all() -> Result<Vec<Self>, Box<dyn Error>> {
        let mut all = vec![Self::sqlite()?];
        match std::env::var("AIQYN_TEST_POSTGRES") {
            Ok(server) if server.contains("://") => all.push(Self::postgres(server)?),
            _ => println!("PostgreSQL is not measured: AIQYN_TEST_POSTGRES is no postgres:// address."),
        }
        Ok(all)
    }

    /// One that was made before, and stays.
    pub fn made_before(url: String) -> Self {
        if url.contains("://") {
            Self::Postgres { server: url.clone(), name: None, url }
        } else {
            Self::Sqlite { url, _folder: None }
        }
    }

    fn sqlite() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let url =
            folder.path().join("bench.sqlite3").to_str().ok_or("the temporary folder has no plain name")?.to_owned();
        Ok(Self::Sqlite { url, _folder: Some(folder) })
    }

    fn postgres(server: String) -> Result<Self, Box<dyn Error>> {
        let name = format!("aiqyn_bench_{}", std::process::id());
        let (address, options) = server.split_once('?').unwrap_or((&server, ""));
        let after_scheme = address.find("://").map_or(0, |at| at + 3);
        let host_end = address[after_scheme..].find('/').map_or(address.len(), |at| after_scheme + at);
        let mut url = format!("{}/{name}", &address[..host_end]);
        if !options.is_empty() {
            url = format!("{url}?{options}");
        }
        let mut connection = PgConnection::establish(&server)?;
        connection.batch_execute(&format!("drop database if exists {name}"))?;
        connection.batch_execute(&format!("create database {name}"))?;
        Ok(Self::Postgres { server, name: Some(name), url })
    }

    /// What it is.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } | Self::Postgres { url, .. } => url,
        }
    }

    /// Lets the system forget what it holds of the file, so that the next read comes from the disk. Works
    /// where there is GNU `dd`, and on files alone.
    pub fn drop_from_page_cache(&self) {
        if let Self::Sqlite { url, .. } = self {
            let _ = Command::new("dd").args([&format!("if={url}"), "iflag=nocache", "count=0", "status=none"]).status();
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name: Some(name), .. } = self
            && let Ok(mut connection) = PgConnection::establish(server)
        {
            let _ = connection.batch_execute(&format!("drop database if exists {name} with (force)"));
        }
    }
}
