//! The mix: what is asked, in which order.

use std::error::Error;

use chrono::{Datelike, Utc};

use crate::client::{Answer, Client};

/// One request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What it is, for the table.
    pub what: &'static str,
    path: String,
    /// The fields of a form; none where it only reads.
    form: Vec<(&'static str, String)>,
}

impl Asked {
    /// A request that only reads.
    pub fn reading(what: &'static str, path: impl Into<String>) -> Self {
        Self { what, path: path.into(), form: Vec::new() }
    }

    /// Asks it.
    pub fn ask(&self, client: &Client) -> Result<Answer, Box<dyn Error>> {
        if self.form.is_empty() {
            return client.get(&self.path);
        }
        let fields: Vec<(&str, &str)> = self.form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.send(&self.path, &fields)
    }
}

/// A case, as a list gives it.
#[derive(Clone)]
struct Case {
    id: String,
    version: u64,
}

/// Everything that is asked, in order.
pub struct Mix {
    /// The requests.
    pub asked: Vec<Asked>,
}

/// By this the hundred requests of a round are mixed; it has no divisor in common with a hundred.
const STEP: usize = 37;

impl Mix {
    /// Chooses the cases of so many requests. A case that something is recorded of is used once.
    pub fn prepare(client: &Client, requests: usize) -> Result<Self, Box<dyn Error>> {
        let filed = listed(client, "stage=filed", requests * 6 / 100 + 1)?;
        let noted = listed(client, "stage=dismissed&sort=filed", requests * 14 / 100 + 1)?;
        let read = listed(client, "", 2_000.min(requests))?;
        let regions = ["almaty_city", "karaganda", "kostanay", "pavlodar"];
        let (mut filed, mut noted) = (filed.iter(), noted.iter());
        let mut asked = Vec::with_capacity(requests);
        for number in 0..requests {
            let case = &read[number * 7 % read.len()].id;
            let region = regions[number / 100 % regions.len()];
            asked.push(match number * STEP % 100 {
                0..30 => Asked::reading("a case", format!("/cases/{case}")),
                30..35 => Asked::reading("a case, its texts opened", format!("/cases/{case}?purpose=handling")),
                35..40 => Asked::reading("the history of a case", format!("/cases/{case}/history")),
                40..45 => Asked::reading("a form", format!("/cases/{case}/record/note")),
                45..53 => Asked::reading("the list of cases", "/cases"),
                53..60 => Asked::reading("the list, of a region", format!("/cases?region={region}")),
                60..65 => Asked::reading("the first page", "/"),
                65..70 => Asked::reading("the board of visits", "/visits"),
                70..76 => match filed.next() {
                    Some(case) => recording("a step", case, "route", ("receiving_body", "mvd")),
                    None => Asked::reading("the list of cases", "/cases"),
                },
                76..90 => match noted.next() {
                    Some(case) => recording("a note", case, "note", ("text", "Звонила мать, просит ответа.")),
                    None => Asked::reading("the list of cases", "/cases"),
                },
                90..93 => Asked::reading("figures: overview", "/statistics"),
                93..95 => Asked::reading("figures: delays", "/statistics/delays"),
                95..96 => Asked::reading("figures: endings", "/statistics/endings"),
                96..97 => Asked::reading("figures: visits", "/statistics/visits"),
                97..98 => Asked::reading("figures: indicators", "/statistics/indicators"),
                _ => Asked::reading("figures: delays, of a region", format!("/statistics/delays?region={region}")),
            });
        }
        Ok(Self { asked })
    }
}

fn recording(what: &'static str, case: &Case, kind: &str, field: (&'static str, &str)) -> Asked {
    let today = Utc::now().date_naive();
    let form = vec![
        ("occurred_at.day", today.day().to_string()),
        ("occurred_at.month", today.month().to_string()),
        ("occurred_at.year", today.year().to_string()),
        ("seen", case.version.to_string()),
        (field.0, field.1.to_owned()),
    ];
    Asked { what, path: format!("/cases/{}/record/{kind}", case.id), form }
}

/// So many cases of a list, or all that it has.
fn listed(client: &Client, query: &str, wanted: usize) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut cases = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.json(&format!("/api/v1/cases?limit=200&{query}{cursor}"))?;
        for case in page["cases"].as_array().into_iter().flatten() {
            let id = case["id"].as_str().ok_or("a case without an identifier")?.to_owned();
            cases.push(Case { id, version: case["version"].as_u64().ok_or("a case without a version")? });
        }
        match page["next"].as_str() {
            Some(next) if cases.len() < wanted => cursor = format!("&cursor={next}"),
            _ if cases.is_empty() => return Err(format!("no case in the list {query}").into()),
            _ => return Ok(cases),
        }
    }
}
