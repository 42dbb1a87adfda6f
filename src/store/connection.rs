//! Connections to either backend, chosen by the database's address, behind one pool.

use std::path::PathBuf;

use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::{self, ManageConnection};
use diesel::sqlite::SqliteConnection;

use super::error::StoreError;
use super::patience::{LOCK, Patience, with_settings};
use super::replica::Replica;
use super::writing_line::WritingLine;

/// How many connections to the database there are at most, each made when it is first needed.
pub const CONNECTIONS: usize = 20;

/// A connection to one of the two. Every query through it is written once, for both.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Where the data lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    Postgres(String),
    Sqlite(String),
}

impl Address {
    pub(super) fn is_a_server(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path.is_empty() || path.contains("://") || path == ":memory:" {
            return Err(StoreError::NotADatabase);
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    fn connect(&self, patience: Patience) -> Result<AnyConnection, diesel::ConnectionError> {
        match self {
            Self::Postgres(url) => {
                let mut connection = PgConnection::establish(&with_settings(url))?;
                if let Some(settings) = patience.settings() {
                    connection.batch_execute(&settings).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(AnyConnection::Postgres(connection))
            }
            Self::Sqlite(path) => {
                keep_private(path);
                let mut connection = SqliteConnection::establish(path)?;
                // What is acknowledged has reached the disk: WAL with a sync at every commit. What is deleted (sealed
                // copies of keys, above all) is overwritten with zeros. What a statement may have to take back, and
                // what it sorts, stays in memory: else it would be written to a folder of the system, where perhaps nothing
                // may be written.
                let settings = format!(
                    "pragma busy_timeout = {}; pragma journal_mode = wal; pragma synchronous = full; \
                     pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory;",
                    LOCK.as_millis()
                );
                connection.batch_execute(&settings).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }
}

/// Makes a new file for its owner's eyes alone; SQLite would make it with the usual rights, and gives
/// those of the file to the ones beside it.
fn keep_private(path: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Where it cannot be made, SQLite will say why; where it is there, its rights are the owner's affair.
        let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    }
    #[cfg(not(unix))]
    let _ = path;
}

pub(super) struct Connector {
    address: Address,
    patience: Patience,
}

impl Connector {
    pub(super) fn new(address: Address, patience: Patience) -> Self {
        Self { address, patience }
    }
}

/// A connection of a pool.
pub(super) struct Held {
    connection: AnyConnection,
    /// Whether it could not do what it must always be able to. A file that SQLite has opened while it could only be
    /// read stays so; another connection may do better.
    is_spoilt: bool,
}

impl ManageConnection for Connector {
    type Connection = Held;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Held, Self::Error> {
        let connection = self.address.connect(self.patience).map_err(r2d2::Error::ConnectionError)?;
        Ok(Held { connection, is_spoilt: false })
    }

    fn is_valid(&self, held: &mut Held) -> Result<(), Self::Error> {
        held.connection.batch_execute("select 1").map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, held: &mut Held) -> bool {
        // A transaction left open, for instance by a panic, must not be handed to the next user.
        std::thread::panicking() || held.is_spoilt || held.connection.has_open_transaction()
    }
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

impl AnyConnection {
    fn begin(&mut self, access: Access) -> QueryResult<()> {
        match self {
            Self::Postgres(connection) => {
                let begin = match access {
                    Access::Read => "begin isolation level repeatable read read only",
                    Access::Write => "begin isolation level read committed",
                };
                AnsiTransactionManager::begin_transaction_sql(connection, begin)
            }
            Self::Sqlite(connection) => {
                // A write takes its lock at once: two that both began by reading could only fail.
                let begin = match access {
                    Access::Read => "begin deferred",
                    Access::Write => "begin immediate",
                };
                AnsiTransactionManager::begin_transaction_sql(connection, begin)
            }
        }
    }

    fn commit(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(connection) => AnsiTransactionManager::commit_transaction(connection),
            Self::Sqlite(connection) => AnsiTransactionManager::commit_transaction(connection),
        }
    }

    /// Commits a write. Where PostgreSQL waits for a standby, it must not tire: a commit whose wait is cut short by
    /// `statement_timeout` passes for done though no standby has it. Whoever asked is told in time all the same.
    fn commit_write(&mut self) -> QueryResult<()> {
        if let Self::Postgres(connection) = self {
            connection.batch_execute("set local statement_timeout = 0")?;
        }
        self.commit()
    }

    fn roll_back(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(connection) => AnsiTransactionManager::rollback_transaction(connection),
            Self::Sqlite(connection) => AnsiTransactionManager::rollback_transaction(connection),
        }
    }

    fn has_open_transaction(&mut self) -> bool {
        match self {
            Self::Postgres(connection) => AnsiTransactionManager::is_broken_transaction_manager(connection),
            Self::Sqlite(connection) => AnsiTransactionManager::is_broken_transaction_manager(connection),
        }
    }
}

/// How many connections there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Those that somebody works with.
    pub used: u32,
    /// The others.
    pub idle: u32,
}

/// A connection that somebody has been lent; it goes back to the pool afterwards.
pub(super) struct Free(r2d2::PooledConnection<Connector>);

impl Free {
    pub(super) fn of(pooled: r2d2::PooledConnection<Connector>) -> Self {
        Self(pooled)
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.0.connection
    }

    /// Has it closed rather than lent to somebody else.
    pub(super) fn spoil(&mut self) {
        self.0.is_spoilt = true;
    }

    /// Reads in one transaction.
    pub(super) fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(Access::Read, work)
    }

    fn run<T, E: From<StoreError>>(
        &mut self,
        access: Access,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let Held { connection, is_spoilt } = &mut *self.0;
        connection.begin(access).inspect_err(|_| *is_spoilt = true).map_err(StoreError::from)?;
        match work(&mut Transaction { connection }) {
            Ok(value) => {
                let committed = match access {
                    Access::Read => connection.commit(),
                    Access::Write => connection.commit_write(),
                };
                committed.inspect_err(|_| *is_spoilt = true).map_err(StoreError::of_commit)?;
                Ok(value)
            }
            Err(error) => {
                // The first error is the one to tell; a connection that cannot roll back is dropped by the pool.
                let _ = connection.roll_back();
                Err(error)
            }
        }
    }
}

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: r2d2::Pool<Connector>,
    is_a_server: bool,
    /// A server lets several write at once.
    line: Option<WritingLine>,
    pub(super) replica: Option<Replica>,
}

/// One open transaction, or one connection for reading. What `store` can do to data hangs on it.
pub struct Transaction<'a> {
    pub(super) connection: &'a mut AnyConnection,
}

impl Transaction<'_> {
    /// Counts the rows anew for the planner of queries. Without such counts SQLite guesses, and takes the
    /// index of a common region where that of a rare stage would do; PostgreSQL would count by itself,
    /// but only some time after. To be called after many rows have come at once.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn count_for_planner(&mut self) -> Result<(), StoreError> {
        let tables = [
            "cases",
            "case_summaries",
            "visit_summaries",
            "case_readers",
            "visit_readers",
            "case_measures",
            "name_tokens",
        ];
        Ok(self.connection.batch_execute(&tables.map(|table| format!("analyze {table};")).concat())?)
    }
}

impl Store {
    /// The file that an address names; none where it names a server.
    ///
    /// # Errors
    /// [`StoreError::NotADatabase`].
    pub fn file_of(url: &str) -> Result<Option<PathBuf>, StoreError> {
        Ok(match Address::parse(url)? {
            Address::Sqlite(path) => Some(path.into()),
            Address::Postgres(_) => None,
        })
    }

    /// Opens a database: `postgres://…`, or the path of a SQLite file, which is made if need be.
    ///
    /// # Errors
    /// [`StoreError::NotADatabase`] for another address, [`StoreError::Unavailable`] where it
    /// cannot be reached.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Patience::CONSOLE)
    }

    /// The same, waiting for it with so much patience.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(url: &str, patience: Patience) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        let is_a_server = address.is_a_server();
        if !is_a_server {
            // A server may yet come up, and the pool waits for it; a file that cannot be opened never can.
            drop(address.connect(patience).map_err(|error| StoreError::Unavailable(Box::new(error)))?);
        }
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS as u32)
            .min_idle(Some(1))
            .test_on_check_out(is_a_server)
            // Also half the longest time between two attempts to connect again.
            .connection_timeout(patience.connection)
            .build(Connector::new(address, patience))
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        let line = (!is_a_server).then(WritingLine::default);
        Ok(Self { pool, is_a_server, line, replica: None })
    }

    /// Whether it is a server's, and not a file.
    pub(super) fn is_a_server(&self) -> bool {
        self.is_a_server
    }

    /// How many connections there are at the moment.
    #[must_use]
    pub fn connections(&self) -> Connections {
        let state = self.pool.state();
        Connections { used: state.connections.saturating_sub(state.idle_connections), idle: state.idle_connections }
    }

    /// Reads in one transaction, so that everything read belongs together.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unavailable`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.free_connection()?.read(work)
    }

    /// Writes in one transaction: all of it or nothing.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unavailable`].
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.line.as_ref().map(|line| line.turn(LOCK)).transpose()?;
        self.free_connection()?.run(Access::Write, work)
    }

    /// Lends a connection outside any transaction.
    pub(super) fn with_connection<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(self.free_connection()?.connection())
    }

    /// Lends a connection for longer.
    pub(super) fn free_connection(&self) -> Result<Free, StoreError> {
        self.pool.get().map(Free).map_err(|error| StoreError::Unavailable(Box::new(error)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_file_may_be_named_in_three_ways() {
        for url in ["a/b.sqlite3", "sqlite:a/b.sqlite3", "sqlite://a/b.sqlite3"] {
            assert_eq!(Store::file_of(url).unwrap(), Some("a/b.sqlite3".into()), "{url}");
        }
        assert_eq!(Store::file_of("postgres://127.0.0.1/aiqyn").unwrap(), None);
        for url in ["", "mysql://127.0.0.1/aiqyn", ":memory:", "sqlite:"] {
            assert!(Store::file_of(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_told_at_once() {
        let start = std::time::Instant::now();
        assert!(matches!(Store::open("/no/such/folder/a.sqlite3"), Err(StoreError::Unavailable(_))));
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
