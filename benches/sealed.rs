//! What the vault costs whoever works in it: a case with fifty sealed fields, a list of fifty sealed names,
//! a search by name over 100,000 cases, and what other requests wait while twenty people a second sign in.
//!
//! Through the real server, by one token, on either backend. No figure here fails anything: the machine
//! may be busy. docs/performance.md says what they should be.

#[path = "real_list/client.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod client;
#[path = "real_list/database.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod database;
#[path = "name_search/people.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod people;
#[path = "real_list/program.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod program;
#[path = "real_list/staff.rs"]
mod staff;
#[path = "real_list/table.rs"]
#[allow(dead_code, reason = "another benchmark uses the rest of it")]
mod table;

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use aiqyn::domain::event::{Happening, HappeningKind, Occurrence};
use aiqyn::domain::field::{Form, Reading};
use aiqyn::domain::id::EventId;
use aiqyn::domain::sealed::PlainText;
use aiqyn::domain::time::{PartialTime, Zone};
use aiqyn::services::{BatchCase, BatchEvent, Services};
use client::Client;
use database::Database;
use people::People;
use program::Serving;
use serde_json::json;
use staff::Office;
use table::{Row, Table, Times};
use uuid::Uuid;

/// How many cases, each with one person.
const CASES: usize = 100_000;

/// How many sealed fields the case has that is looked at.
const FIELDS: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let people = People::invented(CASES);
    for database in Database::all()? {
        println!("\n# {}", database.name());
        let office = Office::set_up(&database)?;
        let begun = Instant::now();
        fill(&office.services, people.names())?;
        println!("filing {CASES} cases, each with a name and a story: {:.1} s", begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        while office.services.search_names(&office.caseworker, "Щварцман")?.index_is_behind {}
        println!("indexing their names: {:.1} s", begun.elapsed().as_secs_f64());
        let serving = Serving::start(&database)?;
        let client = Client::new(serving.base.clone(), &office.token);
        let mut table = Table::default();
        let case = big_case(&client)?;
        for (what, path) in [
            (format!("a case with {FIELDS} sealed fields"), format!("/api/v1/cases/{case}")),
            ("a list of 50 sealed names".to_owned(), "/api/v1/cases?people=true".to_owned()),
            ("the same list without names".to_owned(), "/api/v1/cases".to_owned()),
        ] {
            client.repeat(&path, 3)?;
            let (times, bytes) = client.repeat(&path, 200)?;
            table.push(Row::of(&what, times, Some(bytes)));
        }
        for name in [people.rarest().as_str(), "Нұрлан Ахметов", "Nurlan Akhmetov", "Нурлам Ахмитов", "Ахметов"]
        {
            let mut times = Times::default();
            for _ in 0..50 {
                times.push(client.post("/api/v1/name-searches", &json!({ "name": name }))?.time);
            }
            table.push(Row::of(&format!("searching {name}"), times, None));
        }
        signing_in(&client, &serving.base, &mut table)?;
        print!("{table}");
    }
    Ok(())
}

/// Other requests, alone and while twenty a second sign in (with a wrong code each, at the price of a right one).
fn signing_in(client: &Client, base: &str, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let health = "/api/v1/health";
    for (what, path) in [("health", health), ("the list", "/api/v1/cases")] {
        let (times, bytes) = client.repeat(path, 1_000)?;
        table.push(Row::of(&format!("{what}, nobody signing in"), times, Some(bytes)));
    }
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        let crowd: Vec<_> = (0..20).map(|number| scope.spawn({
            let stop = &stop;
            move || {
                let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
                let mut times = Vec::new();
                let mut asked = 0;
                while !stop.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    // A login of its own each time: nobody of them waits for the throttle.
                    let body = json!({"login": format!("nobody-{number}-{asked}"), "password": staff::PASSWORD, "code": "000000"});
                    let _ = agent.post(&format!("{base}/api/v1/session")).send_json(&body);
                    times.push(begun.elapsed());
                    asked += 1;
                    std::thread::sleep(Duration::from_secs(1).saturating_sub(begun.elapsed()));
                }
                (times, asked)
            }
        })).collect();
        std::thread::sleep(Duration::from_secs(2));
        let begun = Instant::now();
        for (what, path) in [("health", health), ("the list", "/api/v1/cases")] {
            let mut times = Times::default();
            let until = Instant::now() + Duration::from_secs(5);
            while Instant::now() < until {
                times.push(client.get(path)?.time);
            }
            table.push(Row::of(&format!("{what}, twenty a second signing in"), times, None));
        }
        let lasted = begun.elapsed() + Duration::from_secs(2);
        stop.store(true, Ordering::Relaxed);
        let (mut all, mut asked) = (Vec::new(), 0);
        for one in crowd {
            let (times, count) = one.join().map_err(|_| "a client panicked")?;
            all.extend(times);
            asked += count;
        }
        println!("attempts to sign in that were answered: {:.1} a second", f64::from(asked) / lasted.as_secs_f64());
        table.push(Row::of("an attempt to sign in, among twenty a second", all.into_iter().collect(), None));
        Ok(())
    })
}

/// Files a case for each name.
fn fill(services: &Services, names: &[String]) -> Result<(), Box<dyn Error>> {
    let console = services.console_as("benchmark")?;
    let filing = |text: &str| form(services, "file", &[("channel", "hotline"), ("allegation", text)]);
    let person = |name: &str| form(services, "person", &[("part", "alleged_victim"), ("name", name)]);
    for some in names.chunks(5_000) {
        let mut cases = Vec::with_capacity(some.len());
        for name in some {
            cases.push(case(vec![filing("Invented for a benchmark, as long as a sentence is.")?, person(name)?]));
        }
        services.file_all(&console, cases, |_| {})?;
    }
    let mut events = vec![filing("Invented.")?];
    for number in 0..FIELDS - 1 {
        events.push(form(
            services,
            "note",
            &[("text", &format!("Invented note {number}, as long as notes usually are: two lines of the page."))],
        )?);
    }
    Ok(services.file_all(&console, vec![case(events)], |_| {})?)
}

fn case(happenings: Vec<Happening<PlainText>>) -> BatchCase {
    let day = PartialTime::Day("2026-01-05".parse().unwrap_or_default());
    let event = |happening| BatchEvent {
        id: EventId(Uuid::now_v7()),
        occurrence: Occurrence { happening, occurred_at: day },
        recorded_at: None,
    };
    BatchCase {
        zone: Zone::default(),
        jurisdiction: "kz".to_owned(),
        events: happenings.into_iter().map(event).collect(),
        origin: None,
        shared_with: Vec::new(),
    }
}

fn form(services: &Services, kind: &str, fields: &[(&str, &str)]) -> Result<Happening<PlainText>, Box<dyn Error>> {
    let codes = services.code_lists()?;
    let (zone, now) = (Zone::default(), services.now());
    let fields: Vec<(String, String)> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut form = Form::new(fields, Reading { codes: &codes, on: None, zone, now });
    let happening = HappeningKind::named(kind).and_then(|kind| kind.read(&mut form));
    form.finish(happening).map_err(|errors| format!("{errors:?}").into())
}

/// The case that was filed last.
fn big_case(client: &Client) -> Result<String, Box<dyn Error>> {
    let page = client.json("/api/v1/cases?sort=-updated&limit=1")?;
    Ok(page["cases"][0]["id"].as_str().ok_or("there is no case")?.to_owned())
}
