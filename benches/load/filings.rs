//! How many complaints are filed in a second by several who wait for each answer, beside plain inserts of one row, each
//! a transaction of its own, with the same promise that what was answered is on the disk.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use serde_json::json;

use crate::client::Client;
use crate::database::Database;

/// How many file at once.
const CLIENTS: usize = 8;

/// What is filed, some words more than a line.
const ALLEGATION: &str = "Дәлізде ұрды, адвокат жібермеді. Бил по почкам и по ногам, требовал подписать признание; \
    врача не пустили, родным сообщили на четвёртый день.";

/// What both came to, in a second.
pub struct Filed {
    pub complaints: f64,
    pub plain_rows: f64,
}

/// Files for so long, and then inserts for as long.
pub fn beside_plain_inserts(
    database: &Database,
    client: impl Fn() -> Client + Sync,
    time: Duration,
) -> Result<Filed, Box<dyn Error>> {
    let today = Utc::now().date_naive().to_string();
    let complaint = json!({"channel": "hotline", "occurred_at": today, "allegation": ALLEGATION});
    let complaints = a_second(time, || {
        let (client, complaint) = (client(), complaint.clone());
        Ok(move || client.post("/api/v1/cases", &complaint).map(drop))
    })?;
    Ok(Filed { complaints, plain_rows: plain_rows(database, time)? })
}

/// A table with one row a complaint. SQLite has one writer at a time: more of them would only wait.
fn plain_rows(database: &Database, time: Duration) -> Result<f64, Box<dyn Error>> {
    let table = "drop table if exists plain_rows;
        create table plain_rows (id integer generated always as identity primary key, told text not null)";
    let insert = format!("insert into plain_rows (told) values ('{ALLEGATION}')");
    match database {
        Database::Sqlite { url, .. } => {
            let mut connection = SqliteConnection::establish(&format!("{url}.plain"))?;
            connection.batch_execute(
                "pragma journal_mode = wal; pragma synchronous = full;
                 drop table if exists plain_rows; create table plain_rows (id integer primary key, told text not null)",
            )?;
            let begun = Instant::now();
            let mut rows = 0_u32;
            while begun.elapsed() < time {
                connection.batch_execute(&insert)?;
                rows += 1;
            }
            Ok(f64::from(rows) / begun.elapsed().as_secs_f64())
        }
        Database::Postgres { url, .. } => {
            PgConnection::establish(url)?.batch_execute(table)?;
            a_second(time, || {
                let mut connection = PgConnection::establish(url)?;
                let insert = insert.clone();
                Ok(move || Ok(connection.batch_execute(&insert)?))
            })
        }
    }
}

/// How often something is done in a second by several at once, each with what `begin` gives.
fn a_second<W: FnMut() -> Result<(), Box<dyn Error>>>(
    time: Duration,
    begin: impl Fn() -> Result<W, Box<dyn Error>> + Sync,
) -> Result<f64, Box<dyn Error>> {
    let done = AtomicU64::new(0);
    let begun = Instant::now();
    let ended = thread::scope(|scope| {
        let work = || {
            let mut work = begin().map_err(|error| error.to_string())?;
            while begun.elapsed() < time {
                work().map_err(|error| error.to_string())?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), String>(())
        };
        let threads: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread broke off".to_owned())?)
    });
    ended?;
    #[expect(clippy::cast_precision_loss, reason = "few")]
    let done = done.into_inner() as f64;
    Ok(done / begun.elapsed().as_secs_f64())
}
