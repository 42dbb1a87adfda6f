//! What is asked of the server.

use std::error::Error;

use crate::client::Client;
use crate::database::Database;
use crate::floor::BareServer;
use crate::program::Serving;
use crate::table::{Row, Table, Times};

const API: &str = "/api/v1";

/// The deepest page that is asked for.
const DEEP: usize = 1_000;

/// The first request to a server that has just started, its file read from the disk anew.
pub fn cold(database: &Database, token: &str, path: &str) -> Result<Row, Box<dyn Error>> {
    let mut times = Times::default();
    let mut bytes = 0;
    for _ in 0..5 {
        let serving = Serving::start(database)?;
        database.drop_from_page_cache();
        let answer = Client::new(serving.base.clone(), token).get(&format!("{API}{path}"))?;
        times.push(answer.time);
        bytes = answer.body.len();
    }
    Ok(Row::of(&format!("{path}, first request"), times, Some(bytes)))
}

/// Every other request, to one server.
pub fn warm(database: &Database, token: &str, floor: &BareServer, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let serving = Serving::start(database)?;
    let client = Client::new(serving.base.clone(), token);
    let measure = |what: &str, path: &str, times: usize| -> Result<Row, Box<dyn Error>> {
        client.repeat(path, 2)?;
        let (measured, bytes) = client.repeat(path, times)?;
        Ok(Row::of(what, measured, Some(bytes)).over(floor.times(bytes)?))
    };
    for query in ["delays", "delays?by=region", "delays?by=body", "delays?by=year", "rates", "rates?by=year"] {
        table.push(measure(&format!("/statistics/{query}"), &format!("{API}/statistics/{query}"), 20)?);
    }
    let health = format!("{API}/health");
    for (what, path) in [("/health", health.as_str()), ("/visits", "/api/v1/visits")] {
        table.push(measure(what, path, 200)?);
    }
    table.push(measure("a case", &a_case(&client)?, 200)?);
    for query in lists(&client)? {
        let first = format!("{API}/cases?{query}");
        let mark = if query.is_empty() { "" } else { "?" };
        table.push(measure(&format!("/cases{mark}{query}, page 1"), &first, 50)?);
        let (page, number, walked) = deep(&client, &query)?;
        if number > 1 {
            table.push(measure(&format!("/cases{mark}{query}, page {number}"), &page, 50)?);
        }
        if query.is_empty() {
            table.push(Row::of(&format!("/cases, {number} pages one after the other"), walked, None));
        }
    }
    if let Some(mib) = serving.peak_mib() {
        println!("peak memory of the server: {mib:.0} MiB");
    }
    Ok(())
}

fn a_case(client: &Client) -> Result<String, Box<dyn Error>> {
    let page = client.json(&format!("{API}/cases?limit=1"))?;
    let id = page["cases"][0]["id"].as_str().ok_or("there is no case")?;
    Ok(format!("{API}/cases/{id}"))
}

/// Follows the cursors to page [`DEEP`], or as far as there are pages.
fn deep(client: &Client, query: &str) -> Result<(String, usize, Times), Box<dyn Error>> {
    let first = format!("{API}/cases?{query}");
    let mut path = first.clone();
    let mut walked = Times::default();
    for number in 1.. {
        let answer = client.get(&path)?;
        walked.push(answer.time);
        let page: serde_json::Value = serde_json::from_slice(&answer.body)?;
        match page["next"].as_str() {
            Some(cursor) if number < DEEP => path = format!("{first}&cursor={cursor}"),
            _ => return Ok((path, number, walked)),
        }
    }
    unreachable!("the pages end")
}

/// The lists: every order, every filter by its commonest and its rarest code, and some of both.
fn lists(client: &Client) -> Result<Vec<String>, Box<dyn Error>> {
    let mut lists: Vec<String> =
        ["", "sort=filed", "sort=-updated", "sort=due", "overdue=true", "overdue=true&sort=due"]
            .map(str::to_owned)
            .into();
    lists.extend(["dismissed", "prosecution", "filed", "visit_requested"].map(|stage| format!("stage={stage}")));
    for by in ["region", "agency", "kind_of_place"] {
        let (commonest, rarest) = codes(client, by)?;
        lists.push(format!("{by}={commonest}"));
        if commonest != rarest {
            for order in ["-filed", "-updated", "due"] {
                lists.push(format!("{by}={rarest}&sort={order}"));
            }
            lists.push(format!("{by}={rarest}&overdue=true"));
        }
        lists.push(format!("{by}={commonest}&stage=prosecution"));
    }
    lists.push("filed_from=2004-01-01&filed_to=2004-12-31".to_owned());
    lists.push("filed_to=2001-12-31&sort=-updated".to_owned());
    Ok(lists)
}

/// The code that most cases have, and the one that fewest have.
fn codes(client: &Client, by: &str) -> Result<(String, String), Box<dyn Error>> {
    let report = client.json(&format!("{API}/statistics/rates?by={by}"))?;
    let rates = report["rates"].as_array().ok_or("no rates")?;
    let mut groups: Vec<(u64, &str)> = rates
        .iter()
        .filter(|rate| rate["measure"] == "routed")
        .filter_map(|rate| Some((rate["of_all"]["denominator"].as_u64()?, rate["group"].as_str()?)))
        .filter(|(cases, code)| *cases > 0 && *code != "not_known")
        .collect();
    groups.sort_unstable();
    let (Some((_, rarest)), Some((_, commonest))) = (groups.first(), groups.last()) else {
        return Err(format!("no case has a code of {by}").into());
    };
    Ok(((*commonest).to_owned(), (*rarest).to_owned()))
}
