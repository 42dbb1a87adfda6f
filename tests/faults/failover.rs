//! Three nodes over a primary and a synchronous standby: a node is killed, then the primary, and the standby takes its
//! place. A short form runs with the other tests; the long one by
//! `AIQYN_FAILOVERS=20 cargo test --test faults failover -- --nocapture`.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::clerk::{Clerk, Office};
use crate::cluster::{Cluster, Others, wait_until};
use crate::kills::{begin, seed};
use crate::ledger::{Figures, Ledger, Round, Wish};
use crate::support::chance::Chance;
use crate::support::program::Served;
use crate::support::{Backend, a_complaint};

const NODES: usize = 3;
const CLERKS: u64 = 6;

/// Under which name the follower tells its primary who it is.
const STANDBY: &str = "standby";

/// How many primaries are lost.
fn failovers() -> usize {
    std::env::var("AIQYN_FAILOVERS").map_or(2, |lost| lost.parse().expect("AIQYN_FAILOVERS is a number"))
}

fn served(backend: &Backend) -> Served {
    let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url];
    Served::start(backend.folder.path(), &words).to(backend.token.get().unwrap())
}

/// Nodes, and the two PostgreSQL that they use; the first one is the primary.
struct Trial {
    backend: Backend,
    pair: [Cluster; 2],
    nodes: Vec<Served>,
    office: Arc<Office>,
    chance: Chance,
    clerks: Vec<Clerk>,
    ledger: Ledger,
    /// From the promotion to the first acknowledged write.
    waits: Vec<Duration>,
}

impl Trial {
    fn begin(primary: Cluster, seed: u64) -> Self {
        let mut backend = primary.backend();
        backend.set_up();
        let standby = primary.standby(STANDBY);
        primary.waits_for(STANDBY);
        backend.url = primary.url_of_either(&standby, &backend.database_name());
        let nodes: Vec<Served> = (0..NODES).map(|_| served(&backend)).collect();
        let clients = nodes.iter().map(|node| node.client.clone()).collect();
        let (office, clerks, ledger) = begin(&backend, clients, CLERKS, seed);
        let (pair, chance) = ([primary, standby], Chance::seeded(seed));
        Self { backend, pair, nodes, office, chance, clerks, ledger, waits: Vec::new() }
    }

    /// The clerks work; a node is killed under their hands, then the primary; the other one is promoted, and a new
    /// follower and a new node come.
    fn round(&mut self) -> Figures {
        let mut clerks = std::mem::take(&mut self.clerks);
        self.office.is_closing.store(false, Ordering::SeqCst);
        let office = self.office.clone();
        let round = std::thread::scope(|scope| {
            let office = &*office;
            let working: Vec<_> = clerks.iter_mut().map(|clerk| scope.spawn(move || clerk.works(office))).collect();
            self.wait_for(20);
            // Nobody takes it away from the proxy: whoever is led there is sent on.
            let place = self.chance.below(NODES);
            self.nodes[place].kill();
            self.wait_for(20);
            let [primary, standby] = &mut self.pair;
            primary.kill(Others::Killed);
            standby.promote();
            let promoted = Instant::now();
            self.wait_for(1);
            self.waits.push(promoted.elapsed());
            self.wait_for(20);
            self.office.is_closing.store(true, Ordering::SeqCst);
            let mut round = Round::default();
            working.into_iter().for_each(|clerk| round.add(clerk.join().unwrap()));
            self.nodes[place] = served(&self.backend);
            self.office.nodes.write().unwrap()[place] = self.nodes[place].client.clone();
            round
        });
        self.clerks = clerks;
        let figures = self.ledger.check(&self.backend, &self.nodes[0].client, &round);
        self.pair.swap(0, 1);
        let [primary, old] = &mut self.pair;
        old.follows(primary, STANDBY);
        primary.waits_for(STANDBY);
        Figures { kills: 2, ..figures }
    }

    fn wait_for(&self, more: usize) {
        let acknowledged = &self.office.acknowledged;
        let enough = acknowledged.load(Ordering::SeqCst) + more;
        wait_until(|| acknowledged.load(Ordering::SeqCst) >= enough);
    }
}

/// The shortest and the longest.
struct Waits(Vec<Duration>);

impl fmt::Display for Waits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(shortest), Some(longest)) = (self.0.iter().min(), self.0.iter().max()) else { return Ok(()) };
        write!(f, "from the promotion to the first acknowledged write {shortest:.1?} to {longest:.1?}")
    }
}

#[test]
fn a_node_and_then_the_primary_are_killed_and_nothing_acknowledged_is_lost() {
    let Some(primary) = Cluster::start() else { return };
    let (failovers, seed) = (failovers(), seed());
    println!("failover: seed {seed} (AIQYN_FAULTS_SEED={seed} takes it again)");
    let mut trial = Trial::begin(primary, seed);
    let mut figures = Figures::default();
    for _ in 0..failovers {
        figures += trial.round();
        println!("failover: {figures}");
    }
    println!("failover: {}", Waits(std::mem::take(&mut trial.waits)));
    assert_eq!((figures.lost, figures.doubled), (0, 0));
    assert!(figures.acknowledged >= 60 * failovers);
}

/// Within how many seconds the server is to answer, where it will not.
const ANSWER: &str = "4";

fn a_wish(key: &str) -> Wish {
    let body = a_complaint().on("2024-06-01").with("remarks", key).body();
    Wish { key: key.to_owned(), path: "/api/v1/cases".to_owned(), body, version: None }
}

#[test]
fn what_no_standby_has_is_acknowledged_to_nobody() {
    let Some(mut primary) = Cluster::start() else { return };
    let mut backend = primary.backend();
    backend.set_up();
    let mut standby = primary.standby(STANDBY);
    primary.waits_for(STANDBY);
    backend.url = primary.url_of_either(&standby, &backend.database_name());
    let words = ["serve", "--listen", "127.0.0.1:0", "--answer-within", ANSWER, "--database", &backend.url];
    let served = Served::start(backend.folder.path(), &words).to(backend.token.get().unwrap());
    let told = |wish: &Wish| wish.request(&served.client).send();
    told(&a_wish("first")).must_be(201);
    standby.kill(Others::Killed);
    told(&a_wish("second")).must_be_problem(503, "unsettled");
    served.client.get("/api/v1/cases").must_be(200);
    // It lies on the primary's disk, and comes to light when that starts anew; but nobody else has it yet.
    primary.kill(Others::Killed);
    primary.restart();
    wait_until(|| served.client.get("/api/v1/cases").status == 200);
    assert_eq!(backend.rows("cases").len(), 2);
    told(&a_wish("second")).must_be(503);
    standby.restart();
    wait_until(|| told(&a_wish("second")).status == 201);
    primary.kill(Others::Killed);
    standby.promote();
    wait_until(|| told(&a_wish("second")).status == 201);
    assert_eq!(backend.rows("cases").len(), 2);
}
