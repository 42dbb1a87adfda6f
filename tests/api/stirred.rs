//! An office at work: cases filed, moved and corrected at random.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::caseworker::CaseFile;
use crate::support::chance::Chance;
use crate::support::complaint::{Form, a_complaint, step};

/// Files, moves and corrects cases at random, dating back by up to two weeks. What is illegal is refused; nothing
/// else may go wrong. Returns how many filings, corrections, steps and retractions were done.
pub fn stir(app: &App, chance: &mut Chance, turns: usize) -> [usize; 4] {
    let mut cases: Vec<CaseFile<'_>> = app.all_pages("", 200).iter().map(|row| case_file(app, row)).collect();
    let mut done = [0; 4];
    for turn in 0..turns {
        let time = format!("2026-06-{:02}T{:02}:00", 1 + chance.below(14), chance.below(24));
        if turn % 10 == 0 {
            let complaint = a_complaint().on(&time).with("place", "sizo_almaty").with("learnt_at", "2026-05-31");
            cases.push(app.caseworker().files(&complaint));
            done[0] += 1;
            continue;
        }
        let place = chance.below(cases.len());
        let case = cases[place].clone().on(&time);
        let reply = match chance.below(5) {
            0 => correct(chance, &case, &time),
            1 => retract(chance, &case),
            _ => {
                let shown = case.shows();
                let kind = chance.one_of(shown["permitted"].as_array().unwrap())["kind"].as_str().unwrap().to_owned();
                (2, case.tries(&step(&kind)))
            }
        };
        let (what, reply) = reply;
        match reply.status {
            201 => {
                let receipt = reply.json();
                cases[place].version = receipt["version"].as_i64().unwrap();
                done[what] += 1;
            }
            409 => {}
            // A time before the filing, or an event that is named by others.
            422 => {}
            status => panic!("{status}: {}", reply.body),
        }
    }
    done
}

fn case_file<'a>(app: &'a App, row: &Value) -> CaseFile<'a> {
    let receipt =
        json!({"case_id": row["id"], "reference": row["reference"], "event_id": "", "version": row["version"]});
    CaseFile::of(&app.client, &receipt)
}

fn some_event(chance: &mut Chance, case: &CaseFile<'_>) -> (String, String) {
    let history = case.history();
    let events: Vec<&Value> =
        history["events"].as_array().unwrap().iter().filter(|event| event["corrected_by"].is_null()).collect();
    let event = chance.one_of(&events);
    (event["id"].as_str().unwrap().to_owned(), event["kind"].as_str().unwrap().to_owned())
}

fn correct(chance: &mut Chance, case: &CaseFile<'_>, time: &str) -> (usize, crate::support::http::Reply) {
    let (event, kind) = some_event(chance, case);
    let kind = if kind == "retraction" { "note" } else { &kind };
    (1, case.tries_to_correct(&event, &step(kind).on(time)))
}

fn retract(chance: &mut Chance, case: &CaseFile<'_>) -> (usize, crate::support::http::Reply) {
    let (event, _) = some_event(chance, case);
    (3, case.tries_to_correct(&event, &Form::new("kind", "retraction")))
}
