//! The events are the truth: summaries can be made anew from them, and events cannot be touched.

use serde_json::{Value, json};

use crate::support::caseworker::CaseFile;
use crate::support::chance::Chance;
use crate::support::complaint::{Form, a_complaint, step};
use crate::support::{App, Backend, for_each_backend};

const SUMMARIES: [&str; 2] = ["case_summaries", "visit_summaries"];

fn summaries(backend: &Backend) -> [Vec<String>; 2] {
    SUMMARIES.map(|table| backend.rows(table))
}

#[test]
fn summaries_made_anew_are_those_that_were_kept() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(40);
        stir(&app, 300);
        let kept = summaries(backend);
        assert!(kept.iter().all(|rows| rows.len() > 10));
        assert_eq!(app.services.rebuild(&app.console(), |_, _| {}).unwrap(), u64::try_from(kept[0].len()).unwrap());
        for (table, (kept, anew)) in SUMMARIES.iter().zip(kept.iter().zip(summaries(backend))) {
            assert_eq!(kept.len(), anew.len(), "{table}");
            for (kept, anew) in kept.iter().zip(anew) {
                assert_eq!(*kept, anew, "{table}");
            }
        }
    });
}

#[test]
fn summaries_can_be_made_anew_while_people_work() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(30);
        let client = &app.client;
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let worker = crate::support::caseworker::Caseworker::of(client);
                    for _ in 0..15 {
                        let case = worker.files_complaint().on("2026-06-02").has_a_visit_requested();
                        case.on("2026-06-03").has_the_visit_approved().on("2026-06-04").is_visited();
                    }
                });
            }
            for _ in 0..12 {
                app.services.rebuild(&app.console(), |_, _| {}).unwrap();
            }
        });
        let kept = summaries(backend);
        assert_eq!(kept[0].len(), 30 + 3 * 15);
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        assert_eq!(summaries(backend), kept);
    });
}

#[test]
fn summaries_that_were_lost_are_made_anew() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(30);
        let kept = summaries(backend);
        let listed = app.all_pages("", 200);
        backend.execute("delete from visit_summaries; delete from case_summaries").unwrap();
        assert_eq!(app.all_pages("", 200).len(), 0);
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        assert_eq!(summaries(backend), kept);
        assert_eq!(app.all_pages("", 200), listed);
    });
}

/// Files, moves and corrects cases at random. What is illegal is refused; nothing else may go wrong.
fn stir(app: &App, turns: usize) {
    let mut chance = Chance::seeded(20_260_615);
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
            0 => correct(&mut chance, &case, &time),
            1 => retract(&mut chance, &case),
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
    assert!(done.iter().all(|count| *count > 5), "filings, corrections, steps and retractions: {done:?}");
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

#[test]
fn events_are_neither_changed_nor_deleted() {
    for_each_backend(|backend| {
        let app = App::on(backend);
        app.caseworker().files_complaint().routes_to_internal_security();
        let events = backend.rows("events");
        assert_eq!(events.len(), 2);
        for statement in [
            "update events set occurred_at = '2020-01-01'",
            "update events set payload = '{}' where sequence = 1",
            "update events set sequence = sequence + 10",
            "delete from events",
            "delete from events where kind = 'route'",
        ] {
            let refused = backend.execute(statement).unwrap_err().to_string();
            assert!(refused.contains("events are never"), "{statement}: {refused}");
        }
        assert_eq!(backend.rows("events"), events);
    });
}

#[test]
fn events_are_not_emptied_at_one_stroke_on_postgresql() {
    for_each_backend(|backend| {
        if !backend.is_postgres() {
            return; // SQLite knows no truncate.
        }
        let app = App::on(backend);
        app.caseworker().files_complaint();
        let refused = backend.execute("truncate events cascade").unwrap_err().to_string();
        assert!(refused.contains("events are never"), "{refused}");
    });
}
