//! Schema migrations, compiled in, a folder for each backend.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{AnyConnection, Store};
use super::error::StoreError;

pub(super) const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub(super) const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

impl Store {
    /// Brings the schema up to date, seeds code lists and deadlines into a fresh one, and makes anew from the
    /// events what an earlier version did not keep or kept otherwise. Returns the names of the migrations that ran.
    ///
    /// # Errors
    /// [`StoreError::TooNew`], or [`StoreError::Migration`] with what the database said.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let applied = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => run(connection, POSTGRES),
            AnyConnection::Sqlite(connection) => run(connection, SQLITE),
        })?;
        self.write(|tx| tx.seed())?;
        self.bring_measures_up_to_date()?;
        Ok(applied)
    }

    /// The last migration that the schema has had; none of a database that has had none.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with what the database said.
    pub fn last_migration(&self) -> Result<Option<String>, StoreError> {
        let applied = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => connection.applied_migrations().map_err(failed),
            AnyConnection::Sqlite(connection) => connection.applied_migrations().map_err(failed),
        })?;
        Ok(applied.iter().map(ToString::to_string).max())
    }

    /// Brings a new database's schema to where it was after a migration, and no further.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] where this program does not know that migration, or the schema is beyond it.
    pub fn migrate_up_to(&self, last: &str) -> Result<(), StoreError> {
        self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => run_up_to(connection, POSTGRES, last),
            AnyConnection::Sqlite(connection) => run_up_to(connection, SQLITE, last),
        })
    }

    /// Whether nothing of Aiqyn is in it yet.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with what the database said.
    pub fn is_new(&self) -> Result<bool, StoreError> {
        let applied = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => connection.applied_migrations().map_err(failed),
            AnyConnection::Sqlite(connection) => connection.applied_migrations().map_err(failed),
        })?;
        Ok(applied.is_empty())
    }

    /// Checks that the schema is this program's.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`] where migrations are pending, [`StoreError::TooNew`] where there
    /// are some that this program does not know.
    pub fn check_migrated(&self) -> Result<(), StoreError> {
        let pending = self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => pending(connection, POSTGRES),
            AnyConnection::Sqlite(connection) => pending(connection, SQLITE),
        })?;
        if pending || !self.has_measures()? { Err(StoreError::NotMigrated) } else { Ok(()) }
    }
}

fn run<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError> {
    refuse_newer(connection, &migrations)?;
    let applied = connection.run_pending_migrations(migrations).map_err(failed)?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

fn run_up_to<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
    last: &str,
) -> Result<(), StoreError> {
    refuse_newer(connection, &migrations)?;
    let mut known: Vec<Box<dyn Migration<DB>>> = migrations.migrations().map_err(failed)?;
    known.sort_by_key(|migration| migration.name().version().as_owned());
    let version = |migration: &dyn Migration<DB>| migration.name().version().to_string();
    if !known.iter().any(|migration| version(&**migration) == last) {
        return Err(StoreError::TooNew);
    }
    let applied: Vec<String> =
        connection.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).collect();
    if applied.iter().any(|applied| applied.as_str() > last) {
        return Err(StoreError::TooNew);
    }
    for migration in known {
        let version = version(&*migration);
        if version.as_str() <= last && !applied.contains(&version) {
            connection.run_migration(&*migration).map_err(failed)?;
        }
    }
    Ok(())
}

fn pending<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<bool, StoreError> {
    refuse_newer(connection, &migrations)?;
    connection.has_pending_migration(migrations).map_err(failed)
}

/// An older program must not write into a schema whose rules it does not know.
fn refuse_newer<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: &EmbeddedMigrations,
) -> Result<(), StoreError> {
    let known: Vec<Box<dyn Migration<DB>>> = migrations.migrations().map_err(failed)?;
    let applied = connection.applied_migrations().map_err(failed)?;
    let is_known = |version| known.iter().any(|migration| migration.name().version() == version);
    if applied.into_iter().all(is_known) { Ok(()) } else { Err(StoreError::TooNew) }
}

/// A database that is out of reach, full or busy is told as such.
fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    match error.downcast::<diesel::result::Error>().map(|error| StoreError::from(*error)) {
        Ok(StoreError::Database(error)) => StoreError::Migration(error.to_string()),
        Ok(known) => known,
        Err(error) => StoreError::Migration(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use diesel::RunQueryDsl;

    use super::*;

    #[test]
    fn an_older_program_leaves_a_newer_database_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("new.sqlite3").to_str().unwrap()).unwrap();
        store.migrate().unwrap();
        assert!(store.check_migrated().is_ok());
        store
            .with_connection(|connection| {
                let newer = "insert into __diesel_schema_migrations (version) values ('20991231000000')";
                Ok(diesel::sql_query(newer).execute(connection)?)
            })
            .unwrap();
        assert!(matches!(store.check_migrated(), Err(StoreError::TooNew)));
        assert!(matches!(store.migrate(), Err(StoreError::TooNew)));
    }
}
