//! `kill -9` in the middle of the work: what was acknowledged is there, once, and all fits together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;

use serde_json::Value;

use crate::support::chance::Chance;
use crate::support::http::Client;
use crate::support::{Backend, a_complaint, for_each_backend};

const ROUNDS: usize = 5;
const THREADS: usize = 4;

/// A filing that the server has acknowledged: its key and its receipt.
type Acknowledged = (String, Value);

fn filing(key: &str) -> Value {
    a_complaint().on("2024-06-01").with("remarks", key).body()
}

/// Files until the server is gone. Returns what was still under way then.
fn file_until_it_is_gone(client: &Client, name: &str, acknowledged: &mpsc::Sender<Acknowledged>) -> String {
    for number in 0.. {
        let key = format!("{name}-{number}");
        match client.post("/api/v1/cases", &filing(&key)).with_key(&key).try_send() {
            Ok(reply) => acknowledged.send((key, reply.must_be(201).json())).unwrap(),
            Err(_) => return key,
        }
    }
    unreachable!()
}

/// One server's life: several threads file, and it is killed after so many acknowledgements.
fn round(backend: &Backend, round: usize, enough: usize) -> (Vec<Acknowledged>, Vec<String>) {
    let mut served = backend.serve();
    let client = served.client.clone();
    let (acknowledged, acknowledgements) = mpsc::channel();
    std::thread::scope(|scope| {
        let work = |thread: usize| {
            let (client, acknowledged) = (client.clone(), acknowledged.clone());
            move || file_until_it_is_gone(&client, &format!("round{round}-thread{thread}"), &acknowledged)
        };
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(work(thread))).collect();
        let mut seen: Vec<Acknowledged> = acknowledgements.iter().take(enough).collect();
        served.kill();
        let under_way = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        drop(acknowledged);
        seen.extend(acknowledgements.iter());
        (seen, under_way)
    })
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_once_and_nothing_is_torn() {
    for_each_backend(|backend| {
        let mut chance = Chance::seeded(9);
        backend.set_up();
        let (mut acknowledged, mut under_way) = (BTreeMap::new(), BTreeSet::new());
        for number in 0..ROUNDS {
            let (seen, lost) = round(backend, number, 3 + chance.below(60));
            acknowledged.extend(seen);
            under_way.extend(lost);
        }
        assert!(acknowledged.len() >= 3 * ROUNDS);

        let served = backend.serve();
        // Every acknowledged filing is there under its key: asking again gives the same receipt.
        for (key, receipt) in &acknowledged {
            let again = served.client.post("/api/v1/cases", &filing(key)).with_key(key).send().must_be(201).json();
            assert_eq!(again, *receipt, "{key}");
        }
        // Nothing else is there, but what was under way and was stored without an answer.
        let stored = backend.rows("cases").len();
        let without_an_answer = stored - acknowledged.len();
        assert!(without_an_answer <= under_way.len(), "{without_an_answer} of {}", under_way.len());
        // Each is there once, and the references run on without gaps.
        let references: BTreeSet<String> =
            acknowledged.values().map(|receipt| receipt["reference"].as_str().unwrap().to_owned()).collect();
        assert_eq!(references.len(), acknowledged.len());
        let numbers = "select count(*) as number from cases where reference_year = 2024";
        let last = "select cast(max(reference_number) as bigint) as number from cases where reference_year = 2024";
        assert_eq!(backend.number(numbers), i64::try_from(stored).unwrap());
        assert_eq!(backend.number(last), i64::try_from(stored).unwrap());
        // What was under way is simply sent again: stored before or not, it is there once now.
        for key in &under_way {
            served.client.post("/api/v1/cases", &filing(key)).with_key(key).send().must_be(201);
        }
        assert_eq!(backend.rows("cases").len(), acknowledged.len() + under_way.len());

        let kept = [backend.rows("case_summaries"), backend.rows("visit_summaries")];
        backend.aiqyn(&["rebuild"]).well();
        assert_eq!([backend.rows("case_summaries"), backend.rows("visit_summaries")], kept);
    });
}
