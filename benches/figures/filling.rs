//! An office with as many cases as are wanted. The first ones are invented and filed as any list is; the others are
//! copies of what statistics read of them, made by the database itself, each under an identifier of its own. Nobody
//! waits an hour for a million to be sealed.

use std::error::Error;
use std::sync::Arc;

use aiqyn::demonstration::{InventedCase, Plan, invent};
use aiqyn::services::clock::FixedClock;
use aiqyn::services::{BatchCase, BatchEvent, Services};
use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::database::Database;

/// How many cases are filed.
pub const FILED: usize = 10_000;

/// The moment at which everything is asked.
pub const NOW: &str = "2026-11-25T12:00:00Z";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

/// The office.
pub struct Office<'a> {
    database: &'a Database,
    cases: usize,
}

/// Services over the database that have kept nothing yet.
pub fn services(database: &Database) -> Result<Services, Box<dyn Error>> {
    Ok(Services::open(database.url(), Arc::new(FixedClock(NOW.parse()?)))?)
}

impl<'a> Office<'a> {
    /// Files the first cases.
    pub fn filed(database: &'a Database) -> Result<Self, Box<dyn Error>> {
        let services = services(database)?;
        services.migrate()?;
        services.set_up("Benchmark", "administrator")?;
        let codes = services.code_lists()?;
        let cases = invent(&Plan { cases: FILED, ..Plan::up_to(services.now()) }, &codes);
        services.file_all(&services.console_as("benchmark")?, cases.into_iter().map(of_list).collect(), |_| {})?;
        Ok(Self { database, cases: FILED })
    }

    /// Copies the first cases until there are so many.
    pub fn grow_to(&mut self, cases: usize) -> Result<(), Box<dyn Error>> {
        for copy in self.cases / FILED..cases / FILED {
            let (id, case_id) = match self.database {
                Database::Sqlite { .. } => {
                    let copied = |id| format!("unhex(substr(hex({id}), 1, 28) || '{copy:04x}')");
                    (copied("id"), copied("case_id"))
                }
                Database::Postgres { .. } => {
                    let copied = |id| format!("substring({id} from 1 for 14) || '\\x{copy:04x}'::bytea");
                    (copied("id"), copied("case_id"))
                }
            };
            // The filed ones have the lowest numbers of their years.
            let filed = "exists (select 1 from case_summaries s where s.case_id =";
            self.tell(&format!(
                "insert into cases (id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version)
                 select {id}, reference_year, reference_number + {copy} * {FILED}, organisation_id, jurisdiction, time_zone, version
                 from cases c where {filed} c.id);
                 insert into case_measures (organisation_id, known_to, case_id, known_from, filed_day, data)
                 select organisation_id, known_to, {case_id}, known_from, filed_day, data
                 from case_measures m where {filed} m.case_id);"
            ))?;
        }
        self.cases = cases;
        let tidy = match self.database {
            Database::Sqlite { .. } => "analyze cases; analyze case_measures; pragma wal_checkpoint(truncate)",
            Database::Postgres { .. } => "vacuum analyze case_measures",
        };
        self.tell(tidy)
    }

    /// How many rows statistics have to choose from.
    pub fn rows(&self) -> Result<i64, Box<dyn Error>> {
        let query = diesel::sql_query("select count(*) as rows from case_measures");
        let count: Count = match self.database {
            Database::Sqlite { url, .. } => query.get_result(&mut SqliteConnection::establish(url)?)?,
            Database::Postgres { url, .. } => query.get_result(&mut PgConnection::establish(url)?)?,
        };
        Ok(count.rows)
    }

    fn tell(&self, statements: &str) -> Result<(), Box<dyn Error>> {
        match self.database {
            Database::Sqlite { url, .. } => SqliteConnection::establish(url)?.batch_execute(statements)?,
            Database::Postgres { url, .. } => PgConnection::establish(url)?.batch_execute(statements)?,
        }
        Ok(())
    }
}

fn of_list(case: InventedCase) -> BatchCase {
    let event = |event: aiqyn::demonstration::InventedEvent| BatchEvent {
        id: event.id,
        occurrence: event.occurrence,
        recorded_at: Some(event.recorded_at),
    };
    BatchCase {
        zone: case.zone,
        jurisdiction: "kz".to_owned(),
        events: case.events.into_iter().map(event).collect(),
        origin: None,
        shared_with: Vec::new(),
    }
}
