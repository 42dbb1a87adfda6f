//! Schema migrations, compiled in, a folder for each backend.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{AnyConnection, Store};
use super::error::StoreError;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

impl Store {
    /// Brings the schema up to date and seeds code lists and deadlines into a fresh one. Returns
    /// the names of the migrations that ran.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with what the database said.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let applied = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => run(connection, POSTGRES),
            AnyConnection::Sqlite(connection) => run(connection, SQLITE),
        })?;
        self.write(|tx| tx.seed())?;
        Ok(applied)
    }

    /// Checks that the schema is this program's.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`] where migrations are pending.
    pub fn check_migrated(&self) -> Result<(), StoreError> {
        let pending = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => pending(connection, POSTGRES),
            AnyConnection::Sqlite(connection) => pending(connection, SQLITE),
        })?;
        if pending { Err(StoreError::NotMigrated) } else { Ok(()) }
    }
}

fn run<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError> {
    let applied =
        connection.run_pending_migrations(migrations).map_err(|error| StoreError::Migration(error.to_string()))?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

fn pending<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<bool, StoreError> {
    connection.has_pending_migration(migrations).map_err(|error| StoreError::Migration(error.to_string()))
}
