//! A PostgreSQL that is slow, stuck, or out of reach: whoever asks is told so in time (503, `Retry-After`), not all
//! threads wait for it, and when it is back everything goes on by itself.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::cluster::{Cluster, wait_until};
use crate::ledger::Wish;
use crate::support::http::{Client, Reply};
use crate::support::program::Served;
use crate::support::{Backend, a_complaint};
use crate::way::Way;

/// Within how many seconds the server is to answer.
const ANSWER: &str = "4";
/// Far more than that, for a machine that is busy; without a bound nobody would answer at all.
const IN_TIME: Duration = Duration::from_secs(20);

/// More than work at once.
const CROWD: usize = 40;

fn serves(backend: &Backend, url: &str) -> Served {
    let words = ["serve", "--listen", "127.0.0.1:0", "--answer-within", ANSWER, "--database", url];
    Served::start(backend.folder.path(), &words).to(backend.token.get().unwrap())
}

/// A server with a way to its database that can be stopped up.
fn on_a_way(cluster: &Cluster, test: impl FnOnce(&Backend, &Way, &Client)) {
    let backend = cluster.backend();
    backend.set_up();
    let way = Way::to(cluster.socket());
    let served = serves(&backend, &way.url(backend.url.rsplit('/').next().unwrap()));
    served.client.get("/api/v1/cases").must_be(200);
    test(&backend, &way, &served.client);
}

fn wish(number: usize) -> Wish {
    let key = format!("wish-{number}");
    let body = a_complaint().on("2024-06-01").with("remarks", key.as_str()).body();
    Wish { key, path: "/api/v1/cases".to_owned(), body, version: None }
}

fn health(client: &Client) -> Reply {
    let asked = Instant::now();
    let reply = client.of_nobody().get("/api/v1/health");
    assert!(asked.elapsed() < IN_TIME);
    reply
}

/// Many want to write at once, and each is told in time to come again.
fn a_crowd_is_told_to_come_again(client: &Client) {
    std::thread::scope(|scope| {
        let asks = |number: usize| {
            move || {
                let asked = Instant::now();
                let reply = wish(number).request(client).send().must_be(503);
                assert!(asked.elapsed() < IN_TIME, "answered after {:?}", asked.elapsed());
                assert!(!reply.header("retry-after").is_empty());
            }
        };
        let crowd: Vec<_> = (0..CROWD).map(|number| scope.spawn(asks(number))).collect();
        crowd.into_iter().for_each(|one| one.join().unwrap());
    });
}

/// Each sends again what it could not have written, and it is there once.
fn everybody_comes_again_and_counts_once(backend: &Backend, client: &Client) {
    wait_until(|| client.get("/api/v1/cases").status == 200);
    for number in 0..CROWD {
        wait_until(|| wish(number).request(client).send().status == 201);
    }
    assert_eq!(backend.rows("cases").len(), CROWD);
    assert_eq!(backend.rows("events").len(), CROWD);
}

#[test]
fn a_way_that_is_stopped_up_keeps_nobody_waiting_for_ever_and_heals() {
    let Some(cluster) = Cluster::start() else { return };
    on_a_way(&cluster, |backend, way, client| {
        way.is_stopped_up();
        a_crowd_is_told_to_come_again(client);
        health(client).must_be_problem(503, "unavailable");
        way.opens();
        everybody_comes_again_and_counts_once(backend, client);
        health(client).must_be(200);
    });
}

#[test]
fn a_way_that_is_cut_is_told_and_heals() {
    let Some(cluster) = Cluster::start() else { return };
    on_a_way(&cluster, |backend, way, client| {
        way.is_cut();
        a_crowd_is_told_to_come_again(client);
        health(client).must_be_problem(503, "unavailable");
        way.opens();
        everybody_comes_again_and_counts_once(backend, client);
        health(client).must_be(200);
    });
}

#[test]
fn connections_that_are_ended_are_made_anew_and_nobody_notices() {
    let Some(cluster) = Cluster::start() else { return };
    let backend = cluster.backend();
    backend.set_up();
    let served = serves(&backend, &backend.url);
    for number in 0..5 {
        wish(number).request(&served.client).send().must_be(201);
        cluster.tell("select pg_terminate_backend(pid) from pg_stat_activity where datname like 'aiqyn_test_%'");
    }
    served.client.get("/api/v1/cases").must_be(200);
    assert_eq!(backend.rows("cases").len(), 5);
}

#[test]
fn a_lock_that_is_held_takes_not_all_threads_with_it() {
    let Some(cluster) = Cluster::start() else { return };
    let backend = cluster.backend();
    backend.set_up();
    let served = serves(&backend, &backend.url);
    let mut holder = PgConnection::establish(&backend.url).unwrap();
    holder.batch_execute("begin; lock table cases in access exclusive mode").unwrap();
    std::thread::scope(|scope| {
        let crowd = scope.spawn(|| a_crowd_is_told_to_come_again(&served.client));
        while !crowd.is_finished() {
            health(&served.client).must_be(200);
        }
    });
    drop(holder);
    everybody_comes_again_and_counts_once(&backend, &served.client);
}
