//! What the real list costs: importing its 65,671 rows, and reading them over HTTP; then the same
//! requests over as many invented cases, which have what the real list lacks (visits, deadlines).
//!
//! The program is the one that people run, started as a process; nothing is measured from within.
//! Every answer stands beside a floor of the same run: as many constant bytes from a bare actix-web,
//! or the same rows read by the database's own shell. No figure here fails anything: the machine
//! may be busy. docs/performance.md says what they should be.
//!
//! The list lies beside the checkout (`$AIQYN_SHARED/data`, default `../shared/data`). PostgreSQL is
//! measured too where `AIQYN_TEST_POSTGRES` is a `postgres://` address that may create databases.

#[path = "real_list/client.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod client;
#[path = "real_list/database.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod database;
#[path = "real_list/floor.rs"]
mod floor;
#[path = "real_list/program.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod program;
#[path = "real_list/requests.rs"]
mod requests;
#[path = "real_list/staff.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod staff;
#[path = "real_list/table.rs"]
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

use database::Database;
use floor::BareServer;
use program::Run;
use staff::Office;
use table::{Row, Table};

/// Rows of the list, the header aside.
const ROWS: f64 = 65_671.0;

/// How many cases are invented for comparison.
const INVENTED: usize = 60_000;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("AIQYN_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let list = shared.join("data/police-complaints-2000-2008.csv");
    if !list.exists() {
        println!("Not measured: {} is missing. Set AIQYN_SHARED to the folder that holds data/.", list.display());
        return Ok(());
    }
    let mapping = root.join("docs/examples/police-complaints.toml");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores. Times in milliseconds, unless they say seconds.");
    let floor = BareServer::start()?;

    for database in Database::all()? {
        println!("\n# The real list on {}", database.name());
        let token = Office::set_up(&database)?.token;
        let import = program::run_measured([
            "import".as_ref(),
            list.as_os_str(),
            "--mapping".as_ref(),
            mapping.as_os_str(),
            "--skip-bad-rows".as_ref(),
            "--database".as_ref(),
            database.url().as_ref(),
        ])?;
        report("import of 65,671 rows", ROWS, &import);
        read(&database, &token, &floor)?;
    }
    for database in Database::all()? {
        println!("\n# {INVENTED} invented cases on {}", database.name());
        let (demo, caseworker) = program::invent(&database, INVENTED)?;
        report("inventing and filing", INVENTED as f64, &demo);
        read(&database, &caseworker.token, &floor)?;
    }
    Ok(())
}

fn report(what: &str, rows: f64, run: &Run) {
    let memory = run.peak_mib.map_or_else(|| "unknown".to_owned(), |mib| format!("{mib:.0} MiB"));
    let seconds = run.time.as_secs_f64();
    println!("{what}: {seconds:.1} s, {:.0} rows/s, peak memory {memory}", rows / seconds);
}

fn read(database: &Database, token: &str, floor: &BareServer) -> Result<(), Box<dyn Error>> {
    let mut table = Table::default();
    for request in ["/statistics/delays", "/statistics/rates"] {
        table.push(requests::cold(database, token, request)?);
    }
    if let Some(times) = floor::rows_by_shell(database)? {
        table.push(Row::of("the same rows by the database's shell", times, None));
    }
    requests::warm(database, token, floor, &mut table)?;
    print!("{table}");
    Ok(())
}
