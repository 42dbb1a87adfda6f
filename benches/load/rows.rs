//! The rows that a case's page and a list rest on, read one after another by the database's own tool.

use std::error::Error;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::client::Client;
use crate::database::Database;
use crate::table::{Row, Table, Times};

/// How many cases are read in one go of the tool, its start included.
const CASES: usize = 200;

const TIMES: usize = 5;

/// What the tool takes for one case and for one list; it says so where the tool is missing.
pub fn by_the_database(database: &Database, client: &Client) -> Result<Table, Box<dyn Error>> {
    let page = client.json(&format!("/api/v1/cases?limit={CASES}"))?;
    let ids: Vec<String> = page["cases"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|case| Some(case["id"].as_str()?.replace('-', "")))
        .collect();
    let bytes = |id: &str| match database {
        Database::Sqlite { .. } => format!("x'{id}'"),
        Database::Postgres { .. } => format!("'\\x{id}'"),
    };
    let of_a_case = |id: &String| {
        let id = bytes(id);
        let of = |table: &str| format!("select * from {table} where case_id = {id};\n");
        format!(
            "select * from cases where id = {id};\n{}{}{}{}{}select * from events where case_id = {id} order by sequence;\n",
            of("case_summaries"),
            of("visit_summaries"),
            of("case_shares"),
            of("receipts"),
            of("data_keys"),
        )
    };
    let list = "select * from case_summaries order by filed_day desc, case_id desc limit 51;\n";
    let mut table = Table::default();
    for (what, statements) in [
        ("the rows of a case", ids.iter().map(of_a_case).collect::<Vec<_>>()),
        ("the rows of the list of cases", vec![list.to_owned(); ids.len()]),
    ] {
        let Some(times) = run(database, &statements)? else { return Ok(table) };
        table.push(Row::of(what, times, None));
    }
    Ok(table)
}

/// The time of one of some groups of statements, of so many runs; none where the tool is missing.
fn run(database: &Database, statements: &[String]) -> Result<Option<Times>, Box<dyn Error>> {
    let mut script = tempfile::NamedTempFile::new()?;
    script.write_all(statements.concat().as_bytes())?;
    let mut times = Times::default();
    for _ in 0..TIMES {
        let (tool, mut command) = match database {
            Database::Sqlite { url, .. } => {
                let mut command = Command::new("sqlite3");
                command.args(["-readonly", url]).stdin(script.reopen()?);
                ("sqlite3", command)
            }
            Database::Postgres { url, .. } => {
                let mut command = Command::new("pgbench");
                command.args(["--no-vacuum", "--client=1", "--transactions=1", "--file"]).arg(script.path()).arg(url);
                ("pgbench", command)
            }
        };
        let begun = Instant::now();
        match command.stdout(Stdio::null()).stderr(Stdio::null()).status() {
            Ok(status) if status.success() => {
                times.push(begun.elapsed() / u32::try_from(statements.len()).unwrap_or(u32::MAX));
            }
            _ => {
                println!("No floor for the rows: {tool} is missing or cannot read them.");
                return Ok(None);
            }
        }
    }
    Ok(Some(times))
}
