//! Figures from a streaming replica: they are those of the primary, or say since when something may be missing, or are
//! the primary's own.

use aiqyn::access::role::Role;
use aiqyn::services::{Patience, Services};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::cluster::{Cluster, Others, wait_until};
use crate::support::app::Node;
use crate::support::http::Client;
use crate::support::program::Served;
use crate::support::{App, Backend, a_complaint};

/// A primary with an office on it, a replica, and a node that reads figures from that.
struct Pair {
    node: Node,
    app: App,
    backend: Backend,
    replica: Cluster,
    _primary: Cluster,
}

impl Pair {
    fn start(at_most: TimeDelta) -> Option<Self> {
        let primary = Cluster::start()?;
        let backend = primary.backend();
        let app = App::on(&backend);
        let replica = primary.standby("replica");
        let url = replica.url_of(&backend.database_name());
        let beside = |services: Services| services.with_replica(&url, Patience::CONSOLE, at_most).unwrap();
        let node = app.another_node(&backend, beside);
        Some(Self { node, app, backend, replica, _primary: primary })
    }

    fn files(&self) {
        self.app.caseworker().files(&a_complaint().on("2026-06-02"));
    }

    /// The caseworker at the node with the replica.
    fn client(&self) -> Client {
        self.node.client.clone().with_token(&self.app.caseworker.token)
    }

    /// How many cases are in the figures, and since when something may be missing.
    fn counted(&self, query: &str) -> (u64, Option<DateTime<Utc>>) {
        let told = self.client().get(&format!("/api/v1/statistics/delays{query}")).must_be(200).json();
        let since = told["counted_at"].as_str().map(|time| time.parse().unwrap());
        (told["cases"].as_u64().unwrap(), since)
    }

    fn is_paused(&self) {
        self.replica.tell("select pg_wal_replay_pause()");
        wait_until(|| self.replica.has("select 1 where pg_get_wal_replay_pause_state() = 'paused'"));
    }

    fn goes_on(&self) {
        self.replica.tell("select pg_wal_replay_resume()");
    }

    fn health(&self) -> Value {
        self.node.client.get("/api/v1/health").must_be(200).json()["replica"].clone()
    }

    /// How often anybody has read figures on the replica.
    fn is_read(&self) -> bool {
        self.replica.has(&format!(
            "select 1 from pg_stat_activity where datname = '{}' and query ilike '%commit%'",
            self.backend.database_name()
        ))
    }
}

fn long() -> TimeDelta {
    TimeDelta::hours(1)
}

#[test]
fn figures_are_read_from_the_replica_and_are_those_of_this_moment() {
    let Some(pair) = Pair::start(long()) else { return };
    assert!(!pair.is_read());
    for cases in 1..=10 {
        pair.files();
        // On a busy machine the replica may take longer than anybody waits for it.
        wait_until(|| pair.counted("") == (cases, None));
    }
    assert!(pair.is_read());
    wait_until(|| pair.health()["state"] == "current");
    // A node without one says nothing of it.
    assert_eq!(pair.app.nobody().get("/api/v1/health").json()["replica"], Value::Null);
}

#[test]
fn a_replica_that_is_behind_says_since_when_something_may_be_missing_and_gives_no_figures_of_a_day_that_is_over() {
    let Some(pair) = Pair::start(long()) else { return };
    pair.files();
    assert_eq!(pair.counted(""), (1, None));
    pair.is_paused();
    pair.files();
    let (cases, since) = pair.counted("");
    assert_eq!(cases, 1);
    let now = pair.app.services.now();
    assert!(since.is_some_and(|since| since < now && now - since < TimeDelta::minutes(10)), "{since:?}");
    assert_eq!(pair.health()["state"], "behind");
    assert!(pair.health()["behind_seconds"].as_i64().is_some_and(|behind| (0..600).contains(&behind)));
    // The same day, once it is over, has one answer.
    pair.app.clock.set("2026-06-16T00:00:01+05:00");
    assert_eq!(pair.counted("?as_known_on=2026-06-15"), (2, None));
    assert_eq!(pair.counted("?as_known_on=2026-06-14"), (0, None));
    // What leaves is whole.
    let annex = "/api/v1/reports/annex?format=csv&language=en";
    assert_eq!(pair.client().get(annex).must_be(200).bytes, pair.app.asks(annex).must_be(200).bytes);
    // Whoever has written something finds it.
    let listed = pair.client().get("/api/v1/cases").must_be(200).json();
    assert_eq!(listed["cases"].as_array().unwrap().len(), 2);
    pair.goes_on();
    wait_until(|| pair.counted("") == (2, None));
}

#[test]
fn a_release_is_never_made_from_a_replica_that_is_behind() {
    let Some(pair) = Pair::start(long()) else { return };
    let (analyst, _) = pair.app.hires("dana", Role::Analyst);
    let release =
        |client: &Client| client.clone().with_token(&analyst.token).get("/api/v1/statistics/rates").must_be(200).json();
    pair.is_paused();
    pair.app.clock.set("2026-03-30T12:00:00+05:00");
    pair.app.caseworker().files(&a_complaint().on("2026-03-02"));
    pair.app.clock.set("2026-04-01T00:00:01+05:00");
    let (one, other) = (release(&pair.node.client), release(pair.app.nobody()));
    assert_eq!(one, other);
    assert_eq!(one["counted_at"], Value::Null);
    pair.goes_on();
}

#[test]
fn a_replica_that_is_too_far_behind_or_away_is_not_asked() {
    let Some(mut pair) = Pair::start(TimeDelta::zero()) else { return };
    pair.files();
    assert_eq!(pair.counted(""), (1, None));
    pair.is_paused();
    pair.files();
    assert_eq!(pair.counted(""), (2, None));
    pair.replica.kill(Others::Killed);
    pair.files();
    assert_eq!(pair.counted(""), (3, None));
    assert_eq!(pair.health()["state"], "away");
    // When it is back it is asked again.
    pair.replica.restart();
    wait_until(|| {
        pair.counted("");
        pair.is_read()
    });
    assert_eq!(pair.counted(""), (3, None));
    // Promoted, it follows nobody, and might be anybody's.
    pair.replica.promote();
    pair.files();
    assert_eq!(pair.counted(""), (4, None));
    assert_eq!(pair.health()["state"], "away");
}

#[test]
fn the_server_takes_a_replica_of_its_own_database_alone() {
    let Some(primary) = Cluster::start() else { return };
    let backend = primary.backend();
    backend.set_up();
    let refused = backend.aiqyn(&["serve", "--replica-url", "a.sqlite3"]).badly();
    assert!(refused.err.contains("postgres://"), "{}", refused.err);
    let elsewhere = Cluster::start().unwrap();
    let url = elsewhere.url_of("postgres");
    let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url, "--replica-url", &url];
    let served = Served::start(backend.folder.path(), &words).to(backend.token.get().unwrap());
    assert_eq!(served.client.get("/api/v1/health").must_be(200).json()["replica"]["state"], "away");
    served.client.post("/api/v1/cases", &a_complaint().body()).send().must_be(201);
    assert_eq!(served.client.get("/api/v1/statistics/delays").must_be(200).json()["cases"], 1);
}
