//! What the pages cost over many cases: each by itself, and all of them mixed, at so many requests a second.
//!
//! The program is the one that people run, with a database that `aiqyn demo` made. Requests of the mix start at fixed
//! moments, whether or not the earlier ones have been answered, and their time counts from that moment: a server that
//! falls behind cannot hide it. Seventy of a hundred read cases and lists, twenty record something, ten ask for
//! figures. Beside it, the same requests in the same rhythm to a bare actix-web, which answers each with as many
//! constant bytes; the rows of a case and of a list, read by the database's own tool; and how many complaints are filed in
//! a second, beside as many plain inserts as the database takes with the same promise. No figure here fails anything: the machine may be busy. docs/performance.md says what they should be.
//!
//! `cargo bench --bench load -- --cases 100000 --rate 100 --seconds 60`; PostgreSQL is measured too where
//! `AIQYN_TEST_POSTGRES` is a `postgres://` address that may create databases.

#[path = "real_list/client.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod client;
#[path = "real_list/database.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod database;
#[path = "load/filings.rs"]
mod filings;
#[path = "real_list/floor.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod floor;
#[path = "load/mix.rs"]
mod mix;
#[path = "load/pages.rs"]
mod pages;
#[path = "real_list/program.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod program;
#[path = "load/rhythm.rs"]
mod rhythm;
#[path = "load/rows.rs"]
mod rows;
#[path = "real_list/table.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod table;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use aiqyn::access::one_time_code::OneTimeCodeSecret;
use aiqyn::services::clock::SystemClock;
use aiqyn::services::{Origin, Proof, Services};
use aiqyn::vault::SessionSecret;
use clap::Parser;

use client::Client;
use database::Database;
use floor::BareServer;
use mix::Mix;
use program::{Account, Serving};
use rhythm::Rhythm;

/// What the pages cost over many cases.
#[derive(Parser)]
struct Args {
    /// How many cases are invented.
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
    /// How many requests begin in a second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// A database that `aiqyn demo --no-serve --json` has made, to be used as it is; then nothing else is measured.
    #[arg(long, requires = "told")]
    database: Option<String>,
    /// The file with what it printed.
    #[arg(long, requires = "database")]
    told: Option<PathBuf>,
    /// For how many seconds complaints are filed, and for how many plain rows inserted.
    #[arg(long, default_value_t = 15)]
    filing: u64,
    /// How many seconds after its start the server is asked for the first page.
    #[arg(long, default_value_t = 20)]
    after: u64,
    /// Do not search: the first search has the names of all cases indexed, which takes minutes over a million.
    #[arg(long)]
    no_search: bool,
    /// What `cargo bench` says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores, for the server, the database and those who ask. Times in milliseconds.");
    let rhythm = Rhythm { rate: args.rate, requests: args.rate as usize * args.seconds as usize };
    let floor = BareServer::start()?;
    let made = args.database.clone().map(Database::made_before);
    for database in made.map_or_else(Database::all, |made| Ok(vec![made]))? {
        println!("\n# {} cases on {}", args.cases, database.name());
        let caseworker = match &args.told {
            Some(told) => program::caseworker(&std::fs::read_to_string(told)?)?,
            None => {
                let (demo, caseworker) = program::invent(&database, args.cases)?;
                println!("inventing and filing: {:.0} s", demo.time.as_secs_f64());
                caseworker
            }
        };
        let serving = Serving::start(&database)?;
        let session = signed_in(&database, &caseworker)?;
        std::thread::sleep(Duration::from_secs(args.after));
        let client = || Client::browser(serving.base.clone(), &session);
        println!("\n## Each page by itself\n{}", pages::one_by_one(&client(), !args.no_search)?);
        println!("## {} requests a second, mixed, for {} s", args.rate, args.seconds);
        let mix = Mix::prepare(&client(), rhythm.requests)?;
        let run = rhythm.run(client, &mix.asked)?;
        print!("{run}");
        let bare = rhythm.run(|| floor.client(), &run.as_constant_bytes(&mix.asked))?;
        println!("The same bytes by a bare actix-web, in the same rhythm:\n{bare}");
        println!("The rows alone, by the database's own tool:\n{}", rows::by_the_database(&database, &client())?);
        let token = || Client::new(serving.base.clone(), &caseworker.token);
        let filed = filings::beside_plain_inserts(&database, token, Duration::from_secs(args.filing))?;
        println!(
            "Filings by eight at once: {:.0} a second; plain inserts: {:.0} a second, {:.1} times as many",
            filed.complaints,
            filed.plain_rows,
            filed.plain_rows / filed.complaints
        );
        if let Some(mib) = serving.peak_mib() {
            println!("peak memory of the server: {mib:.0} MiB");
        }
    }
    Ok(())
}

fn signed_in(database: &Database, account: &Account) -> Result<SessionSecret, Box<dyn Error>> {
    let services = Services::open(database.url(), Arc::new(SystemClock))?;
    let codes = OneTimeCodeSecret::parse(&account.one_time_codes)?;
    let proof = Proof { password: account.password.clone(), code: codes.code_at(services.now()) };
    Ok(services.sign_in("caseworker", &proof, &Origin::console())?.secret)
}
