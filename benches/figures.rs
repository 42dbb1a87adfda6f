//! What the figures of the statistics page cost over 10,000, 100,000 and 1,000,000 cases in the database, on either
//! backend: asked for the first time, asked again, of a past day and broken down.
//!
//! The whole use case is measured, from the question to the figures, as the page and the API ask it. No figure here
//! fails anything: the machine may be busy. docs/performance.md says what they should be. PostgreSQL is measured too
//! where `AIQYN_TEST_POSTGRES` is a `postgres://` address that may create databases. The largest number of cases can
//! be given: `cargo bench --bench figures 100000`.

#[path = "real_list/database.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod database;
#[path = "figures/filling.rs"]
mod filling;
#[path = "real_list/table.rs"]
#[allow(dead_code, reason = "the other benchmarks use the rest of it")]
mod table;

use std::error::Error;
use std::time::{Duration, Instant};

use aiqyn::measures::breakdown::Dimension;
use aiqyn::services::{MeasureQuery, Services};
use database::Database;
use filling::{FILED, NOW, Office};
use table::{Row, Table, Times};

/// How often what has to be counted is asked for, and what has been kept.
const COLD: usize = 5;
const WARM: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let most = std::env::args().skip(1).find_map(|given| given.parse().ok()).unwrap_or(1_000_000);
    for database in Database::all()? {
        println!("\n# {}", database.name());
        let begun = Instant::now();
        let mut office = Office::filed(&database)?;
        println!("filing {FILED} cases: {:.1} s", begun.elapsed().as_secs_f64());
        for cases in [10_000, 100_000, 1_000_000].into_iter().take_while(|cases| *cases <= most) {
            let begun = Instant::now();
            office.grow_to(cases)?;
            let rows = office.rows()?;
            println!("\n{cases} cases, {rows} rows; {:.1} s to copy them", begun.elapsed().as_secs_f64());
            print!("{}", measure(&database)?);
        }
    }
    Ok(())
}

fn measure(database: &Database) -> Result<Table, Box<dyn Error>> {
    let year_ago = NOW.get(..10).unwrap_or_default().replace("2026", "2025").parse().ok();
    let by = |by: Dimension| MeasureQuery { by: Some(by.into()), ..MeasureQuery::default() };
    let mut table = Table::default();
    database.drop_from_page_cache();
    let from_disk = Times::from_iter([first(database, &MeasureQuery::default())?]);
    table.push(Row::of("first time, nothing of the file in memory (SQLite)", from_disk, None));
    for (what, query) in [
        ("first time", MeasureQuery::default()),
        ("first time, as known a year ago", MeasureQuery { as_known_on: year_ago, ..MeasureQuery::default() }),
        ("first time, by region", by(Dimension::Region)),
        ("first time, by month of filing", by(Dimension::Month)),
    ] {
        let times = (0..COLD).map(|_| first(database, &query)).collect::<Result<Times, _>>()?;
        table.push(Row::of(what, times, None));
    }
    let services = filling::services(database)?;
    ask(&services, &MeasureQuery::default())?;
    let again = (0..WARM).map(|_| ask(&services, &MeasureQuery::default())).collect::<Result<Times, _>>()?;
    table.push(Row::of("again, nothing changed", again, None));
    Ok(table)
}

/// By services that have kept nothing yet.
fn first(database: &Database, query: &MeasureQuery) -> Result<Duration, Box<dyn Error>> {
    ask(&filling::services(database)?, query)
}

fn ask(services: &Services, query: &MeasureQuery) -> Result<Duration, Box<dyn Error>> {
    let console = services.console()?;
    let begun = Instant::now();
    let answer = services.statistics(&console, query)?;
    let time = begun.elapsed();
    assert!(answer.statistics.all.cases.shown() > Some(0));
    Ok(time)
}
