//! Those who write wait for each other, for a lock and for the disk. Whoever only reads does not wait for them.

use std::iter;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::metrics::{metrics, serves};
use crate::support::http::Client;
use crate::support::program::Served;
use crate::support::{Backend, a_complaint, for_each_backend};

/// More than work at once, those who read among them.
const CROWD: usize = 40;

/// Lets nobody write a case until it is let go.
fn keeps_others_from_writing(backend: &Backend) -> Box<dyn SimpleConnection> {
    if backend.is_postgres() {
        let mut holder = PgConnection::establish(&backend.url).unwrap();
        holder.batch_execute("begin; lock table cases in exclusive mode").unwrap();
        Box::new(holder)
    } else {
        let mut holder = SqliteConnection::establish(&backend.url).unwrap();
        holder.batch_execute("begin immediate").unwrap();
        Box::new(holder)
    }
}

/// Files a complaint, and comes again for as long as it is told to.
fn files(client: &Client, key: &str) -> String {
    let files = || client.post("/api/v1/cases", &a_complaint().on("2024-06-01").body()).with_key(key).send();
    let made = iter::repeat_with(files).take(100).find(|answer| answer.status != 503).unwrap().must_be(201);
    made.json()["case_id"].as_str().unwrap().to_owned()
}

fn somebody_waits(served: &Served) -> bool {
    let told = metrics(served);
    let waiting = told.lines().find_map(|line| line.strip_prefix("aiqyn_queue_waiting{queue=\"database\"} "));
    waiting.unwrap().parse::<u64>().unwrap() > 0
}

#[test]
fn whoever_only_reads_waits_for_nobody_who_writes() {
    for_each_backend(|backend| {
        backend.set_up();
        let served = serves(backend, &[]);
        let client = &served.client;
        let case = files(client, "first");
        let holder = keeps_others_from_writing(backend);
        thread::scope(|scope| {
            let file = |number: usize| move || files(client, &format!("one of many {number}"));
            let crowd: Vec<_> = (0..CROWD).map(|number| scope.spawn(file(number))).collect();
            while !somebody_waits(&served) {
                thread::sleep(Duration::from_millis(10));
                assert!(crowd.iter().any(|one| !one.is_finished()));
            }
            let of_case = |below: &str| format!("/cases/{case}{below}");
            for page in ["/", "/cases", "/visits", "/statistics", &of_case(""), &of_case("/record/note")] {
                client.get(page).must_be(200);
            }
            client.of_nobody().get("/api/v1/health").must_be(200);
            assert!(somebody_waits(&served));
            drop(holder);
        });
        assert_eq!(backend.rows("cases").len(), CROWD + 1);
    });
}
