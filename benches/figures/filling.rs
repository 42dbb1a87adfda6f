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
        services.file_all(&services.console_as("benchmark")?, cases.into_iter().map(of_list), |_| {})?;
        Ok(Self { database, cases: FILED })
    }

    /// Copies the first cases until there are so many.
    pub fn grow_to(&mut self, cases: usize) -> Result<(), Box<dyn Error>> {
        let (from, to) = (self.cases / FILED, cases / FILED - 1);
        let (ready, copies) = match self.database {
            Database::Sqlite { .. } => (
                "pragma synchronous = off; pragma cache_size = -500000;",
                format!(
                    "(with recursive n(i) as (select {from} union all select i + 1 from n where i < {to}) select i from n)"
                ),
            ),
            Database::Postgres { .. } => ("", format!("(select generate_series({from}, {to}) as i)")),
        };
        // A version of UUID that no filed case has, and the number of the copy.
        let id = |id: &str| match self.database {
            Database::Sqlite { .. } => {
                format!("unhex(substr(hex({id}), 1, 12) || '8' || substr(hex({id}), 14, 15) || printf('%04X', n.i))")
            }
            Database::Postgres { .. } => {
                let hex = format!("encode({id}, 'hex')");
                format!(
                    "decode(substring({hex} from 1 for 12) || '8' || substring({hex} from 14 for 15) || lpad(to_hex(n.i), 4, '0'), 'hex')"
                )
            }
        };
        if from <= to {
            let (own, of_case) = (id("c.id"), id("m.case_id"));
            // The filed ones alone have summaries. In the order of the keys: each page is written once.
            self.tell(&format!(
                "{ready}
                 insert into cases (id, reference_year, reference_number, organisation_id, jurisdiction, time_zone, version)
                 select {own}, reference_year, reference_number + n.i * {FILED}, organisation_id, jurisdiction, time_zone, version
                 from cases c cross join {copies} n where exists (select 1 from case_summaries s where s.case_id = c.id)
                 order by 1;
                 insert into case_measures (organisation_id, known_to, case_id, known_from, filed_day, data)
                 select organisation_id, known_to, {of_case}, known_from, filed_day, data
                 from case_measures m cross join {copies} n
                 where exists (select 1 from case_summaries s where s.case_id = m.case_id)
                 order by 1, 2, 3;"
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
