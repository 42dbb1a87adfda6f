//! The events are the truth: summaries can be made anew from them, and events cannot be touched.

use crate::stirred::stir;
use crate::support::chance::Chance;
use crate::support::{App, Backend, for_each_backend};

const SUMMARIES: [&str; 5] = ["case_summaries", "visit_summaries", "case_measures", "case_readers", "visit_readers"];

fn summaries(backend: &Backend) -> [Vec<String>; 5] {
    SUMMARIES.map(|table| backend.rows(table))
}

#[test]
fn summaries_made_anew_are_those_that_were_kept() {
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(40);
        let mut chance = Chance::seeded(20_260_615);
        let done = stir(&app, &mut chance, 200);
        assert!(done.iter().all(|count| *count > 5), "filings, corrections, steps and retractions: {done:?}");
        app.clock.set("2026-06-17T12:00:00+05:00");
        stir(&app, &mut chance, 100);
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
        backend.execute("delete from visit_summaries; delete from case_summaries; delete from case_measures").unwrap();
        assert_eq!(app.all_pages("", 200).len(), 0);
        app.services.rebuild(&app.console(), |_, _| {}).unwrap();
        assert_eq!(summaries(backend), kept);
        assert_eq!(app.all_pages("", 200), listed);
    });
}

#[test]
fn the_board_of_an_earlier_database_is_ordered_as_a_new_one() {
    let migration = include_str!("../../migrations/sqlite/2026-11-30-000001_visit_board/up.sql");
    assert_eq!(migration, include_str!("../../migrations/postgres/2026-11-30-000001_visit_board/up.sql"));
    let update = migration.split(';').find(|statement| statement.trim_start().starts_with("update")).unwrap();
    for_each_backend(|backend| {
        let app = App::on(backend).with_invented_cases(60);
        stir(&app, &mut Chance::seeded(20_261_130), 100);
        let kept = backend.rows("visit_summaries");
        backend.execute("update visit_summaries set board_order = 0").unwrap();
        assert_ne!(backend.rows("visit_summaries"), kept);
        backend.execute(update).unwrap();
        assert_eq!(backend.rows("visit_summaries"), kept);
    });
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
