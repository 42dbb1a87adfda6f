//! Each page by itself, asked by one who waits for the answer before asking again.

use std::error::Error;

use serde_json::{Value, json};

use crate::client::Client;
use crate::table::{Row, Table, Times};

const TIMES: usize = 50;

/// Every page that a caseworker reads. What a page costs the first time counts as its slowest, not in the median.
pub fn one_by_one(client: &Client, with_search: bool) -> Result<Table, Box<dyn Error>> {
    let first = client.json("/api/v1/cases?limit=1")?;
    let case = first["cases"][0]["id"].as_str().ok_or("there is no case")?.to_owned();
    let visits = client.json("/api/v1/visits")?;
    let visit = visits["visits"][0]["request"].as_str().ok_or("there is no open request")?.to_owned();
    let (name, place) = ("Ахметов", "sizo_almaty");
    let pages = [
        "/".to_owned(),
        "/cases".to_owned(),
        "/cases?stage=dismissed".to_owned(),
        "/cases?region=karaganda&sort=due".to_owned(),
        "/cases?overdue=true".to_owned(),
        format!("/cases?place={place}"),
        format!("/cases/{case}"),
        format!("/cases/{case}?purpose=handling"),
        format!("/cases/{case}/history"),
        format!("/cases/{case}/record/note"),
        format!("/cases/{case}/record/person"),
        format!("/cases/{case}/messages"),
        "/drafts".to_owned(),
        "/visits".to_owned(),
        "/visits/new".to_owned(),
        format!("/visits/{visit}"),
        format!("/visits/{visit}/letter?language=kk"),
        "/account".to_owned(),
        "/members".to_owned(),
        "/deadlines".to_owned(),
        "/statistics".to_owned(),
        "/statistics/delays".to_owned(),
        "/statistics/delays?by=region".to_owned(),
        "/statistics/endings".to_owned(),
        "/statistics/visits".to_owned(),
        "/statistics/indicators".to_owned(),
        "/statistics?region=karaganda".to_owned(),
        "/statistics?filed_from=2025-01-01&filed_to=2025-12-31".to_owned(),
        "/statistics?region=karaganda&agency=mvd".to_owned(),
        "/statistics?filed_from=2024-03-01&filed_to=2026-02-28".to_owned(),
        "/statistics?as_known_on=2026-06-30".to_owned(),
        "/statistics/delays?by=month".to_owned(),
        "/statistics/delays?by=sex&filed_from=2024-03-01&filed_to=2026-02-28".to_owned(),
        "/statistics/delays?by=region&as_known_on=2026-06-30".to_owned(),
        "/statistics/delays?by=month&as_known_on=2026-06-29".to_owned(),
    ];
    let mut table = Table::default();
    for page in pages {
        let (times, bytes) = client.repeat(&page, TIMES).map_err(|error| format!("{page}: {error}"))?;
        table.push(Row::of(&page, times, Some(bytes)));
    }
    if !with_search {
        return Ok(table);
    }
    catch_up(client, name)?;
    let mut times = Times::default();
    for _ in 0..TIMES {
        times.push(client.send("/search", &[("sought", name)])?.time);
    }
    table.push(Row::of("/search, a frequent surname", times, None));
    Ok(table)
}

/// Searches until the names of all cases have been indexed: each search goes on with it.
fn catch_up(client: &Client, name: &str) -> Result<(), Box<dyn Error>> {
    let mut times = Times::default();
    loop {
        let answer = client.post("/api/v1/name-searches", &json!({"name": name}))?;
        times.push(answer.time);
        let found: Value = serde_json::from_slice(&answer.body)?;
        if found["index_is_behind"] != true {
            let mut table = Table::default();
            table.push(Row::of("a search while names are still being indexed", times, None));
            print!("{table}");
            return Ok(());
        }
    }
}
