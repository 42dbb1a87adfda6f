//! Who has failed to log in, and how often. It knows subjects as hashes alone; what they stand for and
//! how long they must wait is `access/throttle.rs`.

use diesel::dsl::case_when;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::connection::{AnyConnection, Transaction};
use super::error::StoreError;
use super::schema::login_failures::{self, dsl};

/// How often a subject has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredFailures {
    /// The subject.
    pub subject: [u8; 32],
    /// How many times.
    pub failures: u32,
    /// When it did so last, in microseconds since 1970 in UTC.
    pub last_at: i64,
}

/// How many rows are purged at once: nobody must wait long for the lock of SQLite.
const AT_ONCE: i64 = 1_000;

type Row = (Vec<u8>, i32, i64);

impl Transaction<'_> {
    /// What is known of these subjects; one that has not failed is left out.
    ///
    /// # Errors
    /// Those of the database, and [`StoreError::Unreadable`].
    pub fn login_failures(&mut self, subjects: &[[u8; 32]]) -> Result<Vec<StoredFailures>, StoreError> {
        let rows: Vec<Row> = dsl::login_failures
            .filter(dsl::subject.eq_any(keys(subjects)).and(dsl::failures.gt(0)))
            .select((dsl::subject, dsl::failures, dsl::last_at))
            .load(self.connection)?;
        rows.into_iter().map(read).collect()
    }

    /// The same, and until the transaction ends nobody else gets past here with one of these subjects: of two
    /// attempts at once the second sees what the first has counted.
    ///
    /// # Errors
    /// Those of the database, and [`StoreError::Unreadable`].
    pub fn lock_login_failures(&mut self, subjects: &[[u8; 32]]) -> Result<Vec<StoredFailures>, StoreError> {
        match self.connection {
            AnyConnection::Postgres(connection) => {
                let keys = keys(subjects);
                let mut rows = lock(connection, &keys)?;
                if rows.len() < keys.len() {
                    // One of them was purged between the two statements: now it is made anew.
                    rows = lock(connection, &keys)?;
                }
                rows.into_iter().filter(|(_, failures, _)| *failures > 0).map(read).collect()
            }
            // A transaction that writes has SQLite to itself.
            AnyConnection::Sqlite(_) => self.login_failures(subjects),
        }
    }

    /// Counts one failure more for each subject. What failed last before `remembered_since` is forgotten
    /// and counts from one. Both times are microseconds since 1970 in UTC.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn raise_login_failures(
        &mut self,
        subjects: &[[u8; 32]],
        now: i64,
        remembered_since: i64,
    ) -> Result<(), StoreError> {
        for key in keys(subjects) {
            let row = (dsl::subject.eq(&key), dsl::failures.eq(1), dsl::last_at.eq(now));
            // The row stays where it is: one that is deleted would let through whoever waits for its lock.
            let is_forgotten = login_failures::last_at.le(remembered_since);
            let raised = case_when(is_forgotten, 1.into_sql::<Integer>()).otherwise(login_failures::failures + 1);
            let raised = (dsl::failures.eq(raised), dsl::last_at.eq(now));
            match self.connection {
                AnyConnection::Postgres(connection) => diesel::insert_into(dsl::login_failures)
                    .values(row)
                    .on_conflict(dsl::subject)
                    .do_update()
                    .set(raised)
                    .execute(connection)?,
                AnyConnection::Sqlite(connection) => diesel::insert_into(dsl::login_failures)
                    .values(row)
                    .on_conflict(dsl::subject)
                    .do_update()
                    .set(raised)
                    .execute(connection)?,
            };
        }
        Ok(())
    }

    /// Writes these subjects once more, a microsecond later: what is written as it is SQLite does not write.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn rewrite_login_failures(&mut self, subjects: &[[u8; 32]]) -> Result<(), StoreError> {
        for key in keys(subjects) {
            diesel::update(dsl::login_failures.filter(dsl::subject.eq(key)))
                .set(dsl::last_at.eq(dsl::last_at + 1))
                .execute(self.connection)?;
        }
        Ok(())
    }

    /// Takes one failure back from each subject: what was counted beforehand went well.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn lower_login_failures(&mut self, subjects: &[[u8; 32]]) -> Result<(), StoreError> {
        for key in keys(subjects) {
            diesel::update(dsl::login_failures.filter(dsl::subject.eq(key).and(dsl::failures.gt(0))))
                .set(dsl::failures.eq(dsl::failures - 1))
                .execute(self.connection)?;
        }
        Ok(())
    }

    /// Forgets the failures of these subjects.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn clear_login_failures(&mut self, subjects: &[[u8; 32]]) -> Result<(), StoreError> {
        // The rows stay until they are purged: whoever waits for one would otherwise have to make it anew, out of order.
        diesel::update(dsl::login_failures.filter(dsl::subject.eq_any(keys(subjects))))
            .set(dsl::failures.eq(0))
            .execute(self.connection)?;
        Ok(())
    }

    /// Forgets what failed last at this time or before, in microseconds since 1970 in UTC, at most a thousand
    /// at once, and says how many that were. To be called now and then: whoever tries logins at random leaves a row for each.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn purge_login_failures(&mut self, until: i64) -> Result<usize, StoreError> {
        let old = dsl::login_failures.filter(dsl::last_at.le(until)).select(dsl::subject).limit(AT_ONCE);
        let old: Vec<Vec<u8>> = match self.connection {
            // What an attempt holds is in use, and must not be waited for while others are held.
            AnyConnection::Postgres(connection) => old.for_update().skip_locked().load(connection)?,
            AnyConnection::Sqlite(connection) => old.load(connection)?,
        };
        Ok(diesel::delete(dsl::login_failures.filter(dsl::subject.eq_any(old))).execute(self.connection)?)
    }
}

/// The subjects in one order for all, or two attempts could wait for each other.
fn keys(subjects: &[[u8; 32]]) -> Vec<Vec<u8>> {
    let mut keys: Vec<_> = subjects.iter().map(|subject| subject.to_vec()).collect();
    keys.sort_unstable();
    keys
}

/// Makes the rows that are not there, with no failures, and locks all.
fn lock(connection: &mut PgConnection, keys: &[Vec<u8>]) -> Result<Vec<Row>, StoreError> {
    for key in keys {
        diesel::insert_into(dsl::login_failures)
            .values((dsl::subject.eq(key), dsl::failures.eq(0), dsl::last_at.eq(0_i64)))
            .on_conflict_do_nothing()
            .execute(connection)?;
    }
    let rows = dsl::login_failures
        .filter(dsl::subject.eq_any(keys))
        .order(dsl::subject)
        .select((dsl::subject, dsl::failures, dsl::last_at))
        .for_update();
    Ok(rows.load(connection)?)
}

fn read((subject, failures, last_at): Row) -> Result<StoredFailures, StoreError> {
    let unreadable = || StoreError::Unreadable("login_failures".to_owned());
    let subject = subject.try_into().map_err(|_| unreadable())?;
    Ok(StoredFailures { subject, failures: u32::try_from(failures).map_err(|_| unreadable())?, last_at })
}
