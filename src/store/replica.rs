//! A streaming replica of PostgreSQL's, from which figures may be read. It may be away, or behind; then the primary is
//! asked. Nothing is read here that somebody has just written and expects to find.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::r2d2;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::connection::{Address, AnyConnection, CONNECTIONS, Connector, Free, Store, Transaction};
use super::error::StoreError;
use super::patience::Patience;

/// How long a connection to it is waited for: the primary can be asked instead.
const FREE_CONNECTION: Duration = Duration::from_secs(1);

/// How long it is left alone after it could not be reached.
const REST: Duration = Duration::from_secs(5);

/// How often, and how many times, it is looked whether it has what the primary had when it was asked, where it lacks
/// no more bytes than these: most of the time those are some milliseconds.
const LOOK_EVERY: Duration = Duration::from_millis(10);
const LOOKS: u32 = 40;
const NEARLY: i64 = 1024 * 1024;

/// A replica.
#[derive(Clone)]
pub(super) struct Replica {
    pool: r2d2::Pool<Connector>,
    /// How far behind it may be to be asked at all.
    at_most: TimeDelta,
    left_alone_until: Arc<Mutex<Option<Instant>>>,
}

/// How a replica stands to its primary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplicaState {
    /// It has everything that the primary had when this was asked.
    Current,
    /// It lacks at most what has been written for so long.
    Behind(TimeDelta),
    /// It cannot be asked: it is out of reach, or follows another database, or nobody.
    Away,
}

/// What a transaction on it must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nothing is missing.
    Whole,
    /// What has been written for so long may be missing.
    Behind(TimeDelta),
}

#[derive(QueryableByName)]
struct Primary {
    /// Which database of which cluster.
    #[diesel(sql_type = Text)]
    which: String,
    /// How far its log had come, in bytes.
    #[diesel(sql_type = BigInt)]
    position: i64,
    /// Its clock, in microseconds since 1970.
    #[diesel(sql_type = BigInt)]
    now: i64,
}

const PRIMARY: &str = "select (select system_identifier || ' ' || current_database() from pg_control_system()) as which, \
     pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position, \
     (extract(epoch from clock_timestamp()) * 1000000)::bigint as now";

#[derive(QueryableByName)]
struct Follower {
    /// Which database of which cluster.
    #[diesel(sql_type = Text)]
    which: String,
    #[diesel(sql_type = Bool)]
    follows: bool,
    /// How much of the log it shows.
    #[diesel(sql_type = Nullable<BigInt>)]
    position: Option<i64>,
    /// When the last transaction that it shows was committed, by the primary's clock.
    #[diesel(sql_type = Nullable<BigInt>)]
    committed_at: Option<i64>,
}

const FOLLOWER: &str = "select (select system_identifier || ' ' || current_database() from pg_control_system()) as which, \
     pg_is_in_recovery() as follows, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint as position, \
     (extract(epoch from pg_last_xact_replay_timestamp()) * 1000000)::bigint as committed_at";

impl Follower {
    fn state(&self, primary: &Primary) -> ReplicaState {
        if !self.follows || self.which != primary.which {
            return ReplicaState::Away;
        }
        match self.committed_at {
            _ if self.lacks(primary) == 0 => ReplicaState::Current,
            Some(at) => ReplicaState::Behind(TimeDelta::microseconds(primary.now - at).max(TimeDelta::zero())),
            None => ReplicaState::Away,
        }
    }

    /// How many bytes of the log it does not show yet.
    fn lacks(&self, primary: &Primary) -> i64 {
        self.position.map_or(i64::MAX, |position| primary.position.saturating_sub(position).max(0))
    }
}

impl Replica {
    fn free_connection(&self) -> Result<Free, StoreError> {
        self.pool.get().map(Free::of).map_err(|error| StoreError::Unavailable(Box::new(error)))
    }

    fn is_left_alone(&self) -> bool {
        let until = *self.left_alone_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn leave_alone(&self) {
        let until = Instant::now() + REST;
        *self.left_alone_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }
}

fn look(connection: &mut AnyConnection) -> Result<Follower, StoreError> {
    let AnyConnection::Postgres(connection) = connection else { return Err(StoreError::NotADatabase) };
    Ok(diesel::sql_query(FOLLOWER).get_result(connection)?)
}

impl Store {
    /// The same database with a replica, from which figures are read while it is at most so far behind.
    ///
    /// # Errors
    /// [`StoreError::NotADatabase`] where one of the two is none of PostgreSQL's.
    pub fn with_replica(mut self, url: &str, patience: Patience, at_most: TimeDelta) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        if !address.is_a_server() || !self.is_a_server() {
            return Err(StoreError::NotADatabase);
        }
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS as u32)
            .min_idle(Some(0))
            .connection_timeout(FREE_CONNECTION)
            .build_unchecked(Connector::new(address, patience));
        self.replica = Some(Replica { pool, at_most, left_alone_until: Arc::default() });
        Ok(self)
    }

    /// How the replica stands; none where there is none.
    ///
    /// # Errors
    /// Those of the primary.
    pub fn replica_state(&self) -> Result<Option<ReplicaState>, StoreError> {
        let Some(replica) = &self.replica else { return Ok(None) };
        let primary = self.position()?;
        let asked = replica.free_connection().and_then(|mut free| look(free.connection()));
        Ok(Some(asked.map_or(ReplicaState::Away, |follower| follower.state(&primary))))
    }

    /// Reads in one transaction on the replica, where there is one that is not too far behind; one that is behind at
    /// all only where that will do. None where the primary must be asked, also because the replica failed.
    pub fn read_replica<T, E: From<StoreError>>(
        &self,
        if_behind: bool,
        work: impl FnOnce(&mut Transaction<'_>, Source) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let replica = self.replica.as_ref().filter(|replica| !replica.is_left_alone())?;
        let primary = self.position().ok()?;
        let usable = replica.free_connection().and_then(|mut free| Ok((replica.source(&mut free, &primary)?, free)));
        let (source, mut free) = match usable {
            Ok((Some(source), free)) => (source, free),
            Ok((None, _)) => return None,
            Err(error) => {
                tracing::warn!(%error, "the replica cannot be asked; figures are read from the primary");
                replica.leave_alone();
                return None;
            }
        };
        if source != Source::Whole && !if_behind {
            return None;
        }
        Some(free.read(|tx| work(tx, source)))
    }

    fn position(&self) -> Result<Primary, StoreError> {
        self.with_connection(|connection| match connection {
            AnyConnection::Postgres(connection) => Ok(diesel::sql_query(PRIMARY).get_result(connection)?),
            AnyConnection::Sqlite(_) => Err(StoreError::NotADatabase),
        })
    }
}

impl Replica {
    /// What a transaction that begins now will find; none where that is not good enough. It is asked before the
    /// transaction begins, whose snapshot can only be newer.
    fn source(&self, free: &mut Free, primary: &Primary) -> Result<Option<Source>, StoreError> {
        let mut follower = look(free.connection())?;
        for _ in 0..LOOKS {
            if follower.lacks(primary) == 0 || follower.lacks(primary) > NEARLY {
                break;
            }
            thread::sleep(LOOK_EVERY);
            follower = look(free.connection())?;
        }
        match follower.state(primary) {
            ReplicaState::Current => Ok(Some(Source::Whole)),
            ReplicaState::Behind(behind) if behind <= self.at_most => Ok(Some(Source::Behind(behind))),
            too_far => {
                tracing::warn!(state = ?too_far, "the replica is no help; figures are read from the primary");
                self.leave_alone();
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn primary() -> Primary {
        Primary { which: "1 aiqyn".to_owned(), position: 1_000, now: 5_000_000 }
    }

    fn follower(position: i64) -> Follower {
        let which = "1 aiqyn".to_owned();
        Follower { which, follows: true, position: Some(position), committed_at: Some(3_000_000) }
    }

    #[test]
    fn whatever_has_all_that_the_primary_had_is_current_however_long_ago_that_was_written() {
        assert_eq!(follower(1_000).state(&primary()), ReplicaState::Current);
        assert_eq!(follower(2_000).state(&primary()), ReplicaState::Current);
    }

    #[test]
    fn what_is_missing_is_younger_than_the_last_that_is_there() {
        assert_eq!(follower(999).state(&primary()), ReplicaState::Behind(TimeDelta::seconds(2)));
        let never = Follower { committed_at: None, ..follower(999) };
        assert_eq!(never.state(&primary()), ReplicaState::Away);
    }

    #[test]
    fn another_database_or_one_that_follows_nobody_is_no_replica() {
        assert_eq!(Follower { which: "2 aiqyn".to_owned(), ..follower(2_000) }.state(&primary()), ReplicaState::Away);
        assert_eq!(Follower { follows: false, ..follower(2_000) }.state(&primary()), ReplicaState::Away);
    }
}
