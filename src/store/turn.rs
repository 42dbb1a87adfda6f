//! A turn that one of several nodes has, and keeps for as long as it lives and its database does: an advisory lock of
//! PostgreSQL's on a connection of its own. SQLite has one node, whose turn it always is.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::connection::{AnyConnection, Free, Store};
use super::error::StoreError;

/// Any number that nothing else of Aiqyn locks under: `aiqyn`, and 2 for backups.
const BACKUPS: i64 = 0x61_69_71_79_6e_02;

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// A turn. Let go, another node may have it.
pub struct Turn(Free);

impl Turn {
    /// Whether it is still ours: it goes with the connection.
    pub fn is_ours(&mut self) -> bool {
        self.0.connection().batch_execute("select 1").is_ok()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // The lock belongs to the connection, which must not go back to the others with it.
        self.0.spoil();
    }
}

impl Store {
    /// Takes the turn to make backups; none where another node has it.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn take_turn_at_backups(&self) -> Result<Option<Turn>, StoreError> {
        let mut turn = Turn(self.free_connection()?);
        let AnyConnection::Postgres(connection) = turn.0.connection() else { return Ok(Some(turn)) };
        let asked = diesel::sql_query(format!("select pg_try_advisory_lock({BACKUPS}) as taken"));
        let Taken { taken } = asked.get_result(connection)?;
        Ok(taken.then_some(turn))
    }
}
